// The calls about the lot as a whole.
// Absent: the lot has no folder.
import { needed } from './no-folder.ts'
import type { lotCalls } from '../../api/calls/lot.ts'
import type { HandoverView, SpacesRead } from '../../api/setup-views.ts'
import type { LeaveFolder } from '../../core/lot/leave-lines.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { parseIso } from '../../core/values/instant.ts'
import { believed, type LotHistory } from '../setup/lot-belief.ts'
import type { HandlersOf } from './dispatcher.ts'

/** `lot.leave` needs more than the folder (control-leave.ts). */
type LotCall = Exclude<keyof typeof lotCalls, 'lot.leave'>

export interface LotParts {
  /** Facts of the folder for `lot.leave`, read outside the lanes' thread. */
  leaving(): Promise<LeaveFolder>
  readonly history: LotHistory
  /** Made outside the lanes' thread. */
  handover(language: 'zh' | 'en'): Promise<HandoverView>
  /** A drawing takes seconds: it is read outside the lanes' thread. */
  spacesOf(file: string, layer: string | undefined): Promise<SpacesRead>
}

export function lotHandlers(parts: LotParts | null): HandlersOf<LotCall> {
  const there = needed(parts, 'LOT-01')
  return {
    'lot.believed'({ at, laneId }) {
      if (at === undefined) return believed(there().history, Infinity, laneId)
      const atMs = parseIso(at)
      if (atMs === null) throw new LaneFault('API-01', { field: '/at', value: at })
      return believed(there().history, atMs, laneId)
    },
    'lot.handover': ({ language }) => there().handover(language),
  }
}
