// What a running lot does about versions: it watches the one on trial, and writes and tells that one was taken back.
import type { CodedFault } from '../../api/rows.ts'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import type { FaultCode, LaneFault } from '../../core/faults/faults.ts'
import type { TrialWatch } from './trial-watch.ts'
import { wentBackNotices, writeWentBack, type WentBack } from './way-back.ts'

export interface HostUpdates {
  notices(): readonly (CodedFault & { readonly code: FaultCode })[]
  stop(): void
}

interface Faults {
  fatal(fault: LaneFault): void
  folderFault?(fault: LaneFault): void
}

/** The same options, whose faults the watch sees first. */
export const watched = <O extends Faults>(options: O, trial: TrialWatch): O => ({
  ...options,
  fatal: (fault: LaneFault) => options.fatal(trial.fatal(fault)),
  folderFault: (fault: LaneFault) => {
    trial.fault(fault)
    options.folderFault?.(fault)
  },
})

interface UpdateParts {
  readonly dir: string
  readonly trial: TrialWatch | null
  readonly wentBack: WentBack | null
}

export function hostUpdates(
  runtime: LotRuntime,
  { dir, trial, wentBack }: UpdateParts,
): HostUpdates {
  trial?.watch(runtime)
  if (wentBack !== null) writeWentBack(dir, wentBack, runtime)
  return {
    notices: () => [
      ...(trial?.notices() ?? []),
      ...(wentBack === null ? [] : wentBackNotices(wentBack)),
    ],
    stop: () => trial?.stop(),
  }
}
