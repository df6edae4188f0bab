// Opens node:sqlite connections with the settings the ledger needs and reads each one back.
// Electron's SQLite may be built differently from stock Node's: asserted, never assumed (2.1).
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { must } from '../pure/values/must.ts'
import { databasePath } from './database-path.ts'
import { removePath } from '../files/held-path.ts'

/** Older ones have a WAL-reset corruption bug with two connections (reliability-security.md 2.1). */
const sqliteVersionMin = '3.51.3'
/** Wait in ms for a backup or virus scanner that holds the file. */
export const busyTimeoutMs = 2_000
/**
 * Pages in the log before SQLite moves them into the database. Rows of one day share their last
 * pages, so a longer log (16 MiB) moves far fewer; it is read back in a fraction of a second.
 */
const checkpointPagesMin = 4_000
/** A row changes two to six pages; with 2 KiB pages a commit writes and hashes half as much as with 4 KiB. */
export const pageBytes = 2_048
/** `ETCL`: tells a ledger from other SQLite files. */
export const applicationId = 0x4554434c

export type Synchronous = 'FULL' | 'NORMAL' | 'OFF'
const synchronousCode: Record<Synchronous, number> = { OFF: 0, NORMAL: 1, FULL: 2 }

export type SqlRow = Record<string, SQLOutputValue>

const versionNumber = (text: string): number =>
  text.split('.').reduce((sum, part, i) => sum + Number(part) * 1000 ** (2 - i), 0)

export const isSqliteNewEnough = (version: string): boolean =>
  versionNumber(version) >= versionNumber(sqliteVersionMin)

export function mustHaveSqlite(version = process.versions['sqlite'] ?? '0.0.0'): void {
  must(isSqliteNewEnough(version), `SQLite ${version} is older than ${sqliteVersionMin}`)
}

/** The one value of a PRAGMA. */
export function pragma(db: DatabaseSync, name: string): SQLOutputValue {
  const row: SqlRow | undefined = db.prepare(`PRAGMA ${name}`).get()
  return row === undefined ? null : (Object.values(row)[0] ?? null)
}

function set(db: DatabaseSync, name: string, value: string, readBack: SQLOutputValue): void {
  db.exec(`PRAGMA ${name} = ${value}`)
  must(pragma(db, name) === readBack, `PRAGMA ${name} is ${value}, not ${pragma(db, name)}`)
}

/** The one writer of a data folder. */
export function openWriter(
  path: string,
  synchronous: Synchronous,
  checkpointPages = checkpointPagesMin,
): DatabaseSync {
  mustHaveSqlite()
  const db = new DatabaseSync(databasePath(path), { timeout: busyTimeoutMs, allowExtension: false })
  try {
    // Only a new database takes it; the others keep the size they were made with.
    db.exec(`PRAGMA page_size = ${pageBytes}`)
    set(db, 'journal_mode', 'WAL', 'wal')
    set(db, 'synchronous', synchronous, synchronousCode[synchronous])
    set(db, 'wal_autocheckpoint', String(checkpointPages), checkpointPages)
    set(db, 'recursive_triggers', 'ON', 1)
    set(db, 'foreign_keys', 'ON', 1)
    set(db, 'trusted_schema', 'OFF', 0)
    set(db, 'cell_size_check', 'ON', 1)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** For queries, checks and backups: never changes the file and never waits for the writer. */
export function openReader(path: string): DatabaseSync {
  mustHaveSqlite()
  try {
    return readerAt(path)
  } catch (error) {
    // A write-ahead log needs a writable folder even for reading. SQLite returns CANTOPEN or READONLY_DIRECTORY,
    // depending on which of log and index exist. Without an index nobody writes, so the files can be read as they are.
    const code = primaryCode(sqliteCode(error) ?? 0)
    const refused = code === sqliteCantOpen || code === sqliteReadOnly
    if (!refused || !existsSync(path) || isWritable(path)) throw error
    const log = `${path}-wal`
    if (existsSync(log) && statSync(log).size > 0) return copiedReader(path, log)
    const url = pathToFileURL(path)
    url.searchParams.set('immutable', '1')
    return readerAt(url)
  }
}

/** Reads a copy with its log, because the log's rows belong to the ledger; deleted with the connection. */
function copiedReader(path: string, log: string): DatabaseSync {
  const dir = mkdtempSync(join(tmpdir(), 'etc-lane-read-'))
  const remove = (): void => removePath(dir, { recursive: true, force: true })
  try {
    const copy = join(dir, basename(path))
    copyFileSync(path, copy)
    copyFileSync(log, `${copy}-wal`)
    // A copy keeps the journal mode; a log can only be read where its files can be written.
    for (const file of [copy, `${copy}-wal`]) chmodSync(file, 0o600)
    const db = readerAt(copy)
    const close = db.close.bind(db)
    db.close = () => {
      close()
      remove()
    }
    return db
  } catch (error) {
    remove()
    throw error
  }
}

function readerAt(place: string | URL): DatabaseSync {
  const name = typeof place === 'string' ? databasePath(place) : place
  const db = new DatabaseSync(name, { readOnly: true, timeout: busyTimeoutMs })
  try {
    set(db, 'trusted_schema', 'OFF', 0)
    // The file is only opened by the first query.
    pragma(db, 'schema_version')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(dirname(path), constants.W_OK)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/** Extended SQLite result code of an error, or null when it is another kind of error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode : null
}

/** Primary result codes that an append distinguishes. */
export const sqliteBusy = 5
export const sqliteFull = 13
export const sqliteReadOnly = 8
const sqliteCantOpen = 14
export const sqliteConstraint = 19
export const primaryCode = (code: number): number => code & 0xff
