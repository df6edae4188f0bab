// Codes of a scanner that types: presses and releases of keys as the kernel of Linux tells them, eight bytes each.
// Keys of a US keyboard, as scanners leave the factory; a key that is no character makes a code that is no text.
import type { ScanReader, ScanTimes } from '../driver.ts'

/** What a key link gives of one event: type, code, value (little endian, as struct input_event ends). */
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

/** Among the bytes of a code that goes on: shift went down, went up, and a key that has no character. */
const marks = { down: 0x0e, up: 0x0f, none: 0x1a } as const

/** Characters were chosen by the marks; those that are left are of no text. */
function textOf(open: readonly number[]): Uint8Array {
  return Uint8Array.from(open.filter((byte) => byte !== marks.down && byte !== marks.up))
}

/** Shift was down when the last event came. */
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
        // A release behind the end of a code begins none.
        if (isShifted || open.length > 0) open.push(isShifted ? marks.down : marks.up)
      }
      // A key that is held repeats itself; a scanner holds none.
      else if (value !== 1) continue
      else if (ends.includes(code)) {
        codes.push(textOf(open))
        open.length = 0
      } else open.push(charOf(code, isShifted) ?? marks.none)
    }
    return { codes, rest: Uint8Array.from(open), isStrange: chunk.length % keyEventBytes !== 0 }
  },
}
