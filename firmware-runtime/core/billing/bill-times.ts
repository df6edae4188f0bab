// When the bills of a day are asked for by the clock: each day at a set time for the day before, again each half hour until the
// evening, and a day that stayed open again on the next ones. Then again for money that was not there. Pure: times in, a day out.
import { dayMs, dayStartMs, isoOf, type InstantMs } from '../values/instant.ts'

const hourMs = 3_600_000
/** Bills are there from 10:00 on (P22, and gateways alike). */
const fromMs = 10.5 * hourMs
const untilMs = 18 * hourMs
const againMs = hourMs / 2
/** What stays open longer is a person's: a bill can be asked for by hand for months. */
const daysBack = 3
/** Days behind a day on which it is looked at again where money was not there, as long as its bill may come late. */
const againDays = [31, 7, 3, 2] as const
const mostBack = againDays[0] + daysBack - 1

export interface BillTries {
  /** By day: when it was asked for last. */
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

/** What is wanted now, the oldest day first; null: nothing. */
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
    // A clock that was set back asks again.
    const lastMs = triedMs.get(look.day) ?? -Infinity
    if (Math.abs(nowMs - lastMs) >= againMs) return look
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
