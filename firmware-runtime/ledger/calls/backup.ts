// Calls about recovery from a lost machine: the recovery key, and sealed copies at a second place. The key is returned
// once and cannot be requested again.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { hostKeyShape } from '#base/pure/lot/copy-place.ts'
import type { CopyMade, PlaceTried } from '../ports/copy-service.ts'
import type { BackupView, RecoveryKeyView, TestedCopyView } from './backup-views.ts'
import { act, change, none, plainAct, read, reply, who } from '#base/calls/rows.ts'

/** A server to be tested: without its host key nothing is sent to it; without a password the stored one is used. */
export const serverWish = {
  to: z.string().min(1).max(400),
  hostKey: z.string().regex(hostKeyShape).nullable(),
  password: z.string().min(1).max(256).nullable(),
}

export const backupCalls = {
  'backup.status': read('gear', none, reply<BackupView>(), {
    rest: 'command',
    command: 'backup status',
  }),
  'backup.key': act(
    'owner',
    () =>
      z.strictObject({
        ...who,
        /** Makes two shares, both needed to restore. */
        split: z.boolean(),
        /** Replaces the former key, which cannot open anything sealed from now on. */
        replace: z.boolean(),
      }),
    reply<RecoveryKeyView>(),
    { words: t('建立备份密钥', 'Key of copies made'), guard: 'pin' },
  ),
  'backup.now': change(
    'installer',
    () => z.strictObject({ begin: z.boolean() }),
    reply<CopyMade>(),
  ),
  'backup.server': change('installer', () => z.strictObject(serverWish), reply<PlaceTried>()),
  /** The place is tested first: when it cannot be written, nothing changes. */
  'backup.place': plainAct('owner', () => ({ ...serverWish }), {
    words: t('设定备份位置', 'Place of copies set'),
  }),
  /** Stops bringing back photos that are still missing after a restore. */
  'backup.leave': plainAct('owner', () => ({}), {
    words: t('停用备份位置', 'Place of copies left'),
  }),
  'backup.test': change('installer', none, reply<TestedCopyView>(), { long: true }),
} as const
