// The kind of lot that a ledger belongs to, from its boot rows, without changing anything.
// Every start checks it before opening the ledger for writing: demo code never opens a real ledger.
import type { DatabaseSync } from 'node:sqlite'
import { openReader } from '#base/sqlite/connection.ts'
import { openFault } from '#base/sqlite/open-fault.ts'

export interface LedgerKind {
  /**
   * `none`: no row was ever written. `production`: at least one boot row is not of a demo, or there are rows without a
   * boot row. `unreadable`: the file is damaged; opening it reports how.
   */
  readonly mode: 'none' | 'demo' | 'production' | 'unreadable'
  /**
   * The lot named by boot rows: the first row of a real lot, which all later starts must match, else the newest row
   * that names one. Null when all rows are older than this member.
   */
  readonly lotId: string | null
}

const none: LedgerKind = { mode: 'none', lotId: null }

/** A ledger begins with a boot row, which shows a real lot at once. */
const firstRow = `
  SELECT json_extract(body, '$.mode') AS mode, json_extract(body, '$.lotId') AS lotId
  FROM (SELECT kind, body FROM ledger_row ORDER BY nodeId, seq LIMIT 1) WHERE kind = 'boot'`

/** From the newest on. The index has boot rows only. */
const bootRows = `
  SELECT json_extract(body, '$.mode') AS mode, json_extract(body, '$.lotId') AS lotId
  FROM ledger_row INDEXED BY boot_at WHERE kind = 'boot' ORDER BY atMs DESC, seq DESC`

/**
 * The same for a ledger without that index: reads every event since the last start. The list of kinds is that of the
 * index `event_at`.
 */
const bootRowsBefore = `
  SELECT json_extract(body, '$.mode') AS mode, json_extract(body, '$.lotId') AS lotId
  FROM ledger_row INDEXED BY event_at
  WHERE kind IN ('event', 'exception', 'audit', 'boot', 'signIn') AND +kind = 'boot'
  ORDER BY atMs DESC, seq DESC`

function kindIn(db: DatabaseSync): LedgerKind {
  const named = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = ?`)
  if (named.get('ledger_row') === undefined) return none
  const first = db.prepare(firstRow).get()
  if (first?.['mode'] === 'production' && typeof first['lotId'] === 'string')
    return { mode: 'production', lotId: first['lotId'] }
  let lotId: string | null = null
  let boots = 0
  const starts = named.get('boot_at') === undefined ? bootRowsBefore : bootRows
  for (const row of db.prepare(starts).iterate()) {
    boots++
    if (typeof row['lotId'] === 'string') lotId ??= row['lotId']
    // One real start is enough; for a demo every start must be a demo's.
    if (row['mode'] !== 'demo') return { mode: 'production', lotId }
  }
  if (boots > 0) return { mode: 'demo', lotId }
  const any = db.prepare('SELECT 1 FROM ledger_row LIMIT 1').get()
  return any === undefined ? none : { mode: 'production', lotId }
}

/** `file` exists. Throws DATA-01 and DATA-02 where the file system refuses. */
export function readLedgerKind(file: string): LedgerKind {
  let db: DatabaseSync | null = null
  try {
    db = openReader(file)
    return kindIn(db)
  } catch (error) {
    const fault = openFault(error, file)
    if (fault?.code !== 'LEDGER-05') throw fault ?? error
    return { mode: 'unreadable', lotId: null }
  } finally {
    db?.close()
  }
}
