// Cars of an open lot that left their space long ago and have not paid.
import { fenText } from '#base/pure/values/fen.ts'
import { many, t } from '#base/pure/words/fault-text.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { ofFile } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

/** In this time most cars pass a gantry or pay by themselves. Assumed, as no text states it. */
const graceMs = 7 * dayMs

export const leftUnpaid = defineMatter({
  reads: 'arrears.list',
  by: 'arrears.pay',
  why: t(
    '满 30 天转为车牌的欠费;没有车牌的,之后没有人再收',
    'After 30 days it becomes arrears of the plate; without a plate nothing collects it any more',
  ),
  button: t('看欠费', 'See the arrears'),
  to: '/coupons?row=',
  rowsOf({ rows }, { nowMs }) {
    const late = rows.filter(
      ({ isOpen, leftAtIso }) => isOpen && nowMs - Date.parse(leftAtIso) >= graceMs,
    )
    if (late.length === 0) return []
    const count = late.length
    const unread = late.filter(({ plate }) => plate === null).length
    const sum = fenText(late.reduce((all, { amountFen }) => all + amountFen, 0))
    const [zh, en] =
      unread === 0 ? ['', ''] : [`,其中 ${unread} 辆没有车牌`, `, ${unread} without a plate`]
    const what = t(
      `${count} 辆车离开泊位 7 天还没有付款,共 ${sum}${zh}`,
      `${many(count, 'car')} left a space 7 days ago and did not pay, ${sum} in all${en}`,
    )
    const [first] = late.toSorted((a, b) => a.leftAtIso.localeCompare(b.leftAtIso))
    const thing = ofFile(first?.orderId ?? '')
    return [{ key: 'left', what, sinceIso: first?.leftAtIso ?? null, thing }]
  },
})
