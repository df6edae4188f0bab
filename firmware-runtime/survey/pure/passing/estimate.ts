// The survey without an instrument: where the antenna's zone begins and ends and how often it reads the adjacent lane, from
// ordinary passages. An unknown figure is reported with its reason, never guessed.
import type { PassageFact, PassingFact } from './facts.ts'
import { middleOf, z975, type Observed } from './observed.ts'
import { countInterval } from './counts.ts'

/** Along the lane from the boom towards the cars that come, as the siting measures are. */
export interface PassingGeometry {
  /** The end of the trigger that a car meets first. */
  readonly triggerFrontMm: number
  /** From there to the same end of the loop under the boom. */
  readonly loopsApartMm: number
  /** Delay between a car reaching a loop and its report: debouncing. */
  readonly loopDelayMs: number
}

/**
 * Assumptions that no loop measures, each with its standard deviation: distance of an OBU behind the front of its car,
 * position of the field within a loop, and evenness of a car's speed. They make the intervals wider.
 */
const assumedPassing = {
  obuBehindM: 1.9,
  obuBehindSdM: 0.2,
  loopSdM: 0.1,
  speedSdShare: 0.04,
  /** Time from the call received by an OBU to the frame that reports it: wake-up (25 ms) and one missed call. */
  answerMs: 35,
} as const

export const passingNeeds = { passages: 50, beside: 50 } as const
/** Front ends and back ends of a car must agree on its speed this well, or it stopped or sped up. */
const steadyRatioMax = 1.25
const speedMps = { min: 0.5, max: 15 } as const
/** Longest time from the loops for which the speed measured there is valid. */
const farMsMax = 6_000
/** An OBU that answers within this time after the antenna was switched on was already inside the zone. */
const atOnceMs = 120
/** Largest share of cars with a hidden last answer for which the end of the zone is still known. */
const hiddenShareMax = 0.1

/** Why a figure is not known. */
export type PassingUnknown =
  | 'noLoops'
  | 'noMeasures'
  | 'noSpeed'
  | 'tooFewPassages'
  | 'insideAtOnce'
  | 'heardOnce'
  | 'switchedOff'

interface Known {
  readonly known: true
  /** To the boom; beyond it: negative. */
  readonly atMm: number
  /** 95 % interval, including the assumptions. */
  readonly lowMm: number
  readonly highMm: number
  readonly passages: number
}
interface NotKnown {
  readonly known: false
  readonly why: PassingUnknown
  /** The zone reaches at least this far; null: not even that is known. */
  readonly reachesMm: number | null
  readonly passages: number
}
export type PassingEdge = Known | NotKnown

export type BesideRate =
  | {
      readonly known: true
      readonly reads: number
      /** Reads possibly from cars with an unknown OBU: an upper bound on top. */
      readonly unsure: number
      readonly perHundred: number
      /** 95 %, of independent reads. */
      readonly lowPerHundred: number
      readonly highPerHundred: number
    }
  | { readonly known: false; readonly why: PassingUnknown }

export interface PassingEstimate {
  readonly passages: number
  /** With an answer of their own OBU, at a speed that loops tell. */
  readonly usable: number
  readonly entry: PassingEdge
  readonly exit: PassingEdge
  readonly beside: BesideRate
}

/** Places of one passage, m to the boom. */
interface Placed {
  readonly entry: Observed
  readonly exit: number
  /** The antenna was switched off before it could have called again. */
  readonly hidden: boolean
  readonly speed: number
  readonly tries: number
}

const isPassage = (fact: PassingFact): fact is PassageFact => fact.kind === 'passage'

/** Null where its loops tell no steady speed. */
function speedOf(fact: PassageFact, { loopsApartMm }: PassingGeometry): number | null {
  const front = fact.underOnMs
  const back = fact.underOffMs - fact.triggerOffMs
  if (front <= 0 || back <= 0) return null
  if (Math.max(front / back, back / front) > steadyRatioMax) return null
  const speed = loopsApartMm / ((front + back) / 2)
  return speed >= speedMps.min && speed <= speedMps.max ? speed : null
}

/** Interval in ms at which the antenna calls an OBU again; null: too few calls. */
function pauseOf(facts: readonly PassageFact[]): number | null {
  const pauses = facts.flatMap(({ firstMs, lastMs, tries }) =>
    firstMs === null || lastMs === null || tries < 3 ? [] : [(lastMs - firstMs) / (tries - 1)],
  )
  return pauses.toSorted((a, b) => a - b)[pauses.length >> 1] ?? null
}

/** The places of all passages that tell one, in their order. */
export function placedOf(facts: readonly PassingFact[], geometry: PassingGeometry) {
  const passages = facts.filter(isPassage)
  const pauseMs = pauseOf(passages)
  const { obuBehindM, answerMs } = assumedPassing
  const placed = passages.flatMap((fact): Placed[] => {
    const { firstMs, lastMs, searchOnMs, searchOffMs, tries } = fact
    const speed = speedOf(fact, geometry)
    if (speed === null || firstMs === null || lastMs === null || searchOnMs === null) return []
    if (firstMs < -farMsMax || lastMs > fact.underOffMs + farMsMax) return []
    const at = (ms: number): number =>
      geometry.triggerFrontMm / 1000 +
      obuBehindM -
      (speed * (ms + geometry.loopDelayMs - answerMs)) / 1000
    const exact = firstMs - searchOnMs > atOnceMs
    const half = pauseMs === null ? 0 : (speed * pauseMs) / 2000
    return [
      {
        entry: { value: at(firstMs), exact },
        exit: at(lastMs) - half,
        hidden: searchOffMs !== null && (pauseMs === null || searchOffMs < lastMs + pauseMs),
        speed,
        tries,
      },
    ]
  })
  return { passages, placed, pauseMs }
}

const mm = (metres: number): number => Math.round(metres * 1000)
const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? 0

function edgeOf(
  observed: readonly Observed[],
  { triggerFrontMm }: PassingGeometry,
): Omit<Known, 'known'> | null {
  const middle = middleOf(observed)
  if (middle === null) return null
  const { obuBehindM, obuBehindSdM, loopSdM, speedSdShare } = assumedPassing
  const extrapolated = speedSdShare * (middle.at - obuBehindM - triggerFrontMm / 1000)
  const assumed = z975 * Math.hypot(obuBehindSdM, loopSdM, extrapolated)
  return {
    atMm: mm(middle.at),
    lowMm: mm(middle.at - Math.hypot(middle.at - middle.low, assumed)),
    highMm: mm(middle.at + Math.hypot(middle.high - middle.at, assumed)),
    passages: observed.length,
  }
}

function entryOf(placed: readonly Placed[], geometry: PassingGeometry): PassingEdge {
  const observed = placed.map(({ entry }) => entry)
  const edge = edgeOf(observed, geometry)
  if (edge !== null) return { known: true, ...edge }
  // Three cars in four answered at once at least this far out.
  const inside = observed.filter(({ exact }) => !exact).map(({ value }) => value)
  const reachesMm = inside.length === 0 ? null : mm(quantile(inside, 0.25))
  return { known: false, why: 'insideAtOnce', reachesMm, passages: observed.length }
}

function exitOf(
  placed: readonly Placed[],
  pauseMs: number | null,
  geometry: PassingGeometry,
): PassingEdge {
  const none = (why: PassingUnknown): PassingEdge => {
    const last = placed.map(({ exit, speed }) => exit + (speed * (pauseMs ?? 0)) / 2000)
    return { known: false, why, reachesMm: mm(quantile(last, 0.5)), passages: placed.length }
  }
  const hidden = placed.filter((one) => one.hidden).length
  if (hidden > placed.length * hiddenShareMax) return none('switchedOff')
  const again = placed.filter((one) => one.tries > 1)
  if (pauseMs === null || again.length < placed.length / 2) return none('heardOnce')
  const shown = placed.filter((one) => !one.hidden)
  const edge = edgeOf(
    shown.map(({ exit }) => ({ value: exit, exact: true })),
    geometry,
  )
  return edge === null ? none('tooFewPassages') : { known: true, ...edge }
}

function besideOf(facts: readonly PassingFact[], passages: number): BesideRate {
  if (passages < passingNeeds.beside) return { known: false, why: 'tooFewPassages' }
  const beside = facts.flatMap((fact) => (fact.kind === 'beside' ? [fact] : []))
  const reads = beside.filter(({ unsure }) => !unsure).length
  const [low, high] = countInterval(reads)
  const per = (count: number): number => Math.round((count / passages) * 10_000) / 100
  return {
    known: true,
    reads,
    unsure: beside.length - reads,
    perHundred: per(reads),
    lowPerHundred: per(low),
    highPerHundred: per(high),
  }
}

/** Why the position is unknown: no loops, or their position was not measured. */
export type NoGeometry = Extract<PassingUnknown, 'noLoops' | 'noMeasures'>

export function estimateZone(
  facts: readonly PassingFact[],
  geometry: PassingGeometry | NoGeometry,
): PassingEstimate {
  const passages = facts.filter(isPassage).length
  const none = (why: PassingUnknown, n = 0): PassingEdge => ({
    known: false,
    why,
    reachesMm: null,
    passages: n,
  })
  // Without loops the cars are not counted, so there is no share either.
  const beside: BesideRate =
    geometry === 'noLoops' ? { known: false, why: 'noLoops' } : besideOf(facts, passages)
  if (typeof geometry === 'string')
    return { passages, usable: 0, entry: none(geometry), exit: none(geometry), beside }
  const { placed, pauseMs, passages: all } = placedOf(facts, geometry)
  const usable = placed.length
  const base = { passages, usable, beside }
  if (usable >= passingNeeds.passages)
    return { ...base, entry: entryOf(placed, geometry), exit: exitOf(placed, pauseMs, geometry) }
  const answeredOnce = all.filter(({ firstMs }) => firstMs !== null).length
  const why = answeredOnce >= passingNeeds.passages ? 'noSpeed' : 'tooFewPassages'
  return { ...base, entry: none(why, usable), exit: none(why, usable) }
}
