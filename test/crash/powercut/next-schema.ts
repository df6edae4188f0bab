// A schema after the present one, for tests only: a table, an index over every row and a changed view.
// Large enough to change many pages, so that a cut can tear something.
import { migrations, newestVersion } from '#ledger/sqlite/migrations/index.ts'
import type { Migration } from '#ledger/sqlite/migrations/migration.ts'

/** The present schema version. */
export const schemaNow = newestVersion(migrations)

export const nextSchema: readonly Migration[] = [
  ...migrations,
  {
    version: schemaNow + 1,
    name: 'tests-only',
    up: [
      'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
      'CREATE INDEX row_body ON ledger_row (body, seq)',
      'DROP VIEW v_event',
      `CREATE VIEW v_event AS SELECT nodeId, seq, body FROM ledger_row WHERE kind = 'event'`,
    ],
  },
]
