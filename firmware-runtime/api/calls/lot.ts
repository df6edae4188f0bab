// Calls about the lot as a whole: what a lane ran on at a time, and the document for who takes the lot over.
// Both read; a lot is changed by its set-up.
import { z } from 'zod'
import type { BeliefView, LeaveView } from '../lot-views.ts'
import { iso, laneId, none, read, reply } from '../rows.ts'
import type { HandoverView } from '../setup-views.ts'

export const lotCalls = {
  'lot.believed': read('gear', () => z.strictObject({ at: iso, laneId }), reply<BeliefView>(), {
    rest: 'folder',
  }),
  /** Judged from rows and measurements; nothing of it is ticked. */
  'lot.leave': read('gear', none, reply<LeaveView>(), { rest: 'command', long: true }),
  /** Of the files as they lie there, as PDF. */
  'lot.handover': read(
    'people',
    () => z.strictObject({ language: z.enum(['zh', 'en']) }),
    reply<HandoverView>(),
    { rest: 'command', document: true },
  ),
} as const
