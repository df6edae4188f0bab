// The status list of a platform, fetched or taken from a file beside the lanes' thread, and kept in the data folder.
// A fault is a LaneFault; the list that is held stays whatever happens.
import type { InstantMs } from '../core/values/instant.ts'

/** What became of it. */
export interface ListTaken {
  readonly version: string
  readonly asOfMs: InstantMs
  /** `same`: the platform has no newer one, and says so now. */
  readonly kind: 'full' | 'changes' | 'same'
  /** Cards and OBUs on it. */
  readonly count: number
}

export interface ListService {
  /** `full`: the whole list, whatever is held. */
  fetchList(full: boolean): Promise<ListTaken>
  /** From a file that somebody brought: the platform's answer with its headers, as it came. */
  takeList(file: string): Promise<ListTaken>
}
