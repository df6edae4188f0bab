// The status list of a platform: downloaded or imported from a file outside the lanes' thread, and stored in the data folder.
// Errors are LaneFaults; on an error the stored list stays.
import type { InstantMs } from '#base/pure/values/instant.ts'

/** Result of a download or import. */
export interface ListTaken {
  readonly version: string
  readonly asOfMs: InstantMs
  /** `same`: the platform confirmed that the stored list is current. */
  readonly kind: 'full' | 'changes' | 'same'
  /** Number of cards and OBUs on the list. */
  readonly count: number
  /** Version of the list before, where the new one was not counted up from it. */
  readonly jumpedFrom?: string
}

export interface ListService {
  /** `full`: download the whole list even if one is stored. `isAnew`: a person wants it, also with a lower version. */
  fetchList(full: boolean, isAnew?: boolean): Promise<ListTaken>
  /** Imports a file that contains the unmodified answer of the platform with its headers. */
  takeList(file: string): Promise<ListTaken>
}
