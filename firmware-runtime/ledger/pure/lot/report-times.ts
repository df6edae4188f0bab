// Which scheduled reports are due: each day or month once after its end, at the time of day that the lot says. A period
// that was missed is made up for; one that was still open is looked at again, and other figures are another edition.
import {
  civil,
  dayMs,
  dayStartMs,
  instantOf,
  isoOf,
  minuteMs,
  type InstantMs,
} from '#base/pure/values/instant.ts'

/** A whole day or month. */
export interface ReportPeriod {
  /** `2026-03-14` or `2026-03`. */
  readonly key: string
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

interface ReportSlot {
  readonly every: 'day' | 'month'
  /** Minutes of the lot's own day. */
  readonly atMin: number
}

export interface MadeReport {
  readonly edition: number
  /** Digest of its figures. */
  readonly digest: string
  /** The report was not final. */
  readonly isOpen: boolean
  readonly checkedAtMs: InstantMs
}

/** Reports made up after a time switched off; older ones are made on request. */
const catchUpMax = { day: 62, month: 24 } as const
/** Time for which an open report is checked again, once a day. */
const againMs = 35 * dayMs

const dayOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)

/** The month `back` months before that of the instant. */
function monthBack(atMs: InstantMs, back: number): ReportPeriod {
  const { year, month } = civil(atMs)
  const start = (months: number): InstantMs => {
    const count = year * 12 + month - 1 - months
    return instantOf(Math.floor(count / 12), (count % 12) + 1, 1)
  }
  const fromMs = start(back)
  return { key: dayOf(fromMs).slice(0, 7), fromMs, toMs: start(back - 1) }
}

function dayBack(atMs: InstantMs, back: number): ReportPeriod {
  const fromMs = dayStartMs(atMs) - back * dayMs
  return { key: dayOf(fromMs), fromMs, toMs: fromMs + dayMs }
}

/** When a period is first due, and when it was due last before now. */
const firstSlotMs = ({ atMin }: ReportSlot, { toMs }: ReportPeriod): InstantMs =>
  dayStartMs(toMs) + atMin * minuteMs

function lastSlotMs({ atMin }: ReportSlot, nowMs: InstantMs): InstantMs {
  const today = dayStartMs(nowMs) + atMin * minuteMs
  return today <= nowMs ? today : today - dayMs
}

/** Due reports, oldest first. `sinceMs`: first schedule of this report; earlier periods get none. */
export function reportsDue(
  slot: ReportSlot,
  made: ReadonlyMap<string, MadeReport>,
  sinceMs: InstantMs,
  nowMs: InstantMs,
): readonly ReportPeriod[] {
  const back = slot.every === 'day' ? dayBack : monthBack
  const periods = Array.from({ length: catchUpMax[slot.every] }, (_, n) => back(nowMs, n + 1))
  return periods.reverse().filter((period) => {
    if (period.toMs <= sinceMs || firstSlotMs(slot, period) > nowMs) return false
    const before = made.get(period.key)
    if (before === undefined) return true
    const isOld = nowMs - period.toMs > againMs
    return before.isOpen && !isOld && before.checkedAtMs < lastSlotMs(slot, nowMs)
  })
}

/** Edition of a new report of a period: first, another, or unchanged. */
export function editionOf(
  before: MadeReport | undefined,
  now: { readonly digest: string; readonly isOpen: boolean; readonly atMs: InstantMs },
): { readonly isNew: boolean; readonly made: MadeReport } {
  const { digest, isOpen, atMs: checkedAtMs } = now
  if (before?.digest === digest) return { isNew: false, made: { ...before, isOpen, checkedAtMs } }
  const edition = (before?.edition ?? 0) + 1
  return { isNew: true, made: { edition, digest, isOpen, checkedAtMs } }
}
