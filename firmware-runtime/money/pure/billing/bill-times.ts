// Schedule of the bill downloads: each day at a fixed time for the previous day, repeated each half hour until the evening; a
// day that stays open again on the following days; later again for money that was missing. Pure: times in, a day out.
import { dayMs, dayStartMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'

const hourMs = 3_600_000
/** Bills are there from 10:00 on (P22, and gateways alike). */
const fromMs = 10.5 * hourMs
const untilMs = 18 * hourMs
const againMs = hourMs / 2
/** Days of automatic retries; later a person fetches the bill, which stays available for months. */
const daysBack = 3
/** Days behind a day on which it is looked at again where money was not there, as long as its bill may come late. */
const againDays = [31, 7, 3, 2] as const
const mostBack = againDays[0] + daysBack - 1

export interface BillTries {
  /** Time of the last request by day. */
  readonly triedMs: ReadonlyMap<string, InstantMs>
}

export const noTries: BillTries = { triedMs: new Map() }

/** A day, and from when on it is to be held; the first time has no such moment. */
export interface BillLook {
  readonly day: string
  readonly againFromMs: InstantMs | null
}

interface BillMoment {
  readonly nowMs: InstantMs
  /** The ledger began then: no bill before it is ours. */
  readonly firstMs: InstantMs
  isDone(look: BillLook): boolean
}

function looksAt(startMs: InstantMs, back: number): readonly BillLook[] {
  const day = isoOf(startMs).slice(0, 10)
  const again = againDays.find((after) => back >= after && back < after + daysBack)
  return [
    ...(back <= daysBack ? [{ day, againFromMs: null }] : []),
    ...(again === undefined ? [] : [{ day, againFromMs: startMs + again * dayMs }]),
  ]
}

/** The bill to fetch now, the oldest day first; null: none is due. */
export function wantedLook(
  { triedMs }: BillTries,
  { nowMs, firstMs, isDone }: BillMoment,
): BillLook | null {
  const todayMs = dayStartMs(nowMs)
  const timeMs = nowMs - todayMs
  if (timeMs < fromMs || timeMs >= untilMs) return null
  for (let back = mostBack; back >= 1; back--) {
    const startMs = todayMs - back * dayMs
    if (startMs + dayMs <= firstMs) continue
    const look = looksAt(startMs, back).find((one) => !isDone(one))
    if (look === undefined) continue
    // A clock that was set back triggers another request.
    const lastMs = triedMs.get(look.day) ?? -Infinity
    if (Math.abs(nowMs - lastMs) >= againMs) return look
  }
  return null
}

/** True on the last day of automatic requests; afterwards a person fetches the bill. */
export const isLastDay = (day: string, nowMs: InstantMs): boolean =>
  isoOf(dayStartMs(nowMs) - daysBack * dayMs).startsWith(day)

export function tried({ triedMs }: BillTries, day: string, nowMs: InstantMs): BillTries {
  const kept = [...triedMs].filter(([, atMs]) => nowMs - atMs < 2 * daysBack * dayMs)
  return { triedMs: new Map([...kept, [day, nowMs]]) }
}
