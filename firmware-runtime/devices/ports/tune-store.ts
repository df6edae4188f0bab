// Where the tune steps of one device are kept. `save` is durable when it returns; a store that cannot
// write throws DATA-01 or DATA-02, a damaged file TUNE-04.
import type { TuneState } from '../pure/tune/loop.ts'

export interface TuneStore {
  /** Null where nothing was stored yet. */
  load(): TuneState | null
  save(state: TuneState): void
}
