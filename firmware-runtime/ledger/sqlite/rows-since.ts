// Rows of a ledger from a time on, read beside its writer, for judging an acceptance.
// The chain is not checked here; `ledger verify` does that.
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { ledgerRowOf, rowColumns, storedOfSql, zeroHash } from './row-text.ts'

type AuditRow = Extract<LedgerRow, { kind: 'audit' }>
type BootRow = Extract<LedgerRow, { kind: 'boot' }>

/** A day of a busy lot is 30,000 rows. */
const rowsMax = 200_000

/** In ledger order; only the newest when there are more than the limit. */
export function rowsSince(dir: string, fromMs: InstantMs): readonly LedgerRow[] {
  using db = openReader(join(dir, 'ledger.db'))
  const rows = db
    .prepare(`SELECT ${rowColumns} FROM ledger_row WHERE atMs >= ? ORDER BY seq DESC LIMIT ?`)
    .all(fromMs, rowsMax)
  return rows.toReversed().map((row) => ledgerRowOf(storedOfSql(row), zeroHash))
}

/**
 * Earlier rows that still matter: sign-ins and starts of the last days, the orders of their charges, and how the cars
 * that left came in.
 */
export function rowsBefore(dir: string, rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const [first] = rows
  if (first === undefined) return []
  const { nodeId, seq } = first
  const known = new Set(
    rows.flatMap(({ kind, orderId }) => (kind === 'orderMade' ? [orderId] : [])),
  )
  const opened = new Set(
    rows.flatMap(({ kind, stayId }) => (kind === 'stayOpened' ? [stayId] : [])),
  )
  const away = rows.filter(
    ({ kind, orderId, stayId }) =>
      (kind === 'intent' && !known.has(orderId)) || (kind === 'stayClosed' && !opened.has(stayId)),
  )
  using db = openReader(join(dir, 'ledger.db'))
  const starts = db
    .prepare(
      `SELECT ${rowColumns} FROM ledger_row
         WHERE nodeId = ? AND seq >= ? AND seq < ? AND kind IN ('signIn', 'boot') ORDER BY seq`,
    )
    .all(nodeId, seq - rowsMax, seq)
  const orders = db.prepare(
    `SELECT ${rowColumns} FROM ledger_row
       WHERE stayId = ? AND kind IN ('orderMade', 'stayOpened', 'plateRead') AND seq < ?
       ORDER BY seq`,
  )
  const stays = new Set(away.flatMap(({ stayId }) => stayId ?? []))
  const found = [...starts, ...[...stays].flatMap((stayId) => orders.all(stayId, seq))]
  return found.map((row) => ledgerRowOf(storedOfSql(row), zeroHash))
}

/** Acts of this name with their subject, in ledger order. */
export function actsOf(dir: string, name: string): readonly AuditRow[] {
  using db = openReader(join(dir, 'ledger.db'))
  const rows = db
    .prepare(
      `SELECT ${rowColumns} FROM ledger_row INDEXED BY act_at
         WHERE kind = 'audit' AND json_extract(body, '$.act') GLOB ? ORDER BY seq`,
    )
    .all(`${name} *`)
  return rows.map((row) => ledgerRowOf(storedOfSql(row), zeroHash) as AuditRow)
}

/** Whether the ledger has an act under this id; all acts are read. */
export function hasAct(dir: string, commandId: string): boolean {
  using db = openReader(join(dir, 'ledger.db'))
  const found = db
    .prepare(
      `SELECT 1 FROM ledger_row INDEXED BY act_at
         WHERE kind = 'audit' AND json_extract(body, '$.commandId') = ? LIMIT 1`,
    )
    .get(commandId)
  return found !== undefined
}

/** The condition of the index `event_at`, which ledgers of every version have. */
const events = `kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`

function listed(db: DatabaseSync, from: string, ...values: readonly (string | number)[]) {
  const rows = db
    .prepare(`SELECT ${rowColumns} FROM ledger_row INDEXED BY ${from} ORDER BY nodeId, seq`)
    .all(...values)
  return rows.map((row) => ledgerRowOf(storedOfSql(row), zeroHash))
}

/** Every start of the lanes, in ledger order. */
export function bootsOf(dir: string): readonly BootRow[] {
  using db = openReader(join(dir, 'ledger.db'))
  const own = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get('boot_at')
  // Ledgers of earlier versions have no index of starts alone.
  const from =
    own === undefined
      ? `event_at WHERE ${events} AND +kind = 'boot'`
      : `boot_at WHERE kind = 'boot'`
  return listed(db, from) as readonly BootRow[]
}

/** Events of this type since `fromMs`, in ledger order. */
export function eventsOf(dir: string, type: string, fromMs: InstantMs = 0): readonly LedgerRow[] {
  using db = openReader(join(dir, 'ledger.db'))
  const where = `${events} AND +kind = 'event' AND atMs >= ? AND json_extract(body, '$.type') = ?`
  return listed(db, `event_at WHERE ${where}`, fromMs, type)
}
