// Encodes and decodes one field by its table. Decoding never fails and is lossless: encoding the decoded value gives
// the same bytes again.
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { decodeGbk, encodeGbk } from './gbk.ts'
import type { CodeTable, FieldTable, FieldValue } from './table-types.ts'

const unlistedMark = 'code:'

// Fields are read in place, without a view of their own: a frame has some fifty of them.

export function uintAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) value = value * 256 + (bytes[i] as number)
  return value
}

export const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, b) =>
  hexOf(Uint8Array.of(b)),
)
const high = Uint8Array.from(hexPairs, (pair) => pair.charCodeAt(0))
const low = Uint8Array.from(hexPairs, (pair) => pair.charCodeAt(1))

function hexFour(bytes: Uint8Array, at: number): string {
  const a = bytes[at] as number
  const b = bytes[at + 1] as number
  const c = bytes[at + 2] as number
  const d = bytes[at + 3] as number
  return String.fromCharCode(
    high[a] as number,
    low[a] as number,
    high[b] as number,
    low[b] as number,
    high[c] as number,
    low[c] as number,
    high[d] as number,
    low[d] as number,
  )
}

/** Reserved and padding fields are zero, and are the longest fields. */
const zeroTexts = Array.from({ length: 32 }, (_, length) => '00'.repeat(length))

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0) return false
  return true
}

/** Four bytes at a time: half the cost of joining four pairs, and most fields have that length. */
export function hexAt(bytes: Uint8Array, start: number, end: number): string {
  if (end - start === 1) return hexPairs[bytes[start] as number] as string
  if (end - start === 4) return hexFour(bytes, start)
  const zeros = zeroTexts[end - start]
  if (zeros !== undefined && isZero(bytes, start, end)) return zeros
  let text = ''
  let at = start
  for (; at + 4 <= end; at += 4) text += hexFour(bytes, at)
  for (; at < end; at++) text += hexPairs[bytes[at] as number]
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

/** The code of an enum text, as hex; null: not in the table. */
export function codeHexOf(text: string, codes: CodeTable): string | null {
  if (text.startsWith(unlistedMark)) return text.slice(unlistedMark.length)
  for (const [hex, word] of Object.entries(codes)) if (word === text) return hex
  return null
}

function bitBytes(set: readonly string[], names: readonly string[]): Uint8Array | null {
  const out = new Uint8Array(names.length >> 3)
  for (const name of set) {
    const i = names.indexOf(name)
    if (i < 0) return null
    out[i >> 3] = (out[i >> 3] ?? 0) | (0x80 >> (i & 7))
  }
  return out
}

/** Value of a plain field that lies at bytes[start, end). */
export type FieldReader = (bytes: Uint8Array, start: number, end: number) => FieldValue

/** Nearly all codes have one byte: they are looked up by that byte. */
function enumReader(codes: CodeTable): FieldReader {
  const word = (hex: string): string => codes[hex] ?? unlistedMark + hex
  const words = hexPairs.map(word)
  return (bytes, start, end) =>
    end - start === 1 ? (words[bytes[start] as number] as string) : word(hexAt(bytes, start, end))
}

const bitReader =
  (names: readonly string[]): FieldReader =>
  (bytes, start) => {
    const set: string[] = []
    for (let i = 0; i < names.length; i++)
      if ((((bytes[start + (i >> 3)] ?? 0) >> (7 - (i & 7))) & 1) === 1)
        set.push(names[i] as string)
    return set
  }

/** The reader of a plain field (not repeat, not file); the caller handles `nullWhen`. */
export function fieldReader(field: FieldTable, codes: CodeTable): FieldReader {
  switch (field.type) {
    case 'uint':
    case 'unix32':
    case 'fen':
      return uintAt
    case 'gbkText':
      return decodeGbk
    case 'enum':
      return enumReader(codes)
    case 'bits':
      return bitReader(field.bits ?? [])
    default:
      return hexAt
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
