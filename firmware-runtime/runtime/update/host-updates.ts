// What a running lot does about versions: it watches the one on trial, and tells what one that was taken back left.
import type { CodedFault } from '#base/calls/rows.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { FaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { OwnTrialKeeper } from './trial-keeper.ts'
import type { TrialWatch } from './trial-watch.ts'

export type UpdateNotices = readonly (CodedFault & { readonly code: FaultCode })[]

interface HostUpdates {
  notices(): UpdateNotices
  stop(): void
}

/** What an opened lot is given about versions. */
export interface UpdateOptions {
  /** Keeps the trial of a version; absent where programs are not switched. */
  readonly trialKeeper?: OwnTrialKeeper | undefined
  readonly trial?: TrialWatch | undefined
  /** What a version that was taken back before this start left. */
  readonly wentBack?: UpdateNotices
}

interface Faults {
  readonly dir: string
  fatal(fault: LaneFault): void
  folderFault?(fault: LaneFault): void
}

/** The same options, and a watch that sees their faults first where a version is on trial. */
export async function onTrial<O extends UpdateOptions & Faults>(
  options: O,
  mono: Pick<MonoClock, 'after' | 'nowUs'>,
): Promise<O> {
  if (options.trialKeeper === undefined) return options
  const { trialWatch } = await import('./trial-watch.ts')
  const trial = trialWatch(options.trialKeeper, { dir: options.dir, mono })
  return trial === null ? options : watched(options, trial)
}

export const watched = <O extends Pick<Faults, 'fatal' | 'folderFault'>>(
  options: O,
  trial: TrialWatch,
): O => ({
  ...options,
  trial,
  fatal: (fault: LaneFault) => options.fatal(trial.fatal(fault)),
  folderFault: (fault: LaneFault) => {
    trial.fault(fault)
    options.folderFault?.(fault)
  },
})

export function hostUpdates(
  runtime: LotRuntime,
  { trial, wentBack = [] }: UpdateOptions,
): HostUpdates {
  trial?.watch(runtime)
  return { notices: () => [...(trial?.notices() ?? []), ...wentBack], stop: () => trial?.stop() }
}
