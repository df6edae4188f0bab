// Schema 12: indexes for rows that are rare among their kind: refunds of payments by code, exits without an entry, and
// steps of refunds by time. A day's page need not read a year for them. No row and no view changes.
import type { Migration } from './migration.ts'

/** The condition of the index, word for word. */
export const codeBack = `kind = 'pay' AND json_extract(body, '$.row') IN ('refund', 'refundDone', 'refundRefused')`
/** Named explicitly: the planner would use the index of all steps of payments by code. */
export const codeBacks = 'ledger_row INDEXED BY code_back_at'

export const rareRowsMigration: Migration = {
  version: 12,
  name: 'rare-rows',
  up: [
    `CREATE INDEX code_back_at ON ledger_row (atMs, seq, stayId) WHERE ${codeBack}`,
    `CREATE INDEX no_entry_at ON ledger_row (atMs, seq)
     WHERE kind = 'stayOpened' AND json_extract(body, '$.noEntry') = 1`,
    `CREATE INDEX refund_state_at ON ledger_row (atMs, seq) WHERE kind = 'refundState'`,
  ],
}
