// The review of a charge of an open lot before its record goes to the platform (8.1.2.2 d, 8.1.2.3 d, 8.1.2.4 g): a row in the
// transaction of the record. Our own billing answers at once, another billing system is asked.
import { dueFen } from '#ledger/pure/lot/order-due.ts'
import type { LotState, Order } from '#ledger/pure/lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

/** Time that the other billing system has. The card may be debited: the record is not kept back for ever. Assumed. */
const reviewMs = 600_000

type Outbox = Extract<RowDraft, { kind: 'outbox' }>

const isCharge = (row: RowDraft): row is Outbox =>
  row.kind === 'outbox' &&
  (row.body.op === 'charge' || row.body.op === 'exitUpload') &&
  row.orderId !== undefined &&
  row.body.resends === undefined &&
  row.body.replaces === undefined

/** What our own billing holds against a charge; empty: nothing. */
function against(
  lot: LotState,
  { orderId, amountFen }: Outbox,
  drafts: readonly RowDraft[],
): string {
  const made = drafts.find((row) => row.kind === 'orderMade' && row.orderId === orderId)
  const order: Order | undefined = lot.orders.get(orderId ?? '')
  if (order === undefined) return made?.amountFen === amountFen ? '' : 'noOrder'
  if (order.settledOtherwise) return 'settledOtherwise'
  return dueFen(order) === amountFen ? '' : `due ${dueFen(order)}`
}

/** The reviews that belong to the transaction of these rows. */
export const reviewsOf = (lot: LotState, drafts: readonly RowDraft[]): readonly RowDraft[] =>
  drafts.filter(isCharge).map((row) => {
    const { atMs, laneId, stayId, orderId, deductionId } = row
    const refs = {
      ...(laneId === undefined ? {} : { laneId }),
      ...(stayId === undefined ? {} : { stayId }),
      ...(orderId === undefined ? {} : { orderId }),
      ...(deductionId === undefined ? {} : { deductionId }),
    }
    const isSent = lot.sent.byId.has(orderId ?? '')
    const why = isSent ? '' : against(lot, row, drafts)
    const result = isSent ? 'asked' : why === '' ? 'agreed' : 'disputed'
    return { kind: 'review', atMs, ...refs, body: { result, by: null, why } }
  })

/** Rows for reviews that were not answered in time, and when the next one ends; null: none waits. */
export function silentReviews(
  { sent }: Pick<LotState, 'sent'>,
  nowMs: InstantMs,
): { readonly rows: readonly RowDraft[]; readonly nextMs: InstantMs | null } {
  const rows: RowDraft[] = []
  let nextMs: InstantMs | null = null
  for (const [orderId, askedMs] of sent.asked) {
    const order = sent.byId.get(orderId)
    if (order === undefined) continue
    if (nowMs < askedMs + reviewMs) {
      nextMs = Math.min(nextMs ?? Infinity, askedMs + reviewMs)
      continue
    }
    const deduction = order.charge === null ? {} : { deductionId: order.charge.deductionId }
    const refs = { stayId: order.stayId, orderId, ...deduction }
    const body = { result: 'silent', by: null, why: '' } as const
    rows.push({ kind: 'review', atMs: nowMs, ...refs, body })
  }
  return { rows, nextMs }
}
