// The aim of a field: strong where the lane needs it, weak around and in the adjacent lane, strongest at
// the trigger. One figure for the search; the containment score is in it as reports show it.
import type { Mount } from './antenna.ts'
import { inArea } from '../field/area.ts'
import { exactContainment } from '../field/containment.ts'
import { gridPoints, type GridTemplate, type PointMm } from '../field/grid.ts'
import type { AreaMm } from '../file/record.ts'

export interface Aim {
  readonly grid: GridTemplate
  /** The part of the lane that needs the zone; null: all of it. */
  readonly needed: AreaMm | null
  readonly trigger: PointMm | null
  /** Places next door that are to be spared. */
  readonly neighbours: readonly PointMm[]
  readonly limitDbm: number
}

export interface AimPoints {
  readonly points: readonly PointMm[]
  /** Number of points inside, then around; the others are in the adjacent lane. */
  readonly inside: number
  readonly around: number
  /** The inside point nearest the trigger; null: trigger not stated. */
  readonly triggerAt: number | null
  readonly limitDbm: number
}

const apartMm = (a: PointMm, b: PointMm): number => Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm)

export function aimPoints({ grid, needed, trigger, neighbours, limitDbm }: Aim): AimPoints {
  const all = gridPoints(grid)
  const inside = all.filter(
    (point) => point.part === 'inside' && (needed === null || inArea(needed, point)),
  )
  const around = all.filter(({ part }) => part === 'ring')
  let triggerAt: number | null = null
  if (trigger !== null)
    inside.forEach((point, i) => {
      const best = inside[triggerAt ?? 0] ?? point
      if (triggerAt === null || apartMm(point, trigger) < apartMm(best, trigger)) triggerAt = i
    })
  return {
    points: [...inside, ...around, ...neighbours],
    inside: inside.length,
    around: around.length,
    triggerAt,
    limitDbm,
  }
}

export interface AimScore {
  /** As reports show it (containment.ts), not rounded. */
  readonly containment: number
  /** Difference in dB between the strongest place inside and the trigger. */
  readonly triggerDropDb: number | null
  /** From the strongest point inside to the trigger's point. */
  readonly strongestAt: number
  readonly neighbourDbm: number | null
  readonly figure: number
}

/** Points of the score that each dB costs by which the trigger is not the strongest place; ours. */
const costPerDropDb = 2

export function scoreOf(aim: AimPoints, levels: Float64Array): AimScore {
  const inside = levels.subarray(0, aim.inside)
  const around = levels.subarray(aim.inside, aim.inside + aim.around)
  const neighbour = levels.subarray(aim.inside + aim.around)
  const containment = exactContainment({ inside, around, neighbour }, aim.limitDbm) ?? 0
  let strongestAt = 0
  inside.forEach((level, i) => {
    if (level > (inside[strongestAt] ?? level)) strongestAt = i
  })
  const strongest = inside[strongestAt] ?? -Infinity
  const triggerDropDb =
    aim.triggerAt === null ? null : strongest - (inside[aim.triggerAt] ?? strongest)
  return {
    containment,
    triggerDropDb,
    strongestAt,
    neighbourDbm: neighbour.length === 0 ? null : Math.max(...neighbour),
    figure: containment - costPerDropDb * (triggerDropDb ?? 0),
  }
}

export interface Hanging {
  readonly mount: Mount
  readonly powerStep: number
}
