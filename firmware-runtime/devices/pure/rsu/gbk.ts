// GBK text in fixed-length fields padded with 00: plates and vehicle texts of OBU and card files. Lossless: bytes that
// are not such a text decode to `hex:...` and encode back to the same bytes.
import iconv from 'iconv-lite'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'

const hexMark = 'hex:'
const [leadMin, leadMax, trailMin, trailMax] = [0x81, 0xfe, 0x40, 0xfe]
const trails = trailMax - trailMin + 1

/** Characters for all trail bytes of one lead byte; 0 where the code does not encode back to itself. */
function makeRow(lead: number): Uint16Array {
  const row = new Uint16Array(trails)
  for (let trail = trailMin; trail <= trailMax; trail++) {
    const text = iconv.decode(Uint8Array.of(lead, trail), 'gbk')
    const back = iconv.encode(text, 'gbk')
    if (text.length === 1 && back.length === 2 && back[0] === lead && back[1] === trail)
      row[trail - trailMin] = text.charCodeAt(0)
  }
  return row
}

// A row is made at its first use: all rows at once would delay the first car by some 50 ms, one row takes less than 1
// ms.
const rows: (Uint16Array | undefined)[] = new Array<Uint16Array | undefined>(256)
const rowOf = (lead: number): Uint16Array => (rows[lead] ??= makeRow(lead))

/** UTF-16 unit of the character at bytes[at], in a text that ends at `end`; 0: not a valid character. */
function unitAt(bytes: Uint8Array, at: number, end: number): number {
  const b = bytes[at] as number
  if (b < 0x80) return b
  const trail = at + 1 < end ? (bytes[at + 1] as number) : 0
  if (b < leadMin || b > leadMax || trail < trailMin || trail > trailMax) return 0
  return rowOf(b)[trail - trailMin] as number
}

/** Four characters; empty when one of the bytes is not ASCII. */
function asciiFour(bytes: Uint8Array, at: number): string {
  const a = bytes[at] as number
  const b = bytes[at + 1] as number
  const c = bytes[at + 2] as number
  const d = bytes[at + 3] as number
  if ((a | b | c | d) >= 0x80 || a === 0 || b === 0 || c === 0 || d === 0) return ''
  return String.fromCharCode(a, b, c, d)
}

function textOf(bytes: Uint8Array, start: number, end: number): string | null {
  let text = ''
  let at = start
  // Most of these texts are ASCII from their third byte on: four characters at a time.
  while (at < end) {
    const four = at + 4 <= end ? asciiFour(bytes, at) : ''
    if (four !== '') {
      text += four
      at += 4
      continue
    }
    const unit = unitAt(bytes, at, end)
    if (unit === 0) return null
    at += unit < 0x80 ? 1 : 2
    text += String.fromCharCode(unit)
  }
  return text
}

/** Text of bytes[start, stop). */
export function decodeGbk(bytes: Uint8Array, start: number, stop: number): string {
  let end = stop
  while (end > start && bytes[end - 1] === 0) end--
  const text = textOf(bytes, start, end)
  if (text !== null && !text.startsWith(hexMark)) return text
  return hexMark + hexOf(bytes.subarray(start, stop))
}

/** Null when the text does not fit into `length` bytes, or has a character that GBK lacks. */
export function encodeGbk(text: string, length: number): Uint8Array | null {
  if (text.startsWith(hexMark)) {
    const raw = bytesOfHex(text.slice(hexMark.length))
    return raw !== null && raw.length === length ? raw : null
  }
  const bytes = iconv.encode(text, 'gbk')
  if (bytes.length > length) return null
  const out = new Uint8Array(length)
  out.set(bytes)
  return decodeGbk(out, 0, length) === text ? out : null
}
