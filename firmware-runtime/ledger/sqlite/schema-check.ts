// Compares the schema of a ledger with that of its migrations.
// A removed trigger or an altered view is not covered by the hash chain; it is found here.
import { DatabaseSync } from 'node:sqlite'
import { migrate, migrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'

const schemaSql = `
  SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS text FROM sqlite_schema
  WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`

const schemaOf = (db: DatabaseSync): string =>
  db
    .prepare(schemaSql)
    .all()
    .map((r) => String(r['text']))
    .join('\n')

/** True when every table, index, trigger and view is as version `version` made it. */
export function isSchemaWhole(
  db: DatabaseSync,
  version: number,
  list: readonly Migration[] = migrations,
): boolean {
  using model = new DatabaseSync(':memory:')
  const upTo = list.filter((m) => m.version <= version)
  migrate(model, 0, upTo)
  return schemaOf(db) === schemaOf(model)
}
