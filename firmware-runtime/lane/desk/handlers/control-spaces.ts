// What watches the parking spaces: their states, and a person's word that a doubted camera sees its spaces again.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { noSpaces, type SpaceRow, type SpacesView } from '../../calls/sensors-views.ts'
import { areaOf, upkeepOf, type LotConfig } from '#base/pure/lot/config.ts'
import type { Stay } from '#ledger/pure/lot/lot-state.ts'
import { owedNow } from '../../pure/open/open-rows.ts'
import { isoOf, minuteMs } from '#base/pure/values/instant.ts'
import type { LotRuntime } from '../../lot/lot-runtime.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

interface SpaceWatchPart {
  view(): SpacesView
  has(sourceId: string): boolean
  trusted(sourceId: string): void
}

/** What a row needs beside what the watchers report. */
interface OfLot {
  readonly runtime: Pick<LotRuntime, 'lot' | 'tariff' | 'nowMs' | 'clockDoubt'>
  readonly config: LotConfig
}

type StayView = NonNullable<SpaceRow['stay']>

/** Age of an amount at which it is computed anew. */
const dueForMs = minuteMs
/** Amounts computed anew in one call: 2,000 cars at once would hold up the lanes for a tenth of a second. */
const duesMax = 250

/** The cars in spaces. What each owes is computed once a minute, however many windows show it. */
class SpaceStays {
  private readonly of: OfLot
  private dues = new Map<string, { readonly fen: number | null; readonly atMs: number }>()
  private left = duesMax

  constructor(of: OfLot) {
    this.of = of
  }

  /** A list begins: of the cars that have left no amount is kept. */
  begin(): void {
    const { lot } = this.of.runtime
    this.left = duesMax
    for (const stayId of this.dues.keys()) {
      const stay = lot.stays.get(stayId)
      if (stay === undefined || stay.leftAtMs !== null) this.dues.delete(stayId)
    }
  }

  at(spaceId: string, isPriced: boolean): StayView | null {
    const { lot } = this.of.runtime
    const stay = lot.stays.get(lot.bySpace.get(spaceId) ?? '')
    if (stay === undefined) return null
    const { stayId, plate, enteredAtMs, record } = stay
    return {
      stayId,
      plate,
      enteredAtIso: isoOf(enteredAtMs),
      isRead: record !== null,
      dueFen: isPriced ? this.dueFen(stay) : null,
      overIso: this.overIso(stay),
    }
  }

  private overIso({ enteredAtMs, timeUnsure }: Stay): string | null {
    const { config, runtime } = this.of
    const { spaceHours } = upkeepOf(config)
    if (spaceHours === null || timeUnsure || runtime.clockDoubt !== null) return null
    const overMs = enteredAtMs + spaceHours * 60 * minuteMs
    return runtime.nowMs() > overMs ? isoOf(overMs) : null
  }

  private dueFen(stay: Stay): number | null {
    const { config, runtime } = this.of
    if (runtime.clockDoubt !== null) return null
    const nowMs = runtime.nowMs()
    const known = this.dues.get(stay.stayId)
    const isFresh = known !== undefined && Math.abs(nowMs - known.atMs) < dueForMs
    if (isFresh || (known !== undefined && this.left === 0)) return known.fen
    if (known !== undefined) this.left -= 1
    const ofLane = (laneId: string): string | null => areaOf(config, laneId)
    const fen = owedNow(runtime.lot, runtime.tariff, stay, nowMs, ofLane)
    this.dues.set(stay.stayId, { fen, atMs: nowMs })
    return fen
  }
}

function rowsOf(
  { spaces, sources }: SpacesView,
  { streets }: OfLot['config'],
  stays: SpaceStays,
  isPriced: boolean,
): readonly SpaceRow[] {
  const cameras = new Set(sources.flatMap(({ id, isCamera }) => (isCamera ? [id] : [])))
  const rowOf = (spaceId: string, street: string): SpaceRow => {
    const one = watched.get(spaceId) ?? unwatched
    const { state, sinceIso, heardIso, doubt, photo, sourceId, preset } = one
    return {
      spaceId,
      street,
      state,
      sinceIso,
      heardIso,
      doubt,
      photo,
      sourceId,
      isCamera: cameras.has(sourceId),
      preset,
      stay: stays.at(spaceId, isPriced),
    }
  }
  stays.begin()
  const watched = new Map(spaces.map((one) => [one.spaceId, one]))
  if (streets === undefined) return spaces.map(({ spaceId }) => rowOf(spaceId, ''))
  return streets.flatMap(({ name, spaces: own }) => own.map(({ id }) => rowOf(id, name)))
}

const unwatched = {
  state: 'unknown',
  sinceIso: null,
  heardIso: null,
  doubt: null,
  photo: null,
  sourceId: '',
  preset: null,
} as const

export const spaceCalls = defineCalls((lot: OfLot & Lot<'acts', { spaces: SpaceWatchPart }>) => {
  const stays = new SpaceStays(lot)
  const own = lot.spaces
  return {
    'spaces.get': () => own?.view() ?? noSpaces,
    'spaces.list': ({ withoutDue = false }) => ({
      rows: rowsOf(own?.view() ?? noSpaces, lot.config, stays, !withoutDue),
    }),
    ...lot.acts.table({
      'spaces.trust': ({ sourceId }, act) => {
        if (own?.has(sourceId) !== true)
          throw new LaneFault('ARG-01', { field: '/sourceId', value: sourceId })
        act.audit(sourceId)
        own.trusted(sourceId)
      },
    }),
  }
})
