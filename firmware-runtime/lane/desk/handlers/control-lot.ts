// The calls about the lot as a whole.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import type { HandoverView, SpacesRead } from '../../calls/setup-views.ts'
import type { LeaveFolder } from '../../pure/lot/leave-lines.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { believed, type LotHistory } from '../setup/lot-belief.ts'

export interface LotParts {
  /** Facts of the folder for `lot.leave`, read outside the lanes' thread. */
  leaving(): Promise<LeaveFolder>
  readonly history: LotHistory
  /** Made outside the lanes' thread. */
  handover(language: 'zh' | 'en'): Promise<HandoverView>
  /** A drawing takes seconds: it is read outside the lanes' thread. */
  spacesOf(file: string, layer: string | undefined): Promise<SpacesRead>
}

export const lotCalls = defineCalls((lot: Lot<never, { lot: LotParts }>) => {
  const there = needed(lot.lot, 'LOT-01')
  return {
    'lot.believed'({ at, laneId }) {
      if (at === undefined) return believed(there().history, Infinity, laneId)
      const atMs = parseIso(at)
      if (atMs === null) throw new LaneFault('API-01', { field: '/at', value: at })
      return believed(there().history, atMs, laneId)
    },
    'lot.handover': ({ language }) => there().handover(language),
  }
})
