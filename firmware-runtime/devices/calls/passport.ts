// The calls about lane passports: preview one, make one, compare with the last one, download it. A passport can be
// opened from its file without a runtime; these calls need the lane.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type {
  DeviceVersionsView,
  PassportDriftView,
  PassportFileView,
  PassportMadeView,
  PassportTablesView,
} from './passport-views.ts'
import { laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import { act, laneId, none, plainAct, read, reply, who } from '#base/calls/rows.ts'

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
  /** The version that each device said last, and whether it is the accepted one. */
  'passport.versions': read('gear', none, reply<DeviceVersionsView>(), {
    rest: 'lanes',
    command: 'versions',
  }),
  /** The version that a device says now is right; the next passport says it, too. */
  'passport.acceptVersion': plainAct('installer', () => ({ laneId, device: z.enum(laneKinds) }), {
    words: t('确认设备版本', 'Device version accepted'),
  }),
} as const
