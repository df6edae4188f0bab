// Stays, charges and refunds that only a person can judge.
import { many, t } from '#base/pure/words/fault-text.ts'
import { ofStay, wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

export const stay = defineMatter({
  reads: 'stays.toCheck',
  args: { limit: 50 },
  by: 'stays.close',
  why: t(
    '不判断,车位数和收入就不准,结果不明的扣费也没有着落',
    'Until a person judges them, free spaces and takings are wrong, and a charge without a known result stays open',
  ),
  button: t('去核对', 'Check them'),
  to: '/stays?row=',
  rowsOf({ count, rows, pairs, charges, asked, notUploaded, refunds }) {
    const parts = [
      [count, '次停车太久', 'stay', 'over the usual length'],
      [pairs.length, '对可能是同一辆车', 'pair', 'of stays perhaps of one car'],
      [charges.length, '笔扣费结果不明', 'charge', 'without a known result'],
      [asked.count, '笔扣费平台还没有答复', 'charge', 'that the platform has not answered'],
      [notUploaded.length, '笔扣费不能上传', 'charge', 'that cannot be uploaded'],
      [refunds.length, '笔退款要人退', 'refund', 'to be given by hand'],
    ] as const
    const some = parts.filter(([n]) => n !== 0)
    if (some.length === 0) return []
    const times = [
      ...rows.map(({ enteredAtIso }) => enteredAtIso),
      ...charges.map(({ askedAtIso }) => askedAtIso),
      ...(asked.sinceIso === null ? [] : [asked.sinceIso]),
    ].toSorted()
    const what = t(
      `要核对:${some.map(([n, zh]) => `${n} ${zh}`).join(',')}`,
      `To check: ${some.map(([n, , one, rest]) => `${many(n, one)} ${rest}`).join(', ')}`,
    )
    const isUrgent = charges.length + notUploaded.length + refunds.length > 0
    // The first in the order of the page: money before plates.
    const stayIds = [
      ...[...refunds, ...notUploaded, ...charges].map((one) => one.stayId),
      ...asked.stayIds,
      ...pairs.map((one) => one.stay.stayId),
      ...rows.map((one) => one.stayId),
    ]
    const first = stayIds.find((stayId) => stayId !== null)
    const thing = first === undefined || first === null ? wholeLot : ofStay(first)
    return [{ key: 'stays', what, sinceIso: times[0] ?? null, isUrgent, thing }]
  },
})
