// Ledger checks of large amounts (5.2.1 d; part of M2): ETC charges none that no person released, none leaves without an
// outcome, and an automatic payment has a record of why the car waited.
import { isNoEntryOrder } from '#money/pure/billing/no-entry.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Checker } from './invariant-cases.ts'

const releasing = 'lane.release '

interface LargeOrder {
  readonly orderId: string
  readonly amountFen: Fen
  isNamed: boolean
  releasedFen: Fen
}

export class LargeChecks {
  readonly #limitFen: Fen
  /** Last order above the limit of each open stay. */
  readonly #byStay = new Map<string, LargeOrder>()

  /** Infinity: no limit. */
  constructor(limitFen: Fen) {
    this.#limitFen = limitFen
  }

  take(c: Checker, row: LedgerRow): void {
    const { stayId = '', orderId = '' } = row
    if (row.kind === 'orderMade') this.#ordered(row)
    const order = this.#byStay.get(stayId)
    if (order === undefined) return
    const { amountFen } = order
    if (row.kind === 'exception' && row.body.reason === 'largeAmount') order.isNamed = true
    if (row.kind === 'audit' && row.body.act === `${releasing}${order.orderId}`)
      order.releasedFen = amountFen
    if (row.kind === 'intent' && orderId === order.orderId)
      c.check('M2', order.releasedFen >= amountFen, row, `${amountFen} fen, and nobody released it`)
    if (row.kind === 'payment' && orderId === order.orderId && row.body.by === null)
      c.check('M2', order.isNamed, row, `${amountFen} fen paid, and nothing says why it waited`)
    if (row.kind !== 'stayClosed') return
    c.check('M2', row.body.end !== 'open', row, `left with ${amountFen} fen, and without an end`)
    this.#byStay.delete(stayId)
  }

  /** A released amount of the stay also covers another class that is not more expensive. */
  #ordered(row: Extract<LedgerRow, { kind: 'orderMade' }>): void {
    const { stayId = '', orderId = '', amountFen = 0, body } = row
    const before = this.#byStay.get(stayId)
    this.#byStay.delete(stayId)
    if (amountFen <= this.#limitFen || isNoEntryOrder(body.lines)) return
    const { isNamed = false, releasedFen = 0 } = before ?? {}
    this.#byStay.set(stayId, { orderId, amountFen, isNamed, releasedFen })
  }
}
