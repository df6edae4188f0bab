// Prediction for a setting of the antenna as a picture: raster, line of the limit, zone, score. By the model alone, or with the
// correction by readings. A slider redraws it, so that invariant parts are computed once.
import { contourOf } from '../field/contour.ts'
import type { Raster } from '../field/field-map.ts'
import type { GridTemplate, PointMm } from '../field/grid.ts'
import { zoneOf, type Zone } from '../field/zone.ts'
import { aimPoints, scoreOf, type Aim, type AimPoints, type AimScore } from './aim.ts'
import { levelsOf, rippleOf, usualAir, type Antenna } from './antenna.ts'
import { shadowLevel, type FieldShadow } from './fitted-field.ts'
import { evenly, modelLevels, type RasterPlan } from './model-raster.ts'
import { neighbourArea, neighbourPlaces, type NeighbourLane } from './neighbour.ts'

/** Columns and rows of the picture. */
const pictureSide = 60
/** Around the area, so that an edge outside it is seen. */
const aroundMm = 1_500

function picturePlan(grid: GridTemplate, neighbour: NeighbourLane | null = null): RasterPlan {
  const next = neighbour === null ? null : neighbourArea(grid, neighbour)
  const leftMm = Math.min(-aroundMm, next?.leftMm ?? 0)
  const rightMm = Math.max(grid.widthMm + aroundMm, next?.rightMm ?? 0)
  return {
    columns: evenly(leftMm, rightMm, pictureSide),
    rows: evenly(-aroundMm, grid.lengthMm + aroundMm, pictureSide),
    heightMm: grid.heightMm,
  }
}

/** All that stays as it is while the antenna is moved. */
interface Scene {
  readonly plan: RasterPlan
  readonly aim: AimPoints
  /** Correction by the readings at each place of the raster, then of the aim; null: no correction. */
  readonly shadows: { readonly raster: Float64Array; readonly aim: Float64Array } | null
  readonly middle: PointMm
}

export function sceneOf(
  aim: Aim,
  neighbour: NeighbourLane | null = null,
  shadow: FieldShadow | null = null,
): Scene {
  const { grid } = aim
  const next = neighbour === null ? [] : neighbourPlaces(grid, neighbour)
  const points = aimPoints({ ...aim, neighbours: [...aim.neighbours, ...next] })
  const plan = picturePlan(grid, neighbour)
  const all = plan.rows.flatMap((yMm) => plan.columns.map((xMm) => ({ xMm, yMm })))
  const added = (at: readonly PointMm[], of: FieldShadow): Float64Array =>
    Float64Array.from(at, (point) => shadowLevel(of, point))
  return {
    plan,
    aim: points,
    middle: { xMm: grid.widthMm / 2, yMm: grid.lengthMm / 2 },
    shadows:
      shadow === null ? null : { raster: added(all, shadow), aim: added(points.points, shadow) },
  }
}

export interface PredictedZone {
  readonly raster: Raster
  readonly zone: Zone | null
  readonly contour: readonly (readonly PointMm[])[]
  /** Effect of the interference stripes on a reading in the middle of the area, dB. */
  readonly rippleDb: number
  readonly score: AimScore
}

const add = (levels: Float64Array, more: Float64Array | undefined): Float64Array =>
  more === undefined ? levels : levels.map((level, i) => level + (more[i] ?? 0))

export function predictedZone(antenna: Antenna, scene: Scene, air = usualAir): PredictedZone {
  const { plan, aim, shadows, middle } = scene
  const { columns, rows, heightMm } = plan
  const levels = Array.from(add(modelLevels(antenna, plan, air), shadows?.raster))
  const raster = { columns, rows, levels }
  const level = levelsOf(antenna, air)
  const there = Float64Array.from(aim.points, ({ xMm, yMm }) => level(xMm, yMm, heightMm))
  const ripple = rippleOf(antenna, air)(middle.xMm, middle.yMm, heightMm)
  return {
    raster,
    zone: zoneOf(raster, aim.limitDbm),
    contour: contourOf(raster, aim.limitDbm),
    rippleDb: Math.round(ripple * 100) / 100,
    score: scoreOf(aim, add(there, shadows?.aim)),
  }
}
