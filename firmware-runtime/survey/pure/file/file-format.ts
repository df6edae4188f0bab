// The tables of a survey file (.etcsurvey) and their reader, which recovers every readable record of a damaged file.
// Used by the runtime (node:sqlite) and by the sandboxed window (sql.js).
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { brokenAt, type StoredRecord, type SurveyHead, type TextDigest } from './chain.ts'

/** `ETCS`: SQLite application id of a survey file. */
export const surveyApplicationId = 0x45544353

const kept = (table: string): readonly string[] =>
  ['UPDATE', 'DELETE'].map(
    (act) =>
      `CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
       BEGIN SELECT RAISE(ABORT, 'a survey is append-only: ${act}'); END`,
  )

/** SQL of each format version. Version 2 adds records of pictures and repairs and changes no table. */
export const surveySchemaSteps: readonly (readonly string[])[] = [
  [
    'CREATE TABLE survey (surveyId TEXT NOT NULL, createdAtMs INTEGER NOT NULL)',
    `CREATE TABLE record (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    atMs INTEGER NOT NULL,
    by TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL
  )`,
    'CREATE TABLE photo (digest TEXT PRIMARY KEY, mime TEXT NOT NULL, bytes BLOB NOT NULL)',
  ],
  [...kept('survey'), ...kept('record'), ...kept('photo')],
]
export const surveyFormatVersion = surveySchemaSteps.length
export const surveySchemaSql = surveySchemaSteps.flat().join(';\n')

export interface SurveyPhoto {
  readonly digest: string
  readonly mime: 'image/jpeg' | 'image/png'
  readonly bytes: Uint8Array
}

export interface SurveyContent extends SurveyHead {
  readonly records: readonly StoredRecord[]
  /** Sequence numbers of records that are missing or unreadable. */
  readonly lost: readonly number[]
  /** Sequence numbers at which the chain is broken. */
  readonly broken: readonly number[]
}

type Row = Readonly<Record<string, unknown>>

/** A file opened for reading. Both methods throw on a damaged page. */
export interface SurveyTables {
  /** The first row of an answer. */
  one(sql: string, ...values: readonly (number | string)[]): Row | undefined
}

export const recordColumns = 'seq, id, atMs, by, body, hash'

const tableNames = `'survey', 'record', 'photo'`

const pragmaOf = (tables: SurveyTables, name: string): unknown =>
  Object.values(tables.one(`PRAGMA ${name}`) ?? {})[0]

/** Format version, which may be newer than supported; null: not a survey file. */
function surveyVersionOf(tables: SurveyTables): number | null {
  const version = pragmaOf(tables, 'user_version')
  if (pragmaOf(tables, 'application_id') !== surveyApplicationId) return null
  return typeof version === 'number' && version >= 1 ? version : null
}

/** Format version. Throws SURVEY-01 for a file that is not a survey, SURVEY-08 for one of a newer program. */
export function knownVersion(tables: SurveyTables, file: string): number {
  const version = surveyVersionOf(tables)
  if (version === null)
    throw new LaneFault('SURVEY-01', {
      file,
      note: t('不是本程序生成的', 'not made by this program'),
    })
  if (version > surveyFormatVersion)
    throw new LaneFault('SURVEY-08', {
      file,
      field: 'user_version',
      value: String(version),
      note: t(
        `本程序只认到 ${surveyFormatVersion}`,
        `this program knows up to ${surveyFormatVersion}`,
      ),
    })
  return version
}

export function isSurveyFile(tables: SurveyTables): boolean {
  const version = surveyVersionOf(tables)
  if (version === null || version > surveyFormatVersion) return false
  // Only tables are accepted: a view of that name could make a reader run without end.
  const plain = `SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name IN (${tableNames})`
  return tables.one(plain)?.['n'] === 3
}

/** True for a time in the valid range; a damaged page may contain any number. */
const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 253_402_300_799_999

const storedOf = (row: Row): StoredRecord | null => {
  const { seq, id, atMs, by, body, hash } = row
  const texts = [id, by, body, hash].every((value) => typeof value === 'string')
  if (typeof seq !== 'number' || !isInstant(atMs) || !texts) return null
  return { seq, atMs, id: String(id), by: String(by), body: String(body), hash: String(hash) }
}

/** For a table with a damaged right edge: the last sequence number that a lookup still finds. */
function lastReadable(tables: SurveyTables): number {
  const misses = 1_000
  let last = 0
  for (let seq = 1; seq <= last + misses; seq++) {
    try {
      if (tables.one('SELECT seq FROM record WHERE seq = ?', seq) !== undefined) last = seq
    } catch {
      // Damaged page: later records may still be readable.
      continue
    }
  }
  return last
}

/** Smallest size of a record (its hash): a sequence number beyond what the file can hold is damage. */
const recordBytesMin = 64

function lastSeq(tables: SurveyTables): number {
  try {
    const seq = tables.one('SELECT max(seq) AS seq FROM record')?.['seq'] ?? 0
    const bytes = Number(pragmaOf(tables, 'page_count')) * Number(pragmaOf(tables, 'page_size'))
    return typeof seq === 'number' && seq <= bytes / recordBytesMin ? seq : lastReadable(tables)
  } catch {
    return lastReadable(tables)
  }
}

/** All records; around a damaged page they are read one by one. */
function readRecords(tables: SurveyTables): { records: StoredRecord[]; lost: number[] } {
  const records: StoredRecord[] = []
  const lost: number[] = []
  const keep = (row: Row | undefined, seq: number): void => {
    const record = row === undefined ? null : storedOf(row)
    if (record === null) lost.push(seq)
    else records.push(record)
  }
  const last = lastSeq(tables)
  for (let seq = 1; seq <= last; seq++) {
    try {
      keep(tables.one(`SELECT ${recordColumns} FROM record WHERE seq = ?`, seq), seq)
    } catch {
      // SQLite reports the page; the record is what has to be measured again.
      lost.push(seq)
    }
  }
  return { records, lost }
}

/** Head of the survey; unreadable: empty, so that the chain breaks at the first record. */
function readHead(tables: SurveyTables): SurveyHead {
  try {
    const { surveyId, createdAtMs } = tables.one('SELECT surveyId, createdAtMs FROM survey') ?? {}
    if (typeof surveyId === 'string' && isInstant(createdAtMs)) return { surveyId, createdAtMs }
  } catch {
    // A damaged head is treated as missing: the chain check reports it.
  }
  return { surveyId: '', createdAtMs: 0 }
}

/** Reads a survey file. `digest`: SM3 of a text as hex. */
export function readSurveyTables(tables: SurveyTables, digest: TextDigest): SurveyContent {
  const head = readHead(tables)
  const { records, lost } = readRecords(tables)
  return { ...head, records, lost, broken: brokenAt(head, records, digest) }
}

export function readPhotoRow(tables: SurveyTables, digest: string): SurveyPhoto | null {
  const row = tables.one('SELECT mime, bytes FROM photo WHERE digest = ?', digest)
  const bytes = row?.['bytes']
  if (!(bytes instanceof Uint8Array)) return null
  return { digest, mime: row?.['mime'] === 'image/png' ? 'image/png' : 'image/jpeg', bytes }
}

export interface PhotosRead {
  readonly photos: readonly SurveyPhoto[]
  /** Photos that do not match their digest, or are unreadable. */
  readonly damaged: readonly string[]
}

/** All photos of a file; `digest`: SM3 of bytes as hex. */
export function readPhotos(
  tables: SurveyTables,
  digest: (bytes: Uint8Array) => string,
): PhotosRead {
  const photos: SurveyPhoto[] = []
  const damaged: string[] = []
  const next = 'SELECT min(digest) AS digest FROM photo WHERE digest > ?'
  for (let last = ''; ;) {
    const name = tables.one(next, last)?.['digest']
    if (typeof name !== 'string') return { photos, damaged }
    last = name
    try {
      const photo = readPhotoRow(tables, name)
      if (photo === null || digest(photo.bytes) !== name) damaged.push(name)
      else photos.push(photo)
    } catch {
      // As with records: a damaged page loses the photo, not the file.
      damaged.push(name)
    }
  }
}
