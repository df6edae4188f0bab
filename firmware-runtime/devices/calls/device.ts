// Calls about the settings of an antenna: reading, comparing, writing and taking back, and copies of them.
import { z } from 'zod'
import { t } from '#base/pure/words/fault-text.ts'
import { rule } from '#base/pure/words/issue-why.ts'
import { photoIdShape } from '#base/pure/data/photo.ts'
import { devicePosition, laneId, plainAct, read, reply } from '#base/calls/rows.ts'
import type { DeviceDiffView, DeviceSettingsView, SettingsBackupView } from './settings-views.ts'
import { photoDraftId } from '#base/calls/photo.ts'

/** Wanted values by setting id; the settings table of the device decides what is allowed. */
const settings = z
  .record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/), z.number())
  .refine(
    (given) => Object.keys(given).length <= 100,
    rule('最多 100 项设置', 'at most 100 settings'),
  )

export const deviceCalls = {
  'device.settings': read('gear', () => z.strictObject({ laneId }), reply<DeviceSettingsView>(), {
    rest: 'lanes',
  }),
  'device.diff': read(
    'gear',
    () => z.strictObject({ laneId, wanted: settings }),
    reply<DeviceDiffView>(),
    { rest: 'lanes' },
  ),
  'device.apply': plainAct(
    'installer',
    () => ({
      laneId,
      wanted: settings,
      trialSec: z.int().min(1).max(3600).optional(),
      evenUnlawful: z.boolean().optional(),
      photo: z.string().max(80).regex(photoIdShape).optional(),
      photoDraft: photoDraftId.optional(),
      place: devicePosition.optional(),
    }),
    { words: t('写入设备设置', 'Write device settings') },
  ),
  'device.takeBack': plainAct('installer', () => ({ laneId }), {
    words: t('恢复设备设置', 'Take settings back'),
  }),
  'device.backups': read(
    'gear',
    () => z.strictObject({ laneId }),
    reply<{ rows: readonly SettingsBackupView[] }>(),
    { rest: 'command' },
  ),
  /** A backup made by a person; those before writes are made automatically. */
  'device.backUp': plainAct('installer', () => ({ laneId, place: devicePosition.optional() }), {
    words: t('备份设备设置', 'Device settings copied'),
  }),
  'device.pinBackup': plainAct(
    'installer',
    () => ({ laneId, id: z.string().max(40), on: z.boolean() }),
    { words: t('保留备份', 'Pin a backup') },
  ),
} as const

export type Wanted = Readonly<Record<string, number>>
