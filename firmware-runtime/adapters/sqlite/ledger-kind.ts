// What kind of lot a ledger belongs to, read from its boot rows without changing anything.
// Every start asks it before it opens the ledger for writing: demo code never opens a real ledger.
import type { DatabaseSync } from 'node:sqlite'
import { openReader } from './connection.ts'
import { openFault } from './open-fault.ts'

export interface LedgerKind {
  /**
   * `none`: no row was ever written. `production`: at least one boot row does not say demo, or rows
   * stand without any boot row. `unreadable`: the file is damaged; opening it says how.
   */
  readonly mode: 'none' | 'demo' | 'production' | 'unreadable'
  /**
   * The lot that boot rows name: the first row of a real lot, to which every later start was held, else the
   * newest that names one. Null where rows are older than that member.
   */
  readonly lotId: string | null
}

const none: LedgerKind = { mode: 'none', lotId: null }

/** A ledger begins with a start. It says at once what a real lot is, whatever came after it. */
const firstRow = `
  SELECT json_extract(body, '$.mode') AS mode, json_extract(body, '$.lotId') AS lotId
  FROM (SELECT kind, body FROM ledger_row ORDER BY nodeId, seq LIMIT 1) WHERE kind = 'boot'`

/** From the newest on. The index has the starts and nothing else, however many rows lie between. */
const bootRows = `
  SELECT json_extract(body, '$.mode') AS mode, json_extract(body, '$.lotId') AS lotId
  FROM ledger_row INDEXED BY boot_at WHERE kind = 'boot' ORDER BY atMs DESC, seq DESC`

/**
 * The same of a ledger that no program with that index has opened yet: past every event since the last
 * start. The list of kinds is that of the index `event_at`.
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
    // One real start is enough; a demo has to show that every start was one of a demo.
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
