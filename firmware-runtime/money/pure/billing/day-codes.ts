// Payments by code of a day as its books need them: out of their rows alone, with when each was seen paid.
// Steps of the days beside it are read too, because a gateway and a lane see midnight at different moments.
import type { LedgerCode } from './day-tally.ts'
import { isOnItsWay } from '../pay/order.ts'
import { payOrdersOf } from '../pay/stay-orders.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { isIn, type RowSpan } from './row-span.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'

export function dayCodes(rows: readonly LedgerRow[], { fromMs, toMs }: RowSpan): LedgerCode[] {
  const paidAtMs = new Map<string, InstantMs>()
  for (const { kind, atMs, body } of rows)
    if (kind === 'pay' && body.row === 'state' && body.paidFen > 0 && !paidAtMs.has(body.attemptNo))
      paidAtMs.set(body.attemptNo, atMs)
  const sum = (list: readonly { readonly amountFen: number }[]): number =>
    list.reduce((total, { amountFen }) => total + amountFen, 0)
  return [...payOrdersOf(rows).values()].flatMap(({ order }) =>
    order.attempts.map(({ attemptNo, paidFen, refunds }) => {
      const atMs = paidAtMs.get(attemptNo) ?? 0
      return {
        attemptNo,
        paidFen,
        refundedFen: sum(refunds.filter(({ state }) => state === 'done')),
        onItsWayFen: sum(refunds.filter(isOnItsWay)),
        isOfDay: atMs >= fromMs && atMs < toMs,
      }
    }),
  )
}

interface CodeBack {
  readonly laneId: string
  readonly amountFen: Fen
}

/** Refunds by people in this span; refunds of late payments are left out, because those were no takings. */
export function codesBack(rows: readonly LedgerRow[], span: RowSpan): readonly CodeBack[] {
  const backs = new Map<string, CodeBack>()
  for (const { kind, laneId = '', orderId, body } of rows)
    if (kind === 'pay' && body.row === 'refund' && body.why === 'person' && !isTestOrder(orderId))
      backs.set(body.refundNo, { laneId, amountFen: body.amountFen })
  return rows.flatMap((row) => {
    const { kind, body } = row
    const isBack = kind === 'pay' && body.row === 'refundDone' && isIn(span, row)
    return isBack ? (backs.get(body.refundNo) ?? []) : []
  })
}

export const stayOfCode = (rows: readonly LedgerRow[], attemptNo: string): string | null =>
  rows.find(
    ({ kind, body }) => kind === 'pay' && 'attemptNo' in body && body.attemptNo === attemptNo,
  )?.stayId ?? null
