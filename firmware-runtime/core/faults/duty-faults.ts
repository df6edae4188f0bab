// Faults of the planned shifts and the running configuration that a lot downloads (P21).
// Rows of the table in faults.ts. A refused download leaves the earlier one in force. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const dutyFaults = {
  'DUTY-01': {
    what: t('下载的上班信息不合规定', 'The downloaded shift data breaks a rule'),
    means: t(
      '未采用,当天沿用之前的上班信息;车道照常收费',
      'The download is not used; the earlier shift data applies today, and the lanes charge as usual',
    ),
    todo: t('把所示字段告知运营服务商平台', "Report the field shown to the operator's platform"),
  },
  'DUTY-02': {
    what: t('没有取到当天的上班信息', "Today's shift data could not be downloaded"),
    means: t(
      '班次照常清点上传,但不注明对应哪个计划班次;车道照常收费',
      'Shifts are counted and uploaded without the number of a planned shift; the lanes charge as usual',
    ),
    todo: t('检查网络和运营服务商平台', "Check the network and the operator's platform"),
  },
  'DUTY-03': {
    what: t('下载的运行配置不合规定', 'The downloaded configuration breaks a rule'),
    means: t(
      '整份未采用,车道按现有配置运行',
      'The whole download is not used; the lanes run on their present settings',
    ),
    todo: t('把所示字段告知 ETC 运营商', 'Report the field shown to the ETC operator'),
  },
  'DUTY-04': {
    what: t('没有取到运行配置', 'The running configuration could not be downloaded'),
    means: t('车道按现有配置运行', 'The lanes run on their present settings'),
    todo: t('检查网络和 ETC 运营商的平台', "Check the network and the ETC operator's platform"),
  },
  'DUTY-05': {
    what: t(
      'ETC 运营商的新配置将要生效',
      'A new configuration of the ETC operator will take effect',
    ),
    means: t(
      '到所示时间,在两车之间采用;之前按现有配置收费',
      'It is applied between two cars at the time shown; until then the lanes charge by the present settings',
    ),
    todo: t(
      '核对所示变更;不必等时,在「今日」页提前采用。有疑问时告知 ETC 运营商',
      'Check the changes shown; if they need not wait, apply them now on the Today page. If in doubt, tell the ETC operator',
    ),
  },
  'DUTY-06': {
    what: t('当班的班次安排将要变更', 'The plan of the current shift is going to change'),
    means: t(
      '到所示时间采用;之前按现有安排',
      'It is applied at the time shown; until then the present plan applies',
    ),
    todo: t(
      '告知当班的人;不必等时,在「今日」页提前采用',
      'Tell the people on duty; if it need not wait, apply it now on the Today page',
    ),
  },
} as const satisfies Record<string, FaultRow>
