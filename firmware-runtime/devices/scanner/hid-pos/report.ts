// One input report of a HID-POS scanner (usage page 0x8C, usage 0x12): where its members lie is said by the device.
// Pure over bytes. A report without a count has its text up to the zeros that fill it.
import type { ScanReader, ScanTimes } from '../driver.ts'
import { layoutsOf } from './descriptor.ts'
import type { HidPosLayout } from './layout.ts'

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

/** Several: a device has reports of more than one kind that carry text. */
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

/** By the model's places, until the device says its own; `wakes` is a feature report, its number first. */
export const hidReader = (layout: HidPosLayout, wakes?: Uint8Array): ScanReader => ({
  ...readerOf([layout]),
  ...(wakes === undefined ? {} : { wakes }),
  described(descriptor) {
    const layouts = layoutsOf(descriptor)
    return layouts.length === 0 ? null : readerOf(layouts)
  },
})
