// Ledger checks of refunds by people (part of M7): only of paid amounts, requested by one person and approved by another,
// and never more in total, with pending ones, than was paid. Counted over rows, independent of core/billing.
import type { Fen } from '#base/pure/values/fen.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import type { Shelf, ShelfMaker } from '#base/pure/values/shelf.ts'
import { bookedFen, lastState, type Checker, type Ledgered } from './invariant-cases.ts'

type RefundRow = Extract<LedgerRow, { kind: 'refund' }>

interface RefundCase {
  readonly of: string
  readonly amountFen: Fen
  readonly byPeople: boolean
  /** True when it reduces the amount left. */
  readonly takes: boolean
}

export class RefundChecks {
  /** Fen taken by hand, by payment number. */
  readonly #paidFen: Shelf<Fen>
  /** Back or on its way, by charge or payment. */
  readonly #backFen: Shelf<Fen>
  readonly #refunds: Shelf<RefundCase>

  constructor(shelf: ShelfMaker) {
    this.#paidFen = shelf()
    this.#backFen = shelf()
    this.#refunds = shelf()
  }

  take(c: Checker, row: LedgerRow, ledger: Ledgered): void {
    if (row.kind === 'payment' && row.body.means !== 'etc')
      this.#paidFen.set(row.body.paymentId, row.amountFen ?? 0)
    if (row.kind === 'refund') this.#takeRefund(c, row, ledger)
    if (row.kind === 'refundState') this.#takeState(c, row, ledger)
  }

  #takeRefund(c: Checker, row: RefundRow, ledger: Ledgered): void {
    const { deductionId, amountFen = 0, body } = row
    const { refundId, paymentId, operator, approvedBy, byPeople = false } = body
    const of = paymentId ?? deductionId ?? ''
    this.#refunds.set(refundId, { of, amountFen, byPeople, takes: true })
    this.#add(of, amountFen)
    if (!byPeople) return
    const isTwo = approvedBy === null || !isSamePerson(operator, approvedBy)
    c.check('M7', isTwo, row, 'one person asked for a refund and approved it')
    this.#mustFit(c, row, of, ledger)
  }

  #takeState(c: Checker, row: Extract<LedgerRow, { kind: 'refundState' }>, ledger: Ledgered): void {
    const { refundId, state } = row.body
    const refund = this.#refunds.get(refundId)
    if (refund === undefined || !refund.byPeople) return
    const takes = state !== 'rejected'
    if (takes === refund.takes) return
    this.#refunds.set(refundId, { ...refund, takes })
    this.#add(refund.of, takes ? refund.amountFen : -refund.amountFen)
    if (takes) this.#mustFit(c, row, refund.of, ledger)
  }

  #add(of: string, amountFen: Fen): void {
    this.#backFen.set(of, (this.#backFen.get(of) ?? 0) + amountFen)
  }

  #mustFit(c: Checker, row: LedgerRow, of: string, ledger: Ledgered): void {
    const charge = ledger.deductions.get(of)
    const isPaid = charge !== undefined && lastState(charge) === 'paid'
    const paidFen = isPaid ? bookedFen(charge) : (this.#paidFen.get(of) ?? 0)
    const back = this.#backFen.get(of) ?? 0
    c.check('M7', back <= paidFen, row, `${back} fen go back of ${paidFen} that were paid`)
  }
}
