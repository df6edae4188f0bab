// Faults of correcting and sending held records of the queue. A fault leaves the record unchanged.
// Rows of the dialect declare which members may be corrected (core/queue/mend.ts).
import { t, type FaultRow } from '../values/fault-text.ts'

const unchanged = t('没有改动,记录仍被搁置', 'Nothing changed; the record is still held')

export const queueFaults = {
  'QUEUE-01': {
    what: t('没有这条被搁置的记录', 'No held record has this id'),
    means: unchanged,
    todo: t('重新查看被搁置的记录', 'Look at the held records again'),
  },
  'QUEUE-02': {
    what: t('这条记录不能这样处理', 'This cannot be done to the record'),
    means: unchanged,
    todo: t(
      '扣费和退费由车道和退款处理;被检查拦下的记录只能照样发送或核实入账',
      'A charge or refund is ended at the lane or as a refund; what a check stopped is sent all the same, or booked',
    ),
  },
  'QUEUE-03': {
    what: t('这个字段不许改', 'This member may not be changed'),
    means: unchanged,
    todo: t(
      '只改可改的字段;它不对时找清分方核实入账',
      'Change only what may be mended; where this one is wrong, have the clearing side book it',
    ),
  },
  'QUEUE-04': {
    what: t('没有可改的内容', 'There is nothing to mend in that'),
    means: unchanged,
    todo: t('写出要改的字段和新的值', 'Name a member of the record and its new value'),
  },
} as const satisfies Readonly<Record<string, FaultRow>>
