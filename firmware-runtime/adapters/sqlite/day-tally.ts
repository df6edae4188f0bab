// What the books of a day are made of: every step of a payment by code around it, and all rows of the books.
// Read by the worker through the indexes of their times, each row once.
import type { DatabaseSync } from 'node:sqlite'
import { dayMs, type InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow } from '../../core/values/ledger-row.ts'
import type { DayTally } from '../../ports/ledger-service.ts'
import { ledgerRowOf, rowColumns, storedOfSql, zeroHash } from './row-text.ts'

const sql = (where: string): string =>
  `SELECT ${rowColumns} FROM ledger_row WHERE ${where} ORDER BY atMs, seq`

const paysSql = sql(`kind = 'pay' AND atMs >= :from AND atMs < :to`)
const tallySql = sql(`kind = 'book'`)

const rowsOf = (found: readonly Record<string, unknown>[]): LedgerRow[] =>
  found.map((row) => ledgerRowOf(storedOfSql(row as Parameters<typeof storedOfSql>[0]), zeroHash))

/** Payments from the day before on: what was paid before midnight may have been seen after it. */
export function dayTally(db: DatabaseSync, sinceMs: InstantMs): DayTally {
  const span = { from: sinceMs - dayMs, to: sinceMs + 3 * dayMs }
  return { pays: rowsOf(db.prepare(paysSql).all(span)), books: rowsOf(db.prepare(tallySql).all()) }
}
