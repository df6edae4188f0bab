// One input report of a HID-POS scanner (usage page 0x8C, usage 0x12), by the layout of the device. Pure over bytes. In
// a report without a count the text ends at its zero padding.
import type { ScanReader, ScanTimes } from '../driver.ts'
import { layoutsOf } from './descriptor.ts'
import type { HidPosLayout } from './layout.ts'

/** An unfinished report is followed by the next one within `gapMs`. */
export const hidTimes: ScanTimes = { gapMs: 500, repeatMs: 2_000 }

interface PosReport {
  readonly data: Uint8Array
  readonly goesOn: boolean
}

/** Null: not a report of such a scanner. */
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

/** With several layouts: a device may have several kinds of reports with text. */
const readerOf = (layouts: readonly HidPosLayout[]): ScanReader => ({
  endsBySilence: false,
  read(rest, chunk) {
    const report = layouts.map((layout) => posReport(chunk, layout)).find((one) => one !== null)
    if (report === undefined) return { codes: [], rest, isStrange: true }
    const whole = Uint8Array.from([...rest, ...report.data])
    return report.goesOn
      ? { codes: [], rest: whole, isStrange: false }
      : { codes: [whole], rest: new Uint8Array(), isStrange: false }
  },
})

/** By the layout of the model, until the device reports its own; `wakes`: a feature report with its id first. */
export const hidReader = (layout: HidPosLayout, wakes?: Uint8Array): ScanReader => ({
  ...readerOf([layout]),
  ...(wakes === undefined ? {} : { wakes }),
  described(descriptor) {
    const layouts = layoutsOf(descriptor)
    return layouts.length === 0 ? null : readerOf(layouts)
  },
})
