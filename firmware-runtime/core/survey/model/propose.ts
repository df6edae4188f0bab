// Which power step and which angles to try next: each step at every third degree, then each degree around
// the best, judged by the fitted field. A proposal only: power is written by the configuration's diff, angles by a wrench.
import type { PointMm } from '../grid.ts'
import type { Mount } from './antenna.ts'
import { aimPoints, scoreOf, type Aim, type AimPoints, type AimScore } from './aim.ts'
import type { ModelFit } from './fit.ts'
import { modelLevel } from './parameters.ts'
import { possibleWorlds, shadowsOf } from './worlds.ts'

export interface Range {
  readonly min: number
  readonly max: number
}

export interface SearchLimits {
  readonly powerStep: Range
  readonly downDeg: Range
  readonly azimuthDeg: Range
}

export interface Hanging {
  readonly mount: Mount
  readonly powerStep: number
}

export interface Expected {
  /** 0 to 100; the middle of the possible worlds, and where four fifths of them lie. */
  readonly containment: number
  readonly low: number
  readonly high: number
  readonly eirpDbm: number
  readonly strongest: PointMm
  readonly triggerDropDb: number | null
  readonly strongestOffMm: number | null
  readonly neighbourDbm: number | null
}

export interface AntennaProposal {
  readonly now: Hanging & { readonly expected: Expected }
  readonly next: Hanging & { readonly expected: Expected }
  /** In how many of the possible worlds `next` contains the zone better than `now`, 0 to 1. */
  readonly betterChance: number
  readonly changed: boolean
  /** How many settings were judged. */
  readonly tried: number
}

/** EIRP limit of GB/T 20851.1 as rsu-interface.md 6.1 has it, dBm. */
export const eirpMaxDbm = 33
/** Points of the figure for each degree and step that differs: nobody turns a wrench for nothing. */
const costPerTurn = 0.1
const worldCount = 60

const coarseDeg = 3

const inclusive = ({ min, max }: Range, by = 1): readonly number[] =>
  Array.from({ length: Math.max(0, Math.floor((max - min) / by) + 1) }, (_, i) => min + i * by)

/** Whole degrees around the best of the coarse search, inside the limits. */
const around = ({ min, max }: Range, at: number): Range => ({
  min: Math.max(min, Math.ceil(at) - coarseDeg + 1),
  max: Math.min(max, Math.floor(at) + coarseDeg - 1),
})

export const eirpAt = ({ base, values }: ModelFit, powerStep: number): number =>
  (values[0] ?? 0) + (values[1] ?? 0) * (powerStep - base.atStep)

interface Found extends Hanging {
  readonly figure: number
}

function searched(fit: ModelFit, aim: AimPoints, zMm: number, now: Hanging, limits: SearchLimits) {
  const { means } = shadowsOf(fit, aim.points)
  const levels = new Float64Array(aim.points.length)
  const steps = inclusive(limits.powerStep).filter((step) => eirpAt(fit, step) <= eirpMaxDbm)
  const weighed = (mount: Mount, powerStep: number, base: Float64Array): Found => {
    const add = eirpAt(fit, powerStep) - eirpAt(fit, now.powerStep)
    base.forEach((level, i) => (levels[i] = level + add))
    const turned =
      Math.abs(mount.downDeg - now.mount.downDeg) +
      Math.abs(mount.azimuthDeg - now.mount.azimuthDeg) +
      Math.abs(powerStep - now.powerStep)
    return { mount, powerStep, figure: scoreOf(aim, levels).figure - costPerTurn * turned }
  }
  const fieldOn = (mount: Mount): Float64Array => {
    const level = modelLevel(fit.base, fit.values, mount, now.powerStep)
    return means.map((add, i) => {
      const { xMm, yMm } = aim.points[i] ?? { xMm: 0, yMm: 0 }
      return add + level(xMm, yMm, zMm)
    })
  }
  let best = weighed(now.mount, now.powerStep, fieldOn(now.mount))
  let tried = 1
  const among = (downs: readonly number[], azimuths: readonly number[]): void => {
    for (const downDeg of downs)
      for (const azimuthDeg of azimuths) {
        const mount = { ...now.mount, downDeg, azimuthDeg }
        const base = fieldOn(mount)
        for (const step of steps) {
          tried++
          const found = weighed(mount, step, base)
          if (found.figure > best.figure) best = found
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
  fit: ModelFit,
  aim: Aim,
  points: AimPoints,
  hanging: Hanging,
  of: readonly AimScore[],
  middle: AimScore,
): Expected {
  const scores = of.map(({ containment }) => containment).toSorted((a, b) => a - b)
  const strongest = points.points[middle.strongestAt] ?? { xMm: 0, yMm: 0 }
  const { trigger } = aim
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
  }
}

export function proposeAntenna(
  fit: ModelFit,
  aim: Aim,
  now: Hanging,
  limits: SearchLimits,
): AntennaProposal {
  const points = aimPoints(aim)
  const zMm = aim.grid.heightMm
  const { best, tried } = searched(fit, points, zMm, now, limits)
  const next: Hanging = { mount: best.mount, powerStep: best.powerStep }
  const worlds = possibleWorlds(fit, points.points, zMm, worldCount)
  const { means } = shadowsOf(fit, points.points)
  const judged = (hanging: Hanging) => {
    const level = modelLevel(fit.base, fit.values, hanging.mount, hanging.powerStep)
    const middle = means.map((add, i) => {
      const { xMm, yMm } = points.points[i] ?? { xMm: 0, yMm: 0 }
      return add + level(xMm, yMm, zMm)
    })
    const scores = worlds.map((w) => scoreOf(points, w.levels(hanging.mount, hanging.powerStep)))
    return {
      scores,
      expected: expectedOf(fit, aim, points, hanging, scores, scoreOf(points, middle)),
    }
  }
  const [before, after] = [judged(now), judged(next)]
  const better = after.scores.filter(
    ({ containment }, i) => containment > (before.scores[i]?.containment ?? 0),
  )
  return {
    now: { ...now, expected: before.expected },
    next: { ...next, expected: after.expected },
    betterChance: better.length / worlds.length,
    changed: best.mount !== now.mount || best.powerStep !== now.powerStep,
    tried,
  }
}
