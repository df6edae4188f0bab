// What waits between this access system and a billing system of another maker: charges that it disputes, its silence, and
// events that its webhook does not take.
import { fenText } from '#base/pure/values/fen.ts'
import { many, t } from '#base/pure/words/fault-text.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { plateShown } from '#base/pure/plates/plate.ts'
import { ofFile, wholeLot } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

/** It asks for events each 25 s. Ours. */
const silentMs = 5 * minuteMs

export const partner = defineMatter({
  reads: 'partners.orders',
  by: 'partners.review',
  why: t(
    '有异议的扣费没有上传;计费系统不来取结果,车道上的车可能还在等',
    'A disputed charge has not gone up; while the billing system fetches nothing, cars may wait in their lanes',
  ),
  button: t('看订单', 'See the orders'),
  to: '/partners',
  rowsOf: ({ rows, partners }, { nowMs, upMs }) => [
    ...rows.flatMap(({ orderId, plate, amountFen, review, reviewSinceIso }) => {
      if (review !== 'disputed') return []
      const [shown, sum] = [plateShown(plate), fenText(amountFen)]
      const what = t(
        `计费系统对 ${shown} 的扣费 ${sum} 有异议,没有上传`,
        `The billing system disputes the charge of ${sum} for ${shown}, which has not gone up`,
      )
      return [
        { key: `disputed ${orderId}`, what, sinceIso: reviewSinceIso, thing: ofFile(orderId) },
      ]
    }),
    ...partners.flatMap(({ partnerId, pushFails }) => {
      if (pushFails === null || nowMs - Date.parse(pushFails.sinceIso) < silentMs) return []
      const what = t(
        `${partnerId} 的推送地址没有收下事件`,
        `The webhook of ${partnerId} takes no events`,
      )
      return [{ key: `push ${partnerId}`, what, sinceIso: pushFails.sinceIso, thing: wholeLot }]
    }),
    ...partners.flatMap(({ partnerId, askedIso, openOrders }) => {
      const silentForMs = askedIso === null ? upMs : nowMs - Date.parse(askedIso)
      if (openOrders === 0 || silentForMs < silentMs) return []
      const what = t(
        `计费系统 ${partnerId} 不来取结果,${openOrders} 张订单没有结束`,
        `The billing system ${partnerId} fetches no results; ${many(openOrders, 'order is', 'orders are')} open`,
      )
      return [
        { key: `silent ${partnerId}`, what, sinceIso: askedIso, isUrgent: true, thing: wholeLot },
      ]
    }),
  ],
})
