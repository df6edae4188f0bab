// Opens a passport in the sandbox, from the bytes of its file alone: no runtime, no file system.
// The same rules as `passport verify`: seal, signature, bytes, tables, in this order.
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import { sm2, sm3 } from 'sm-crypto-v2'
import type { SqlDatabase, SqlJs } from './sql-types.ts'
import { hexOf } from '../../../firmware-runtime/core/values/bytes.ts'
import { isoOf } from '../../../firmware-runtime/core/values/instant.ts'
import {
  changedParts,
  openContainer,
  signedPassportText,
  type Digests,
  type PassportSeal,
} from '../../../firmware-runtime/core/values/passport/container.ts'
import {
  checkedRows,
  emptyContent,
  selectSql,
  tableNames,
  type PassportContent,
} from '../../../firmware-runtime/core/values/passport/tables.ts'

const utf8 = new TextEncoder()
/** Default user id of GM/T 0009, as wherever this product signs. */
const userId = '1234567812345678'

const digests: Digests = {
  ofBytes: (bytes) => sm3(bytes).toUpperCase(),
  ofText: (text) => sm3(utf8.encode(text)).toUpperCase(),
}

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

/** 32 bytes of one number of a strict DER signature, and what comes after it; null for anything else. */
function scalar(bytes: Uint8Array): { value: string; rest: Uint8Array } | null {
  const [tag, length = 0, first = 0, second = 0] = bytes
  const padded = first === 0 && length > 1
  const plain = tag === 2 && length > 0 && length <= 33 && first < 0x80
  if (!plain || (padded && second < 0x80) || bytes.length < 2 + length) return null
  const number = bytes.subarray(padded ? 3 : 2, 2 + length)
  if (number.length > 32) return null
  return { value: hexOf(number).padStart(64, '0').toLowerCase(), rest: bytes.subarray(2 + length) }
}

/** r and s as the library wants them. One signature has one text, so a looser reading is refused. */
function rawSignature(der: Uint8Array): string | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null
  const r = scalar(der.subarray(2))
  const s = r === null ? null : scalar(r.rest)
  return r === null || s?.rest.length !== 0 ? null : r.value + s.value
}

interface Signer {
  readonly name: string
  readonly publicKey: string
  readonly validAt: (atMs: number) => boolean
}

function signerOf(der: Uint8Array): Signer | null {
  try {
    const { tbsCertificate: tbs } = AsnConvert.parse(der, Certificate)
    const key = hexOf(new Uint8Array(tbs.subjectPublicKeyInfo.subjectPublicKey)).toLowerCase()
    const names = tbs.subject.flatMap((set) => [...set])
    const common = names.find(({ type }) => type === '2.5.4.3')?.value.toString() ?? ''
    const from = tbs.validity.notBefore.getTime().getTime()
    const to = tbs.validity.notAfter.getTime().getTime()
    return { name: common, publicKey: key, validAt: (atMs) => atMs >= from && atMs <= to }
  } catch {
    // Bytes of a stranger's file: no certificate, so no signer.
    return null
  }
}

function holds(
  { claim, certificate, signature, signedAtMs }: PassportSeal,
  signer: Signer,
): boolean {
  const raw = rawSignature(signature)
  if (raw === null || !signer.validAt(signedAtMs) || !/^04[0-9a-f]{128}$/.test(signer.publicKey))
    return false
  const text = signedPassportText(claim, signedAtMs, digests.ofBytes(certificate))
  const options = { hash: true, der: false, userId }
  try {
    return sm2.doVerifySignature(utf8.encode(text), raw, signer.publicKey, options)
  } catch {
    // A point that is not on the curve, a number out of range: not a signature.
    return false
  }
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
    // What SQLite cannot read has no tables.
    return null
  } finally {
    db?.close()
  }
}

export function openPassportFile(sql: SqlJs, name: string, bytes: Uint8Array): OpenedFile {
  const opened = openContainer(bytes)
  if (!opened.ok) return { ok: false, name, code: 'PASSPORT-01', part: opened.part }
  const { seal, database } = opened
  const signer = signerOf(seal.certificate)
  if (signer === null || !holds(seal, signer))
    return { ok: false, name, code: 'PASSPORT-02', part: 'signature' }
  const content = readDatabase(sql, database)
  const changed = changedParts(seal, database, content, digests)
  if (content === null || changed.length > 0)
    return { ok: false, name, code: 'PASSPORT-01', part: changed.join(' ') }
  return { ok: true, name, content, signedBy: signer.name, signedAtIso: isoOf(seal.signedAtMs) }
}
