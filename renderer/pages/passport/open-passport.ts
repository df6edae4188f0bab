// Opens a passport in the sandbox, from the bytes of its file alone: no runtime, no file system.
// Checks in the order of `passport verify`: seal, signature, bytes, tables.
import { isoOf } from '#base/pure/values/instant.ts'
import { changedParts, openContainer, signedPassportText } from '#base/pure/passport/container.ts'
import {
  checkedRows,
  emptyContent,
  selectSql,
  tableNames,
  type PassportContent,
} from '#base/pure/passport/tables.ts'
import { judgeSigned } from '#base/pure/data/signed.ts'
import { digests, windowJudge } from '../../sandbox/gm.ts'
import type { SqlDatabase, SqlJs } from '../../sandbox/sql-types.ts'

const utf8 = new TextEncoder()

export type OpenedFile =
  | {
      readonly ok: true
      readonly name: string
      readonly content: PassportContent
      readonly signedBy: string
      readonly signedAtIso: string
    }
  | {
      readonly ok: false
      readonly name: string
      readonly code: 'PASSPORT-01' | 'PASSPORT-02'
      readonly part: string
    }

function tablesOf(db: SqlDatabase): PassportContent | null {
  const schema = `SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'`
  const objects = db.exec(schema)[0]?.values ?? []
  const plain = objects.every(([, type]) => type === 'table')
  if (!plain || objects.length !== tableNames.length) return null
  const content = emptyContent()
  for (const name of tableNames) {
    const { columns = [], values = [] } = db.exec(selectSql(name))[0] ?? {}
    const rows = checkedRows(
      name,
      values.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))),
    )
    if (rows === null) return null
    Object.assign(content, { [name]: rows })
  }
  return content
}

function readDatabase(sql: SqlJs, bytes: Uint8Array): PassportContent | null {
  let db: SqlDatabase | null = null
  try {
    db = new sql.Database(bytes)
    return tablesOf(db)
  } catch {
    // The bytes are not a SQLite database.
    return null
  } finally {
    db?.close()
  }
}

export function openPassportFile(sql: SqlJs, name: string, bytes: Uint8Array): OpenedFile {
  const opened = openContainer(bytes)
  if (!opened.ok) return { ok: false, name, code: 'PASSPORT-01', part: opened.part }
  const { seal, database } = opened
  const message = (atMs: number): Uint8Array =>
    utf8.encode(signedPassportText(seal.claim, atMs, digests.ofBytes(seal.certificate)))
  const signed = judgeSigned(message, seal, windowJudge([]))
  if (signed.state !== 'signed') return { ok: false, name, code: 'PASSPORT-02', part: 'signature' }
  const content = readDatabase(sql, database)
  const changed = changedParts(seal, database, content, digests)
  if (content === null || changed.length > 0)
    return { ok: false, name, code: 'PASSPORT-01', part: changed.join(' ') }
  return { ok: true, name, content, signedBy: signed.by, signedAtIso: isoOf(seal.signedAtMs) }
}
