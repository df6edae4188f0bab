// The state of a lot as it was kept beside the ledger, so that a start needs to read few rows.
// A convenience and no source of truth: whoever reads it compares its row with the ledger's.
import type { Folded, RowPosition } from '../core/fold/folded.ts'
import type { OutboxRowAt } from '../core/queue/records.ts'

/** Why all rows are read. `damaged`: torn, changed, or written by somebody without the key. */
type NoFold = 'absent' | 'unreadable' | 'damaged' | 'otherVersion' | 'otherNode'

export type FoundFold =
  | {
      readonly kind: 'found'
      readonly at: RowPosition
      /** As if all rows up to `at` had been folded at this start; null when it cannot be used. */
      restore(startMonoMs: number, rowAt: OutboxRowAt): Folded | null
    }
  | { readonly kind: 'none'; readonly why: NoFold }

/** What became of a try to bring the cache up to the ledger. */
export type KeptFold =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly why: string }

/** Brings the cache up to the ledger away from the lanes; never throws, and calls back once. */
export type KeepFold = (done: (kept: KeptFold) => void) => void
