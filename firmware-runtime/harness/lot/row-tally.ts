// Counts rows of a simulated lot during the checks: kinds, ends of cars, and the handling of large amounts.
// Counters alone; the rules are lane/pure/lot/invariants.ts.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

/** Large amounts (5.2.1 d): that waited, that a person released, and by what means each order of them was paid. */
export interface LargeTally {
  readonly asked: number
  readonly released: number
  readonly paid: Readonly<Record<string, number>>
}

export class RowTally {
  readonly kinds: Record<string, number> = {}
  /** Events of rows by their type. */
  readonly ends: Record<string, number> = {}
  endedByNoLane = 0
  readonly #large = new Set<string>()
  readonly #paid: Record<string, number> = {}
  #released = 0

  get large(): LargeTally {
    return { asked: this.#large.size, released: this.#released, paid: this.#paid }
  }

  take(row: LedgerRow): void {
    const { kinds, ends } = this
    const { orderId = '' } = row
    kinds[row.kind] = (kinds[row.kind] ?? 0) + 1
    if (row.kind === 'stayClosed' && row.laneId === undefined) this.endedByNoLane++
    if (row.kind === 'event') ends[row.body.type] = (ends[row.body.type] ?? 0) + 1
    if (row.kind === 'exception' && row.body.reason === 'largeAmount') this.#large.add(orderId)
    if (row.kind === 'audit' && row.body.act.startsWith('lane.release ')) this.#released++
    if (row.kind !== 'payment' || !this.#large.has(orderId)) return
    const { means } = row.body
    this.#paid[means] = (this.#paid[means] ?? 0) + 1
  }
}
