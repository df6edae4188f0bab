// Faults of what comes from a platform and goes to it: planned shifts and the running configuration (P21), feedback, status
// lists, held records. A refused list, plan or configuration leaves the earlier one in use. Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  LIST: t('未采用,继续使用原名单', 'The new list is not used; the previous list stays in use'),
  QUEUE: t('没有改动,记录仍被搁置', 'Nothing was changed; the record is still held'),
}

export const platformFaults = faultRows(means, {
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
  'FEED-01': {
    what: t('平台的反馈消息不合规定', 'Feedback messages of the platform break a rule'),
    means: t(
      '这一批没有采用,之前的待办不变;车道照常收费',
      'This batch is not used and earlier open items are unchanged; the lanes charge as usual',
    ),
    todo: t('把所示字段告知平台', 'Report the field shown to the platform'),
  },
  'FEED-02': {
    what: t(
      '没有取到平台的反馈消息',
      'The feedback messages could not be downloaded from the platform',
    ),
    means: t(
      '支付失败、清分争议等可能还不知道;车道照常收费',
      'Failed payments or clearing disputes may not be known yet; the lanes charge as usual',
    ),
    todo: t('检查网络和平台', 'Check the network and the platform'),
  },
  'FEED-03': {
    what: t('车主反馈过了答复期限', "A driver's feedback is past its answer deadline"),
    means: t(
      '车主还在等,平台可能催办;车道照常收费',
      'The driver is still waiting and the platform may send a reminder; the lanes charge as usual',
    ),
    todo: t(
      '在“今日”的待处理差异里给出答复;要退的钱先办退费',
      'Answer it under the open differences on the Today page; if money is to be given back, make the refund first',
    ),
  },
  'FEED-04': {
    what: t('车主反馈没有登记', "The driver's feedback was not recorded"),
    means: t('没有记下任何内容,没有钱变动', 'Nothing was recorded and no money was moved'),
    todo: t(
      '按所示字段更正:重扫收据,或按车牌找到这次停车',
      'Correct the field shown: scan the receipt again, or find the stay by its plate',
    ),
  },
  'FEED-05': {
    what: t('平台报的反馈消息多得不寻常', 'The platform reports unusually many feedback messages'),
    means: t(
      '读到的已成待办,其余接着读;车道照常收费',
      'Those that were read are open items and the others follow; the lanes charge as usual',
    ),
    todo: t(
      '问平台最后一条的编号;改正后自动好',
      'Ask the platform for the number of its last message; once corrected, this ends by itself',
    ),
  },
  'LIST-01': {
    what: t('状态名单文件不合规定', 'The status list file breaks a rule'),
    means: t(
      '启动时按没有名单处理,运行中沿用原名单;车道照常',
      'At a start it counts as no list, and a running lot keeps its previous list; the lanes keep running',
    ),
    todo: t('换上完整的名单文件', 'Replace it with a complete list file'),
  },
  'LIST-02': {
    what: t('平台状态名单的内容不合规定', 'The status list of the platform breaks a rule'),
    todo: t('把所示字段告知平台', 'Report the field shown to the platform'),
  },
  'LIST-03': {
    what: t('状态名单不是本场平台签名', "The status list is not signed by this lot's platform"),
    todo: t(
      '检查来源和平台证书',
      'Check the source of the list and the certificate of the platform',
    ),
  },
  'LIST-04': {
    what: t('状态名单比现有的旧', 'The status list is older than the present one'),
    todo: t(
      '取最新的名单;平台重新编了版本号:取一次全量名单(list now --full)',
      'Get the newest list. If the platform restarted its versions, get the full list once (list now --full)',
    ),
  },
  'LIST-05': {
    what: t(
      '增量名单接不上现有版本',
      'The incremental status list does not follow the present version',
    ),
    todo: t(
      '在线时自动取全量名单;用 U 盘时带全量名单',
      'When online, the full list is downloaded by itself; on a USB stick, bring a full list',
    ),
  },
  'LIST-06': {
    what: t('没有取到平台的状态名单', 'The status list could not be downloaded from the platform'),
    means: t('继续使用原名单,名单逐渐变旧', 'The previous list stays in use and becomes outdated'),
    todo: t(
      '检查网络;必要时用 U 盘导入名单',
      'Check the network, or import a list from a USB stick',
    ),
  },
  'LIST-07': {
    what: t(
      '保存的状态名单已损坏或属于别的机器',
      'The saved status list is damaged or belongs to another machine',
    ),
    means: t('按没有名单处理,直到取到新名单', 'It counts as no list until a new one is downloaded'),
    todo: t(
      '等待自动下载,或用 U 盘导入全量名单',
      'Wait for the download, or import a full list from a USB stick',
    ),
  },
  'LIST-08': {
    what: t('状态名单下载晚了', 'The status list download is late'),
    means: t(
      '车道继续扣费,名单超过时限后不再自行扣卡',
      'The lanes keep charging; when the list passes its age limit, they stop debiting cards by themselves',
    ),
    todo: t('检查网络,或用 U 盘导入名单', 'Check the network, or import a list from a USB stick'),
  },
  'LIST-09': {
    what: t('没有可用的状态名单', 'There is no usable status list'),
    means: t(
      '车道不自行扣卡,改用扫码或人工',
      'The lanes do not debit cards by themselves: cars pay by code or to a person',
    ),
    todo: t('恢复网络,或用 U 盘导入名单', 'Restore the network, or import a list from a USB stick'),
  },
  'QUEUE-01': {
    what: t('没有这条被搁置的记录', 'There is no held record with this id'),
    todo: t('重新查看被搁置的记录', 'Look at the held records again'),
  },
  'QUEUE-02': {
    what: t('这条记录不能这样处理', 'This record cannot be handled in this way'),
    todo: t(
      '扣费和退费由车道和退款处理;被检查拦下的记录只能照样发送或核实入账',
      'Charges and refunds are handled by the lane and by refunds; a record stopped by a check can only be sent anyway or booked after verification',
    ),
  },
  'QUEUE-03': {
    what: t('这个字段不许改', 'This field must not be changed'),
    todo: t(
      '只改可改的字段;它不对时找清分方核实入账',
      'Change only the fields that may be corrected; if this one is wrong, ask the clearing side to verify and book it',
    ),
  },
  'QUEUE-04': {
    what: t('没有可改的内容', 'There is nothing to correct'),
    todo: t('写出要改的字段和新的值', 'Name the field to be changed and its new value'),
  },
  'QUEUE-05': {
    what: t(
      '同一编号的另一条记录平台已收下,或正在发送',
      'Another record of the same number was accepted by the platform, or is being sent',
    ),
    means: t(
      '没有改动。一个编号在平台上只有一份内容,再发一份不同的会被拒绝(300013)',
      'Nothing was changed. A platform keeps one content for each number and refuses another one (300013)',
    ),
    todo: t(
      '等那一条有结果;平台收下后,在“待上传”里结束这一条',
      'Wait for the result of the other record; when the platform has accepted it, end this one (To upload)',
    ),
    command: 'queue end',
  },
  'QUEUE-06': {
    what: t('这条记录现在不能结束', 'This record cannot be ended now'),
    todo: t(
      '同一编号的另一条记录没有被平台收下:修正它,照样发送,或核实入账',
      'No other record of its number was accepted by the platform: correct it, send it unchanged, or verify and book it',
    ),
  },
})
