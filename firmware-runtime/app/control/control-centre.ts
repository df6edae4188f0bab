// The centre of many lots: how far its rows are, and a new request for pairing by a person.
import { noCentre } from '../../api/centre-views.ts'
import type { centreCalls } from '../../api/calls/centre.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { CentreFeed } from '../centre/centre-feed.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'

export type CentrePart = Pick<CentreFeed, 'view' | 'pairAgain'>

/** `centre`: null for a lot without one. */
export const centreHandlers = (
  acts: ControlActs,
  centre: () => CentrePart | null,
): HandlersOf<keyof typeof centreCalls> => ({
  'centre.state': () => centre()?.view() ?? noCentre,
  'centre.pairAgain': (args, role) => {
    const part = centre()
    if (part === null) throw new LaneFault('ARG-01', { field: '/centre', value: '' })
    acts.of('centre.pairAgain', args, role).audit()
    part.pairAgain()
    return { ok: true, repeated: false }
  },
})
