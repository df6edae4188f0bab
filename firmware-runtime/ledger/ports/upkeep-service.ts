// External operations of the maintenance: inspecting the data folder, and heavy work outside the lanes' thread.
// Every method is asynchronous; errors are LaneFaults.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { BackupCopy, LedgerTrouble, UpkeepFacts } from '../pure/lot/upkeep.ts'

export interface Cleared {
  readonly files: number
  readonly bytes: number
}

export interface NightlyBackup {
  readonly copy: BackupCopy
  /** Fault found by the check for which the copy is still kept. */
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
