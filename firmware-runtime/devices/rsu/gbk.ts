// GBK text in fixed fields padded with 00: plates and vehicle texts of OBU and card files.
// Lossless: bytes that are not such a text decode to `hex:...` and encode back to themselves.
import iconv from 'iconv-lite'
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'

const hexMark = 'hex:'
const [leadMin, leadMax, trailMin, trailMax] = [0x81, 0xfe, 0x40, 0xfe]
const trails = trailMax - trailMin + 1

/** Character of each two-byte code, 0 where the code does not come back the same. */
function makePairs(): Uint16Array {
  const pairs = new Uint16Array((leadMax - leadMin + 1) * trails)
  for (let lead = leadMin; lead <= leadMax; lead++)
    for (let trail = trailMin; trail <= trailMax; trail++) {
      const text = iconv.decode(Uint8Array.of(lead, trail), 'gbk')
      const back = iconv.encode(text, 'gbk')
      if (text.length === 1 && back.length === 2 && back[0] === lead && back[1] === trail)
        pairs[(lead - leadMin) * trails + trail - trailMin] = text.charCodeAt(0)
    }
  return pairs
}

// Made at the first text: 24,000 codes take a few milliseconds, reading a plate then takes none.
let pairs: Uint16Array | null = null

function textOf(bytes: Uint8Array, start: number, end: number): string | null {
  pairs ??= makePairs()
  let text = ''
  for (let i = start; i < end; i++) {
    const b = bytes[i] as number
    if (b === 0) return null
    if (b < 0x80) {
      text += String.fromCharCode(b)
      continue
    }
    const trail = i + 1 < end ? (bytes[++i] as number) : 0
    if (b < leadMin || b > leadMax || trail < trailMin || trail > trailMax) return null
    const unit = pairs[(b - leadMin) * trails + trail - trailMin] as number
    if (unit === 0) return null
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

/** Null when the text does not fit or has a character that GBK lacks. */
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
