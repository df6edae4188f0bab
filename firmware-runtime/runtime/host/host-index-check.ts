// The check of the indexes of a long ledger beside the lanes; a short one is checked by each start.
import { isLong, markSuspect } from '#ledger/sqlite/whole-check.ts'
import { IndexCheck } from '#lane/lot/upkeep/index-check.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { SideTasks } from '#base/process/side-tasks.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { Asides } from './asides.ts'

interface CheckedHost {
  readonly dir: string
  fatal(fault: LaneFault): void
  folderFault?(fault: LaneFault): void
}

interface CheckParts {
  readonly tasks: SideTasks
  readonly runtime: Pick<LotRuntime, 'quiet'>
  readonly asides: Pick<Asides, 'run'>
}

/** Null: the ledger is short. */
export const hostIndexCheck = (
  { dir, fatal, folderFault }: CheckedHost,
  { tasks, runtime, asides }: CheckParts,
): IndexCheck | null =>
  isLong(dir)
    ? new IndexCheck({
        tasks,
        quiet: () => runtime.quiet,
        check: () => asides.run((worker) => worker.damage()),
        mark: (what) => markSuspect(dir, what),
        onFault: (fault) => folderFault?.(fault),
        fatal,
      })
    : null
