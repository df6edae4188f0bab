// Faults of taking a device over and of testing one. Rows of the one table in faults.ts.
// Codes are never reused.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

export const safetyFaults = {
  'HOLD-01': {
    what: t('设备已被接管', 'Somebody else has taken over this device'),
    means: t(
      '没有执行,现在的使用者不受影响',
      'Nothing was done; the person using the device now is not affected',
    ),
    todo: t(
      '等它归还,或由有权的人结束接管',
      'Wait until the device is returned, or ask a person with the right to end the hold',
    ),
  },
  'HOLD-02': {
    what: t('车道正忙,现在不能交出设备', 'The lane is busy and cannot hand the device over now'),
    means: t('没有接管,车道照常工作', 'The device was not taken over; the lane works as usual'),
    todo: t(
      '车辆离开、扣费结果明确后再试',
      'Try again when the car has left and the charge result is known',
    ),
  },
  'HOLD-03': {
    what: t('接管已经结束', 'The hold on the device has ended'),
    means: t('设备已归还车道', 'The device has been returned to the lane'),
    todo: t('需要时重新接管', 'Take it over again if you need it'),
  },
  'HOLD-04': {
    what: t('该设备不能接管', 'This device cannot be taken over'),
    means: t('没有改动', 'Nothing was changed'),
    todo: t(
      '选择有天线或道闸的车道;链路由几个设备共用时,先停车道程序再操作,或改为各用一条链路',
      'Choose a lane with an antenna or a barrier; if several devices share a link, stop the lane program first, or give each its own link',
    ),
  },
  'TEST-01': {
    what: t(
      '车道不能确认为空:状态未知按有车处理',
      'The lane cannot be confirmed as empty; an unknown state counts as occupied',
    ),
    means: t('测试没有开始,道闸没有动作', 'The test did not start; the barrier did not move'),
    todo: t(
      '确认车道无人无车、线圈在线后再试',
      'Make sure that the lane is clear of cars and people and the loops are online, then try again',
    ),
  },
  'TEST-02': {
    what: t('测试现在不能开始', 'The test cannot start now'),
    means: t('设备没有动作', 'The device took no action'),
    todo: t('按所示原因处理后再试', 'Deal with the reason shown, then try again'),
  },
  'TEST-03': {
    what: t('该设备没有这项测试', 'This device does not have this test'),
    means: t('没有发送任何报文', 'No frame was sent'),
    todo: t('使用该设备有的测试', 'Choose a test that this device has'),
  },
} as const satisfies Record<string, FaultRow>
