// Blocks of random bytes for rate tests, so that a compressing link does not look faster than it is.
// Made once and used in turn; together they are longer than the window of common compressors.
import { randomBytes } from 'node:crypto'

const allBytes = 1_048_576
const blockBytes = 65_536

let made: Buffer | null = null

/** Each call of the returned function gives the next block. */
export function randomBlocks(): () => Uint8Array {
  const bytes = (made ??= randomBytes(allBytes))
  let at = 0
  return () => {
    const block = bytes.subarray(at, at + blockBytes)
    at = (at + blockBytes) % allBytes
    return block
  }
}
