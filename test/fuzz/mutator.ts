// A seeded mutator of byte strings: the same seed gives the same mutants on every machine.
// Damage as links and faulty senders cause it: flips, cuts, repeats, insertions, lengths, zeros.

/** Returns a whole number below `below`. */
export type Draw = (below: number) => number

export function seeded(seed: number): Draw {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % Math.max(1, below)
  }
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function damaged(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw(bytes.length)
  const end = at + draw(Math.min(16, bytes.length - at + 1))
  const out = bytes.slice()
  switch (draw(7)) {
    case 0:
      out[at] = (out[at] ?? 0) ^ (1 << draw(8))
      return out
    case 1:
      out[at] = draw(256)
      return out
    case 2:
      return bytes.slice(0, at)
    case 3:
      return joined(bytes.subarray(0, at), bytes.subarray(end))
    case 4:
      return joined(bytes.subarray(0, end), bytes.subarray(at))
    case 5:
      return joined(
        bytes.subarray(0, at),
        Uint8Array.from({ length: 1 + draw(8) }, () => draw(256)),
        bytes.subarray(at),
      )
    default:
      return out.fill(draw(2) === 0 ? 0 : 0xff, at, end)
  }
}

/** Applies zero to three damages; an undamaged copy now and then keeps the valid path in the run. */
export function mutant(bytes: Uint8Array, draw: Draw): Uint8Array {
  let out = bytes
  for (let left = draw(4); left > 0 && out.length > 0; left--) out = damaged(out, draw)
  return out
}
