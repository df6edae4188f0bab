// Strict DER: what signatures, ciphertexts, keys and certificates need, without lenient forms.
// Rule 2 of platform-access.md C.3: the library's parser accepts wrong tags, so it is not used.

/** One element: its tag, its value, and the whole element with its header. */
export interface DerElement {
  readonly tag: number
  readonly value: Uint8Array
  readonly whole: Uint8Array
}

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context1: 0xa1,
} as const

/** Longest element this program reads: a certificate bundle entry is far below. */
const derBytesMax = 64 * 1024

/** Length octets must be the shortest form; returns [length, octets used] or null. */
function readLength(bytes: Uint8Array, at: number): readonly [number, number] | null {
  const first = bytes[at]
  if (first === undefined) return null
  if (first < 0x80) return [first, 1]
  const count = first & 0x7f
  if (count === 0 || count > 2) return null
  let length = 0
  for (let i = 1; i <= count; i++) {
    const octet = bytes[at + i]
    if (octet === undefined) return null
    length = length * 256 + octet
  }
  const shortest = length < 0x80 ? 0 : length < 0x100 ? 1 : 2
  return shortest === count ? [length, 1 + count] : null
}

/** Elements that fill `bytes` exactly, or null: trailing bytes and cut elements are refused. */
export function derElements(bytes: Uint8Array): readonly DerElement[] | null {
  if (bytes.length > derBytesMax) return null
  const found: DerElement[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at]
    // Multi-octet tags never occur in the structures read here.
    if (tag === undefined || (tag & 0x1f) === 0x1f) return null
    const length = readLength(bytes, at + 1)
    if (length === null) return null
    const from = at + 1 + length[1]
    const to = from + length[0]
    if (to > bytes.length) return null
    found.push({ tag, value: bytes.subarray(from, to), whole: bytes.subarray(at, to) })
    at = to
  }
  return found
}

/** The elements inside one element of the given tag that fills `bytes` exactly. */
export function derInside(bytes: Uint8Array, tag: number): readonly DerElement[] | null {
  const outer = derElements(bytes)
  const only = outer?.length === 1 ? outer[0] : undefined
  return only?.tag === tag ? derElements(only.value) : null
}

/** Magnitude of a non-negative, minimally encoded INTEGER, without its sign octet; else null. */
export function derUnsigned(element: DerElement | undefined): Uint8Array | null {
  if (element?.tag !== derTag.integer) return null
  const [first, second] = element.value
  if (first === undefined || first >= 0x80) return null
  if (first !== 0) return element.value
  if (second === undefined) return element.value
  return second >= 0x80 ? element.value.subarray(1) : null
}

export const joinBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** One element with the shortest length form. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const value = joinBytes(...parts)
  const n = value.length
  const head = n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : [0x82, n >> 8, n & 0xff]
  return joinBytes(Uint8Array.of(tag, ...head), value)
}

/** INTEGER of an unsigned magnitude: leading zeros are removed, a sign octet is added when needed. */
export function derInteger(magnitude: Uint8Array): Uint8Array {
  let from = 0
  while (from < magnitude.length - 1 && magnitude[from] === 0) from++
  const body = magnitude.subarray(from)
  const sign = (body[0] ?? 0) >= 0x80 || body.length === 0 ? Uint8Array.of(0) : new Uint8Array()
  return der(derTag.integer, sign, body)
}

/** Magnitude as exactly `size` bytes, or null when it is longer. */
export function fixedSize(magnitude: Uint8Array | null, size: number): Uint8Array | null {
  if (magnitude === null || magnitude.length > size) return null
  const out = new Uint8Array(size)
  out.set(magnitude, size - magnitude.length)
  return out
}
