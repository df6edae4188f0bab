// Codes of a serial scanner: text between a prefix and a terminator, as configured at the scanner. Without a terminator
// silence ends a code; a code without its prefix began before the link opened.
import type { ScanReader, ScanTimes } from '../driver.ts'

export interface SerialCodes {
  readonly prefix: Uint8Array
  /** Any of them ends a code; empty: silence does. */
  readonly ends: readonly number[]
}

/** Factory setting of scanners: carriage return, line feed or both. */
export const standardCodes: SerialCodes = { prefix: new Uint8Array(), ends: [0x0d, 0x0a] }

export const serialTimes: ScanTimes = { gapMs: 100, repeatMs: 2_000 }

export const scannerBaud = '9600'

const none = new Uint8Array()

const withoutPrefix = (code: Uint8Array, prefix: Uint8Array): Uint8Array | null =>
  prefix.every((byte, i) => code[i] === byte) ? code.subarray(prefix.length) : null

export const serialReader = ({ prefix, ends }: SerialCodes): ScanReader => ({
  endsBySilence: ends.length === 0,
  read(rest, chunk) {
    const codes: Uint8Array[] = []
    let isStrange = false
    let open = [...rest]
    for (const byte of chunk) {
      if (!ends.includes(byte)) {
        open.push(byte)
        continue
      }
      const code = open.length === 0 ? none : withoutPrefix(Uint8Array.from(open), prefix)
      if (code === null) isStrange = true
      else codes.push(code)
      open = []
    }
    return { codes, rest: Uint8Array.from(open), isStrange }
  },
})
