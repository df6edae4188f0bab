// Copies and the recovery key of a running lot: the plan comes from the lot file,
// each step runs in a worker of its own.
import { installedWords } from '../update/chosen-here.ts'
import { recoveryHalf } from '#base/secrets/folder-keys.ts'
import { newRecoveryKey } from '#ledger/desk/backup/new-recovery-key.ts'
import type { ReaderWorker } from '#lane/sqlite/reader-worker.ts'
import { leavePhotosThere, photosBack } from '#ledger/copies/photo-bring.ts'
import type { BackupParts } from '#ledger/desk/handlers/control-backup.ts'
import { CopyScheduler } from '#lane/lot/upkeep/copy-scheduler.ts'
import { HolderWatch } from '#lane/lot/upkeep/holder-watch.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import { upkeepOf, type LotConfig } from '#base/pure/lot/config.ts'
import { safeguards, undone } from '#ledger/pure/lot/safeguards.ts'
import type { PhotoDay, PhotoDayOver } from '#ledger/pure/lot/photo-copies.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { CopyService, PhotoCopyService } from '#ledger/ports/copy-service.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Site } from '../site/site-parts.ts'
import { keepMeasured, measuredIn } from '#devices/desk/lane/measured-file.ts'
import { serviceOfThis } from '#base/desk/service/service-here.ts'
import { copyPlanOf } from '#ledger/desk/backup/copy-plan.ts'
import { setSecondPlace } from './second-place.ts'

interface CopyHost {
  readonly dir: string
  readonly site: Pick<Site, 'config' | 'runtime'>
  readonly mono: MonoClock
  readonly tasks: TaskOwner
  aside<T>(ask: (worker: ReaderWorker) => Promise<T>): Promise<T>
  photosOver(days: readonly PhotoDay[]): readonly PhotoDayOver[]
  onFault(fault: LaneFault): void
  fatal(fault: LaneFault): void
}

/** Each step in a worker of its own; after each copy, the holder of the lanes is looked at. */
const copyService = (
  aside: CopyHost['aside'],
  holder: () => HolderWatch,
): CopyService & PhotoCopyService => ({
  async copyOut(plan, atIso) {
    try {
      const made = await aside((worker) => worker.copyOut(plan, atIso))
      holder().lookSoon()
      return made
    } catch (error) {
      holder().copyFailed(error)
      throw error
    }
  },
  copyTest: (plan) => aside((worker) => worker.copyTest(plan)),
  sendPhotos: (plan, sliceMs) => aside((worker) => worker.sendPhotos(plan, sliceMs)),
  checkPhotos: (plan, sliceMs) => aside((worker) => worker.checkPhotos(plan, sliceMs)),
  dropPhotos: (plan, day) => aside((worker) => worker.dropPhotos(plan, day)),
  bringPhotos: (sliceMs) => aside((worker) => worker.bringPhotos(sliceMs)),
})

export function hostCopies(host: CopyHost): {
  readonly scheduler: CopyScheduler
  readonly holder: HolderWatch
  readonly parts: BackupParts
  /** True when the lot file has another second place than at the start. */
  lotNow(): LotConfig
} {
  const { dir, site, mono, tasks, aside, photosOver, onFault, fatal } = host
  const { config, runtime } = site
  let { copies } = config
  const scheduler: CopyScheduler = new CopyScheduler({
    runtime,
    mono,
    tasks,
    service: copyService(aside, () => holder),
    photosBack: () => photosBack(dir),
    photosOver,
    plan: copies === undefined ? null : copyPlanOf(dir, config, copies),
    night: upkeepOf(config).backupHour,
    key: () => recoveryHalf(dir),
    kept: { read: () => measuredIn(dir).copy, keep: (copy) => keepMeasured(dir, { copy }) },
    onFault,
  })
  const placeNow = () =>
    copies === undefined || recoveryHalf(dir) === null ? null : copyPlanOf(dir, config, copies)
  const holder: HolderWatch = new HolderWatch({
    tasks,
    service: { holdPlace: (plan, nowIso) => aside((worker) => worker.holdPlace(plan, nowIso)) },
    plan: placeNow,
    nowMs: () => runtime.nowMs(),
    quiet: () => runtime.quiet,
    inTurn: (step) => scheduler.inTurn(step),
    say: onFault,
    fatal,
  })
  const service = serviceOfThis(dir)
  const toDo = () => {
    const keyId = recoveryHalf(dir)?.id ?? null
    const { platform } = process
    return undone(
      safeguards({
        dir,
        platform,
        program: installedWords(),
        keyId,
        to: copies?.to ?? null,
        service: service(),
      }),
    )
  }
  const parts: BackupParts = {
    view() {
      const view = scheduler.view()
      return { ...view, fault: holder.fault ?? view.fault, toDo: toDo() }
    },
    now: (begin) => scheduler.now(begin),
    test: () => scheduler.test(),
    tryServer: (wish) => aside((worker) => worker.tryServer(wish)),
    async place(wish, { by, reason }) {
      const writer = { by, reason, atMs: runtime.nowMs() }
      const lot = await setSecondPlace(dir, wish, writer, parts)
      copies = lot.copies
      if (copies !== undefined) scheduler.moveTo(copyPlanOf(dir, config, copies))
    },
    leave: () => scheduler.leave(() => leavePhotosThere(dir)),
    makeKey: (asked) => newRecoveryKey(dir, config, { ...asked, atMs: runtime.nowMs() }),
  }
  return { scheduler, holder, parts, lotNow: () => ({ ...config, copies }) }
}
