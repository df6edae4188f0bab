// The free spaces of a lot, as published to drivers (000 clause 6.3): by website, boards and the software of others. Pure.
// A lot that keeps bays for reservations has as many free as its entry admits cars without one; a space that nothing watches
// counts as taken.
import { keptBays, openBays } from '../reservation/admission.ts'
import type { FreeSpaces, PartSpaces } from '#base/pure/values/free-spaces.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { areasOf, type LotConfig } from '#base/pure/lot/config.ts'
import { carsInside, keptList } from './entry-room.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { streetSpacesOf } from '#base/pure/lot/streets.ts'

type Counted = Pick<
  LotConfig,
  'areas' | 'capacity' | 'lanes' | 'reservation' | 'spaceKinds' | 'spaces' | 'streets'
>

interface Seen {
  readonly nowMs: InstantMs
  /** Open lots: whether the watcher of a space would report a car there. Null: an enclosed lot. */
  readonly isWatched: ((spaceId: string) => boolean) | null
}

/** Whether the lot sees cars come in; one whose cars another system counts has no number to publish. */
export const countsCars = ({ lanes, spaces }: Pick<LotConfig, 'lanes' | 'spaces'>): boolean =>
  spaces !== undefined ||
  lanes.some(({ direction, ordersFrom }) => direction === 'entry' && ordersFrom === undefined)

/** Cars by the area that their entry leads into. */
function insideByArea({ lanes }: Counted, { stays }: LotState): ReadonlyMap<string, number> {
  const inside = new Map<string, number>()
  const areaOfLane = new Map(lanes.map(({ id, area }) => [id, area]))
  for (const { entryLaneId, leftAtMs } of stays.values()) {
    const area = leftAtMs === null ? areaOfLane.get(entryLaneId) : undefined
    if (area !== undefined) inside.set(area, (inside.get(area) ?? 0) + 1)
  }
  return inside
}

function areaParts(config: Counted, lot: LotState, freeOfLot: number): readonly PartSpaces[] {
  const names = areasOf(config)
  const byArea = names.length === 0 ? new Map<string, number>() : insideByArea(config, lot)
  return names.map((name) => {
    const inside = byArea.get(name) ?? 0
    const capacity = config.areas?.find((one) => one.name === name)?.spaces ?? null
    const free = capacity === null ? null : Math.min(freeOfLot, Math.max(0, capacity - inside))
    return { name, capacity, inside, unwatched: 0, free }
  })
}

const streetParts = (
  { streets = [] }: Counted,
  { bySpace }: LotState,
  isWatched: (spaceId: string) => boolean,
): readonly PartSpaces[] =>
  streets.map(({ name, spaces }) => {
    const empty = spaces.filter(({ id }) => !bySpace.has(id))
    const free = empty.filter(({ id }) => isWatched(id)).length
    const unwatched = empty.length - free
    return { name, capacity: spaces.length, inside: spaces.length - empty.length, unwatched, free }
  })

const spaceIdsOf = ({ spaces = [], streets }: Counted): readonly string[] => [
  ...new Set([
    ...spaces.flatMap((source) => Object.values(source.spaces)),
    ...streetSpacesOf({ streets }).map(({ id }) => id),
  ]),
]

/** Sum of streets and areas may be more than `free` where bays are kept: nothing says in which of them. */
export function freeSpaces(config: Counted, lot: LotState, { nowMs, isWatched }: Seen): FreeSpaces {
  const { capacity } = config
  const inside = carsInside(lot)
  const unwatched =
    isWatched === null
      ? 0
      : spaceIdsOf(config).filter((id) => !lot.bySpace.has(id) && !isWatched(id)).length
  const room = { nowMs, capacity: capacity - unwatched, inside }
  const list = keptList(config, lot)
  const free = list === null ? Math.max(0, room.capacity - inside) : openBays(list, room)
  return {
    capacity,
    inside,
    kept: list === null ? 0 : keptBays(list, nowMs),
    unwatched,
    free,
    isOpen: list?.isFlowControlled !== true,
    parts: isWatched === null ? areaParts(config, lot, free) : streetParts(config, lot, isWatched),
    kinds: config.spaceKinds ?? null,
  }
}
