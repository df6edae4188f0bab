// Judges when a reading was taken, for every make: one taken more than a minute ago is history, whether or not the
// camera says so (lane-devices.md 1.8). The camera's clock is never measured by the reading that it has to judge, and
// readings alone never move it far from ours. A reading without a time that is understood is not of now.
import type { PlateRead } from '../lane/plate-read.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'

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
  /** Our steady count at the first reading of this run, ms; null: none yet. */
  readonly firstMs: number | null
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
  firstMs: null,
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
  /** Its link is unbroken since before the car came onto the loop; a push never is. */
  readonly isHeld?: boolean
}

/** What the make says of the times of its readings, and what a person has set for this lane. */
export interface TimeRule {
  /** The make may report local time as epoch. */
  readonly mayBeLocal?: boolean
  /** The make never states a time. */
  readonly isTimeless?: boolean
  /** A person has set that a reading of a make without times counts when it arrives. */
  readonly countsOnArrival?: boolean
}

/** A live reading arrives within seconds; after a minute the network had stalled, and the car has left. */
const lateMsMax = minuteMs
/** A clock that is further from ours is believed by its own word only: a query or a heartbeat of this run. */
const unsaidMsMax = 2 * minuteMs
/** A jump that is larger by readings alone is a matter for a person. */
const jumpMsMax = 60 * minuteMs
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

/** The camera answered a time query, or reported its time without a car. */
export const measured = (
  clock: CameraClock,
  offsetMs: number,
  { wallMs, steadyMs }: Arrival,
): CameraClock => ({ ...clock, baseMs: wallMs + offsetMs - steadyMs, saidMs: steadyMs })

/** The clock for the next run; null: not measured, or our own clock is in doubt or was set since readings measured it. */
export function clockToKeep(
  { baseMs, saidMs, isLocal }: CameraClock,
  { wallMs, steadyMs, isSure }: Arrival,
): KeptClock | null {
  if (baseMs === null || !isSure) return null
  const offsetMs = steadyMs + baseMs - wallMs
  return saidMs === null && Math.abs(offsetMs) > unsaidMsMax ? null : { offsetMs, isLocal }
}

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

const isMeasure = ({ count, firstSteadyMs }: Run, { steadyMs }: Arrival): boolean =>
  count >= runMin && steadyMs - firstSteadyMs >= runSpanMs

/** Our wall clock as a count, as far as it may stand for the camera's; null: it is in doubt. */
const ourBaseMs = ({ wallMs, steadyMs, isSure }: Arrival): number | null =>
  isSure ? wallMs - steadyMs : null

/** Between a minute late and two ahead: the reading of a clock that nothing but ours confirms. */
const isNear = (aheadMs: number): boolean => aheadMs >= -lateMsMax && aheadMs <= unsaidMsMax

/**
 * What the last run knew, ms; 0: nothing, or this run has measured the clock, or has had readings for an hour in which the camera
 * did not say its time: it may have been repaired meanwhile.
 */
function keptOffsetMs({ baseMs, keptMs, firstMs }: CameraClock, { steadyMs }: Arrival): number {
  const isOver = firstMs !== null && steadyMs - firstMs > saidHoldsMs
  return baseMs !== null || isOver ? 0 : (keptMs ?? 0)
}

/** The clock as it is known without this reading; null: nobody knows. */
function knownBaseMs(clock: CameraClock, now: Arrival): number | null {
  if (clock.baseMs !== null) return clock.baseMs
  const [ownMs, keptMs] = [ourBaseMs(now), keptOffsetMs(clock, now)]
  return ownMs === null ? null : ownMs + (Math.abs(keptMs) <= unsaidMsMax ? keptMs : 0)
}

/**
 * The clock that readings in a row show, where it is within two minutes of ours, the camera has not said its time for an hour,
 * and it is no jump; null: they move nothing.
 */
function baseByRun(clock: CameraClock, run: Run, now: Arrival): number | null {
  const ownMs = ourBaseMs(now)
  if (ownMs === null || !isMeasure(run, now)) return null
  const isSaid = clock.saidMs !== null && now.steadyMs - clock.saidMs <= saidHoldsMs
  const isJump = clock.baseMs !== null && Math.abs(run.baseMs - clock.baseMs) > jumpMsMax
  // What a run kept is not undone by readings that may be as old as it is ahead.
  const mayBeOld = keptOffsetMs(clock, now) > unsaidMsMax
  const isOurs = Math.abs(run.baseMs - ownMs) <= unsaidMsMax
  return isOurs && !isSaid && !isJump && !mayBeOld ? run.baseMs : null
}

/** Why nobody knows when a reading was taken. */
export type UndatedWhy =
  /** Our own clock is in doubt, and the camera's was not measured. */
  | 'ourClock'
  /** The reading has no time. */
  | 'absent'
  /** It has one that its make does not know. */
  | 'notUnderstood'
  /** The camera's clock differs from ours, and nothing of this run confirms by how much. */
  | 'unconfirmed'

export type TimeVerdict =
  | { readonly is: 'live' }
  | { readonly is: 'past' }
  | { readonly is: 'undated'; readonly why: UndatedWhy }

interface JudgedTime {
  readonly clock: CameraClock
  readonly verdict: TimeVerdict
  /** Camera's clock minus our wall clock, ms, by this reading; null: it says nothing about it. */
  readonly offsetMs: number | null
}

const live: TimeVerdict = { is: 'live' }
const past: TimeVerdict = { is: 'past' }
const undated = (why: UndatedWhy): TimeVerdict => ({ is: 'undated', why })

/**
 * Whether a reading of a make with two zones is in local time; null: it may be of now or of eight hours ago, or nothing but
 * the reading says that it is of now. Nothing is read in the future, so what is 8 h ahead of a clock that the camera said is
 * local time.
 */
function isLocalTime(clock: CameraClock, aheadMs: number, now: Arrival): boolean | null {
  const { isLocal, run, saidMs } = clock
  const isHeld = now.isHeld === true
  const isOfNow = isNear(aheadMs)
  const isLocalNow = isNear(aheadMs - zoneMs)
  if (isLocalNow && (saidMs !== null || isHeld)) return true
  if (isLocal === true) return !(isOfNow && isHeld && run !== null && isMeasure(run, now))
  if (isLocal === false) return false
  return isLocalNow || isOfNow ? (isHeld ? false : null) : aheadMs > 0 && aheadMs < zoneMs
}

/** Readings of a row show another clock than the one that is known, and the camera has not said its time for an hour. */
const isOtherClock = ({ run, saidMs }: CameraClock, now: Arrival): boolean =>
  run !== null && isMeasure(run, now) && !(saidMs !== null && now.steadyMs - saidMs <= saidHoldsMs)

/** `atMs`: in its zone. */
function verdictOf(
  clock: CameraClock,
  atMs: InstantMs,
  knownMs: number,
  now: Arrival,
): TimeVerdict {
  const aheadMs = atMs - now.steadyMs - knownMs
  // By the last run it may be of now, or as old as the camera was ahead; only the camera's own word decides.
  const keptAheadMs = keptOffsetMs(clock, now)
  const isFarKept = Math.abs(keptAheadMs) > unsaidMsMax
  if (isFarKept && (isNear(aheadMs - keptAheadMs) || (keptAheadMs > 0 && isNear(aheadMs))))
    return undated('unconfirmed')
  if (isNear(aheadMs)) return live
  if (aheadMs < 0) return isOtherClock(clock, now) ? undated('unconfirmed') : past
  // The camera was put right since it was measured: its clock never showed this time before.
  const ownMs = ourBaseMs(now)
  const isPutRight = clock.baseMs !== null && ownMs !== null && isNear(atMs - now.steadyMs - ownMs)
  return isPutRight ? live : undated('unconfirmed')
}

/** A reading that states a time: of now, of an earlier time, or by a clock that nothing confirms. */
function judgeStated(
  before: CameraClock,
  deviceAtMs: InstantMs,
  now: Arrival,
  mayBeLocal: boolean,
): JudgedTime {
  const run = runWith(before.run, deviceAtMs, now.steadyMs)
  const seen = { ...before, run, firstMs: before.firstMs ?? now.steadyMs }
  const knownMs = knownBaseMs(seen, now)
  if (knownMs === null) return { clock: seen, verdict: undated('ourClock'), offsetMs: null }
  const aheadMs = deviceAtMs - now.steadyMs - knownMs
  const isLocal = mayBeLocal ? isLocalTime(seen, aheadMs, now) : false
  if (isLocal === null) return { clock: seen, verdict: undated('unconfirmed'), offsetMs: null }
  const shiftMs = isLocal ? zoneMs : 0
  const movedMs = baseByRun(seen, { ...run, baseMs: run.baseMs - shiftMs }, now)
  const atMs = deviceAtMs - shiftMs
  const verdict = verdictOf(seen, atMs, movedMs ?? knownMs, now)
  const isLive = verdict.is === 'live'
  const zone = mayBeLocal && isLive ? { isLocal } : {}
  const clock = { ...seen, ...zone, baseMs: movedMs ?? seen.baseMs }
  return { clock, verdict, offsetMs: isLive ? atMs - now.wallMs : null }
}

/**
 * When a reading was taken, and what is known of the camera's clock after it. Without a time that is understood it is of now
 * for a make that never states one, where a person has set so for the lane or its link is held.
 */
export function judgeTime(
  before: CameraClock,
  read: Pick<PlateRead, 'history' | 'deviceAtMs' | 'timeRaw' | 'timeHasZone'>,
  now: Arrival,
  { mayBeLocal = false, isTimeless = false, countsOnArrival = false }: TimeRule = {},
): JudgedTime {
  const only = (verdict: TimeVerdict): JudgedTime => ({ clock: before, verdict, offsetMs: null })
  if (read.history) return only(past)
  if (read.timeRaw !== undefined) return only(undated('notUnderstood'))
  if (read.deviceAtMs === null) {
    const counts = isTimeless && (countsOnArrival || now.isHeld === true)
    return only(counts ? live : undated('absent'))
  }
  return judgeStated(before, read.deviceAtMs, now, mayBeLocal && read.timeHasZone !== true)
}
