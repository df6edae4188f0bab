// Copies a ledger before its schema is migrated: a migration has no way back, and an older program refuses the new file.
// What LEDGER-01 says of a newer file is here too: who wrote it, what this program knows, and which copy is older.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { LedgerHead } from '../ports/ledger.ts'
import { syncFile, syncFolder } from '#base/files/sync-folder.ts'
import { openReader, pragma, sqliteCode } from '#base/sqlite/connection.ts'
import { headOf } from './inspect.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

/** A copy that a kill left half written; the ledger has more rows since, so it is not written again. */
const halfShape = /^ledger-schema-\d+-row-\d+\.db\.part(?:-journal)?$/
const nameShape = /^ledger-schema-(\d{1,4})-row-(\d{1,15})\.db$/

/** Schema and rows of such a copy, by its name; null: another file. */
export function copyName(name: string): { readonly schema: number; readonly rows: number } | null {
  const [, schema, rows] = nameShape.exec(name) ?? []
  return schema === undefined ? null : { schema: Number(schema), rows: Number(rows) }
}

interface Before {
  readonly dir: string
  readonly nodeId: string
  /** Schema of the file as it is. */
  readonly schema: number
  readonly head: LedgerHead
}

/** False for another file and for one that SQLite cannot read. */
function isCopyOf(file: string, { nodeId, schema, head }: Before): boolean {
  try {
    using db = openReader(file)
    const found = headOf(db, nodeId)
    const isHead = found.seq === head.seq && found.hash === head.hash
    return isHead && Number(pragma(db, 'user_version')) === schema
  } catch (error) {
    if (sqliteCode(error) === null) throw error
    return false
  }
}

/**
 * Writes `backup/ledger-schema-N-row-N.db` and reads it back; an earlier copy of the same rows stays. Throws DATA-02
 * when there is no room: then nothing was migrated, and the older program still starts.
 */
export function copyBeforeMigration(db: DatabaseSync, before: Before): string {
  const folder = join(before.dir, 'backup')
  const file = join(folder, `ledger-schema-${before.schema}-row-${before.head.seq}.db`)
  if (existsSync(file) && isCopyOf(file, before)) return file
  const part = `${file}.part`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    for (const name of readdirSync(folder))
      if (halfShape.test(name)) removePath(join(folder, name), { force: true, recursive: true })
    db.prepare('VACUUM INTO ?').run(part)
    syncFile(part)
    if (!isCopyOf(part, before)) {
      const note = t('副本读回来与账本不同', 'the copy reads back otherwise than the ledger')
      throw new LaneFault('LEDGER-05', { file: part, note })
    }
    renamePath(part, file)
    syncFolder(folder)
    return file
  } catch (error) {
    removePath(part, { force: true, recursive: true })
    throw error
  }
}

/** The newest copy that a program with schema `known` can read; null: none. */
function readableCopy(dir: string, known: number): string | null {
  const folder = join(dir, 'backup')
  const found = (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => {
    const copy = copyName(name)
    return copy !== null && copy.schema <= known ? [{ name, rows: copy.rows }] : []
  })
  const newest = found.toSorted((a, b) => b.rows - a.rows)[0]
  return newest === undefined ? null : join(folder, newest.name)
}

/** Version in the last boot row; a newer schema may keep it elsewhere, and then it is null. */
function writerOf(file: string): string | null {
  try {
    using db = openReader(file)
    const body = db
      .prepare(`SELECT body FROM ledger_row WHERE kind = 'boot' ORDER BY seq DESC LIMIT 1`)
      .get()?.['body']
    const version: unknown = (JSON.parse(String(body)) as { version?: unknown }).version
    return typeof version === 'string' ? version : null
  } catch {
    return null
  }
}

interface Newer {
  readonly dir: string
  readonly file: string
  /** Schema of the file, and the newest one of this program. */
  readonly schema: number
  readonly known: number
  /** Version of this program, where the caller knows it. */
  readonly version?: string
}

/** Both versions and the copy, for LEDGER-01. */
export function newerNote({ dir, file, schema, known, version }: Newer): BilingualText {
  const writer = writerOf(file)
  const copy = readableCopy(dir, known)
  const own = version === undefined ? '' : ` ${version}`
  return t(
    [
      `文件的结构是 ${schema}${writer === null ? '' : `，由程序 ${writer} 写成`}`,
      `本程序${own} 只认到 ${known}`,
      copy === null ? '没有升级前的副本' : `升级前的副本：${copy}`,
    ].join(';'),
    [
      `the file has schema ${schema}${writer === null ? '' : `, written by program ${writer}`}`,
      `this program${own} reads up to ${known}`,
      copy === null ? 'there is no copy from before' : `the copy from before: ${copy}`,
    ].join('; '),
  )
}
