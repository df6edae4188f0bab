// Payments by code at a stay, and money of them that goes back: read from the rows of the stay, so that one of
// last month is found too; asked of the lot's own gateway, the way it came (8.3.2 g).
import type { PayAttemptView, PayRefundView } from '../../api/calls/pay.ts'
import type { ArgsOf } from '../../api/table.ts'
import { isOnItsWay, refundableFen, type PayRefund } from '../../core/pay/order.ts'
import { payOrdersOf } from '../../core/pay/stay-orders.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { Fen } from '../../core/values/fen.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow, RowDraft } from '../../core/values/ledger-row.ts'
import type { LedgerService } from '../../ports/ledger-service.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'

interface PayParts {
  readonly runtime: LotRuntime
  readonly service: Pick<LedgerService, 'timeline'>
}

/** So often it was asked about, and nothing that can be trusted came. */
const silentAsks = 3

function refundView(
  rows: readonly LedgerRow[],
  { refundNo, amountFen, why, state }: PayRefund,
  isSilent: boolean,
): PayRefundView {
  let view: PayRefundView = {
    refundNo,
    amountFen,
    why,
    state: state === 'open' ? (isSilent ? 'unknown' : 'sent') : state,
    requestedBy: null,
    approvedBy: null,
    askedAtIso: '',
    reason: '',
  }
  for (const { kind, atMs, body } of rows) {
    if (kind !== 'pay' || !('refundNo' in body) || body.refundNo !== refundNo) continue
    if (body.row === 'refundRefused') view = { ...view, reason: body.reason }
    if (body.row !== 'refund') continue
    const { requestedBy, approvedBy } = body
    view = { ...view, requestedBy, approvedBy, askedAtIso: isoOf(atMs) }
  }
  return view
}

function attemptViews(runtime: LotRuntime, rows: readonly LedgerRow[]): PayAttemptView[] {
  return [...payOrdersOf(rows)].flatMap(([orderId, { order }]) => {
    const live = runtime.payments?.orderOf(orderId)?.attempts ?? []
    return order.attempts.map((attempt) => {
      const { attemptNo, state, amountFen, paidFen, refunds } = attempt
      const own = live.find((one) => one.attemptNo === attemptNo)
      const asks = own?.refundAsks ?? 0
      const isSilent = (refundNo: string): boolean =>
        asks > silentAsks &&
        own?.refunds.some((one) => one.refundNo === refundNo && isOnItsWay(one) && !one.isHeard) ===
          true
      const backs = refunds.map((one) => refundView(rows, one, isSilent(one.refundNo)))
      const leftFen = state === 'paid' || state === 'odd' ? refundableFen(attempt) : 0
      return { orderId, attemptNo, state, amountFen, paidFen, leftFen, refunds: backs }
    })
  })
}

/** Another person looks at it later. */
function aloneRow(
  { attemptNo, by, commandId }: ArgsOf<'pay.refund'>,
  foundFen: Fen,
  atMs: InstantMs,
): RowDraft {
  const day = isoOf(atMs).slice(0, 10)
  const item = {
    day,
    means: 'qr',
    kind: 'alone',
    ref: attemptNo,
    expectedFen: 0,
    foundFen,
  } as const
  const body = { row: 'item', owner: '', by, itemId: `alone ${commandId}`, ...item } as const
  return { kind: 'book', atMs, body }
}

export function payHandlers(
  { runtime, service }: PayParts,
  acts: ControlActs,
): HandlersOf<'pay.attempts' | 'pay.refund'> {
  return {
    'pay.attempts': async ({ stayId }) => ({
      rows: attemptViews(runtime, await service.timeline(stayId)),
    }),
    'pay.refund': async (args, role) => {
      const { stayId, attemptNo, refundFen, by, approvedBy = null } = args
      const found = [...payOrdersOf(await service.timeline(stayId))].find(([, { order }]) =>
        order.attempts.some((one) => one.attemptNo === attemptNo),
      )
      return acts.onStay('pay.refund', args, () => {
        const { payments } = runtime
        const refuse = (note: string): LaneFault =>
          new LaneFault('PAY-03', { field: '/attemptNo', value: attemptNo, note })
        if (payments === null) throw refuse('noGateway')
        if (found === undefined) throw refuse('noSuchAttempt')
        const words = `pay.refund ${stayId} ${attemptNo} ${refundFen}`
        const [orderId, known] = found
        payments.refund(
          orderId,
          known,
          { attemptNo, amountFen: refundFen, requestedBy: by, approvedBy },
          [
            { ...acts.auditRow(args, role, words, {}), stayId, orderId },
            ...(approvedBy === null ? [aloneRow(args, -refundFen, runtime.nowMs())] : []),
          ],
        )
      })
    },
  }
}
