// A survey file (.etcsurvey): SQLite, one row per record, each durable before the next is taken.
// A damaged file is read as far as possible; lost records are reported by number.
import { t } from '#base/pure/words/fault-text.ts'
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { firstHash, recordHash, type StoredRecord, type TextDigest } from '../pure/file/chain.ts'
import {
  isSurveyFile,
  knownVersion,
  readPhotoRow,
  readPhotos,
  readSurveyTables,
  recordColumns,
  type PhotosRead,
  type SurveyContent,
  type SurveyPhoto,
  type SurveyTables,
} from '../pure/file/file-format.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { syncFolder } from '#base/files/sync-folder.ts'
import {
  busyTimeoutMs,
  openReader,
  pragma,
  primaryCode,
  sqliteCode,
} from '#base/sqlite/connection.ts'
import { openFault } from '#base/sqlite/open-fault.ts'
import { makeSurvey, upToDate } from './survey-format.ts'
import { databasePath } from '#base/sqlite/database-path.ts'

const sqliteNotADb = 26

/** SQLite errors become a fault with the file. */
function named<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const fault = openFault(error, file)
    if (fault === null) throw error
    if (fault.code !== 'LEDGER-05') throw fault
    const foreign = primaryCode(sqliteCode(error) ?? 0) === sqliteNotADb
    throw new LaneFault(foreign ? 'SURVEY-01' : 'SURVEY-02', { file, note: String(error) })
  }
}

function bareTables(db: DatabaseSync): SurveyTables {
  const statements = new Map<string, StatementSync>()
  return {
    one(sql, ...values) {
      const statement = statements.get(sql) ?? db.prepare(sql)
      statements.set(sql, statement)
      return statement.get(...values)
    },
  }
}

function tablesOf(db: DatabaseSync, file: string): SurveyTables {
  const tables = bareTables(db)
  knownVersion(tables, file)
  if (!isSurveyFile(tables)) throw new LaneFault('SURVEY-01', { file })
  return tables
}

/** An interrupted write left its journal: only a connection that may write can undo it. */
function rollBack(file: string): void {
  if (!existsSync(`${file}-journal`)) return
  using db = new DatabaseSync(databasePath(file), { timeout: busyTimeoutMs, allowExtension: false })
  pragma(db, 'schema_version')
}

/** What a file holds. `digest`: SM3 of a text as hex. */
export function readSurveyFile(file: string, digest: TextDigest): SurveyContent {
  if (!existsSync(file))
    throw new LaneFault('SURVEY-01', { file, note: t('没有这个文件', 'no such file') })
  return named(file, () => {
    rollBack(file)
    using db = openReader(file)
    return readSurveyTables(tablesOf(db, file), digest)
  })
}

export type ByteDigest = (bytes: Uint8Array) => string

/** The picture with this digest; throws SURVEY-09 when it is missing or changed. */
export const readSurveyPhoto = (file: string, digest: string, digestOf: ByteDigest): SurveyPhoto =>
  named(file, () => {
    using db = openReader(file)
    const photo = readPhotoRow(tablesOf(db, file), digest)
    if (photo === null || digestOf(photo.bytes) !== digest)
      throw new LaneFault('SURVEY-09', { file, field: 'photo', value: digest })
    return photo
  })

export const readSurveyPhotos = (file: string, digest: (bytes: Uint8Array) => string): PhotosRead =>
  named(file, () => {
    using db = openReader(file)
    return readPhotos(tablesOf(db, file), digest)
  })

export interface SurveyWriter {
  readonly surveyId: string
  /** Durable on return together with its picture: both or neither. */
  append(
    record: { id: string; atMs: number; by: string; body: string },
    picture?: SurveyPhoto,
  ): StoredRecord
  keepPhoto(photo: SurveyPhoto): void
  /** Writes within `act` become durable together or not at all. */
  together(act: () => void): void
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
  const db = new DatabaseSync(databasePath(file))
  try {
    makeSurvey(db, surveyId, createdAtMs)
  } finally {
    db.close()
  }
  syncFolder(dirname(file))
}

/** Makes a new survey file; throws when it exists. */
export function createSurveyFile(file: string, surveyId: string, createdAtMs: number): void {
  named(file, () => makeFile(file, surveyId, createdAtMs))
  chmodSync(file, 0o600)
}

/**
 * The only writer of a survey. A rollback journal keeps it one file that can be copied. `synchronous`: other values
 * than EXTRA lose readings in a power cut; tests prove that they detect it.
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
    `INSERT INTO record (${recordColumns}) VALUES (:seq, :id, :atMs, :by, :body, :hash)`,
  )
  const photo = db.prepare('INSERT OR IGNORE INTO photo VALUES (?, ?, ?)')
  const before = firstHash({ surveyId, createdAtMs }, digest)
  let last = { seq: records.length, hash: records.at(-1)?.hash ?? before }
  return {
    surveyId,
    append(record, picture) {
      const next = { ...record, seq: last.seq + 1 }
      const stored = { ...next, hash: recordHash(last.hash, next, digest) }
      named(file, () =>
        within(db, () => {
          if (picture !== undefined) photo.run(picture.digest, picture.mime, picture.bytes)
          insert.run({ ...stored })
        }),
      )
      last = stored
      return stored
    },
    keepPhoto: ({ digest: name, mime, bytes }) => {
      named(file, () => photo.run(name, mime, bytes))
    },
    together(act) {
      named(file, () => within(db, act))
    },
    close: () => db.close(),
  }
}

/** Joins the surrounding transaction, if any. */
function within(db: DatabaseSync, act: () => void): void {
  if (db.isTransaction) {
    act()
    return
  }
  db.exec('BEGIN IMMEDIATE')
  try {
    act()
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function writerAt(file: string, synchronous: string): DatabaseSync {
  const db = new DatabaseSync(databasePath(file), { timeout: busyTimeoutMs, allowExtension: false })
  try {
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA trusted_schema = OFF')
    db.exec(`PRAGMA synchronous = ${synchronous}`)
    upToDate(db, knownVersion(bareTables(db), file), file)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
