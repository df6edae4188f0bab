// When the bills of a day are asked for by the clock: each day at a set time for the day before, again each half hour
// until the evening, and a day that stayed open again on the next ones. Pure: times in, a day or nothing out.
import { dayMs, dayStartMs, isoOf, type InstantMs } from '../values/instant.ts'

const hourMs = 3_600_000
/** Bills are there from 10:00 on (P22, and gateways alike). */
const fromMs = 10.5 * hourMs
const untilMs = 18 * hourMs
const againMs = hourMs / 2
/** What stays open longer is a person's: a bill can be asked for by hand for months. */
const daysBack = 3

export interface BillTries {
  /** By day: when it was asked for last. */
  readonly triedMs: ReadonlyMap<string, InstantMs>
}

export const noTries: BillTries = { triedMs: new Map() }

interface BillMoment {
  readonly nowMs: InstantMs
  /** The ledger began then: no bill before it is ours. */
  readonly firstMs: InstantMs
  isDone(day: string): boolean
}

/** The day whose bills are wanted now, the oldest first; null: none. */
export function wantedDay(
  { triedMs }: BillTries,
  { nowMs, firstMs, isDone }: BillMoment,
): string | null {
  const todayMs = dayStartMs(nowMs)
  const timeMs = nowMs - todayMs
  if (timeMs < fromMs || timeMs >= untilMs) return null
  for (let back = daysBack; back >= 1; back--) {
    const startMs = todayMs - back * dayMs
    if (startMs + dayMs <= firstMs) continue
    const day = isoOf(startMs).slice(0, 10)
    if (isDone(day)) continue
    // A clock that was set back asks again.
    const lastMs = triedMs.get(day) ?? -Infinity
    if (Math.abs(nowMs - lastMs) >= againMs) return day
  }
  return null
}

/** From then on what does not come is a person's: the clock asks for it on no later day. */
export const isLastDay = (day: string, nowMs: InstantMs): boolean =>
  isoOf(dayStartMs(nowMs) - daysBack * dayMs).startsWith(day)

export function tried({ triedMs }: BillTries, day: string, nowMs: InstantMs): BillTries {
  const kept = [...triedMs].filter(([, atMs]) => nowMs - atMs < 2 * daysBack * dayMs)
  return { triedMs: new Map([...kept, [day, nowMs]]) }
}
