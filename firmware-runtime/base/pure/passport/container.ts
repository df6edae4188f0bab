// The file of a lane passport: a SQLite database, then its seal, then a tail that says how long the seal is.
// SQLite reads as many pages as its header counts, so any SQLite tool opens the file as it is.
import { canonicalJson, isObject, parsed } from '../data/json.ts'
import { isoOf, parseIso, type InstantMs } from '../values/instant.ts'
import { bytesOfAscii, bytesOfHex, hexOf, joined } from '../data/bytes.ts'
import {
  tableJson,
  tableNames,
  type PassportContent,
  type PassportRow,
  type TableName,
} from './tables.ts'

export const passportBytesMax = 64 * 1024 * 1024
const sealBytesMax = 64 * 1024
/** `\n00001234 etc-lane passport 1\n`. */
const tailWords = ' etc-lane passport 1\n'
const tailBytes = 1 + 8 + tailWords.length

/** SM3 as upper-case hex, of bytes and of a text in UTF-8. */
export interface Digests {
  ofBytes(bytes: Uint8Array): string
  ofText(text: string): string
}

/** Signed content: the bytes of the database, and each table of it by name. */
export interface PassportClaim {
  readonly bytes: number
  readonly database: string
  readonly tables: Readonly<Record<TableName, string>>
}

export interface PassportSeal {
  readonly claim: PassportClaim
  readonly signedAtMs: InstantMs
  readonly certificate: Uint8Array
  readonly signature: Uint8Array
}

export function claimOf(
  database: Uint8Array,
  content: PassportContent,
  digests: Digests,
): PassportClaim {
  const tables = Object.fromEntries(
    tableNames.map((name) => [name, tableDigest(name, content[name], digests)]),
  ) as Record<TableName, string>
  return { bytes: database.length, database: digests.ofBytes(database), tables }
}

const tableDigest = <N extends TableName>(
  name: N,
  rows: readonly PassportRow<N>[],
  digests: Digests,
): string => digests.ofText(canonicalJson(tableJson(name, rows)))

/**
 * The first line keeps a signature of a passport from being one of anything else. `signer`: SM3 of the
 * certificate's DER, so that no byte of it can be another either.
 */
export const signedPassportText = (
  claim: PassportClaim,
  signedAtMs: InstantMs,
  signer: string,
): string => `etc-lane lane passport 1\n${isoOf(signedAtMs)}\n${signer}\n${canonicalJson(claim)}`

const asciiOf = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

const sealText = ({ claim, signedAtMs, certificate, signature }: PassportSeal): string =>
  canonicalJson({
    version: 1,
    algorithm: 'SM2-SM3',
    claim,
    signedAtIso: isoOf(signedAtMs),
    certificate: hexOf(certificate),
    signature: hexOf(signature),
  })

export function passportFile(database: Uint8Array, seal: PassportSeal): Uint8Array {
  const text = sealText(seal)
  const end = bytesOfAscii(`${text}\n${String(text.length).padStart(8, '0')}${tailWords}`)
  return joined([database, end])
}

/** Where a file is not a passport: its tail, its seal, or the bytes between database and seal. */
export type BrokenPart = 'tail' | 'seal' | 'length'

export type OpenedContainer =
  | { readonly ok: true; readonly database: Uint8Array; readonly seal: PassportSeal }
  | { readonly ok: false; readonly part: BrokenPart }

export function openContainer(file: Uint8Array): OpenedContainer {
  if (file.length < tailBytes || file.length > passportBytesMax) return { ok: false, part: 'tail' }
  const tail = asciiOf(file.subarray(file.length - tailBytes))
  const length = /^\n(\d{8})/.exec(tail)?.[1]
  if (length === undefined || tail.slice(9) !== tailWords) return { ok: false, part: 'tail' }
  const sealAt = file.length - tailBytes - Number(length)
  if (Number(length) > sealBytesMax || sealAt < 0) return { ok: false, part: 'tail' }
  const seal = readSeal(asciiOf(file.subarray(sealAt, file.length - tailBytes)))
  if (seal === null) return { ok: false, part: 'seal' }
  if (seal.claim.bytes !== sealAt) return { ok: false, part: 'length' }
  return { ok: true, database: file.subarray(0, sealAt), seal }
}

const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9A-F]{64}$/.test(value)

function readClaim(value: unknown): PassportClaim | null {
  if (!isObject(value)) return null
  const { bytes, database, tables } = value
  if (!Number.isSafeInteger(bytes) || !isDigest(database) || !isObject(tables)) return null
  if (Object.keys(tables).length !== tableNames.length) return null
  if (!tableNames.every((name) => isDigest(tables[name]))) return null
  return {
    bytes: bytes as number,
    database,
    tables: tables as unknown as Record<TableName, string>,
  }
}

/** Null for any text that `sealText` would not produce for its content. */
function readSeal(text: string): PassportSeal | null {
  const value = parsed(text)
  if (!isObject(value)) return null
  const { certificate, signature, signedAtIso } = value
  const claim = readClaim(value['claim'])
  if (claim === null || typeof certificate !== 'string' || typeof signature !== 'string')
    return null
  const signedAtMs = typeof signedAtIso === 'string' ? parseIso(signedAtIso) : null
  const [certificateBytes, signatureBytes] = [bytesOfHex(certificate), bytesOfHex(signature)]
  if (signedAtMs === null || certificateBytes === null || signatureBytes === null) return null
  const seal = { claim, signedAtMs, certificate: certificateBytes, signature: signatureBytes }
  return sealText(seal) === text ? seal : null
}

/** `database`: bytes of it changed, but no table says anything else. */
export type ChangedPart = TableName | 'database'

/**
 * Names of database parts that differ from the sealed ones. `content` null: unreadable, or another schema.
 */
export function changedParts(
  { claim }: PassportSeal,
  database: Uint8Array,
  content: PassportContent | null,
  digests: Digests,
): readonly ChangedPart[] {
  const same = digests.ofBytes(database) === claim.database
  if (content === null) return ['database']
  const changed = tableNames.filter(
    (name) => tableDigest(name, content[name], digests) !== claim.tables[name],
  )
  return changed.length > 0 ? changed : same ? [] : ['database']
}
