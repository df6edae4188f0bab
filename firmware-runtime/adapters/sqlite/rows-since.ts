// Rows of a ledger from a time on, read beside its writer: what a judge of its own goes through once.
// The chain is not checked here; `ledger verify` does that.
import { join } from 'node:path'
import type { InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow } from '../../core/values/rows/ledger-row.ts'
import { openReader } from './connection.ts'
import { ledgerRowOf, rowColumns, storedOfSql, zeroHash } from './row-text.ts'

/** A day of a busy lot is 30,000 rows. */
const rowsMax = 200_000

/** In the order in which they were written; the newest where there are more than are read. */
export function rowsSince(dir: string, fromMs: InstantMs): readonly LedgerRow[] {
  const db = openReader(join(dir, 'ledger.db'))
  try {
    const rows = db
      .prepare(`SELECT ${rowColumns} FROM ledger_row WHERE atMs >= ? ORDER BY seq DESC LIMIT ?`)
      .all(fromMs, rowsMax)
    return rows.toReversed().map((row) => ledgerRowOf(storedOfSql(row), zeroHash))
  } finally {
    db.close()
  }
}
