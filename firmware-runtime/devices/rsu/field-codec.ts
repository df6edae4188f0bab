// Encodes and decodes one field by its table. Decoding never fails and loses nothing:
// whatever the bytes are, encoding the decoded value gives the same bytes again.
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'
import { decodeGbk, encodeGbk } from './gbk.ts'
import type { CodeTable, FieldTable, FieldValue } from './table-types.ts'

const unlistedMark = 'code:'

export function uintOf(bytes: Uint8Array): number {
  let value = 0
  for (const b of bytes) value = value * 256 + b
  return value
}

/** Big-endian bytes, or null when the number is not whole or does not fit. */
export function uintBytes(value: number, length: number): Uint8Array | null {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) return null
  const out = new Uint8Array(length)
  let rest = value
  for (let i = length - 1; i >= 0; i--) {
    out[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return out
}

const codeText = (bytes: Uint8Array, codes: CodeTable): string =>
  codes[hexOf(bytes)] ?? unlistedMark + hexOf(bytes)

/** The code of an enum text, as hex; null when the table has no such word. */
export function codeHexOf(text: string, codes: CodeTable): string | null {
  if (text.startsWith(unlistedMark)) return text.slice(unlistedMark.length)
  for (const [hex, word] of Object.entries(codes)) if (word === text) return hex
  return null
}

const bitNames = (bytes: Uint8Array, names: readonly string[]): string[] =>
  names.filter((_, i) => (((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) === 1)

function bitBytes(set: readonly string[], names: readonly string[]): Uint8Array | null {
  const out = new Uint8Array(names.length >> 3)
  for (const name of set) {
    const i = names.indexOf(name)
    if (i < 0) return null
    out[i >> 3] = (out[i >> 3] ?? 0) | (0x80 >> (i & 7))
  }
  return out
}

/** Value of a plain field (not repeat, not file). */
export function decodeField(field: FieldTable, bytes: Uint8Array, codes: CodeTable): FieldValue {
  if (field.nullWhen !== undefined && hexOf(bytes) === field.nullWhen) return null
  switch (field.type) {
    case 'uint':
    case 'unix32':
    case 'fen':
      return uintOf(bytes)
    case 'gbkText':
      return decodeGbk(bytes)
    case 'enum':
      return codeText(bytes, codes)
    case 'bits':
      return bitNames(bytes, field.bits ?? [])
    default:
      return hexOf(bytes)
  }
}

const isTexts = (value: FieldValue): value is readonly string[] =>
  Array.isArray(value) && value.every((v) => typeof v === 'string')

/** Bytes of a plain field, or null when the value does not fit the field. */
export function encodeField(
  field: FieldTable,
  value: FieldValue,
  codes: CodeTable,
): Uint8Array | null {
  if (value === null) return field.nullWhen === undefined ? null : bytesOfHex(field.nullWhen)
  const length = field.len
  switch (field.type) {
    case 'uint':
    case 'unix32':
    case 'fen':
      return typeof value === 'number' && length !== 'fill' ? uintBytes(value, length) : null
    case 'gbkText':
      return typeof value === 'string' && length !== 'fill' ? encodeGbk(value, length) : null
    case 'bits':
      return isTexts(value) ? bitBytes(value, field.bits ?? []) : null
    default: {
      if (typeof value !== 'string') return null
      const hex = field.type === 'enum' ? codeHexOf(value, codes) : value
      const bytes = hex === null ? null : bytesOfHex(hex)
      if (bytes === null || length === 'fill' || bytes.length === length) return bytes
      return null
    }
  }
}
