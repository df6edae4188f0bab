// The geometry of the fence picture: shape, position of the device, its error, and the scale bar.
// For drawing only: the runtime alone decides whether a charge is allowed.
import type { PlaceView } from '#lane/calls/place-views.ts'

interface Point {
  readonly latMicrodeg: number
  readonly lonMicrodeg: number
}
/** Metres east and north of the picture's centre. */
interface Metres {
  readonly east: number
  readonly north: number
}

export const pictureSize = { width: 320, height: 240 } as const
/** Half of the drawn area in px, without the room for words and scale bar. */
const roomPx = 100
/** A device further away than this many fence sizes is drawn at the edge, with an arrow. */
const farTimes = 2.5
/** Metres per microdegree: mean radius of the earth times pi / 180 (core/place/fence.ts). */
const metresPerMicrodeg = 0.111195
const wholeTurn = 360_000_000
/** Half of the drawn area in metres, around a device without a fence. */
const loneHalfM = 8
const scaleSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] as const
const scalePxMax = 90

function offset(from: Point, to: Point): Metres {
  let east = to.lonMicrodeg - from.lonMicrodeg
  if (east > wholeTurn / 2) east -= wholeTurn
  if (east < -wholeTurn / 2) east += wholeTurn
  const narrowing = Math.cos((from.latMicrodeg * Math.PI) / 180_000_000)
  return {
    east: east * narrowing * metresPerMicrodeg,
    north: (to.latMicrodeg - from.latMicrodeg) * metresPerMicrodeg,
  }
}

const length = ({ east, north }: Metres): number => Math.hypot(east, north)

/** The centre of the fence, or the device's position without a fence. */
function middleOf({ fence, position }: PlaceView): Point | null {
  if (fence === null) return position
  if (fence.shape === 'circle') return fence.center
  const lats = fence.points.map((point) => point.latMicrodeg)
  const lons = fence.points.map((point) => point.lonMicrodeg)
  const half = (all: readonly number[]): number => (Math.min(...all) + Math.max(...all)) / 2
  return { latMicrodeg: half(lats), lonMicrodeg: half(lons) }
}

function toSegment(at: Metres, a: Metres, b: Metres): number {
  const [dx, dy] = [b.east - a.east, b.north - a.north]
  const along = (at.east - a.east) * dx + (at.north - a.north) * dy
  const part = Math.max(0, Math.min(1, along / (dx * dx + dy * dy || 1)))
  return length({ east: at.east - a.east - part * dx, north: at.north - a.north - part * dy })
}

/** Whole metres from the device to its fence line; null where either is unknown. */
export function metresToFence({ fence, position }: PlaceView): number | null {
  if (fence === null || position === null) return null
  if (fence.shape === 'circle')
    return Math.round(Math.abs(length(offset(fence.center, position)) - fence.radiusM))
  const corners = fence.points.map((point) => offset(position, point))
  const here = { east: 0, north: 0 }
  const distances = corners.map((a, i) =>
    toSegment(here, a, corners[(i + 1) % corners.length] ?? a),
  )
  return Math.round(Math.min(...distances))
}

interface Scene {
  readonly circle: { readonly r: number } | null
  /** `x,y` pairs of a polygon. */
  readonly points: string | null
  readonly device: {
    readonly x: number
    readonly y: number
    /** Radius of the position's error in px; null: unknown. */
    readonly errorR: number | null
    /**
     * Set when the device is outside the picture: whole metres from the centre, and the direction in degrees from the
     * right.
     */
    readonly beyond: { readonly metres: number; readonly turnDeg: number } | null
  } | null
  readonly scale: { readonly metres: number; readonly px: number }
}

/** Null when neither fence nor position is known. */
export function sceneOf(place: PlaceView): Scene | null {
  const { fence, position } = place
  const middle = middleOf(place)
  if (middle === null) return null
  const corners =
    fence?.shape === 'polygon' ? fence.points.map((point) => offset(middle, point)) : []
  const fenceHalf =
    fence === null
      ? loneHalfM
      : fence.shape === 'circle'
        ? fence.radiusM
        : Math.max(...corners.map(({ east, north }) => Math.max(Math.abs(east), Math.abs(north))))
  const at = position === null ? null : offset(middle, position)
  const awayM = at === null ? 0 : Math.max(Math.abs(at.east), Math.abs(at.north))
  const isFar = awayM > fenceHalf * farTimes
  const half = Math.max(fenceHalf, isFar ? 0 : awayM)
  const pxPerM = roomPx / half
  const [midX, midY] = [pictureSize.width / 2, pictureSize.height / 2]
  const x = (east: number): number => midX + east * pxPerM
  const y = (north: number): number => midY - north * pxPerM
  const scaleM = scaleSteps.findLast((metres) => metres * pxPerM <= scalePxMax) ?? scaleSteps[0]
  return {
    circle: fence?.shape === 'circle' ? { r: fence.radiusM * pxPerM } : null,
    points:
      fence?.shape === 'polygon'
        ? corners.map((c) => `${x(c.east).toFixed(1)},${y(c.north).toFixed(1)}`).join(' ')
        : null,
    device:
      at === null ? null : deviceOf(at, isFar, { x, y, pxPerM }, position?.accuracyMm ?? null),
    scale: { metres: scaleM, px: scaleM * pxPerM },
  }
}

interface Frame {
  x(east: number): number
  y(north: number): number
  readonly pxPerM: number
}

function deviceOf(
  at: Metres,
  isFar: boolean,
  { x, y, pxPerM }: Frame,
  accuracyMm: number | null,
): Scene['device'] {
  const errorR = accuracyMm === null ? null : (accuracyMm / 1000) * pxPerM
  if (!isFar) return { x: x(at.east), y: y(at.north), errorR, beyond: null }
  const awayM = length(at)
  const edgeM = roomPx / pxPerM
  const shown = { east: (at.east / awayM) * edgeM, north: (at.north / awayM) * edgeM }
  const turnDeg = Math.round((Math.atan2(-at.north, at.east) * 180) / Math.PI)
  return {
    x: x(shown.east),
    y: y(shown.north),
    errorR: null,
    beyond: { metres: Math.round(awayM), turnDeg },
  }
}
