// GBK text in fixed fields padded with 00: plates and vehicle texts of OBU and card files.
// Lossless: bytes that are not such a text decode to `hex:...` and encode back to themselves.
import iconv from 'iconv-lite'
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'

const hexMark = 'hex:'

function encodeText(text: string, length: number): Uint8Array | null {
  const bytes = iconv.encode(text, 'gbk')
  if (bytes.length > length) return null
  const out = new Uint8Array(length)
  out.set(bytes)
  return out
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((v, i) => v === b[i])

export function decodeGbk(bytes: Uint8Array): string {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end--
  if (end === 0) return ''
  const text = iconv.decode(bytes.slice(0, end), 'gbk')
  if (!text.includes('\0') && !text.startsWith(hexMark)) {
    const back = encodeText(text, bytes.length)
    if (back !== null && sameBytes(back, bytes)) return text
  }
  return hexMark + hexOf(bytes)
}

/** Null when the text does not fit or has a character that GBK lacks. */
export function encodeGbk(text: string, length: number): Uint8Array | null {
  if (text.startsWith(hexMark)) {
    const raw = bytesOfHex(text.slice(hexMark.length))
    return raw !== null && raw.length === length ? raw : null
  }
  const bytes = encodeText(text, length)
  if (bytes === null || decodeGbk(bytes) !== text) return null
  return bytes
}
