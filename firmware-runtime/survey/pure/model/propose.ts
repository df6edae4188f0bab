// Which power step and which angles to try next: each step at every third degree, then each degree around
// the best, judged by the fitted field and bounded by row 5: what does not fail it now is never made to. A proposal
// only: power is written by the configuration's diff, angles by a wrench.
import { type Aim, aimPoints, type AimPoints, type AimScore, type Hanging, scoreOf } from './aim.ts'
import type { PointMm } from '../field/grid.ts'
import type { Mount } from './antenna.ts'
import type { ModelFit } from './fit.ts'
import { modelLevel } from './parameters.ts'
import {
  row5BySteps,
  row5Extremes,
  row5Judged,
  row5Places,
  type Row5,
  type Row5Expected,
} from './row5.ts'
import { conditionalDraws, shadowsOf, type ConditionalDraw } from './conditional-draws.ts'

export interface Range {
  readonly min: number
  readonly max: number
}

export interface SearchLimits {
  readonly powerStep: Range
  readonly downDeg: Range
  readonly azimuthDeg: Range
}

export interface Expected {
  /** 0 to 100; the middle of the possible draws, and where four fifths of them lie. */
  readonly containment: number
  readonly low: number
  readonly high: number
  readonly eirpDbm: number
  readonly strongest: PointMm
  readonly triggerDropDb: number | null
  readonly strongestOffMm: number | null
  readonly neighbourDbm: number | null
  /** Null: no needed area was declared, and row 5 bounds nothing. */
  readonly row5: Row5Expected | null
}

export interface AntennaProposal {
  readonly now: Hanging & { readonly expected: Expected }
  readonly next: Hanging & { readonly expected: Expected }
  /** In how many of the possible draws `next` contains the zone better than `now`, 0 to 1. */
  readonly betterChance: number
  readonly changed: boolean
  /** Power steps that, at the present angles, do not fail row 5, or fail it least; null: no bounds. */
  readonly powerSteps: Range | null
  /** Number of settings judged. */
  readonly tried: number
}

/** EIRP limit of GB/T 20851.1 as rsu-interface.md 6.1 has it, dBm. */
export const eirpMaxDbm = 33
/** Penalty per degree and step of change, so that no adjustment is proposed without a gain. */
const costPerTurn = 0.1
/** Number of draws: probabilities in steps of half a percent. */
const drawCount = 200

const coarseDeg = 3

const inclusive = ({ min, max }: Range, by = 1): readonly number[] =>
  Array.from({ length: Math.max(0, Math.floor((max - min) / by) + 1) }, (_, i) => min + i * by)

/** Whole degrees around the best of the coarse search, inside the limits. */
const around = ({ min, max }: Range, at: number): Range => ({
  min: Math.max(min, Math.ceil(at) - coarseDeg + 1),
  max: Math.min(max, Math.floor(at) + coarseDeg - 1),
})

const eirpAt = ({ base, values }: ModelFit, powerStep: number): number =>
  (values[0] ?? 0) + (values[1] ?? 0) * (powerStep - base.atStep)

interface Found extends Hanging {
  readonly figure: number
  /** dB by which it fails row 5; 0: it does not. */
  readonly failsByDb: number
}

const isBetter = (a: Found, b: Found): boolean =>
  a.failsByDb === b.failsByDb ? a.figure > b.figure : a.failsByDb < b.failsByDb

/** The places at which a setting is judged: those of the aim, then those of row 5. */
interface Judging {
  readonly fit: ModelFit
  readonly aim: AimPoints
  readonly row5: Row5 | null
  readonly places: readonly PointMm[]
  readonly zMm: number
  readonly draws: readonly ConditionalDraw[]
}

function judgingOf(fit: ModelFit, { aim, row5, zMm }: Pick<Judging, 'aim' | 'row5' | 'zMm'>) {
  const places = [...aim.points, ...row5Places(row5)]
  return { fit, aim, row5, places, zMm, draws: conditionalDraws(fit, places, zMm, drawCount) }
}

/** How much worse the extremes of the draws are than those of the mean field, for the present mount. */
function roughness({ aim, row5, draws }: Judging, now: Hanging, mean: Float64Array) {
  if (row5 === null) return { need: 0, out: 0 }
  const from = aim.points.length
  const drawn = row5BySteps(row5, draws, now, from)(now.powerStep)
  const smooth = row5Extremes(row5, mean, from)
  return { need: drawn.needDbm - smooth.need, out: drawn.outDbm - smooth.out }
}

function searched(judging: Judging, now: Hanging, limits: SearchLimits) {
  const { fit, aim, row5, places, zMm } = judging
  const { means } = shadowsOf(fit, places)
  const levels = new Float64Array(places.length)
  const own = levels.subarray(0, aim.points.length)
  let rough = { need: 0, out: 0 }
  const failsBy = (): number => {
    if (row5 === null) return 0
    const { need, out } = row5Extremes(row5, levels, aim.points.length)
    return row5Judged(row5, need + rough.need, out + rough.out).failsByDb
  }
  const steps = inclusive(limits.powerStep).filter((step) => eirpAt(fit, step) <= eirpMaxDbm)
  const weighed = (mount: Mount, powerStep: number, base: Float64Array): Found => {
    const add = eirpAt(fit, powerStep) - eirpAt(fit, now.powerStep)
    base.forEach((level, i) => (levels[i] = level + add))
    const turned =
      Math.abs(mount.downDeg - now.mount.downDeg) +
      Math.abs(mount.azimuthDeg - now.mount.azimuthDeg) +
      Math.abs(powerStep - now.powerStep)
    const figure = scoreOf(aim, own).figure - costPerTurn * turned
    return { mount, powerStep, figure, failsByDb: failsBy() }
  }
  const fieldOn = (mount: Mount): Float64Array => {
    const level = modelLevel(fit.base, fit.values, mount, now.powerStep)
    return means.map((add, i) => {
      const { xMm, yMm } = places[i] ?? { xMm: 0, yMm: 0 }
      return add + level(xMm, yMm, zMm)
    })
  }
  const asItIs = fieldOn(now.mount)
  rough = roughness(judging, now, asItIs)
  let best = weighed(now.mount, now.powerStep, asItIs)
  let tried = 1
  const among = (downs: readonly number[], azimuths: readonly number[]): void => {
    for (const downDeg of downs)
      for (const azimuthDeg of azimuths) {
        const mount = { ...now.mount, downDeg, azimuthDeg }
        const base = fieldOn(mount)
        for (const step of steps) {
          tried++
          const found = weighed(mount, step, base)
          if (isBetter(found, best)) best = found
        }
      }
  }
  among([now.mount.downDeg], [now.mount.azimuthDeg])
  among(inclusive(limits.downDeg, coarseDeg), inclusive(limits.azimuthDeg, coarseDeg))
  const { downDeg, azimuthDeg } = best.mount
  among(
    inclusive(around(limits.downDeg, downDeg)),
    inclusive(around(limits.azimuthDeg, azimuthDeg)),
  )
  return { best, tried }
}

const part = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0

function expectedOf(
  { fit, aim: points, row5, draws }: Judging,
  { trigger }: Aim,
  hanging: Hanging,
  of: readonly AimScore[],
  middle: AimScore,
): Expected {
  const scores = of.map(({ containment }) => containment).toSorted((a, b) => a - b)
  const strongest = points.points[middle.strongestAt] ?? { xMm: 0, yMm: 0 }
  return {
    containment: part(scores, 0.5),
    low: part(scores, 0.1),
    high: part(scores, 0.9),
    eirpDbm: eirpAt(fit, hanging.powerStep),
    strongest: { xMm: strongest.xMm, yMm: strongest.yMm },
    triggerDropDb: middle.triggerDropDb,
    strongestOffMm:
      trigger === null
        ? null
        : Math.round(Math.hypot(strongest.xMm - trigger.xMm, strongest.yMm - trigger.yMm)),
    neighbourDbm: middle.neighbourDbm,
    row5:
      row5 === null
        ? null
        : row5BySteps(row5, draws, hanging, points.points.length)(hanging.powerStep),
  }
}

/** Result of a setting in each draw, and in their median. */
function judged(judging: Judging, aim: Aim, hanging: Hanging) {
  const { fit, aim: points, draws, zMm } = judging
  const { means } = shadowsOf(fit, points.points)
  const level = modelLevel(fit.base, fit.values, hanging.mount, hanging.powerStep)
  const middle = means.map((add, i) => {
    const { xMm, yMm } = points.points[i] ?? { xMm: 0, yMm: 0 }
    return add + level(xMm, yMm, zMm)
  })
  const scores = draws.map((draw) =>
    scoreOf(
      points,
      draw.levels(hanging.mount, hanging.powerStep).subarray(0, points.points.length),
    ),
  )
  return { scores, expected: expectedOf(judging, aim, hanging, scores, scoreOf(points, middle)) }
}

function stepsWithin({ aim, row5, draws, fit }: Judging, now: Hanging, all: Range): Range | null {
  if (row5 === null) return null
  const expected = row5BySteps(row5, draws, now, aim.points.length)
  const steps = inclusive(all).filter((step) => eirpAt(fit, step) <= eirpMaxDbm)
  const fails = steps.map((step) => expected(step).failsByDb)
  const least = Math.min(...fails)
  const good = steps.filter((_, i) => fails[i] === least)
  return good.length === 0 ? null : { min: Math.min(...good), max: Math.max(...good) }
}

const failsOf = ({ expected }: ReturnType<typeof judged>): number => expected.row5?.failsByDb ?? 0

export function proposeAntenna(
  fit: ModelFit,
  aim: Aim,
  now: Hanging,
  limits: SearchLimits,
  row5: Row5 | null = null,
): AntennaProposal {
  const judging = judgingOf(fit, { aim: aimPoints(aim), row5, zMm: aim.grid.heightMm })
  const { best, tried } = searched(judging, now, limits)
  const before = judged(judging, aim, now)
  const found = judged(judging, aim, best)
  // If the search by the mean field was too optimistic, the present setting stays.
  const isWorse = failsOf(found) > failsOf(before)
  const after = isWorse ? before : found
  const { mount, powerStep }: Hanging = isWorse ? now : best
  const better = after.scores.filter(
    ({ containment }, i) => containment > (before.scores[i]?.containment ?? 0),
  )
  return {
    now: { ...now, expected: before.expected },
    next: { mount, powerStep, expected: after.expected },
    betterChance: better.length / judging.draws.length,
    changed: mount !== now.mount || powerStep !== now.powerStep,
    powerSteps: stepsWithin(judging, now, limits.powerStep),
    tried,
  }
}
