// Charges paid by a card that cannot be reported to a platform: no TAC, a record that cannot be encoded, or a result that
// says paid for a debit booked as refused. Each is an open item with its money at risk, from its outcome until an upload or a
// person ends it.
import { isNoTac } from '#base/pure/words/exception-words.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { DebitProof, LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LotState } from './lot-state.ts'
import type { RefusedDebit } from './lot-state.ts'

/** Reason word of an outcome that adds the TAC to a debit booked without it. */
export const tacTold = 'tacTold'

export const isLateTac = (row: RowDraft): boolean =>
  row.kind === 'outcome' && row.body.state === 'paid' && row.body.reason === tacTold

/** Word of the act by which a person ends one: the clearing side booked it, or it is written off. */
export const bookedFinding = 'booked'

export const isBooked = (row: Extract<LedgerRow, { kind: 'audit' }>): boolean =>
  row.deductionId !== undefined &&
  row.body.act === `charges.settle ${row.deductionId} ${bookedFinding}`

const contradictedAct = 'charges.contradicted'

const isContradicted = (row: Extract<LedgerRow, { kind: 'audit' }>): boolean =>
  row.body.act.startsWith(`${contradictedAct} `)

/** Nothing is booked automatically: the row names both facts and is the open item for a person. */
export function contradictedRow(
  refused: RefusedDebit,
  { source, proof }: { readonly source: 'b5' | 'proof'; readonly proof: DebitProof },
  nowMs: InstantMs,
): RowDraft {
  const { deductionId, stayId, orderId, laneId, amountFen } = refused
  const act = `${contradictedAct} ${deductionId}`
  const rows = [
    source,
    `TAC ${proof.tac ?? '-'}`,
    proof.timeBcd ?? '-',
    proof.balanceAfterFen ?? '-',
  ]
  return {
    kind: 'audit',
    atMs: nowMs,
    laneId,
    stayId,
    orderId,
    deductionId,
    amountFen,
    body: {
      act,
      commandId: act,
      by: 'etc-lane',
      role: 'system',
      result: 'named',
      reason: `refused: ${refused.reason}; paid: ${rows.join(' ')}`,
    },
  }
}

function nameContradicted(lot: LotState, row: Extract<LedgerRow, { kind: 'audit' }>): void {
  const id = row.deductionId ?? ''
  lot.notUploaded.set(id, {
    deductionId: id,
    orderId: row.orderId ?? '',
    stayId: row.stayId ?? '',
    laneId: row.laneId ?? '',
    cardNo: lot.refusedDebits.get(id)?.cardNo ?? null,
    amountFen: row.amountFen ?? 0,
    paidAtMs: row.atMs,
    reason: 'contradicted',
    detail: row.body.reason,
    tac: null,
    debit: null,
  })
  lot.refusedDebits.delete(id)
  const deduction = lot.deductions.get(id)
  if (deduction !== undefined) deduction.contradicted = true
}

/** In the transaction of its outcome an upload ends it at once: then it never was open. */
export function foldNotUploaded(lot: LotState, row: LedgerRow): void {
  const open = lot.notUploaded
  const id = row.deductionId ?? ''
  if (row.kind === 'outbox' && row.body.op === 'exitUpload') open.delete(id)
  else if (row.kind === 'audit' && isBooked(row)) open.delete(id)
  else if (row.kind === 'audit' && isContradicted(row)) nameContradicted(lot, row)
  else if (isLateTac(row) && row.kind === 'outcome') {
    const item = open.get(id)
    if (item !== undefined)
      Object.assign(item, { reason: 'none', detail: '', tac: row.body.proof?.tac ?? null })
  } else if (row.kind === 'exception' && isNoTac(row.body.exceptionType)) {
    for (const item of open.values())
      if (item.orderId === row.orderId && item.reason === 'none')
        Object.assign(item, { reason: row.body.reason, detail: row.body.detail })
  } else if (row.kind === 'outcome' && row.body.state === 'paid' && !isTestOrder(row.orderId)) {
    // The platform's answer is a receipt; so is what a person has from the clearing side.
    if (row.body.source === 'platform' || row.body.source === 'person') return
    open.set(id, {
      deductionId: id,
      orderId: row.orderId ?? '',
      stayId: row.stayId ?? '',
      laneId: row.laneId ?? '',
      cardNo: row.body.cardNo,
      amountFen: row.amountFen ?? 0,
      paidAtMs: row.atMs,
      reason: 'none',
      detail: '',
      tac: row.body.proof?.tac ?? null,
      debit: lot.deductions.get(id) ?? null,
    })
  }
}
