// A fence as a person types or pastes it: one line with centre and radius, or a corner a line; and written that way.
import { degreesText, microdegOf } from '../data/degrees.ts'
import { bothOf, t, type BilingualText } from '../words/fault-text.ts'
import { fenceFault, lonMicrodegMax, type Fence, type GeoPoint } from './fence.ts'
import { placeRow } from './place-members.ts'

type FenceRead = { readonly fence: Fence | null } | { readonly bad: BilingualText }

const { circle, polygon } = placeRow.of.handheld.fence.of
const written = t(
  '圆写一行:纬度, 经度, 半径(米);多边形每行一个角:纬度, 经度',
  'A circle is one line of latitude, longitude and radius in metres; a polygon is a line of latitude and longitude for each corner',
)

/** A latitude above 90 degrees is read, so that two swapped numbers get a fault of their own. */
function pointOf([lat = '', lon = '']: readonly string[]): GeoPoint | null {
  const latMicrodeg = microdegOf(lat, lonMicrodegMax)
  const lonMicrodeg = microdegOf(lon, lonMicrodegMax)
  return latMicrodeg === null || lonMicrodeg === null ? null : { latMicrodeg, lonMicrodeg }
}

function shapeOf(lines: readonly (readonly string[])[]): Fence | null {
  const points = lines.map(pointOf)
  const [first = null, ...others] = points
  const [, , radius = ''] = lines[0] ?? []
  const { min, max } = circle.radiusM
  if (lines.length === 1 && lines[0]?.length === 3 && first !== null) {
    const radiusM = /^\d{1,4}$/.test(radius) ? Number(radius) : 0
    return radiusM < min || radiusM > max ? null : { shape: 'circle', center: first, radiusM }
  }
  const corners = points.flatMap((one) => (one === null ? [] : [one]))
  const isWhole = corners.length === lines.length && lines.every(({ length }) => length === 2)
  if (!isWhole || first === null || others.length < 2) return null
  const last = corners.at(-1)
  // Maps close a line by its first corner once more.
  const isClosed = last?.latMicrodeg === first.latMicrodeg && last.lonMicrodeg === first.lonMicrodeg
  const own = isClosed ? corners.slice(0, -1) : corners
  return own.length > polygon.points.max ? null : { shape: 'polygon', points: own }
}

/** Null: nothing is typed. */
export function fenceOfText(typed: string): FenceRead {
  const lines = typed
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.split(/[,;、\s]+/u).filter((part) => part !== ''))
    .filter(({ length }) => length > 0)
  if (lines.length === 0) return { fence: null }
  const fence = shapeOf(lines)
  if (fence === null) return { bad: written }
  const broken = fenceFault(fence)
  return broken === null ? { fence } : { bad: bothOf(broken.note) }
}

const cornerText = ({ latMicrodeg, lonMicrodeg }: GeoPoint): string =>
  `${degreesText(latMicrodeg)}, ${degreesText(lonMicrodeg)}`

export const fenceText = (fence: Fence | null): string => {
  if (fence === null) return ''
  return fence.shape === 'circle'
    ? `${cornerText(fence.center)}, ${fence.radiusM}`
    : fence.points.map(cornerText).join('\n')
}
/** How it is written, shown beside its field. */
export const fenceLike = written
