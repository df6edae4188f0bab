// Stays, charges and refunds that only a person can judge.
import { t } from '../../core/values/fault-text.ts'
import { defineMatter } from './matter.ts'

export const stay = defineMatter({
  reads: 'stays.toCheck',
  args: { limit: 50 },
  by: 'stays.close',
  why: t(
    '没有人判断,车位数和收入就不准,有结果不明的扣费时钱也没有着落',
    'Until a person judges them, free spaces and takings are wrong, and a charge without a known result stays open',
  ),
  button: t('去核对', 'Check them'),
  to: '/stays',
  rowsOf({ count, rows, pairs, charges, notUploaded, refunds }) {
    const parts = [
      [count, '次停车太久', 'stays that last too long'],
      [pairs.length, '对可能是同一辆车', 'pairs that may be one car'],
      [charges.length, '笔扣费结果不明', 'charges without a known result'],
      [notUploaded.length, '笔扣费不能上传', 'charges that cannot be uploaded'],
      [refunds.length, '笔退款要人退', 'refunds to be given by hand'],
    ].filter(([many]) => many !== 0)
    if (parts.length === 0) return []
    const times = [
      ...rows.map(({ enteredAtIso }) => enteredAtIso),
      ...charges.map(({ askedAtIso }) => askedAtIso),
    ].toSorted()
    const what = t(
      `要核对:${parts.map(([many, zh]) => `${many} ${zh}`).join(',')}`,
      `To check: ${parts.map(([many, , en]) => `${many} ${en}`).join(', ')}`,
    )
    const isUrgent = charges.length + notUploaded.length + refunds.length > 0
    return [{ key: 'stays', what, sinceIso: times[0] ?? null, isUrgent }]
  },
})
