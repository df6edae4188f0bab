// A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then chance.
// The name of a message; its order is its number, never this.
import { hexOf } from './bytes.ts'
import type { InstantMs } from '../values/instant.ts'

/** `chance`: 10 bytes. */
export function uuid7(atMs: InstantMs, chance: Uint8Array): string {
  const time = atMs.toString(16).padStart(12, '0')
  const [a = 0, b = 0, c = 0, ...rest] = chance
  const versioned = Uint8Array.from([0x70 | (a & 0x0f), b, 0x80 | (c & 0x3f), ...rest])
  const tail = hexOf(versioned).toLowerCase()
  const parts = [time.slice(0, 8), time.slice(8), tail.slice(0, 4), tail.slice(4, 8), tail.slice(8)]
  return parts.join('-')
}
