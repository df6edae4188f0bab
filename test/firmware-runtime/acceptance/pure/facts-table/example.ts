// The form of the table of facts: what a clause demands of an item, with examples that are wrong and examples where the
// fact is missing. Each must turn the item from its verdict on a lot that works.
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import type { ItemId } from '#acceptance/pure/items/ids.ts'
import type { Change } from './change.ts'

export type Examples = Readonly<Record<string, Change>>

export interface Demand {
  readonly item: ItemId
  /** What the clause demands. */
  readonly demands: string
  /** A lot that works. */
  readonly lot: () => AcceptanceFacts
  readonly wrong: Examples
  readonly absent: Examples
}
