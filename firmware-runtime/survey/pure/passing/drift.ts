// A day of passages against the days that are the reference: did the zone move, does it read next door more often?
// Days differ among themselves; by how much, the days of the reference say, and an alarm must exceed that.
import { roseP } from './counts.ts'
import { estimateZone, placedOf, type PassingGeometry, type PassingEstimate } from './estimate.ts'
import type { PassingFact } from './facts.ts'
import { shorterBy, type Observed } from './observed.ts'

/** At most one quiet day in so many raises an alarm, over all looks at it and all three questions. */
export const quietDaysPerAlarm = 1_000
/** A day is looked at after so many usable passages, and not in between: each look may be wrong by chance. */
export const looksAt = [100, 200, 400, 800] as const
const pAlarm = 1 / (quietDaysPerAlarm * looksAt.length * 3)
/** The normal quantile of that, two-sided. */
const zAlarm = 3.94
/** Less than this is no matter of an antenna, however surely it is there. */
const shiftMinMm = 100
export const driftNeeds = { referencePassages: 300, dayPassages: looksAt[0] } as const

/** The zone begins nearer, begins farther out, ends elsewhere; more reads of the lane beside. */
type DriftCode = 'SURVEY-44' | 'SURVEY-45' | 'SURVEY-46' | 'SURVEY-47'

interface DriftAlarm {
  readonly code: DriftCode
  readonly what: 'entry' | 'exit' | 'beside'
  /** mm to the boom; reads of a hundred passages for `beside`. Null: not known on that side. */
  readonly before: number | null
  readonly after: number | null
  /** Standard deviations, already set against how days differ; for `beside` null. */
  readonly z: number | null
}

export type DriftAnswer =
  | { readonly known: true; readonly alarms: readonly DriftAlarm[]; readonly days: number }
  | {
      readonly known: false
      readonly why: 'noReference' | 'tooFewPassages'
      readonly needed: number
      readonly passages: number
    }

type Sides = Readonly<Record<'entry' | 'exit', readonly Observed[]>>

function sidesOf(facts: readonly PassingFact[], geometry: PassingGeometry): Sides {
  const { placed } = placedOf(facts, geometry)
  return {
    entry: placed.map(({ entry }) => entry),
    exit: placed.flatMap(({ exit, hidden }) => (hidden ? [] : [{ value: exit, exact: true }])),
  }
}

/** Variation between the days of the reference relative to chance; 1: no more than chance. */
function unrest(days: readonly Sides[], side: keyof Sides): number {
  if (days.length < 3) return 1
  const zs = days.map((day, i) => {
    const others = days.flatMap((other, j) => (j === i ? [] : other[side]))
    return shorterBy(others, day[side])
  })
  const meanSquare = zs.reduce((sum, z) => sum + z * z, 0) / zs.length
  return Math.max(1, Math.sqrt(meanSquare))
}

const placeOf = (estimate: PassingEstimate, side: keyof Sides): number | null =>
  estimate[side].known ? estimate[side].atMm : null

const codeOf = (side: keyof Sides, z: number): DriftCode =>
  side === 'exit' ? 'SURVEY-46' : z > 0 ? 'SURVEY-44' : 'SURVEY-45'

/** The days of the reference as every look at a day needs them: worked out once. */
interface PassingReference {
  readonly estimate: PassingEstimate
  readonly sides: Sides
  readonly unrest: Readonly<Record<keyof Sides, number>>
  readonly days: number
}

export function referenceOf(
  reference: readonly (readonly PassingFact[])[],
  geometry: PassingGeometry,
): PassingReference {
  const days = reference.map((facts) => sidesOf(facts, geometry))
  const all = (side: keyof Sides) => days.flatMap((one) => one[side])
  return {
    estimate: estimateZone(reference.flat(), geometry),
    sides: { entry: all('entry'), exit: all('exit') },
    unrest: { entry: unrest(days, 'entry'), exit: unrest(days, 'exit') },
    days: days.length,
  }
}

function movedEnd(
  reference: PassingReference,
  side: keyof Sides,
  day: Sides,
  after: PassingEstimate,
): DriftAlarm | null {
  // An end not shown by the reference is not watched: its observation depends on the lane, not on the antenna.
  if (side === 'exit' && !reference.estimate.exit.known) return null
  const z = shorterBy(reference.sides[side], day[side]) / reference.unrest[side]
  const [was, is] = [placeOf(reference.estimate, side), placeOf(after, side)]
  const isSmall = was !== null && is !== null && Math.abs(is - was) < shiftMinMm
  if (Math.abs(z) <= zAlarm || isSmall) return null
  return { code: codeOf(side, z), what: side, before: was, after: is, z }
}

function moreBeside(before: PassingEstimate, after: PassingEstimate): DriftAlarm | null {
  const [usual, today] = [before.beside, after.beside]
  if (!usual.known || !today.known) return null
  const p = roseP(
    { events: usual.reads, passages: before.passages },
    { events: today.reads, passages: after.passages },
  )
  if (p >= pAlarm) return null
  const [was, is] = [usual.perHundred, today.perHundred]
  return { code: 'SURVEY-47', what: 'beside', before: was, after: is, z: null }
}

export function driftOf(
  reference: PassingReference,
  day: readonly PassingFact[],
  geometry: PassingGeometry,
): DriftAnswer {
  const after = estimateZone(day, geometry)
  const { referencePassages, dayPassages } = driftNeeds
  const before = reference.estimate
  if (before.usable < referencePassages)
    return { known: false, why: 'noReference', needed: referencePassages, passages: before.usable }
  if (after.usable < dayPassages)
    return { known: false, why: 'tooFewPassages', needed: dayPassages, passages: after.usable }
  const sides = sidesOf(day, geometry)
  const alarms = [
    movedEnd(reference, 'entry', sides, after),
    movedEnd(reference, 'exit', sides, after),
    moreBeside(before, after),
  ].filter((alarm) => alarm !== null)
  return { known: true, alarms, days: reference.days }
}
