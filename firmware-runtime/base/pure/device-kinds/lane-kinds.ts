// The kinds of devices that a lane has links to, from the table of kinds.
import type { BilingualText } from '../words/fault-text.ts'
import { deviceKinds } from './table.ts'

type Kinds = typeof deviceKinds
export type LaneKind = {
  [K in keyof Kinds]: Kinds[K] extends { readonly lane: object } ? K : never
}[keyof Kinds]

/** A link of a lane in the lot file; null: the lane has no such device (8.1.1.1). */
const link = { kind: 'link', min: 1, max: 400, orNull: true, form: 'devices' } as const
type LinkRow<K extends LaneKind> = typeof link &
  Kinds[K]['lane']['link'] & { readonly flag: K; readonly words: BilingualText }

const parts = Object.entries(deviceKinds) as [LaneKind, Kinds[LaneKind]][]

/** All of them, in the order of that list. */
export const laneKindsBy = (list: keyof Kinds[LaneKind]['lane']['places']): readonly LaneKind[] =>
  parts
    .filter(([, row]) => 'lane' in row)
    .toSorted(([, a], [, b]) => a.lane.places[list] - b.lane.places[list])
    .map(([kind]) => kind)

/** In the order of the lot file. */
export const laneKinds = laneKindsBy('file')

export const isLaneKind = (name: string): name is LaneKind =>
  laneKinds.some((kind) => kind === name)

/** One value for each, in the order of the lot file. */
export const byLaneKind = <V>(of: (kind: LaneKind) => V): Readonly<Record<LaneKind, V>> =>
  Object.fromEntries(laneKinds.map((kind) => [kind, of(kind)])) as Record<LaneKind, V>

export const laneLinkMembers = byLaneKind((kind) => {
  const { lane } = deviceKinds[kind]
  return { ...link, ...lane.link, flag: kind, words: lane.words }
}) as { readonly [K in LaneKind]: LinkRow<K> }

/** The members of a lane in the lot file that are about its device of a kind. */
export function laneMembersOf(kind: LaneKind): readonly string[] {
  const { lane } = deviceKinds[kind]
  return [kind, ...('members' in lane ? lane.members : [])]
}

/** Address of the page of a device in the window; one of a pile or handheld has its place's. */
export const devicePage = (laneId: string, kind: string, place?: unknown): string => {
  const lane = encodeURIComponent(laneId)
  return place === undefined ? `/gear/${lane}/${kind}` : `/devices/places/${lane}`
}

/** The links of a lane without devices. */
export const noLaneLinks = byLaneKind(() => null)

/** A pile or handheld has such a device; others of a lane would never be used. */
export const isAtPlace = (kind: LaneKind): boolean => 'atPlace' in deviceKinds[kind].lane

export type TriedKind = {
  [K in LaneKind]: Kinds[K]['lane'] extends { readonly tried: true } ? K : never
}[LaneKind]
/** Those that the set-up tests one by one. */
export const triedKinds = laneKindsBy('clause').filter(
  (kind): kind is TriedKind => 'tried' in deviceKinds[kind].lane,
)

/** The lot file may leave its link out. */
export const isOptional = (kind: LaneKind): boolean => 'filled' in deviceKinds[kind].lane.link
