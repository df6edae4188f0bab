// One row for each camera, however many searches and network cards it answered on. Two cameras are
// never made one: fresh ones often share an address, and only their serial numbers tell them apart.
import type { FoundCameraView } from '../../api/seek-views.ts'
import type { FoundCamera } from '../../ports/find.ts'

/** What makes a row a certain device: the serial number that a maker's search tells. */
const serialOf = ({ by, name }: FoundCamera): string => (by === 'onvif' ? '' : `${by} ${name}`)

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** ONVIF knows no serial number: its answer goes with the only one at its address. */
function groupOf(one: FoundCamera, all: readonly FoundCamera[]): string {
  const serial = serialOf(one)
  if (serial !== '' && one.name !== '') return serial
  const there = all.filter(({ address }) => address === one.address)
  const [only, ...more] = unique(there.map(serialOf).filter((text) => text !== ''))
  return only !== undefined && more.length === 0 ? only : `at ${one.address}`
}

export function oneRowEach(found: readonly FoundCamera[]): FoundCameraView[] {
  const groups = new Map<string, FoundCamera[]>()
  for (const one of found) {
    const group = groupOf(one, found)
    groups.set(group, [...(groups.get(group) ?? []), one])
  }
  return [...groups.values()].map((rows) => ({
    by: unique(rows.map(({ by }) => by)),
    address: unique(rows.map(({ address }) => address)).join(' '),
    services: unique(rows.flatMap(({ services }) => services)),
    name: unique(rows.map(({ name }) => name).filter((text) => text !== '')).join(' · '),
    hardware: unique(rows.map(({ hardware }) => hardware).filter((text) => text !== '')).join(
      ' · ',
    ),
  }))
}
