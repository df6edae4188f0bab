// Where a camera that turns points, by its own count: two positions are one place within what its motors repeat.

export interface Position {
  /** Degrees, counted around. */
  readonly panDeg: number
  readonly tiltDeg: number
  readonly zoom: number
}

/** Assumed: domes repeat a preset within a tenth of a degree, and their spaces are wider than this. */
const nearDeg = 1
const nearZoom = 0.2
const nearZoomShare = 0.05

/** Of a camera that does not move any more, within the count of its motors. */
const stillDeg = 0.15

/** Two positions are one place. */
export const isNear = (a: Position, b: Position): boolean => isWithin(a, b, nearDeg)
/** Two questions in a row found the camera at rest. */
export const isStill = (a: Position, b: Position): boolean => isWithin(a, b, stillDeg)

function isWithin(a: Position, b: Position, mostDeg: number): boolean {
  const aroundDeg = Math.abs(a.panDeg - b.panDeg) % 360
  const panDeg = Math.min(aroundDeg, 360 - aroundDeg)
  const zoomMax = Math.max(nearZoom, nearZoomShare * Math.max(Math.abs(a.zoom), Math.abs(b.zoom)))
  return (
    panDeg <= mostDeg &&
    Math.abs(a.tiltDeg - b.tiltDeg) <= mostDeg &&
    Math.abs(a.zoom - b.zoom) <= zoomMax
  )
}
