// Calls about what a dead machine leaves: the recovery key, and sealed copies at a second place.
// The key is answered once; nobody can ask for it again.
import { z } from 'zod'
import type { BackupView, CopyView, RecoveryKeyView } from '../backup-views.ts'
import { act, change, none, read, reply, who } from '../rows.ts'

export const backupCalls = {
  'backup.status': read('gear', none, reply<BackupView>()),
  'backup.key': act(
    'owner',
    z.strictObject({
      ...who,
      /** Two shares, both needed. */
      split: z.boolean(),
      /** The key before opens nothing that is sealed from now on. */
      replace: z.boolean(),
    }),
    reply<RecoveryKeyView>(),
  ),
  'backup.now': change('installer', z.strictObject({ begin: z.boolean() }), reply<CopyView>()),
  'backup.test': change('installer', none, reply<CopyView>()),
} as const
