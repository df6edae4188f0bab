// Seeded random numbers of the simulators: the same seed gives the same run everywhere.
// A simulator has no other random source; without a given seed one is drawn once and shown.

/** Numbers from 0 (included) to 1 (not included): mulberry32, 32 bits of state. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
