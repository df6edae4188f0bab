// The zone of an antenna that nobody has mounted yet, by the model alone: raster, line of the limit, size.
// What a slider redraws; what readings say of it comes with fit.ts.
import { contourOf } from '../../core/survey/contour.ts'
import type { GridTemplate, PointMm } from '../../core/survey/grid.ts'
import type { Raster } from '../../core/survey/field-map.ts'
import { rippleOf, usualAir, type Antenna } from '../../core/survey/model/antenna.ts'
import { evenly, modelRaster, type RasterPlan } from '../../core/survey/model/model-raster.ts'
import { zoneOf, type Zone } from '../../core/survey/zone.ts'

/** Columns and rows of the picture. */
const pictureSide = 60
/** Around the area, so that an edge outside it is seen. */
const aroundMm = 1_500

export const picturePlan = ({ widthMm, lengthMm, heightMm }: GridTemplate): RasterPlan => ({
  columns: evenly(-aroundMm, widthMm + aroundMm, pictureSide),
  rows: evenly(-aroundMm, lengthMm + aroundMm, pictureSide),
  heightMm,
})

export interface PredictedZone {
  readonly raster: Raster
  readonly zone: Zone | null
  readonly contour: readonly (readonly PointMm[])[]
  /** How much the stripes of the two rays move a reading in the middle of the area. */
  readonly rippleDb: number
}

export function predictedZone(
  antenna: Antenna,
  grid: GridTemplate,
  limitDbm: number,
  air = usualAir,
): PredictedZone {
  const raster = modelRaster(antenna, picturePlan(grid), air)
  const ripple = rippleOf(antenna, air)(grid.widthMm / 2, grid.lengthMm / 2, grid.heightMm)
  return {
    raster,
    zone: zoneOf(raster, limitDbm),
    contour: contourOf(raster, limitDbm),
    rippleDb: Math.round(ripple * 100) / 100,
  }
}
