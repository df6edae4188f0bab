// Calls about what a dead machine leaves: the recovery key, and sealed copies at a second place.
// The key is answered once; nobody can ask for it again.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { hostKeyShape } from '../../core/values/copy-place.ts'
import type { CopyMade, PlaceTried } from '../../ports/copy-service.ts'
import type { BackupView, RecoveryKeyView, TestedCopyView } from '../backup-views.ts'
import { act, change, none, read, reply, who, type ActAnswer } from '../rows.ts'

/** A server that is looked at: without its key it is told nothing; without a password it is the one that is kept. */
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
        /** Two shares, both needed. */
        split: z.boolean(),
        /** The key before opens nothing that is sealed from now on. */
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
  /** Tried first: a place that takes nothing changes nothing. */
  'backup.place': act(
    'owner',
    () => z.strictObject({ ...serverWish, ...who }),
    reply<ActAnswer>(),
    { words: t('设定备份位置', 'Place of copies set') },
  ),
  /** Photos that did not come back after a restore stay where they are. */
  'backup.leave': act('owner', () => z.strictObject(who), reply<ActAnswer>(), {
    words: t('停用备份位置', 'Place of copies left'),
  }),
  'backup.test': change('installer', none, reply<TestedCopyView>(), { long: true }),
} as const
