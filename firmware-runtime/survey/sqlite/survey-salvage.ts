// Recovers rows from the raw bytes of a survey file that SQLite cannot read: every byte is tried as the start of a row.
// The digests prove what was found.
// SQLite file format, section 2.1 (record format) and 1.5 (cells and overflow pages of a table leaf).
import type { StoredRecord, SurveyHead } from '../pure/file/chain.ts'
import type { SurveyPhoto } from '../pure/file/file-format.ts'
import type { ByteDigest } from './survey-file.ts'

const pageBytes = 4_096
/** For a table leaf: the part of a row beyond this goes to overflow pages. */
const localMax = pageBytes - 35
const localMin = Math.floor(((pageBytes - 12) * 32) / 255) - 23
/** Enough for a picture of 4 MiB with its names. */
const rowBytesMax = 5 * 1024 * 1024

interface Varint {
  readonly value: number
  readonly next: number
}

/** A varint up to 2^53; null for a larger one and past the end. */
function varint(bytes: Uint8Array, at: number): Varint | null {
  let value = 0
  for (let i = 0; i < 8; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) return null
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, next: at + i + 1 } : null
  }
  return null
}

/** The serial types of a row; null when no row starts here. */
function typesOf(row: Uint8Array, start: number): { types: number[]; body: number } | null {
  const head = varint(row, start)
  if (head === null || head.value < 3 || head.value > 32) return null
  const body = start + head.value
  const types: number[] = []
  let at = head.next
  while (at < body) {
    const type = varint(row, at)
    if (type === null) return null
    types.push(type.value)
    at = type.next
  }
  return at === body ? { types, body } : null
}

const isText = (type: number | undefined): boolean =>
  type !== undefined && type >= 13 && type % 2 === 1
const intBytes = [0, 1, 2, 3, 4, 6, 8, 0, 0, 0]
const isInt = (type: number | undefined): boolean =>
  type !== undefined && ((type >= 1 && type <= 6) || type === 8 || type === 9)
const sizeOf = (type: number): number =>
  type < 12 ? (intBytes[type] ?? 0) : Math.floor((type - 12) / 2)

function intAt(row: Uint8Array, at: number, type: number): number {
  if (type === 8 || type === 9) return type - 8
  let value = (row[at] ?? 0) > 127 ? -1 : 0
  for (let i = 0; i < sizeOf(type); i++) value = value * 256 + (row[at + i] ?? 0)
  return value
}

/** The whole payload of a row that begins at `at`; null when its page chain is broken. */
function payload(file: Uint8Array, at: number, length: number): Uint8Array | null {
  if (length <= localMax) {
    const whole = file.subarray(at, at + length)
    return whole.length === length ? whole : null
  }
  const more = localMin + ((length - localMin) % (pageBytes - 4))
  const local = more <= localMax ? more : localMin
  const row = new Uint8Array(length)
  row.set(file.subarray(at, at + local))
  const u32 = (from: number): number =>
    [0, 1, 2, 3].reduce((sum, i) => sum * 256 + (file[from + i] ?? 0), 0)
  let got = local
  let page = u32(at + local)
  // Each page adds bytes, so this ends.
  while (got < length) {
    const start = (page - 1) * pageBytes
    if (page < 2 || start + pageBytes > file.length) return null
    const part = file.subarray(start + 4, start + 4 + Math.min(pageBytes - 4, length - got))
    row.set(part, got)
    got += part.length
    page = u32(start)
  }
  return row
}

type Value = string | number | Uint8Array | null
const utf8 = new TextDecoder()

function valuesOf(row: Uint8Array, types: readonly number[], body: number): Value[] {
  let at = body
  return types.map((type) => {
    const start = at
    at += sizeOf(type)
    if (type === 0) return null
    if (isInt(type)) return intAt(row, start, type)
    const part = row.subarray(start, at)
    return isText(type) ? utf8.decode(part) : part
  })
}

interface Salvaged {
  readonly heads: readonly SurveyHead[]
  readonly records: readonly StoredRecord[]
  readonly photos: ReadonlyMap<string, SurveyPhoto>
}

const hex64 = /^[0-9A-F]{64}$/
const instantMax = 253_402_300_799_999
const isTime = (value: Value | undefined): value is number =>
  typeof value === 'number' && value >= 0 && value <= instantMax

/** Text, number: the single row of table `survey`. */
const isHead = (types: readonly number[]): boolean =>
  types.length === 2 && isText(types[0]) && isInt(types[1])
/** The first number is the row's own; then id, time, person, body, hash. */
const isRecord = ([seq, id, atMs, by, body, hash, more]: readonly number[]): boolean =>
  seq === 0 && isText(id) && isInt(atMs) && isText(by) && isText(body) && hash === 141 && !more
const isPhoto = ([digest, mime, blob, more]: readonly number[]): boolean =>
  digest === 141 && isText(mime) && blob !== undefined && blob >= 12 && blob % 2 === 0 && !more

export function salvaged(file: Uint8Array, digestOf: ByteDigest): Salvaged {
  const heads: SurveyHead[] = []
  const records: StoredRecord[] = []
  const photos = new Map<string, SurveyPhoto>()
  for (let at = 0; at < file.length; at++) {
    const length = varint(file, at)
    if (length === null || length.value < 8 || length.value > rowBytesMax) continue
    const seq = varint(file, length.next)
    const head = seq === null ? null : typesOf(file, seq.next)
    if (seq === null || head === null) continue
    const { types } = head
    if (!isHead(types) && !isRecord(types) && !isPhoto(types)) continue
    const size = types.reduce((sum, type) => sum + sizeOf(type), head.body - seq.next)
    const row = size === length.value ? payload(file, seq.next, length.value) : null
    if (row === null) continue
    const values = valuesOf(row, types, head.body - seq.next)
    if (isHead(types)) {
      const [surveyId, createdAtMs] = values
      if (isTime(createdAtMs)) heads.push({ surveyId: String(surveyId), createdAtMs })
    } else if (isRecord(types)) {
      const [, id, atMs, by, body, hash] = values
      if (!isTime(atMs) || seq.value < 1 || !hex64.test(String(hash))) continue
      const texts = { id: String(id), by: String(by), body: String(body), hash: String(hash) }
      records.push({ seq: seq.value, atMs, ...texts })
    } else {
      const [digest, mime, bytes] = values
      if (!(bytes instanceof Uint8Array) || digestOf(bytes) !== digest) continue
      const type = mime === 'image/png' ? 'image/png' : 'image/jpeg'
      photos.set(digest, { digest, mime: type, bytes: Uint8Array.from(bytes) })
    }
  }
  return { heads, records, photos }
}
