// Schedule of copies to the second place and of restore tests, by the monotonic time of the machine, so that setting the
// clock causes neither too many nor missing ones. (state, now) in, due actions out.
import { dayStartMs, type InstantMs } from '#base/pure/values/instant.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const copyEveryMs = 15 * minuteMs
/** Two tests are never nearer than this; a night that was missed is made up for after a day and two hours. */
const testApartMs = 12 * hourMs
const testOverdueMs = 26 * hourMs
/** Interval of repeated reports of a lasting fault. */
const tellAgainMs = 6 * hourMs

export interface CopyTimes {
  readonly startedMonoMs: number
  readonly testedMonoMs: number | null
  /** Null while copies are made. */
  readonly fault: { readonly code: string; readonly saidMonoMs: number } | null
}

export const beginCopies = (monoMs: number): CopyTimes => ({
  startedMonoMs: monoMs,
  testedMonoMs: null,
  fault: null,
})

const hourOf = (atMs: InstantMs): number => Math.floor((atMs - dayStartMs(atMs)) / hourMs)

/** `night`: the hour of the lot's own day from which its nightly work is done. */
export function isTestDue(
  { startedMonoMs, testedMonoMs }: CopyTimes,
  now: { readonly atMs: InstantMs; readonly monoMs: number },
  night: number,
): boolean {
  const agoMs = now.monoMs - (testedMonoMs ?? startedMonoMs)
  if (agoMs >= testOverdueMs) return true
  return hourOf(now.atMs) === night && (testedMonoMs === null || agoMs >= testApartMs)
}

/** True when the fault must be reported now: first of a series, another fault, or again after hours. */
export function failedCopy(
  times: CopyTimes,
  code: string,
  monoMs: number,
): { readonly times: CopyTimes; readonly tell: boolean } {
  const { fault } = times
  const known = fault !== null && fault.code === code && monoMs - fault.saidMonoMs < tellAgainMs
  return known
    ? { times, tell: false }
    : { times: { ...times, fault: { code, saidMonoMs: monoMs } }, tell: true }
}

export const copied = (times: CopyTimes): CopyTimes => ({ ...times, fault: null })

export const tested = (times: CopyTimes, monoMs: number): CopyTimes => ({
  ...times,
  testedMonoMs: monoMs,
})
