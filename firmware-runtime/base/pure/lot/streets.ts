// The spaces of the streets of a lot (7.2): their neighbours, and what the running lot makes of them. Pure.
// A pile is written with its space. The running lot has an antenna lane for it, and the map of each sensor.
import { noLaneLinks } from '../device-kinds/lane-kinds.ts'
import type { LaneConfig, LotConfig, SpaceSource } from './config.ts'

export type Street = NonNullable<LotConfig['streets']>[number]
export type StreetSpace = Street['spaces'][number]
type Streets = Pick<LotConfig, 'streets'>
type Running = Pick<LotConfig, 'lanes' | 'streets'> & Partial<Pick<LotConfig, 'layout' | 'spaces'>>

export const streetSpacesOf = ({ streets = [] }: Partial<Streets>): readonly StreetSpace[] =>
  streets.flatMap(({ spaces }) => spaces)

/** Id of the antenna lane of the pile at a space. */
export const pileLaneId = (spaceId: string): string => `pile-${spaceId.toLowerCase()}`

/** Spaces that are adjacent one to the next, in order. Without streets: the spaces of each sensor source. */
export function adjacentSpaces({
  streets,
  spaces: sources = [],
}: Pick<LotConfig, 'streets' | 'spaces'>): readonly (readonly string[])[] {
  if (streets === undefined) return sources.map(({ spaces }) => Object.values(spaces))
  return streets.flatMap(({ spaces }) => {
    const runs: string[][] = []
    for (const { id, isApart } of spaces)
      if (isApart === true || runs.length === 0) runs.push([id])
      else runs.at(-1)?.push(id)
    return runs
  })
}

function pileLane({ id, pile, position }: StreetSpace, layout: string): LaneConfig[] {
  if (pile === undefined) return []
  const place = { kind: 'etc-pile', space: id, ...(position === undefined ? {} : { position }) }
  return [
    {
      id: pileLaneId(id),
      name: { zh: `识别桩 ${id}`, en: `Pile ${id}` },
      direction: 'exit',
      layout,
      ...noLaneLinks,
      rsu: pile,
      place: place as LaneConfig['place'],
    },
  ]
}

interface SpaceSensor {
  readonly source: string
  readonly device: string
}

function sensorOf(named: string | undefined): SpaceSensor | null {
  if (named === undefined) return null
  const at = named.indexOf('/')
  return { source: named.slice(0, at), device: named.slice(at + 1) }
}

/** What watches a space first. */
export const sensorOfSpace = ({ sensor }: StreetSpace): SpaceSensor | null => sensorOf(sensor)
/** Its second witness, such as a radar beside a camera (7.2.1 e). */
export const witnessOfSpace = ({ witness }: StreetSpace): SpaceSensor | null => sensorOf(witness)

/** By source: the spaces that it watches as a second witness, by its devices. */
export function witnessesOf(
  lot: Partial<Streets>,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const found = new Map<string, Record<string, string>>()
  for (const space of streetSpacesOf(lot)) {
    const witness = witnessOfSpace(space)
    if (witness === null) continue
    const { source, device } = witness
    found.set(source, { ...found.get(source), [device]: space.id })
  }
  return found
}

/** The lot as it runs: each pile is an antenna lane, and each source knows the spaces of its sensors. Of itself: itself. */
export function runningLot<L extends Running>(config: L): L {
  const all = streetSpacesOf(config)
  if (all.length === 0) return config
  const { lanes, layout = '', spaces: sources } = config
  const there = new Set(lanes.map(({ id }) => id))
  const piles = all.filter(({ id }) => !there.has(pileLaneId(id)))
  return {
    ...config,
    lanes: [...lanes, ...piles.flatMap((space) => pileLane(space, layout))],
    ...(sources === undefined ? {} : { spaces: sources.map((one) => withSensors(one, all)) }),
  }
}

function withSensors(source: SpaceSource, all: readonly StreetSpace[]): SpaceSource {
  const own = all.flatMap((space) => {
    const sensor = sensorOfSpace(space)
    return sensor?.source === source.id ? [[sensor.device, space.id] as const] : []
  })
  return { ...source, spaces: { ...source.spaces, ...Object.fromEntries(own) } }
}

/** Where a link of a lane stands in the lot file: in its lane, or, of a pile, in its space. */
export function linkPointers({ streets = [] }: Streets) {
  const piles = new Map(
    streets.flatMap(({ spaces }, i) =>
      spaces.map(({ id }, n) => [pileLaneId(id), `/streets/${i}/spaces/${n}/pile`] as const),
    ),
  )
  return (laneId: string, i: number, member: string): string =>
    piles.get(laneId) ?? `/lanes/${i}/${member}`
}
