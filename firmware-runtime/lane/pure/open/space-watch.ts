// One parking space of an open lot as its watcher reports it: arrivals, departures, and plate readings (8.1.2.2 a, b).
// Pure. A sensor that flips, a single misread plate, or a car that only turns in the space starts and ends no stay.
import { scoreOf } from '#ledger/pure/lot/plate-match.ts'
import { cardBarOf } from '#money/pure/lot/card-bar.ts'
import type { Stay } from '#ledger/pure/lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'

/** A plate reading of the car in a space. */
export interface SpacePlate {
  readonly plate: string
  readonly plateRaw: string
  readonly colour: PlateColour
  /** 0 to 1; null where the camera reports none. */
  readonly confidence: number | null
  readonly photo: string | null
}

/** Report of a watcher about a space. `read` null: a sensor, or an unreadable plate. */
export interface SpaceSight {
  readonly occupied: boolean
  readonly read: SpacePlate | null
  /** Picture of the space; absent or null: none. */
  readonly photo?: string | null
}

export interface SpaceWatch {
  /** Present state; null: no report since the start. */
  readonly occupied: boolean | null
  /** Time of the last report of the car that stands there; null: none since it came. */
  readonly seenAtMs: InstantMs | null
  /** The watcher has reported without a gap since then, so a change would have been reported. */
  readonly isSure: boolean
  /** A contrary report since then, not yet for long enough to count. */
  readonly turning: {
    readonly occupied: boolean
    readonly sinceMs: InstantMs
    readonly read: SpacePlate | null
    readonly photo: string | null
  } | null
  /** The newest reading with a plate other than that of its stay. */
  readonly other: SpacePlate | null
}

/** State at a start; `seenAtMs`: when the lot last ran, the last time its cars are known to have stood there. */
export const unwatched = (seenAtMs: InstantMs | null): SpaceWatch => ({
  occupied: null,
  seenAtMs,
  isSure: false,
  turning: null,
  other: null,
})

const watched = (occupied: boolean, seenAtMs: InstantMs | null): SpaceWatch => ({
  occupied,
  seenAtMs,
  isSure: true,
  turning: null,
  other: null,
})

/**
 * The watcher is silent, out of reach or looks elsewhere: the car is known to have stood there until now, and a contrary report
 * that has not lasted does not go on counting.
 */
export function unheard(watch: SpaceWatch, nowMs: InstantMs): SpaceWatch {
  if (watch.isSure)
    return { ...watch, occupied: null, seenAtMs: nowMs, isSure: false, turning: null }
  return watch.turning === null ? watch : { ...watch, turning: null }
}

/**
 * Time in ms for which a contrary report must last before it counts. Assumed: no source states it. A flipping sensor stays
 * below the time that one car needs to leave and another to arrive.
 */
interface SpaceTimes {
  readonly arriveMs: number
  readonly leaveMs: number
}
export const standardSpaceTimes: SpaceTimes = { arriveMs: 20_000, leaveMs: 10_000 }

export type SpaceFact =
  | {
      readonly do: 'arrive'
      readonly enteredAtMs: InstantMs
      readonly read: SpacePlate | null
      readonly photo: string | null
    }
  /** The plate of a stay that was opened without one. */
  | { readonly do: 'plate'; readonly read: SpacePlate }
  /** The plate that one person or list gave: the camera reads the very same. */
  | { readonly do: 'seen'; readonly read: SpacePlate }
  | {
      readonly do: 'leave'
      readonly leftAtMs: InstantMs
      readonly seenAtMs: InstantMs
      readonly by: 'space' | 'otherCar' | 'unwatched'
      /** Of the space without it; null: none. */
      readonly photo: string | null
    }

interface SightAt {
  /** Stay of the car in the space according to the ledger. */
  readonly stay: Stay | null
  readonly nowMs: InstantMs
  readonly isCamera: boolean
}

interface SpaceStep {
  readonly watch: SpaceWatch
  readonly facts: readonly SpaceFact[]
}

/** Smallest similarity score at which two readings count as the same car. */
const sameCarMin = 70

const isSameCar = (stay: Stay, read: SpacePlate): boolean =>
  stay.plate === read.plate || (scoreOf({ ...read, nowMs: null }, stay)?.score ?? 0) >= sameCarMin

/** When the watch must be evaluated again, or null. */
export const dueAtMs = ({ turning }: SpaceWatch, times: SpaceTimes): InstantMs | null =>
  turning === null ? null : turning.sinceMs + (turning.occupied ? times.arriveMs : times.leaveMs)

/** A second look at its plate, or at the colour that was not read before; the first colour is kept. */
const tellsMore = (stay: Stay, { colour }: SpacePlate): boolean =>
  stay.oneLook !== null || (stay.colour === 'unknown' && colour !== 'unknown')

/** Two readings in a row have another plate: the earlier car left unseen, at its last report. */
function readAgain(watch: SpaceWatch, stay: Stay, read: SpacePlate, nowMs: InstantMs): SpaceStep {
  if (stay.plate === null)
    return { watch: { ...watch, seenAtMs: nowMs }, facts: [{ do: 'plate', read }] }
  if (stay.plate === read.plate && cardBarOf(stay) !== null && tellsMore(stay, read))
    return { watch: { ...watch, seenAtMs: nowMs, other: null }, facts: [{ do: 'seen', read }] }
  if (isSameCar(stay, read)) return { watch: { ...watch, seenAtMs: nowMs, other: null }, facts: [] }
  const { other } = watch
  if (other === null || other.plate !== read.plate)
    return { watch: { ...watch, other: read }, facts: [] }
  const seenAtMs = watch.seenAtMs ?? stay.enteredAtMs
  return {
    watch: { ...watch, seenAtMs: nowMs, other: null },
    facts: [
      { do: 'leave', leftAtMs: seenAtMs, seenAtMs, by: 'otherCar', photo: read.photo },
      { do: 'arrive', enteredAtMs: nowMs, read, photo: read.photo },
    ],
  }
}

/** After a longer gap another car may have taken the space. Assumed. */
const blindMs = 300_000

/**
 * The space is occupied after a gap in its reports. A camera reads which car it is; a sensor cannot: the stay ends at its
 * last report, so that no driver pays for the time of another car.
 */
function heardAgain(
  watch: SpaceWatch,
  stay: Stay,
  { nowMs, isCamera }: { readonly nowMs: InstantMs; readonly isCamera: boolean },
): SpaceStep {
  const seenAtMs = watch.seenAtMs ?? stay.enteredAtMs
  if (nowMs - seenAtMs <= blindMs)
    return { watch: { ...watch, seenAtMs: nowMs, isSure: true }, facts: [] }
  if (isCamera) return { watch, facts: [] }
  return {
    watch: watched(true, nowMs),
    facts: [
      { do: 'leave', leftAtMs: seenAtMs, seenAtMs, by: 'unwatched', photo: null },
      { do: 'arrive', enteredAtMs: nowMs, read: null, photo: null },
    ],
  }
}

/** Handles a report of the watcher; `stay`: of the car in the space according to the ledger. */
export function sight(
  watch: SpaceWatch,
  { occupied, read, photo = null }: SpaceSight,
  { stay, nowMs, isCamera }: SightAt,
): SpaceStep {
  const there = stay !== null
  if (occupied === there) {
    if (stay === null) return { watch: watched(false, null), facts: [] }
    const holds: SpaceWatch = { ...watch, occupied, turning: null }
    if (read !== null) return readAgain({ ...holds, isSure: true }, stay, read, nowMs)
    return watch.isSure
      ? { watch: { ...holds, seenAtMs: nowMs }, facts: [] }
      : heardAgain(holds, stay, { nowMs, isCamera })
  }
  const { turning } = watch
  const before = turning?.occupied === occupied ? turning : null
  return {
    watch: {
      ...watch,
      turning: {
        occupied,
        sinceMs: before?.sinceMs ?? nowMs,
        read: read ?? before?.read ?? null,
        photo: before?.photo ?? photo,
      },
    },
    facts: [],
  }
}

/** The car that is coming is counted from now on at the earliest. */
export const comesLater = (watch: SpaceWatch, nowMs: InstantMs): SpaceWatch =>
  watch.turning === null ? watch : { ...watch, turning: { ...watch.turning, sinceMs: nowMs } }

/** Handles elapsed time: a report that lasted long enough counts. */
export function settle(
  watch: SpaceWatch,
  times: SpaceTimes,
  { stay, nowMs }: { readonly stay: Stay | null; readonly nowMs: InstantMs },
): SpaceStep {
  const { turning } = watch
  const dueMs = dueAtMs(watch, times)
  if (turning === null || dueMs === null || nowMs < dueMs) return { watch, facts: [] }
  const { occupied, sinceMs, read, photo } = turning
  if (occupied)
    return {
      watch: watched(true, nowMs),
      facts: stay === null ? [{ do: 'arrive', enteredAtMs: sinceMs, read, photo }] : [],
    }
  const seenAtMs = watch.seenAtMs ?? stay?.enteredAtMs ?? sinceMs
  // During a gap the car may have left at any time: unobserved time is not charged.
  const leftAtMs = watch.isSure ? sinceMs : seenAtMs
  return {
    watch: watched(false, null),
    facts: stay === null ? [] : [{ do: 'leave', leftAtMs, seenAtMs, by: 'space', photo }],
  }
}
