// What watches the parking spaces: their states, and a person's word that a doubted camera sees its spaces again.
import { LaneFault } from '../../core/faults/faults.ts'
import { noSpaces, type SpaceRow, type SpacesView } from '../../api/sensors-views.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import type { LotState } from '../../core/lot/lot-state.ts'
import type { ControlActs } from './control-acts.ts'

export interface SpaceWatchPart {
  view(): SpacesView
  has(sourceId: string): boolean
  trusted(sourceId: string): void
}

/** What a row needs beside what the watchers report. */
interface OfLot {
  readonly lot: LotState
  readonly config: Pick<LotConfig, 'streets'>
}

/** Spaces that nothing watches stand in no report, and are rows all the same. */
function rowsOf({ spaces, sources }: SpacesView, { lot, config }: OfLot): readonly SpaceRow[] {
  const cameras = new Set(sources.flatMap(({ id, isCamera }) => (isCamera ? [id] : [])))
  const rowOf = (spaceId: string, street: string): SpaceRow => {
    const one = watched.get(spaceId) ?? unwatched
    const { state, sinceIso, heardIso, doubt, photo, sourceId, preset } = one
    const stay = lot.stays.get(lot.bySpace.get(spaceId) ?? '') ?? null
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
      stay: stay === null ? null : { stayId: stay.stayId, plate: stay.plate },
    }
  }
  const watched = new Map(spaces.map((one) => [one.spaceId, one]))
  const { streets } = config
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

export const spaceHandlers = (own: SpaceWatchPart | undefined, of: OfLot, acts: ControlActs) => ({
  'spaces.get': () => own?.view() ?? noSpaces,
  'spaces.list': () => ({ rows: rowsOf(own?.view() ?? noSpaces, of) }),
  ...acts.table({
    'spaces.trust': ({ sourceId }, act) => {
      if (own?.has(sourceId) !== true)
        throw new LaneFault('ARG-01', { field: '/sourceId', value: sourceId })
      act.audit(sourceId)
      own.trusted(sourceId)
    },
  }),
})
