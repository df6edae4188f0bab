// Rows of a person's act on a record held back: a corrected record is a new outbox row under the same number, and the
// first one ends; one sent unchanged returns to the queue. The audit row comes first, in one transaction.
import { hexOf } from '../../core/values/bytes.ts'
import type { MendedMember, OutboxState, RowDraft } from '../../core/values/rows/ledger-row.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { OutboxRecord } from '../../core/queue/records.ts'
import type { Crypto } from '../../ports/crypto.ts'
import type { OutboxRow } from './outbox-rows.ts'

type AuditDraft = Extract<RowDraft, { kind: 'audit' }>

interface HeldOne {
  readonly record: OutboxRecord
  readonly row: OutboxRow
  readonly audit: AuditDraft
  readonly nowMs: InstantMs
}

/** Belongs to a stay but to no deduction, because acts on charges are audited elsewhere. */
const audited = ({ row, audit }: HeldOne): AuditDraft => ({
  ...audit,
  ...(row.stayId === undefined ? {} : { stayId: row.stayId }),
})

function stateRow({ record, row, nowMs }: HeldOne, state: OutboxState, note: string | null) {
  return {
    kind: 'outboxState' as const,
    atMs: nowMs,
    ...(row.stayId === undefined ? {} : { stayId: row.stayId }),
    ...(row.deductionId === undefined ? {} : { deductionId: row.deductionId }),
    body: {
      outboxId: record.outboxId,
      state,
      attempt: record.attempts,
      httpStatus: null,
      respCode: null,
      requestId: null,
      tradeNo: null,
      note,
    },
  }
}

export function releaseRows(held: HeldOne): RowDraft[] {
  return [audited(held), stateRow(held, 'new', null)]
}

export function mendRows(
  held: HeldOne,
  made: {
    readonly outboxId: string
    readonly body: string
    readonly members: readonly MendedMember[]
  },
  crypto: Crypto,
): RowDraft[] {
  const { row, nowMs } = held
  const { seq: _seq, nodeId: _node, hash: _hash, prevHash: _prev, ...draft } = row
  const { resends: _resends, ...body } = row.body
  const { outboxId, members } = made
  const audit = audited(held)
  const mended = { outboxId: row.body.outboxId, by: outboxId, members }
  const bodySm3 = hexOf(crypto.sm3(new TextEncoder().encode(made.body))).toLowerCase()
  return [
    { ...audit, body: { ...audit.body, mended } },
    stateRow(held, 'replaced', outboxId),
    {
      ...draft,
      atMs: nowMs,
      body: { ...body, outboxId, body: made.body, bodySm3, replaces: row.body.outboxId },
    },
  ]
}
