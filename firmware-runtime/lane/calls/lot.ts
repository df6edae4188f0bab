// Calls about the lot as a whole: the settings a lane used at a given time, the open points of the lot, and its
// hand-over document. All of them only read; the set-up changes a lot.
import { z } from 'zod'
import type { BeliefView, LeaveView } from './lot-views.ts'
import { iso, laneId, none, read, reply } from '#base/calls/rows.ts'
import type { HandoverView } from './setup-views.ts'

export const lotCalls = {
  /** Without `at`: what the lane runs on now. */
  'lot.believed': read(
    'gear',
    () => z.strictObject({ at: iso.optional(), laneId }),
    reply<BeliefView>(),
    { rest: 'folder' },
  ),
  /** Judged from ledger rows and measurements; no point is ticked by hand. */
  'lot.leave': read('gear', none, reply<LeaveView>(), { rest: 'command', long: true }),
  /** The hand-over document of the files in the folder, as PDF. */
  'lot.handover': read(
    'people',
    () => z.strictObject({ language: z.enum(['zh', 'en']) }),
    reply<HandoverView>(),
    { rest: 'command', document: true },
  ),
} as const
