// Blocks of random bytes for rate tests: a link that compresses must not look faster than it is.
// Made once and given out in turn; the whole is longer than the window of the usual compressors.
import { randomBytes } from 'node:crypto'

const allBytes = 1_048_576
const blockBytes = 65_536

let made: Buffer | null = null

/** Each call of the function it answers gives the next block. */
export function randomBlocks(): () => Uint8Array {
  const bytes = (made ??= randomBytes(allBytes))
  let at = 0
  return () => {
    const block = bytes.subarray(at, at + blockBytes)
    at = (at + blockBytes) % allBytes
    return block
  }
}
