// Rows of a person's act on a record held back: a corrected record is a new outbox row under the same number, and the
// first one ends; one sent unchanged returns to the queue. The audit row comes first, in one transaction.
import { hexOf } from '#base/pure/data/bytes.ts'
import { meansOf } from '#ledger/pure/lot/destinations.ts'
import { type InstantMs, isoOf } from '#base/pure/values/instant.ts'
import { note } from '#base/pure/words/notes.ts'
import type { MendedMember, OutboxState, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { OutboxRecord } from '#ledger/pure/queue/records.ts'
import type { Crypto } from '#base/ports/crypto.ts'
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

/** `by`: of `endOf`. The record is not sent any more; its number is done at its destination. */
export const endRows = (held: HeldOne, by: string): RowDraft[] => [
  audited(held),
  stateRow(held, 'replaced', note('numberDone', by)),
]

/** A plate that was corrected at one platform alone is an item of the books: others have the former one. */
export function plateRow(
  { row, nowMs }: Pick<HeldOne, 'row' | 'nowMs'>,
  outboxId: string,
  plates: readonly MendedMember[],
  alsoAt: readonly string[],
): RowDraft {
  const { destination, businessNo } = row.body
  const changes = plates.map(({ from, to }) => `${from ?? '-'} → ${to ?? '-'}`).join(', ')
  const body = {
    row: 'item',
    itemId: `plate ${outboxId}`,
    day: isoOf(row.atMs).slice(0, 10),
    means: meansOf(destination),
    kind: 'platesDiffer',
    ref: `${businessNo} ${destination}: ${changes} (${alsoAt.join(', ')})`,
    expectedFen: 0,
    foundFen: 0,
    owner: '',
  } as const
  return { kind: 'book', atMs: nowMs, body }
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
