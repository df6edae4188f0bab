// Ledger checks of sold passes (part of M2): their payment follows the row that issued them, once.
// There are no other payments without a stay.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Checker } from './invariant-cases.ts'

export class SaleChecks {
  /** Number that the row before issued. */
  #issued: string | null = null

  take(c: Checker, row: LedgerRow): void {
    const issued = this.#issued
    this.#issued = row.kind === 'member' && row.body.row === 'issued' ? row.body.member.no : null
    if (row.kind !== 'payment' || row.body.sold === undefined) return
    const { sold, means } = row.body
    const isSale = sold === issued && row.orderId === undefined && row.stayId === undefined
    c.check('M2', isSale, row, `money of the pass ${sold}, which the row before did not issue`)
    const byHand = means === 'cash' || means === 'transfer'
    c.check('M2', byHand && (row.amountFen ?? 0) > 0, row, `the pass ${sold} was sold for nothing`)
  }
}
