// Damage of bytes on a bad line, shared by simulators of devices on links.
// The same input is damaged the same way, so that a failing run can be repeated.

/** A copy with `bits` different bits flipped. */
export function flipBits(bytes: Uint8Array, bits: number, random: () => number): Uint8Array {
  const out = Uint8Array.from(bytes)
  const flipped = new Set<number>()
  while (flipped.size < Math.min(Math.max(1, bits), 8 * out.length)) {
    flipped.add(Math.floor(random() * 8 * out.length))
  }
  for (const bit of flipped) out[bit >> 3] = (out[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return out
}

/** The line breaks in the middle of a frame. */
export const firstHalf = (bytes: Uint8Array): Uint8Array =>
  bytes.slice(0, Math.ceil(bytes.length / 2))
