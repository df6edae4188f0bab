// What upkeep asks of the world: a look at the folder, and the heavy work beside the hot thread.
// Every answer comes later; a fault is a LaneFault.
import type { InstantMs } from '../core/values/instant.ts'
import type { BackupCopy, LedgerTrouble, UpkeepFacts } from '../core/lot/upkeep.ts'

export interface Cleared {
  readonly files: number
  readonly bytes: number
}

export interface NightlyBackup {
  readonly copy: BackupCopy
  /** What the check found that is no reason to throw the copy away. */
  readonly fault: LedgerTrouble | null
}

export interface UpkeepService {
  /** `weighs`: photos have a budget, so what they take is looked at as well. */
  facts(weighs: boolean): Promise<UpkeepFacts>
  /** A copy that was opened and verified before it got its name in `backup/`. */
  backup(atMs: InstantMs): Promise<NightlyBackup>
  /**
   * Deletes the photos of a day. An empty mark stays until `forgetPhotos`, so that a deletion whose
   * proof row is missing is found again. `begun`: only what an earlier life left under the mark.
   */
  clearPhotos(day: string, begun: boolean): Promise<Cleared>
  forgetPhotos(day: string): Promise<void>
  dropBackup(file: string): Promise<void>
}
