// The interpolated field between readings, to be drawn under them in bands, only near readings. Adjacent cells of one band in
// a row form one piece.
import { rasterOf, type MeasuredPoint, type Raster } from './field-map.ts'
import { stations } from './grid.ts'
import { bandOf } from './heat-bands.ts'
import type { AreaMm } from '../file/record.ts'

interface GroundPiece extends AreaMm {
  readonly band: number
}

/** Finer than the grid, coarse enough to be drawn at once. */
const betweenMm = 100

/** Over the area and so far around it. */
export function groundRaster(
  points: readonly MeasuredPoint[],
  area: { readonly widthMm: number; readonly lengthMm: number },
  aroundMm: number,
): Raster {
  const axis = (mm: number): readonly number[] =>
    stations(mm + 2 * aroundMm, betweenMm).map((at) => at - aroundMm)
  return rasterOf(points, axis(area.widthMm), axis(area.lengthMm))
}

export function groundPieces({ columns, rows, levels }: Raster): readonly GroundPiece[] {
  const half = betweenMm / 2
  const across = columns.length
  return rows.flatMap((yMm, row) => {
    const bandAt = (column: number): number | null => {
      const level = column < across ? (levels[row * across + column] ?? null) : null
      return level === null ? null : bandOf(level)
    }
    const pieces: GroundPiece[] = []
    for (let from = 0; from < across;) {
      const band = bandAt(from)
      let end = from + 1
      while (end < across && bandAt(end) === band) end++
      if (band !== null)
        pieces.push({
          band,
          leftMm: (columns[from] ?? 0) - half,
          rightMm: (columns[end - 1] ?? 0) + half,
          nearMm: yMm - half,
          farMm: yMm + half,
        })
      from = end
    }
    return pieces
  })
}
