// Parts of the pictures of streets (7.2), shared by the open layouts: three spaces along the kerb, and what serves each.
import type { PicturePart } from './layouts/layout.ts'

const spacesAt = [150, 300, 450] as const
/** Both ends of the road. */
const endsAt = [36, 564] as const

type OfSpace = 'space' | 'sensor' | 'pile' | 'roadCamera'
export const atSpaces = (part: OfSpace): readonly PicturePart[] =>
  spacesAt.map((at) => ({ part, at }))
export const gantries: readonly PicturePart[] = endsAt.map((at) => ({ part: 'gantry', at }))
