// Where a lot names profiles: `variant=` of an antenna link, `profile=` of a barrier link (contract.md section 3). Kept
// small: every command that opens a folder loads it.
import { isProfileId, linkQuery } from '../pure/link-query.ts'
import type { DeviceKind } from '../pure/profile/kinds.ts'
import type { LaneConfig, LotLinks } from '#base/pure/lot/config.ts'
import { linkPointers } from '#base/pure/lot/streets.ts'

export const rsuLinkKinds: readonly DeviceKind[] = ['rsu', 'etc-pile', 'handheld']
/** A handheld used as a lane's antenna would charge anywhere, so it needs its place (6.7). */
const rsuKindsOf = ({ place }: Pick<LaneConfig, 'place'>): readonly DeviceKind[] =>
  place === undefined ? ['rsu'] : [place.kind, 'rsu']

export const barrierLinkKinds: readonly DeviceKind[] = ['barrier']

const places = [
  { member: 'rsu', name: 'variant' },
  { member: 'barrier', name: 'profile' },
] as const

export interface ProfileRef {
  readonly laneId: string
  readonly member: 'rsu' | 'barrier' | 'sensor' | 'space' | 'printer' | 'scanner'
  /** JSON pointer into lot.json. */
  readonly field: string
  readonly url: string
  readonly kinds: readonly DeviceKind[]
  readonly id: string
}

/** Every place in a lot that names a profile of the library. */
export function profileRefs(lot: LotLinks): readonly ProfileRef[] {
  const sources = (lot.spaces ?? []).flatMap(({ id: laneId, link: url }, i): ProfileRef[] => {
    const id = linkQuery(url, 'profile')
    if (id === null || !isProfileId(id)) return []
    const field = `/spaces/${i}/link`
    return [{ laneId, member: 'space', field, url, kinds: ['geomagnetic'], id }]
  })
  const printers = (lot.printers ?? []).flatMap(({ id: laneId, link: url }, i): ProfileRef[] => {
    const id = linkQuery(url, 'profile')
    if (id === null || !isProfileId(id)) return []
    const field = `/printers/${i}/link`
    return [{ laneId, member: 'printer', field, url, kinds: ['printer'], id }]
  })
  const scanners = (lot.scanners ?? []).flatMap(({ lane: laneId, link: url }, i): ProfileRef[] => {
    const id = linkQuery(url, 'profile')
    if (id === null || !isProfileId(id)) return []
    const field = `/scanners/${i}/link`
    return [{ laneId, member: 'scanner', field, url, kinds: ['scanner'], id }]
  })
  const pointer = linkPointers(lot)
  const lanes = lot.lanes.flatMap((lane, i) => [
    ...places.flatMap(({ member, name }) => {
      const kinds = member === 'rsu' ? rsuKindsOf(lane) : barrierLinkKinds
      const url = lane[member]
      const id = url === null ? null : linkQuery(url, name)
      if (url === null || id === null || !isProfileId(id)) return []
      return [{ laneId: lane.id, member, field: pointer(lane.id, i, member), url, kinds, id }]
    }),
    ...(lane.sensors ?? []).flatMap(({ kind, link: url }, n): ProfileRef[] => {
      const id = linkQuery(url, 'profile')
      if (id === null || !isProfileId(id)) return []
      const field = `/lanes/${i}/sensors/${n}/link`
      return [{ laneId: lane.id, member: 'sensor', field, url, kinds: [kind], id }]
    }),
  ])
  return [...lanes, ...sources, ...printers, ...scanners]
}
