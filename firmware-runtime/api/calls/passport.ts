// The calls about lane passports: what would stand in one, make one, compare with the last, hand it out.
// A passport without a runtime is opened from its file alone; these need the lane.
import { t } from '../../core/values/fault-text.ts'
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
    () => z.strictObject({ laneId, by: who.by, reason: who.reason }),
    reply<PassportTablesView>(),
    { rest: 'lanes' },
  ),
  'passport.make': act(
    'installer',
    () => z.strictObject({ laneId, certificateId: z.string().max(64).optional(), ...who }),
    reply<PassportMadeView>(),
    { document: true, words: t('生成车道护照', 'Lane passport made') },
  ),
  'passport.drift': read('gear', () => z.strictObject({ laneId }), reply<PassportDriftView>(), {
    rest: 'lanes',
  }),
  'passport.file': read('gear', () => z.strictObject({ laneId }), reply<PassportFileView>(), {
    rest: 'command',
  }),
} as const
