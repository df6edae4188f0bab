// The folded state of a lot, stored beside the ledger so that a start reads few rows.
// It is a cache, not a source of truth: the reader must check its row against the ledger.
import type { Folded, RowPosition } from '../pure/fold/folded.ts'
import type { OutboxRowAt } from '../pure/queue/records.ts'

/** Why all rows must be read. `damaged`: truncated, changed, or written without the key. */
type NoFold = 'absent' | 'unreadable' | 'damaged' | 'otherVersion' | 'otherNode'

export type FoundFold =
  | {
      readonly kind: 'found'
      readonly at: RowPosition
      /** The state as if all rows up to `at` had been folded at this start; null: unusable. */
      restore(startMonoMs: number, rowAt: OutboxRowAt): Folded | null
    }
  | { readonly kind: 'none'; readonly why: NoFold }

/** Result of updating the cache. */
export type KeptFold =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly why: string }

/** Updates the cache outside the lanes' thread; never throws, and calls back once. */
export type KeepFold = (done: (kept: KeptFold) => void) => void
