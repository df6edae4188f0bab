// Judges when a reading was taken, for every make: one taken more than a minute ago is history, whether or not the
// camera says so (lane-devices.md 1.8). The camera's clock is never measured by the reading that it has to judge.
import type { PlateRead } from '../../core/lane/plate-read.ts'
import { minuteMs, type InstantMs } from '../../core/values/instant.ts'

/** Readings whose times differ as their arrivals do, newest last. */
interface Run {
  readonly count: number
  readonly firstSteadyMs: number
  readonly deviceAtMs: InstantMs
  /** Camera's clock minus our steady count, ms, by the last of them. */
  readonly baseMs: number
}

/** What is known of a camera's clock. */
export interface CameraClock {
  /** Camera's clock minus our steady count, ms; null: not measured since the start of the program. */
  readonly baseMs: number | null
  /** Our steady count when the camera last said its time without a car, ms; null: never since the start. */
  readonly saidMs: number | null
  /** Camera's clock minus our wall clock, ms, by the last run of the program; null: unknown. */
  readonly keptMs: number | null
  /** Its readings carry local time as epoch, 8 h ahead; null: unknown. */
  readonly isLocal: boolean | null
  readonly run: Run | null
}

/** Kept in the data folder for the next run. */
export interface KeptClock {
  readonly offsetMs: number
  readonly isLocal: boolean | null
}

export const clockOfLastRun = (kept: KeptClock | null): CameraClock => ({
  baseMs: null,
  saidMs: null,
  keptMs: kept?.offsetMs ?? null,
  isLocal: kept?.isLocal ?? null,
  run: null,
})

/** Our clocks at the arrival of a message. */
export interface Arrival {
  readonly wallMs: InstantMs
  /** A count that cannot be set. */
  readonly steadyMs: number
  /** False while our wall clock is in doubt. */
  readonly isSure: boolean
}

/** A live reading arrives within seconds; after a minute the network had stalled, and the car has left. */
const lateMsMax = minuteMs
/** Largest difference between offsets of the same clock. */
const agreeMsMax = 5_000
/** So many readings that agree, over this time, measure a clock: a burst of history arrives at once. */
const runMin = 3
const runSpanMs = minuteMs
/**
 * What the camera itself said of its clock outweighs readings for so long: a network that delays every reading by the
 * same minutes looks like a clock that is behind by them.
 */
const saidHoldsMs = 60 * minuteMs
const zoneMs = 8 * 60 * minuteMs
/** Offsets of the two clocks of a camera that differ by less count as equal; far below a time zone offset. */
const sameClockMs = 5 * minuteMs

/** The camera answered a time query, or reported its time without a car. */
export const measured = (
  clock: CameraClock,
  offsetMs: number,
  { wallMs, steadyMs }: Arrival,
): CameraClock => ({ ...clock, baseMs: wallMs + offsetMs - steadyMs, saidMs: steadyMs })

/** The clock for the next run; null: not measured, or our own clock is in doubt. */
export const clockToKeep = (
  { baseMs, isLocal }: CameraClock,
  { wallMs, steadyMs, isSure }: Arrival,
): KeptClock | null =>
  baseMs === null || !isSure ? null : { offsetMs: steadyMs + baseMs - wallMs, isLocal }

export const isSameKept = (a: KeptClock | null, b: KeptClock | null): boolean =>
  a !== null &&
  b !== null &&
  a.isLocal === b.isLocal &&
  Math.abs(a.offsetMs - b.offsetMs) <= agreeMsMax

function runWith(run: Run | null, deviceAtMs: InstantMs, steadyMs: number): Run {
  const baseMs = deviceAtMs - steadyMs
  // The same event sent again says nothing about the clock.
  if (run?.deviceAtMs === deviceAtMs) return run
  const agrees = run !== null && Math.abs(run.baseMs - baseMs) <= agreeMsMax
  return agrees
    ? { ...run, count: run.count + 1, deviceAtMs, baseMs }
    : { count: 1, firstSteadyMs: steadyMs, deviceAtMs, baseMs }
}

/** The clock after a reading: measured where enough readings agree. */
function withReading(
  clock: CameraClock,
  deviceAtMs: InstantMs,
  { steadyMs }: Arrival,
  mayBeLocal: boolean,
): CameraClock {
  const run = runWith(clock.run, deviceAtMs, steadyMs)
  const isMeasure = run.count >= runMin && steadyMs - run.firstSteadyMs >= runSpanMs
  if (!isMeasure) return { ...clock, run }
  const aheadMs = clock.baseMs === null ? 0 : run.baseMs - clock.baseMs
  const isLocal = mayBeLocal && Math.abs(aheadMs - zoneMs) <= sameClockMs
  const isSaid = clock.saidMs !== null && steadyMs - clock.saidMs <= saidHoldsMs
  // It says nothing about a zone where it differs by neither.
  const isEqual = Math.abs(aheadMs) <= sameClockMs
  if (isSaid) return { ...clock, run, isLocal: isLocal || isEqual ? isLocal : clock.isLocal }
  return { ...clock, run, isLocal, baseMs: run.baseMs - (isLocal ? zoneMs : 0) }
}

/** The camera's clock now, ms: by its measure, else by the last run, else it is taken for right; null: nobody knows. */
function cameraNowMs({ baseMs, keptMs }: CameraClock, now: Arrival): number | null {
  if (baseMs !== null) return now.steadyMs + baseMs
  return now.isSure ? now.wallMs + (keptMs ?? 0) : null
}

function ageOf(
  { isLocal }: CameraClock,
  nowMs: number,
  deviceAtMs: InstantMs,
  mayBeLocal: boolean,
): number {
  const ageMs = nowMs - deviceAtMs
  if (!mayBeLocal || isLocal === false) return ageMs
  // Nothing is read in the future: only local time explains it.
  const isAhead = ageMs < -lateMsMax && ageMs >= -zoneMs - lateMsMax
  return isLocal === true || isAhead ? ageMs + zoneMs : ageMs
}

export interface JudgedTime {
  readonly clock: CameraClock
  /** `undated`: our own clock is in doubt and the camera's was not measured, so that a person decides. */
  readonly is: 'live' | 'past' | 'undated'
  /** Camera's clock minus our wall clock, ms, by this reading; null: it says nothing about it. */
  readonly offsetMs: number | null
}

/**
 * When a reading was taken, and what is known of the camera's clock after it. One that is ahead is live, but alone it
 * measures nothing. `mayBeLocal`: the make may report local time as epoch.
 */
export function judgeTime(
  before: CameraClock,
  { history, deviceAtMs }: Pick<PlateRead, 'history' | 'deviceAtMs'>,
  now: Arrival,
  mayBeLocal = false,
): JudgedTime {
  if (history || deviceAtMs === null)
    return { clock: before, is: history ? 'past' : 'live', offsetMs: null }
  const clock = withReading(before, deviceAtMs, now, mayBeLocal)
  const nowMs = cameraNowMs(clock, now)
  if (nowMs === null) return { clock, is: 'undated', offsetMs: null }
  const ageMs = ageOf(clock, nowMs, deviceAtMs, mayBeLocal)
  if (ageMs > lateMsMax) return { clock, is: 'past', offsetMs: null }
  return { clock, is: 'live', offsetMs: nowMs - ageMs - now.wallMs }
}
