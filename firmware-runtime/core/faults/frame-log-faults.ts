// Faults of looking at frames: captures, the frame console, the workshop of profiles.
// Rows of the one table in faults.ts. Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const frameLogFaults = {
  'WIRE-01': {
    what: t('抓包文件读不懂', 'The capture cannot be read'),
    means: t('没有回放,设备不受影响', 'Nothing was replayed; no device is affected'),
    todo: t('按所示行改正文件', 'Correct the line shown'),
  },
  'WIRE-02': {
    what: t('这一帧不在可手动发送之列', 'This frame cannot be sent by hand'),
    means: t('没有发送', 'Nothing was sent'),
    todo: t(
      '从列表中选择;设置请用写入流程',
      'Choose one from the list; use the settings page to write settings',
    ),
  },
  'WIRE-03': {
    what: t('设备现在不能接收手动帧', 'The device cannot accept a frame by hand now'),
    means: t(
      '没有发送,正在过车或未连接',
      'Nothing was sent: a car is passing or the device is not connected',
    ),
    todo: t('等车离开、设备上线后再试', 'Try again when the car has left and the device is online'),
  },
  'WIRE-04': {
    what: t('该车道没有这个可看报文的设备', 'The lane has no such device with a frame log'),
    means: t('没有影响', 'Nothing is affected'),
    todo: t('从列表中选择车道和设备', 'Choose the lane and the device from the list'),
  },
  'WIRE-05': {
    what: t('标记的字段不合抓到的帧', 'The marked fields do not fit the captured frames'),
    means: t('没有生成设备资料', 'No device profile was made'),
    todo: t('按所示改正标记', 'Correct the marks as shown'),
  },
} as const satisfies Record<string, FaultRow>
