// The calls about the lot as a whole, as the API tells them.
// Absent where the lot has no folder.
import { noFolder } from './no-folder.ts'
import type { lotCalls } from '../../api/calls/lot.ts'
import type { HandoverView } from '../../api/setup-views.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { parseIso } from '../../core/values/instant.ts'
import { believed, type LotHistory } from '../setup/lot-belief.ts'
import type { HandlersOf } from './dispatcher.ts'

export interface LotParts {
  readonly history: LotHistory
  /** Laid out away from the lanes. */
  handover(language: 'zh' | 'en'): Promise<HandoverView>
}

export function lotHandlers(parts: LotParts | null): HandlersOf<keyof typeof lotCalls> {
  const there = (): LotParts => {
    if (parts === null) throw new LaneFault('LOT-01', noFolder)
    return parts
  }
  return {
    'lot.believed'({ at, laneId }) {
      const atMs = parseIso(at)
      if (atMs === null) throw new LaneFault('API-01', { field: '/at', value: at })
      return believed(there().history, atMs, laneId)
    },
    'lot.handover': ({ language }) => there().handover(language),
  }
}
