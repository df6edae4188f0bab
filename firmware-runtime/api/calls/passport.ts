// The calls about lane passports: what would stand in one, make one, compare with the last, hand it out.
// A passport without a runtime is opened from its file alone; these need the lane.
import { z } from 'zod'
import type {
  PassportDriftView,
  PassportFileView,
  PassportMadeView,
  PassportTablesView,
} from '../passport-views.ts'
import { act, laneId, read, reply, who } from '../rows.ts'

export const passportCalls = {
  'passport.facts': read(
    'gear',
    z.strictObject({ laneId, by: who.by, reason: who.reason }),
    reply<PassportTablesView>(),
  ),
  'passport.make': act(
    'installer',
    z.strictObject({ laneId, certificateId: z.string().max(64).optional(), ...who }),
    reply<PassportMadeView>(),
  ),
  'passport.drift': read('gear', z.strictObject({ laneId }), reply<PassportDriftView>()),
  'passport.file': read('gear', z.strictObject({ laneId }), reply<PassportFileView>()),
} as const
