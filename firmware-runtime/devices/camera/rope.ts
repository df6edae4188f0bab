// Pieces of a long payload, newest first: a picture in ten thousand pieces is copied only once. An open frame or part
// holds them; they are joined when it is complete.

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
