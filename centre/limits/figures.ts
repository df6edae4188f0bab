// What a centre measures of itself in an hour. Parts are added, so that a restart, or a look that failed, loses a minute.

import type { InstantMs } from '#base/pure/values/instant.ts'

/** Upper ends of the classes of answer times, ms; a last class has what is longer. */
const callBoundsMs = [
  50, 100, 200, 300, 500, 750, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 10_000, 30_000,
] as const

/** Added up within an hour. */
interface Sums {
  /** Calls of the desk by their time: a number for each of `callBoundsMs`, and one for longer ones. */
  readonly calls: readonly number[]
  readonly measuredS: number
  /** Of all cores; null: the server runs on another machine. */
  readonly processorS: number | null
  /** In which its disk was busy; null: not told by the machine. */
  readonly diskS: number | null
  /** Rows that were there a minute before were in no figure yet. */
  readonly isBehind: boolean
}

/** As they were last in the hour. */
interface Gauges {
  /** When it was looked at last. */
  readonly atMs: InstantMs
  readonly lots: number
  /** Of the months that are attached. */
  readonly hotBytes: number
  readonly databaseBytes: number
  readonly cores: number
  /** Servers that follow this one. */
  readonly standbys: number
}

export type HourFigures = Sums & Gauges

export const noCalls: readonly number[] = [...callBoundsMs, 0].map(() => 0)

const classOf = (ms: number): number => {
  const at = callBoundsMs.findIndex((bound) => ms <= bound)
  return at < 0 ? callBoundsMs.length : at
}

export const withCall = (calls: readonly number[], ms: number): readonly number[] =>
  calls.with(classOf(ms), (calls[classOf(ms)] ?? 0) + 1)

const both = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b

/** `before`: of the same hour; null: nothing yet. */
export function added(before: HourFigures | null, now: HourFigures): HourFigures {
  if (before === null) return now
  return {
    ...now,
    calls: now.calls.map((count, at) => count + (before.calls[at] ?? 0)),
    measuredS: now.measuredS + before.measuredS,
    processorS: both(now.processorS, before.processorS),
    diskS: both(now.diskS, before.diskS),
    isBehind: now.isBehind || before.isBehind,
  }
}

/** So few calls say nothing of an hour. */
const callsMin = 20
/** Shown for the last class. */
const longerMs = 60_000

/** 95 of 100 calls took at most so long; null: too few calls. */
export function p95Of(calls: readonly number[]): number | null {
  const all = calls.reduce((sum, count) => sum + count, 0)
  if (all < callsMin) return null
  let sum = 0
  const at = calls.findIndex((count) => (sum += count) >= all * 0.95)
  return callBoundsMs[at] ?? longerMs
}
