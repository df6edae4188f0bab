// Schema 12: rows that are rare among many of their kind have indexes of their own: what went back of payments by code, exits
// without an entry, and the steps of refunds by their time. A day's page does not read a year for them. No row and no view changes.
import type { Migration } from './migration.ts'

/** The condition of the index, word for word. */
export const codeBack = `kind = 'pay' AND json_extract(body, '$.row') IN ('refund', 'refundDone', 'refundRefused')`
/** Named outright: the planner takes the index of all steps of payments by code. */
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
