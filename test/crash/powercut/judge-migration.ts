// Checks a disk that was cut during a migration: the old or the new schema, intact, with every row.
// Read first with plain SQL, then opened as the newer program would after the cut.
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { optionsFor } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'
import { nextSchema, schemaNow } from './next-schema.ts'
import type { Verdict } from './states.ts'

const partsSql = `
  SELECT count(*) AS n FROM sqlite_schema
  WHERE name IN ('note', 'row_body') OR (name = 'v_event' AND sql LIKE '%body FROM%')`

export function judgeMigration(dir: string, acknowledged: number): Verdict {
  const db = new DatabaseSync(join(dir, 'ledger.db'))
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
  const parts = Number(db.prepare(partsSql).get()?.['n'])
  db.close()
  const letter = `schema ${version}`
  if (parts !== (version === schemaNow ? 0 : 3))
    return { end: 'broken', letter, detail: `${parts} of 3 parts` }
  const opened = openLedgerWith(optionsFor(dir), {
    synchronous: 'OFF',
    migrations: nextSchema,
    checkRows: 100,
  })
  const rows = opened.ledger.head.seq
  opened.ledger.close()
  return { end: rows < acknowledged ? 'lost' : 'ok', letter, detail: `${rows} rows` }
}
