// A drawing or photo of the site with a scale: two points and their known distance say how far a pixel
// reaches, a second distance proves it, and the lane's area is laid on it. The window draws with it, too.

/** In the plan of the grid (survey/pure/field/grid.ts). */
interface PlanMm {
  readonly xMm: number
  readonly yMm: number
}

export interface PointPx {
  readonly xPx: number
  readonly yPx: number
}

/** A line drawn on the picture and its length on site. */
export interface MeasuredLine {
  readonly from: PointPx
  readonly to: PointPx
  readonly lengthMm: number
}

/** Where the grid begins on the picture, and a point towards which y runs: away from the boom. */
export interface PlacedPx {
  readonly origin: PointPx
  readonly along: PointPx
}

/** Shorter ones are picked too roughly: two pixels off are 4 % of it. Our own convention. */
export const lineMinPx = 50
/** The check distance fits within 2 %; above 10 % the two contradict each other. Our own convention. */
const scaleFitsWithin = 0.02
const scaleRefusedAbove = 0.1

export const lengthPx = ({ from, to }: Pick<MeasuredLine, 'from' | 'to'>): number =>
  Math.hypot(to.xPx - from.xPx, to.yPx - from.yPx)

export const mmPerPx = (known: MeasuredLine): number => known.lengthMm / lengthPx(known)

export interface ScaleFigures {
  readonly mmPerPx: number
  /** The check distance as the scale reads it. */
  readonly checkMm: number
  /** Relative error: (measured - stated) / stated. */
  readonly error: number
  readonly verdict: 'fits' | 'off' | 'contradicts'
}

export function scaleFigures(known: MeasuredLine, check: MeasuredLine): ScaleFigures {
  const scale = mmPerPx(known)
  const checkMm = lengthPx(check) * scale
  const error = (checkMm - check.lengthMm) / check.lengthMm
  const apart = Math.abs(error)
  const verdict =
    apart <= scaleFitsWithin ? 'fits' : apart <= scaleRefusedAbove ? 'off' : 'contradicts'
  return { mmPerPx: scale, checkMm, error, verdict }
}

/** Both ways between the plan of the grid and the picture. */
interface DrawingMap {
  toPx(point: PlanMm): PointPx
  toMm(point: PointPx): PlanMm
}

/**
 * x of the grid runs to the driver's right, who comes along -y: on a picture seen from above that is
 * a quarter turn against the clock from y, for pixels run downwards. Null where along is the origin.
 */
export function drawingMap(scaleMmPerPx: number, { origin, along }: PlacedPx): DrawingMap | null {
  const [dx, dy] = [along.xPx - origin.xPx, along.yPx - origin.yPx]
  const length = Math.hypot(dx, dy)
  if (length === 0 || !(scaleMmPerPx > 0)) return null
  const y = { xPx: dx / length, yPx: dy / length }
  const x = { xPx: y.yPx, yPx: -y.xPx }
  return {
    toPx: ({ xMm, yMm }) => ({
      xPx: origin.xPx + (x.xPx * xMm + y.xPx * yMm) / scaleMmPerPx,
      yPx: origin.yPx + (x.yPx * xMm + y.yPx * yMm) / scaleMmPerPx,
    }),
    toMm: ({ xPx, yPx }) => {
      const [px, py] = [xPx - origin.xPx, yPx - origin.yPx]
      return {
        xMm: (px * x.xPx + py * x.yPx) * scaleMmPerPx,
        yMm: (px * y.xPx + py * y.yPx) * scaleMmPerPx,
      }
    },
  }
}

/** The corners of an area on the picture, in order around it. */
export const areaOnDrawing = (
  map: DrawingMap,
  { widthMm, lengthMm }: { readonly widthMm: number; readonly lengthMm: number },
): readonly PointPx[] =>
  [
    [0, 0],
    [widthMm, 0],
    [widthMm, lengthMm],
    [0, lengthMm],
  ].map(([xMm = 0, yMm = 0]) => map.toPx({ xMm, yMm }))
