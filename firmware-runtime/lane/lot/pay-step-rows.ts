// The ledger rows of one step of an order paid by code: its steps, the payment itself, and items for people. A row that
// pays the order is in the transaction of the payment, so that a crash leaves both or neither.
import { payItemRows } from '#money/pure/billing/pay-items.ts'
import type { PayOrder } from '#money/pure/pay/order.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import type { LotLedger } from './lot-ledger.ts'

interface PayStep {
  readonly orderId: string
  readonly laneId: string
  readonly stayId: string
  readonly order: PayOrder
}

/** Notes in the log of the lane what remains for a person. */
export function payStepRows(
  ledger: LotLedger,
  { orderId, laneId, stayId, order }: PayStep,
  rows: readonly PayRow[],
): RowDraft[] {
  const own = { atMs: ledger.nowMs(), stayId, orderId }
  // A driver who pays at a sign is in no lane.
  const refs = laneId === '' ? own : { ...own, laneId }
  const day = isoOf(refs.atMs).slice(0, 10)
  const items = payItemRows(order, rows, day).map((body): RowDraft => {
    return { kind: 'book', atMs: refs.atMs, body }
  })
  const steps = rows.flatMap((body): RowDraft[] => {
    const step: RowDraft = { kind: 'pay', ...refs, body }
    const reason = body.row === 'item' || body.row === 'state' ? body.reason : ''
    if (body.row === 'item' || (body.row === 'state' && body.state === 'odd'))
      ledger.trace(laneId, stayId, 'fault', `payment ${body.attemptNo} ${reason}`)
    if (body.row !== 'orderPaid') return [step]
    const attempt = order.attempts.find(({ attemptNo }) => attemptNo === body.with)
    if (attempt === undefined) return [step]
    const { attemptNo, amountFen } = attempt
    const paymentId = ledger.mint('M')
    const paid = { paymentId, means: 'qr', by: null, reason: attemptNo } as const
    return [step, { kind: 'payment', ...refs, amountFen, body: paid }]
  })
  return [...steps, ...items]
}
