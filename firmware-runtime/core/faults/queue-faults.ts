// Faults of correcting and sending held records of the queue. A fault leaves the record unchanged.
// Rows of the dialect declare which members may be corrected (core/queue/mend.ts).
import { t, type FaultRow } from '../values/fault-text.ts'

const unchanged = t('没有改动,记录仍被搁置', 'Nothing was changed; the record is still held')

export const queueFaults = {
  'QUEUE-01': {
    what: t('没有这条被搁置的记录', 'There is no held record with this id'),
    means: unchanged,
    todo: t('重新查看被搁置的记录', 'Look at the held records again'),
  },
  'QUEUE-02': {
    what: t('这条记录不能这样处理', 'This record cannot be handled in this way'),
    means: unchanged,
    todo: t(
      '扣费和退费由车道和退款处理;被检查拦下的记录只能照样发送或核实入账',
      'Charges and refunds are handled by the lane and by refunds; a record stopped by a check can only be sent anyway or booked after verification',
    ),
  },
  'QUEUE-03': {
    what: t('这个字段不许改', 'This field must not be changed'),
    means: unchanged,
    todo: t(
      '只改可改的字段;它不对时找清分方核实入账',
      'Change only the fields that may be corrected; if this one is wrong, ask the clearing side to verify and book it',
    ),
  },
  'QUEUE-04': {
    what: t('没有可改的内容', 'There is nothing to correct'),
    means: unchanged,
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
      '等那一条有结果;平台收下后,用 etc-lane queue end 结束这一条',
      'Wait for the result of the other record; when the platform has accepted it, end this one (etc-lane queue end)',
    ),
  },
  'QUEUE-06': {
    what: t('这条记录现在不能结束', 'This record cannot be ended now'),
    means: unchanged,
    todo: t(
      '同一编号的另一条记录没有被平台收下:修正它,照样发送,或核实入账',
      'No other record of its number was accepted by the platform: correct it, send it unchanged, or verify and book it',
    ),
  },
} as const satisfies Readonly<Record<string, FaultRow>>
