// Faults of charging by a pile or handheld: where it is, and which car. Rows of the table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const nothingTaken = t(
  '没有向该车扣费,卡片未动;停车记录照旧,可在出口或用其他方式缴费',
  'The car was not charged and its card is unchanged; the stay continues and can be paid at the exit or by other means',
)

export const placeFaults = {
  'PLACE-01': {
    what: t('设备在电子围栏之外', 'The device is outside its geofence'),
    means: nothingTaken,
    todo: t('回到围栏内再扣费', 'Go back inside the geofence and charge again'),
  },
  'PLACE-02': {
    what: t('不知道设备的位置', 'The position of the device is not known'),
    means: nothingTaken,
    todo: t(
      '到露天处等待定位,检查定位链路',
      'Go into the open and wait for a fix; check the link of the receiver',
    ),
  },
  'PLACE-03': {
    what: t('设备的位置已过时', 'The position of the device is out of date'),
    means: nothingTaken,
    todo: t(
      '检查定位链路,等待新的位置',
      'Check the link of the receiver and wait for a new position',
    ),
  },
  'PLACE-04': {
    what: t('设备的位置不够准确', 'The position of the device is not accurate enough'),
    means: nothingTaken,
    todo: t(
      '到露天处等待定位变准',
      'Go into the open and wait until the position is more accurate',
    ),
  },
  'PLACE-05': {
    what: t(
      '设备的位置突然跳变,暂不可信',
      'The position of the device has jumped and is not trusted for now',
    ),
    means: nothingTaken,
    todo: t(
      '等待几秒,位置稳定后再试',
      'Wait a few seconds until the position is steady, then try again',
    ),
  },
  'PLACE-06': {
    what: t('这辆车现在不能在此处扣费', 'This car cannot be charged at this place now'),
    means: nothingTaken,
    todo: t(
      '核对车牌;用 etc-lane place state 查看设备状态',
      'Check the plate; run etc-lane place state to see the state of the device',
    ),
  },
  'PLACE-07': {
    what: t('该车道不是识别桩或手持机', 'The lane is neither a pile nor a handheld'),
    means: t('没有执行任何操作', 'Nothing was done'),
    todo: t('选择停车场文件中带 place 的车道', 'Choose a lane with a place in the lot file'),
  },
  'PLACE-08': {
    what: t('应收金额已不是确认时的金额', 'The amount due is no longer the one that was confirmed'),
    means: nothingTaken,
    todo: t('核对新的金额,重新确认', 'Check the new amount and confirm it again'),
  },
} as const satisfies Record<string, FaultRow>
