// Long payloads of a camera: pieces, newest first, so that a picture in ten thousand of them is copied only once, joined when an
// open frame or part is complete; and searches for bytes in them.

export interface Rope {
  readonly bytes: Uint8Array
  readonly before: Rope | null
}

export function unrolled(rope: Rope | null, size: number): Uint8Array {
  if (rope !== null && rope.before === null && rope.bytes.length === size) return rope.bytes
  const out = new Uint8Array(size)
  let at = size
  for (let piece = rope; piece !== null; piece = piece.before) {
    at -= piece.bytes.length
    out.set(piece.bytes, at)
  }
  return out
}

/** First index at or after `from` where `needle` occurs whole in `bytes`; -1: nowhere. */
export function find(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  const first = needle[0] ?? 0
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + needle.length > bytes.length) return -1
    let same = 1
    while (same < needle.length && bytes[at + same] === needle[same]) same++
    if (same === needle.length) return at
  }
  return -1
}

/** Last index where `needle` occurs whole in `bytes`; -1: nowhere. */
export function findLast(bytes: Uint8Array, needle: Uint8Array): number {
  for (let at = bytes.length - needle.length; at >= 0; at--)
    if (needle.every((byte, i) => bytes[at + i] === byte)) return at
  return -1
}
