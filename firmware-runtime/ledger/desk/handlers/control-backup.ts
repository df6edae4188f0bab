// The calls about copies and the recovery key.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import type { BackupView, RecoveryKeyView, TestedCopyView } from '../../calls/backup-views.ts'
import type { CopyMade, PlaceTried, PlaceWish } from '../../ports/copy-service.ts'

export interface BackupParts {
  view(): BackupView
  now(begin: boolean): Promise<CopyMade>
  test(): Promise<TestedCopyView>
  tryServer(wish: PlaceWish): Promise<PlaceTried>
  /** Changes the second place. */
  place(wish: PlaceWish, who: { readonly by: string; readonly reason: string }): Promise<void>
  /** Stops bringing back missing photos. False: no photos are being brought back. */
  leave(): Promise<boolean>
  /** Makes the key, and seals the keys of the lot to it. */
  makeKey(asked: { readonly split: boolean; readonly replace: boolean }): Promise<RecoveryKeyView>
}

export const backupCalls = defineCalls((lot: Lot<'acts', { backup: BackupParts }>) => {
  const there = needed(lot.backup, 'COPY-01')
  const { acts } = lot
  return {
    'backup.status': () => there().view(),
    'backup.key': (args, role) => {
      const { split, replace } = args
      // The holder of the key can open the lot anywhere, so the audit row is written before the key exists.
      acts.of('backup.key', args, role).audit()
      return there().makeKey({ split, replace })
    },
    'backup.now': ({ begin }) => there().now(begin),
    'backup.test': () => there().test(),
    'backup.server': (wish) => there().tryServer(wish),
    'backup.leave': async (args, role) => {
      acts.of('backup.leave', args, role).audit()
      return { ok: true, repeated: !(await there().leave()) }
    },
    'backup.place': async (args, role) => {
      const { to, hostKey, password, by, reason } = args
      acts.of('backup.place', args, role).audit()
      await there().place({ to, hostKey, password }, { by, reason })
      return { ok: true, repeated: false }
    },
  }
})
