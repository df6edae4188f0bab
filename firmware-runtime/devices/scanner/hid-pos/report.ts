// One input report of a HID-POS scanner (usage page 0x8C, usage 0x12): where its members lie is data of the model.
// Pure over bytes. A report without a count has its text up to the zeros that fill it.
import type { ScanReader, ScanTimes } from '../driver.ts'

export interface HidPosLayout {
  /** Of its first byte; null where reports have no number. */
  readonly reportId: number | null
  /** Where the count of its bytes stands; null: it has none. */
  readonly lenAt: number | null
  readonly dataAt: number
  readonly dataMax: number
  /** A bit that says that the code goes on in the next report; null: it never does. */
  readonly moreAt: number | null
  readonly moreMask: number
}

/** As most readers have it: number, count, three bytes of symbology, text, symbology, reserved, continued. */
export const standardReport: HidPosLayout = {
  reportId: 2,
  lenAt: 1,
  dataAt: 5,
  dataMax: 56,
  moreAt: 63,
  moreMask: 1,
}

/** A report without its end is followed by the next one within this. */
export const hidTimes: ScanTimes = { gapMs: 500, repeatMs: 2_000 }

interface PosReport {
  readonly data: Uint8Array
  readonly goesOn: boolean
}

/** Null: it is no report of such a scanner. */
export function posReport(bytes: Uint8Array, layout: HidPosLayout): PosReport | null {
  const { reportId, lenAt, dataAt, dataMax, moreAt, moreMask } = layout
  if (reportId !== null && bytes[0] !== reportId) return null
  const flags = moreAt === null ? 0 : bytes[moreAt]
  if (bytes.length < dataAt || flags === undefined) return null
  const room = bytes.subarray(dataAt, dataAt + dataMax)
  const size = lenAt === null ? filled(room) : (bytes[lenAt] ?? 0)
  if (size > room.length) return null
  return { data: room.slice(0, size), goesOn: (flags & moreMask) !== 0 }
}

const filled = (room: Uint8Array): number => room.findLastIndex((byte) => byte !== 0) + 1

export const hidReader = (layout: HidPosLayout): ScanReader => ({
  endsBySilence: false,
  read(rest, chunk) {
    const report = posReport(chunk, layout)
    if (report === null) return { codes: [], rest, isStrange: true }
    const whole = Uint8Array.from([...rest, ...report.data])
    return report.goesOn
      ? { codes: [], rest: whole, isStrange: false }
      : { codes: [whole], rest: new Uint8Array(), isStrange: false }
  },
})
