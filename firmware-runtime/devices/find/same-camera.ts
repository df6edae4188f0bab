// One row for each camera, whatever number of searches and network cards it answered on. Two cameras are never merged:
// new ones often share an address, and only their serial numbers tell them apart.
import type { FoundCameraView } from '../calls/seek-views.ts'
import { pushMakes } from '../pure/camera/push-makes.ts'
import { cameraSearches } from '../pure/camera/searches.ts'
import type { FoundCamera } from '../ports/find.ts'

/** Identifies a device for certain: the serial number from a maker's search. */
const serialOf = ({ by, name }: FoundCamera): string => (by === 'onvif' ? '' : `${by} ${name}`)

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** ONVIF has no serial number: its answer is merged with the only one at its address. */
function groupOf(one: FoundCamera, all: readonly FoundCamera[]): string {
  const serial = serialOf(one)
  if (serial !== '' && one.name !== '') return serial
  const there = all.filter(({ address }) => address === one.address)
  const [only, ...more] = unique(there.map(serialOf).filter((text) => text !== ''))
  return only !== undefined && more.length === 0 ? only : `at ${one.address}`
}

type Row = Omit<FoundCameraView, 'links'>

/** A maker's search or a known name decides the make; else a person chooses. */
function linksOf({ by, address, name, hardware }: Row): readonly string[] {
  const search = cameraSearches.find((one) => by.includes(one.name))
  if (search !== undefined) return [search.link(address)]
  const make = pushMakes.find(({ looks }) => looks.test(`${name} ${hardware}`))
  return (make === undefined ? pushMakes : [make]).map((one) => `push:${one.name}`)
}

const cardOf = (rows: readonly FoundCamera[]): Row => ({
  by: unique(rows.map(({ by }) => by)),
  address: unique(rows.map(({ address }) => address)).join(' '),
  services: unique(rows.flatMap(({ services }) => services)),
  name: unique(rows.map(({ name }) => name).filter((text) => text !== '')).join(' · '),
  hardware: unique(rows.map(({ hardware }) => hardware).filter((text) => text !== '')).join(' · '),
})

export function oneRowEach(found: readonly FoundCamera[]): FoundCameraView[] {
  const groups = new Map<string, FoundCamera[]>()
  for (const one of found) {
    const group = groupOf(one, found)
    groups.set(group, [...(groups.get(group) ?? []), one])
  }
  return [...groups.values()].map(cardOf).map((card) => ({ ...card, links: linksOf(card) }))
}
