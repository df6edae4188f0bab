// Bytes of an RSU's frames and files, written by hand: numbers, hexadecimal text, Chinese text, BCD times.
// No code is shared with the product's drivers.
import { encode } from 'iconv-lite'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { must, present } from '#base/pure/values/must.ts'

export function join(...parts: readonly (Uint8Array | number)[]): Uint8Array {
  const out: number[] = []
  for (const part of parts) {
    if (typeof part === 'number') out.push(part & 0xff)
    else for (const byte of part) out.push(byte)
  }
  return Uint8Array.from(out)
}

export const u16 = (n: number): Uint8Array => Uint8Array.of((n >>> 8) & 0xff, n & 0xff)

export const u32 = (n: number): Uint8Array =>
  Uint8Array.of((n >>> 24) & 0xff, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff)

export const zeros = (length: number): Uint8Array => new Uint8Array(length)

export function hexBytes(hex: string, length: number): Uint8Array {
  const bytes = present(bytesOfHex(hex), `"${hex}" is hex`)
  must(bytes.length === length, `"${hex}" has ${length} bytes`)
  return bytes
}

/** Text in GBK, zero padded: plates are 12 bytes wide in every file and frame. */
export function gbkBytes(text: string, length: number): Uint8Array {
  const encoded = encode(text, 'gbk')
  must(encoded.length <= length, `"${text}" fits ${length} bytes`)
  const out = zeros(length)
  out.set(encoded)
  return out
}

export const readU16 = (b: Uint8Array, at: number): number => ((b[at] ?? 0) << 8) | (b[at + 1] ?? 0)

export const readU32 = (b: Uint8Array, at: number): number =>
  ((readU16(b, at) << 16) | readU16(b, at + 2)) >>> 0

export const readHex = (b: Uint8Array, at: number, length: number): string =>
  hexOf(b.subarray(at, at + length))

/** 14 digits of a BCD date-time, or null when a half byte is not a digit. */
export function readTimeBcd(b: Uint8Array, at: number): string | null {
  const text = readHex(b, at, 7)
  return /^\d{14}$/.test(text) ? text : null
}
