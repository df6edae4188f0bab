// Keeps a lot or tariff file that was edited by hand as a version, at the start of its lanes.
import { systemWallClock } from '#base/time/system-clocks.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { keepEdited } from './lot-versions.ts'
import { renewDraft } from './setup-file.ts'

/** On a fault the lanes go on without that version. */
export function rememberFiles({
  dir,
  config,
  folderFault,
}: {
  readonly dir: string
  readonly config: LotConfig
  folderFault?(fault: LaneFault): void
}): void {
  try {
    if (keepEdited(dir, config, systemWallClock().nowMs())) renewDraft(dir)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    folderFault?.(error)
  }
}
