// The day and the hour that a row counts for, in China (docs/centre.md, "Figures"): its own, where its clock can be right.
// The day of receipt is never taken, since a centre that is rebuilt from its lots receives the rows on another day.
import { dayMs, isoOf, instantOf, type InstantMs } from '#base/pure/values/instant.ts'

export interface Placed {
  /** `2026-11-29`. */
  readonly day: string
  readonly hour: number
  /** Its clock cannot be right: the day is that of the last row of its node whose clock can. */
  readonly oddClock: boolean
}

const soonestMs = instantOf(2020, 1, 1)
/** Of a node none of whose rows has a clock that can be right. */
export const firstDay = '2020-01-01'

/** `lastDay`: of the last row of that node whose clock can be right. */
export function placed(atMs: InstantMs, receivedMs: InstantMs, lastDay: string): Placed {
  const iso = isoOf(withinYears(atMs))
  const oddClock = atMs < soonestMs || atMs > receivedMs + dayMs
  return { day: oddClock ? lastDay : iso.slice(0, 10), hour: Number(iso.slice(11, 13)), oddClock }
}

const [yearOne, yearTenThousand] = [instantOf(1, 1, 2), instantOf(9_999, 12, 31)]
/** A time that has a date of four digits, which every program can read; further ones are moved there. */
export const withinYears = (atMs: InstantMs): InstantMs =>
  Math.min(Math.max(atMs, yearOne), yearTenThousand)
