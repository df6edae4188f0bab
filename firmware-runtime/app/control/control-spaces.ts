// What watches the parking spaces: their states, and a person's word that a doubted camera sees its spaces again.
import { LaneFault } from '../../core/faults/faults.ts'
import { noSpaces, type SpacesView } from '../../api/sensors-views.ts'
import type { ControlActs } from './control-acts.ts'

export interface SpaceWatchPart {
  view(): SpacesView
  has(sourceId: string): boolean
  trusted(sourceId: string): void
}

export const spaceHandlers = (own: SpaceWatchPart | undefined, acts: ControlActs) => ({
  'spaces.get': () => own?.view() ?? noSpaces,
  ...acts.table({
    'spaces.trust': ({ sourceId }, act) => {
      if (own?.has(sourceId) !== true)
        throw new LaneFault('ARG-01', { field: '/sourceId', value: sourceId })
      act.audit(sourceId)
      own.trusted(sourceId)
    },
  }),
})
