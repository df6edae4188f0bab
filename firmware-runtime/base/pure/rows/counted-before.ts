// What was counted before an order began: free time and amounts of earlier stays of its day, and of a stay that was paid inside.
// The row of the order keeps it, so that its price can be made again from the row alone.
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'

export interface CountedBefore {
  /** The stay was paid inside and is charged anew from here on. */
  readonly overstay?: true
  /** Of the free time; a whole day where none is left. */
  readonly freeUsedMs: number
  /** What earlier periods cost, by the date on which they began. */
  readonly days: readonly { readonly dayMs: InstantMs; readonly amountFen: Fen }[]
}

export const nothingBefore: CountedBefore = { freeUsedMs: 0, days: [] }
