// A charge that is settled when no lane waits for it: after a restart, after the car left,
// or after the driver paid otherwise. Success after other payment makes exactly one refund (M1, 8.3.1 b).
import { note } from '#base/pure/words/notes.ts'
import type { Deduction, LotState, Order } from '#ledger/pure/lot/lot-state.ts'
import type { LateEnv, RowRequest, NumberedRows } from '#devices/pure/charge/freeze-row.ts'
import { numbered, type Minting } from '#base/pure/values/ids.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { DebitProof, RefundState, RowBodies, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { isRefundStep } from '#base/pure/values/refund-step.ts'

export interface LateCharge {
  readonly deductionId: string
  readonly result: 'paid' | 'refused'
  readonly source: RowBodies['outcome']['source']
  readonly reason: string
  /** Proof of a card-side debit with a late result. */
  readonly proof?: DebitProof | null
  /** Upload of a late card-side payment, or the exception that names it as not uploaded. */
  readonly followUp?: readonly RowRequest[]
  readonly receipt: RowDraft | null
}

/** With encoded follow-up rows: an upload that could not be encoded has become an exception. */
export type WrittenLateCharge = Omit<LateCharge, 'followUp'> & {
  readonly followUp?: readonly RowDraft[]
}

/** The rows of one transaction; empty when the deduction is settled already. */
export const lateChargeRows = (
  lot: LotState,
  late: WrittenLateCharge,
  env: LateEnv,
): NumberedRows => numbered(env, (step) => ({ rows: bookedRows(lot, late, step) }))

type Numbering = LateEnv & Minting

function bookedRows(lot: LotState, late: WrittenLateCharge, env: Numbering): RowRequest[] {
  const deduction = lot.unsettled.get(late.deductionId)
  const receipt = late.receipt === null ? [] : [late.receipt]
  if (deduction === undefined) return receipt
  const order = lot.orders.get(deduction.orderId)
  const refs = {
    laneId: deduction.laneId,
    stayId: deduction.stayId,
    orderId: deduction.orderId,
    deductionId: deduction.deductionId,
    amountFen: deduction.amountFen,
  }
  const outcome: RowDraft = {
    kind: 'outcome',
    atMs: env.nowMs,
    ...refs,
    body: {
      state: late.result,
      source: late.source,
      reason: late.reason,
      obuId: deduction.obuId,
      cardNo: deduction.cardNo,
      proof: late.proof ?? null,
    },
  }
  if (late.result === 'refused') return [outcome, ...receipt]
  const payment: RowDraft = {
    kind: 'payment',
    atMs: env.nowMs,
    ...refs,
    body: { paymentId: env.mint('M'), means: 'etc', by: null, reason: 'late' },
  }
  const refund = paidOtherwise(order) ? refundRows(deduction, late, env) : []
  return [outcome, payment, ...receipt, ...(late.followUp ?? []), ...refund]
}

const paidOtherwise = (order: Order | undefined): boolean =>
  order !== undefined && (order.settledOtherwise || order.paidFen >= order.amountFen)

/**
 * False for a card-side charge without a TAC, which never reaches the platform (ADR 4), and for one whose outcome a person
 * determined, because the present platform may not have it: the platform cannot refund these.
 */
const isAtPlatform = (
  { chargeMode }: Deduction,
  { source, followUp = [] }: WrittenLateCharge,
): boolean =>
  (chargeMode === 'online' && source !== 'person') ||
  followUp.some((row) => row.kind === 'outbox' && row.body.op === 'exitUpload')

/** A refund that is not requested from the platform stays pending until people make it. */
function refundRows(deduction: Deduction, late: WrittenLateCharge, env: Numbering): RowRequest[] {
  const refundId = env.mint('R')
  const reason = note('paidTwice')
  const { amountFen } = deduction
  const row: RowDraft = {
    kind: 'refund',
    atMs: env.nowMs,
    laneId: deduction.laneId,
    stayId: deduction.stayId,
    orderId: deduction.orderId,
    deductionId: deduction.deductionId,
    amountFen,
    body: {
      refundId,
      outTradeNo: deduction.outTradeNo,
      reason,
      operator: 'system',
      approvedBy: null,
    },
  }
  if (!env.hasPlatform || !isAtPlatform(deduction, late)) return [row]
  const { nowMs: atMs } = env
  const facts = { refundId, deduction, amountFen, reason, atMs }
  return [row, { kind: 'freeze', atMs, outboxId: env.mint('U'), op: 'refund', facts }]
}

/** State row of a refund, written with the answer to its record; null where the answer has no state, or is another's. */
export function refundStepRow(
  record: { readonly op: string; readonly businessNo: string } | undefined,
  receipt: RowDraft,
): RowDraft | null {
  if (record?.op !== 'refund' || receipt.kind !== 'outboxState') return null
  const state = refundStateOf(receipt.body)
  if (state === null) return null
  return {
    kind: 'refundState',
    atMs: receipt.atMs,
    ...(receipt.stayId === undefined ? {} : { stayId: receipt.stayId }),
    body: { refundId: record.businessNo, state },
  }
}

function refundStateOf({ state, note }: RowBodies['outboxState']): RefundState | null {
  if (state === 'confirmed') return 'success'
  if (state === 'rejected') return 'rejected'
  return state === 'unknown' && isRefundStep(note ?? '') ? (note as RefundState) : null
}

/** Rows of a restart for running deductions (CP2 to CP4): unknown, never undone. */
export function restartRows(
  lot: LotState,
  nowMs: InstantMs,
  hasOutbox: (id: string) => boolean,
): RowDraft[] {
  const rows: RowDraft[] = []
  for (const d of lot.unsettled.values()) {
    if (d.state === 'unknown') continue
    const certainlyUnsent = d.chargeMode === 'card' ? d.armed === null : !hasOutbox(d.deductionId)
    rows.push({
      kind: 'outcome',
      atMs: nowMs,
      laneId: d.laneId,
      stayId: d.stayId,
      orderId: d.orderId,
      deductionId: d.deductionId,
      amountFen: d.amountFen,
      body: {
        state: certainlyUnsent ? 'refused' : 'unknown',
        source: 'lane',
        reason: certainlyUnsent ? 'neverSent' : 'restart',
        obuId: d.obuId,
        cardNo: d.cardNo,
        proof: null,
      },
    })
  }
  return rows
}
