// One parking space of an open lot, as its watcher tells it: who came, who left, and what its camera read (8.1.2.2 a, b).
// Pure. A sensor that flips, a camera that misreads once and a car that only turns in the space begin and end nothing.
import { scoreOf } from '../lot/plate-match.ts'
import type { Stay } from '../lot/lot-state.ts'
import type { InstantMs } from '../values/instant.ts'
import type { PlateColour } from '../values/plates/plate.ts'

/** A plate that a camera read of the car in a space. */
export interface SpacePlate {
  readonly plate: string
  readonly plateRaw: string
  readonly colour: PlateColour
  /** 0 to 1; null where the camera gives none. */
  readonly confidence: number | null
  readonly photo: string | null
}

/** What a watcher says of a space now. `read` null: a sensor, or a plate that nobody could read. */
export interface SpaceSight {
  readonly occupied: boolean
  readonly read: SpacePlate | null
}

export interface SpaceWatch {
  /** What holds; null: nobody has told since the start. */
  readonly occupied: boolean | null
  /** When the car that stands there was last told of; null: not since it came. */
  readonly seenAtMs: InstantMs | null
  /** Its watcher was heard all the time since then: what it does not tell has not happened. */
  readonly isSure: boolean
  /** It says otherwise since then, and for not long enough yet. */
  readonly turning: {
    readonly occupied: boolean
    readonly sinceMs: InstantMs
    readonly read: SpacePlate | null
  } | null
  /** Another plate than that of its stay, as it was read last. */
  readonly other: SpacePlate | null
}

/** At a start; `seenAtMs`: when the lot ran last, which is as long as its cars are known to have stood. */
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

/** Its watcher is silent, or out of reach: until now the car is known to have stood there. */
export const unheard = (watch: SpaceWatch, nowMs: InstantMs): SpaceWatch =>
  watch.isSure ? { ...watch, occupied: null, seenAtMs: nowMs, isSure: false, turning: null } : watch

/**
 * How long a space says otherwise before it counts, in ms. Assumed: no text states them. A sensor that flips does so for
 * less than a car needs to leave and another one to come.
 */
interface SpaceTimes {
  readonly arriveMs: number
  readonly leaveMs: number
}
export const standardSpaceTimes: SpaceTimes = { arriveMs: 20_000, leaveMs: 10_000 }

export type SpaceFact =
  | { readonly do: 'arrive'; readonly enteredAtMs: InstantMs; readonly read: SpacePlate | null }
  /** Its stay, which was opened without a plate, has one. */
  | { readonly do: 'plate'; readonly read: SpacePlate }
  | {
      readonly do: 'leave'
      readonly leftAtMs: InstantMs
      readonly seenAtMs: InstantMs
      readonly by: 'space' | 'otherCar' | 'unwatched'
    }

interface SightAt {
  /** Of the car that stands there by the ledger. */
  readonly stay: Stay | null
  readonly nowMs: InstantMs
  readonly isCamera: boolean
}

interface SpaceStep {
  readonly watch: SpaceWatch
  readonly facts: readonly SpaceFact[]
}

/** Two readings of one car: the same plate, or one that cameras take for it. */
const sameCarMin = 70

const isSameCar = (stay: Stay, read: SpacePlate): boolean =>
  stay.plate === read.plate || (scoreOf({ ...read, nowMs: null }, stay)?.score ?? 0) >= sameCarMin

/** When a watch has to be looked at again, or null. */
export const dueAtMs = ({ turning }: SpaceWatch, times: SpaceTimes): InstantMs | null =>
  turning === null ? null : turning.sinceMs + (turning.occupied ? times.arriveMs : times.leaveMs)

/** The car in the space has another plate, twice in a row: the one before it left unseen, at its last sight. */
function readAgain(watch: SpaceWatch, stay: Stay, read: SpacePlate, nowMs: InstantMs): SpaceStep {
  if (stay.plate === null)
    return { watch: { ...watch, seenAtMs: nowMs }, facts: [{ do: 'plate', read }] }
  if (isSameCar(stay, read)) return { watch: { ...watch, seenAtMs: nowMs, other: null }, facts: [] }
  const { other } = watch
  if (other === null || other.plate !== read.plate)
    return { watch: { ...watch, other: read }, facts: [] }
  const seenAtMs = watch.seenAtMs ?? stay.enteredAtMs
  return {
    watch: { ...watch, seenAtMs: nowMs, other: null },
    facts: [
      { do: 'leave', leftAtMs: seenAtMs, seenAtMs, by: 'otherCar' },
      { do: 'arrive', enteredAtMs: nowMs, read },
    ],
  }
}

/** Whoever was not watched for longer may have been followed by another car. Assumed. */
const blindMs = 300_000

/**
 * The space is taken, and was not watched for a while. A camera reads whose car it is; a sensor never knows: the stay
 * ends at its last sight, so that nobody pays for the time of another car.
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
      { do: 'leave', leftAtMs: seenAtMs, seenAtMs, by: 'unwatched' },
      { do: 'arrive', enteredAtMs: nowMs, read: null },
    ],
  }
}

/** A watcher tells of the space; `stay`: of the car that stands there by the ledger. */
export function sight(
  watch: SpaceWatch,
  { occupied, read }: SpaceSight,
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
      turning: { occupied, sinceMs: before?.sinceMs ?? nowMs, read: read ?? before?.read ?? null },
    },
    facts: [],
  }
}

/** Time has passed: what a space says for long enough counts. */
export function settle(
  watch: SpaceWatch,
  times: SpaceTimes,
  { stay, nowMs }: { readonly stay: Stay | null; readonly nowMs: InstantMs },
): SpaceStep {
  const { turning } = watch
  const dueMs = dueAtMs(watch, times)
  if (turning === null || dueMs === null || nowMs < dueMs) return { watch, facts: [] }
  const { occupied, sinceMs, read } = turning
  if (occupied)
    return {
      watch: watched(true, nowMs),
      facts: stay === null ? [{ do: 'arrive', enteredAtMs: sinceMs, read }] : [],
    }
  const seenAtMs = watch.seenAtMs ?? stay?.enteredAtMs ?? sinceMs
  // While nobody watched it may have left at any time: what nobody saw is not charged.
  const leftAtMs = watch.isSure ? sinceMs : seenAtMs
  return {
    watch: watched(false, null),
    facts: stay === null ? [] : [{ do: 'leave', leftAtMs, seenAtMs, by: 'space' }],
  }
}
