// Encodes and decodes one field by its table. Decoding never fails and loses nothing:
// whatever the bytes are, encoding the decoded value gives the same bytes again.
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'
import { decodeGbk, encodeGbk } from './gbk.ts'
import type { CodeTable, FieldTable, FieldValue } from './table-types.ts'

const unlistedMark = 'code:'

// Fields are read where they lie, without a view of their own: a frame has some fifty of them.

function uintAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) value = value * 256 + (bytes[i] as number)
  return value
}

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, b) => hexOf(Uint8Array.of(b)))

export function hexAt(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += hexPairs[bytes[i] as number]
  return text
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

const codeText = (hex: string, codes: CodeTable): string => codes[hex] ?? unlistedMark + hex

/** The code of an enum text, as hex; null when the table has no such word. */
export function codeHexOf(text: string, codes: CodeTable): string | null {
  if (text.startsWith(unlistedMark)) return text.slice(unlistedMark.length)
  for (const [hex, word] of Object.entries(codes)) if (word === text) return hex
  return null
}

const bitNames = (bytes: Uint8Array, start: number, names: readonly string[]): string[] =>
  names.filter((_, i) => (((bytes[start + (i >> 3)] ?? 0) >> (7 - (i & 7))) & 1) === 1)

function bitBytes(set: readonly string[], names: readonly string[]): Uint8Array | null {
  const out = new Uint8Array(names.length >> 3)
  for (const name of set) {
    const i = names.indexOf(name)
    if (i < 0) return null
    out[i >> 3] = (out[i >> 3] ?? 0) | (0x80 >> (i & 7))
  }
  return out
}

/** Value of a plain field (not repeat, not file) that lies at bytes[start, end). */
export function decodeField(
  field: FieldTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  codes: CodeTable,
): FieldValue {
  if (field.nullWhen !== undefined && hexAt(bytes, start, end) === field.nullWhen) return null
  switch (field.type) {
    case 'uint':
    case 'unix32':
    case 'fen':
      return uintAt(bytes, start, end)
    case 'gbkText':
      return decodeGbk(bytes, start, end)
    case 'enum':
      return codeText(hexAt(bytes, start, end), codes)
    case 'bits':
      return bitNames(bytes, start, field.bits ?? [])
    default:
      return hexAt(bytes, start, end)
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
