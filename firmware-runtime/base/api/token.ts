// The access token of one start: 32 random bytes in a file that only the service's user can read.
// Readers of the data folder may use the API; other users of the machine cannot.
import { timingSafeEqual } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { hexOf } from '../pure/data/bytes.ts'
import { orDiskFault } from '../pure/faults/disk-fault.ts'
import type { Random } from '../ports/clocks.ts'
import { replaceFile } from '../files/whole-file.ts'

const tokenBytes = 32

export const newToken = (random: Random): string => hexOf(random.bytes(tokenBytes)).toLowerCase()

/** Replaces the file as a whole: a reader sees the old token or the new one. */
export function writeToken(file: string, token: string): void {
  orDiskFault({ file }, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    replaceFile(file, `${token}\n`)
  })
}

const encoder = new TextEncoder()

/** Constant time for texts of one length; only the length can be measured. */
export function isToken(given: string, token: string): boolean {
  const [a, b] = [encoder.encode(given), encoder.encode(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}
