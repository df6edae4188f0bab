// The database inside a lane passport: written with node:sqlite to a scratch file, and read from one.
// Only plain tables with the listed columns are read; no code of a foreign schema ever runs.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import {
  checkedRows,
  createSql,
  emptyContent,
  passportTables,
  selectSql,
  tableNames,
  type PassportContent,
  type TableName,
} from '#base/pure/passport/tables.ts'
import { databasePath } from '#base/sqlite/database-path.ts'
import { removePath } from '#base/files/held-path.ts'

function inScratch<T>(use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'etc-lane-passport-'))
  try {
    return use(join(folder, 'passport.db'))
  } finally {
    removePath(folder, { recursive: true, force: true })
  }
}

function fill(db: DatabaseSync, name: TableName, content: PassportContent): void {
  const columns = Object.keys(passportTables[name])
  const marks = columns.map((column) => `:${column}`).join(', ')
  const insert = db.prepare(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${marks})`)
  for (const row of content[name])
    insert.run({ ...(row as Readonly<Record<string, SQLInputValue>>) })
}

/** The database as bytes; equal tables always in the same order. */
export const passportDatabase = (content: PassportContent): Uint8Array =>
  inScratch((file) => {
    const db = new DatabaseSync(databasePath(file))
    try {
      db.exec('PRAGMA journal_mode = DELETE')
      db.exec('BEGIN')
      for (const name of tableNames) {
        db.exec(createSql(name))
        fill(db, name, content)
      }
      db.exec('COMMIT')
    } finally {
      db.close()
    }
    return new Uint8Array(readFileSync(file))
  })

/** Null for bytes that are not a database, or one with other tables or columns than a passport's. */
export const readPassportDatabase = (database: Uint8Array): PassportContent | null =>
  inScratch((file) => {
    writeFileSync(file, database)
    let db: DatabaseSync | null = null
    try {
      db = new DatabaseSync(databasePath(file), { readOnly: true })
      db.exec('PRAGMA trusted_schema = OFF')
      return tablesOf(db)
    } catch {
      // Any SQLite error on changed bytes: they cannot be read.
      return null
    } finally {
      db?.close()
    }
  })

const schemaSql = `SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'`

function tablesOf(db: DatabaseSync): PassportContent | null {
  const schema = db.prepare(schemaSql).all()
  const plain = schema.every((row) => row['type'] === 'table')
  if (!plain || schema.length !== tableNames.length) return null
  const content = emptyContent()
  for (const name of tableNames) {
    const rows = checkedRows(name, db.prepare(selectSql(name)).all())
    if (rows === null) return null
    Object.assign(content, { [name]: rows })
  }
  return content
}
