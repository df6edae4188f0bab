// A survey file (.etcsurvey): SQLite, one row a record, each durable before the next is taken.
// A damaged file is read as far as it goes; what is lost is named by its number.
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  brokenAt,
  firstHash,
  recordHash,
  type StoredRecord,
  type TextDigest,
} from '../../core/survey/chain.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { diskFault } from '../../core/values/disk-fault.ts'
import { busyTimeoutMs, openReader, pragma, syncFolder, type SqlRow } from './connection.ts'
import { openFault } from './open-fault.ts'

/** `ETCS`: tells a survey from any other SQLite file. */
const applicationId = 0x45544353
const formatVersion = 1

const schemaSql = `
  CREATE TABLE survey (surveyId TEXT NOT NULL, createdAtMs INTEGER NOT NULL);
  CREATE TABLE record (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    atMs INTEGER NOT NULL,
    by TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL
  );
  CREATE TABLE photo (digest TEXT PRIMARY KEY, mime TEXT NOT NULL, bytes BLOB NOT NULL);
`

export interface SurveyPhoto {
  readonly digest: string
  readonly mime: 'image/jpeg' | 'image/png'
  readonly bytes: Uint8Array
}

export interface SurveyContent {
  readonly surveyId: string
  readonly createdAtMs: number
  readonly records: readonly StoredRecord[]
  /** Records that are gone or cannot be read, by number. */
  readonly lost: readonly number[]
  /** Records at which the chain does not hold. */
  readonly broken: readonly number[]
}

const columns = 'seq, id, atMs, by, body, hash'

/** What SQLite says of a bad file becomes a fault that names it. */
function named<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const fault = openFault(error, file)
    if (fault === null) throw error
    throw fault.code === 'LEDGER-05' ? new LaneFault('SURVEY-01', { file }) : fault
  }
}

function checkFormat(db: DatabaseSync, file: string): void {
  const version = Number(pragma(db, 'user_version'))
  if (pragma(db, 'application_id') !== applicationId || version < 1 || version > formatVersion)
    throw new LaneFault('SURVEY-01', { file })
}

const storedOf = (row: SqlRow): StoredRecord | null => {
  const { seq, id, atMs, by, body, hash } = row
  const texts = [id, by, body, hash].every((value) => typeof value === 'string')
  if (typeof seq !== 'number' || typeof atMs !== 'number' || !texts) return null
  return { seq, atMs, id: String(id), by: String(by), body: String(body), hash: String(hash) }
}

/** All records; where a page is damaged, those before and behind it one by one. */
function readRecords(db: DatabaseSync): { records: StoredRecord[]; lost: number[] } {
  const records: StoredRecord[] = []
  const lost: number[] = []
  const keep = (row: SqlRow | undefined, seq: number): void => {
    const record = row === undefined ? null : storedOf(row)
    if (record === null) lost.push(seq)
    else records.push(record)
  }
  const one = db.prepare(`SELECT ${columns} FROM record WHERE seq = ?`)
  const last = lastSeq(db)
  for (let seq = 1; seq <= last; seq++) {
    try {
      keep(one.get(seq), seq)
    } catch {
      // SQLite names the page, we name the record: that is what has to be measured again.
      lost.push(seq)
    }
  }
  return { records, lost }
}

function lastSeq(db: DatabaseSync): number {
  try {
    const row = db.prepare('SELECT max(seq) AS seq FROM record').get()
    return typeof row?.['seq'] === 'number' ? row['seq'] : 0
  } catch {
    return lastReadable(db)
  }
}

/** Where the right edge of the table is damaged: the last number that a lookup still finds. */
function lastReadable(db: DatabaseSync): number {
  const one = db.prepare('SELECT seq FROM record WHERE seq = ?')
  const misses = 1_000
  let last = 0
  for (let seq = 1; seq <= last + misses; seq++) {
    try {
      if (one.get(seq) !== undefined) last = seq
    } catch {
      // A damaged page: what lies behind it may be whole.
      continue
    }
  }
  return last
}

/** A reading that was cut off left its journal: only a connection that may write takes it back. */
function rollBack(file: string): void {
  if (!existsSync(`${file}-journal`)) return
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs, allowExtension: false })
  try {
    pragma(db, 'schema_version')
  } finally {
    db.close()
  }
}

/** What a file holds. `digest`: SM3 of a text as hex. */
export function readSurveyFile(file: string, digest: TextDigest): SurveyContent {
  if (!existsSync(file)) throw new LaneFault('SURVEY-01', { file, note: 'no such file' })
  return named(file, () => {
    rollBack(file)
    const db = openReader(file)
    try {
      checkFormat(db, file)
      const head = db.prepare('SELECT surveyId, createdAtMs FROM survey').get()
      const surveyId = String(head?.['surveyId'] ?? '')
      const createdAtMs = Number(head?.['createdAtMs'] ?? 0)
      const { records, lost } = readRecords(db)
      const broken = brokenAt({ surveyId, createdAtMs }, records, digest)
      return { surveyId, createdAtMs, records, lost, broken }
    } finally {
      db.close()
    }
  })
}

export function readSurveyPhoto(file: string, digest: string): SurveyPhoto | null {
  return named(file, () => {
    const db = openReader(file)
    try {
      checkFormat(db, file)
      const row = db.prepare('SELECT mime, bytes FROM photo WHERE digest = ?').get(digest)
      const bytes = row?.['bytes']
      if (!(bytes instanceof Uint8Array)) return null
      return { digest, mime: row?.['mime'] === 'image/png' ? 'image/png' : 'image/jpeg', bytes }
    } finally {
      db.close()
    }
  })
}

export interface SurveyWriter {
  readonly surveyId: string
  /** Durable when it returns. */
  append(record: { id: string; atMs: number; by: string; body: string }): StoredRecord
  keepPhoto(photo: SurveyPhoto): void
  close(): void
}

function makeFile(file: string, surveyId: string, createdAtMs: number): void {
  try {
    // `wx`: two programs cannot make the same survey.
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw exists ? new LaneFault('SURVEY-04', { file }) : diskFault(error, { file })
  }
  const db = new DatabaseSync(file)
  try {
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}`)
    db.exec(`BEGIN; ${schemaSql}`)
    db.prepare('INSERT INTO survey VALUES (?, ?)').run(surveyId, createdAtMs)
    db.exec('COMMIT')
  } finally {
    db.close()
  }
  syncFolder(dirname(file))
}

/** Makes a new survey file; refuses one that is there. */
export function createSurveyFile(file: string, surveyId: string, createdAtMs: number): void {
  named(file, () => makeFile(file, surveyId, createdAtMs))
  chmodSync(file, 0o600)
}

/**
 * The one writer of a survey. A rollback journal keeps it one file that can be carried away.
 * `synchronous`: anything but EXTRA loses readings in a power cut; tests show that they can see it.
 */
export function openSurveyFile(
  file: string,
  digest: TextDigest,
  synchronous: 'EXTRA' | 'OFF' = 'EXTRA',
): SurveyWriter {
  const { surveyId, createdAtMs, records, lost, broken } = readSurveyFile(file, digest)
  if (lost.length + broken.length > 0)
    throw new LaneFault('SURVEY-02', { file, value: [...lost, ...broken].join(', ') })
  const db = named(file, () => writerAt(file, synchronous))
  const insert = db.prepare(
    `INSERT INTO record (${columns}) VALUES (:seq, :id, :atMs, :by, :body, :hash)`,
  )
  const photo = db.prepare('INSERT OR IGNORE INTO photo VALUES (?, ?, ?)')
  const before = firstHash({ surveyId, createdAtMs }, digest)
  let last = { seq: records.length, hash: records.at(-1)?.hash ?? before }
  return {
    surveyId,
    append(record) {
      const next = { ...record, seq: last.seq + 1 }
      const stored = { ...next, hash: recordHash(last.hash, next, digest) }
      named(file, () => insert.run({ ...stored }))
      last = stored
      return stored
    },
    keepPhoto: ({ digest: name, mime, bytes }) => {
      named(file, () => photo.run(name, mime, bytes))
    },
    close: () => db.close(),
  }
}

function writerAt(file: string, synchronous: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs, allowExtension: false })
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA trusted_schema = OFF')
  db.exec(`PRAGMA synchronous = ${synchronous}`)
  return db
}
