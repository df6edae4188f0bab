// Codes of a scanner that acts as a keyboard: key presses and releases as the Linux kernel reports them, eight bytes
// each. Keys of a US keyboard, the factory setting of scanners; a key without a character makes the code invalid text.
import type { ScanReader, ScanTimes } from '../driver.ts'

/** One event of a key link: type, code, value (little endian, the end of struct input_event). */
const keyEventBytes = 8

/** Scanners type with less than 30 ms between keys. */
export const keyTimes: ScanTimes = { gapMs: 100, repeatMs: 2_000 }

const keyEvent = 1
const ends: readonly number[] = [28, 96]
const shifts: readonly number[] = [42, 54]

/** Rows of keys as numbered by the kernel: the first key, then characters without and with shift. */
const rows: readonly (readonly [number, string, string])[] = [
  [2, '1234567890-=', '!@#$%^&*()_+'],
  [16, 'qwertyuiop[]', 'QWERTYUIOP{}'],
  [30, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [43, '\\zxcvbnm,./', '|ZXCVBNM<>?'],
  [55, '*', '*'],
  [57, ' ', ' '],
  [71, '789-456+1230.', '789-456+1230.'],
  [98, '/', '/'],
]

const charOf = (code: number, isShifted: boolean): number | null => {
  for (const [first, plain, shifted] of rows) {
    const text = isShifted ? shifted : plain
    if (code >= first && code < first + text.length) return text.charCodeAt(code - first)
  }
  return null
}

/** Markers among the bytes of an open code: shift pressed, shift released, and a key without a character. */
const marks = { down: 0x0e, up: 0x0f, none: 0x1a } as const

/** The markers have selected the characters, so they are removed. */
const textOf = (open: readonly number[]): Uint8Array =>
  Uint8Array.from(open.filter((byte) => byte !== marks.down && byte !== marks.up))

/** Whether shift was pressed at the last event. */
const endsShifted = (open: readonly number[]): boolean =>
  open.lastIndexOf(marks.down) > open.lastIndexOf(marks.up)

export const keyReader: ScanReader = {
  endsBySilence: false,
  read(rest, chunk) {
    const codes: Uint8Array[] = []
    const open = [...rest]
    let isShifted = endsShifted(open)
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let at = 0; at + keyEventBytes <= chunk.length; at += keyEventBytes) {
      if (view.getUint16(at, true) !== keyEvent) continue
      const [code, value] = [view.getUint16(at + 2, true), view.getInt32(at + 4, true)]
      if (shifts.includes(code)) {
        isShifted = value !== 0
        // A release after the end of a code does not begin another one.
        if (isShifted || open.length > 0) open.push(isShifted ? marks.down : marks.up)
      }
      // A held key repeats itself; a scanner holds none.
      else if (value !== 1) continue
      else if (ends.includes(code)) {
        codes.push(textOf(open))
        open.length = 0
      } else open.push(charOf(code, isShifted) ?? marks.none)
    }
    return { codes, rest: Uint8Array.from(open), isStrange: chunk.length % keyEventBytes !== 0 }
  },
}
