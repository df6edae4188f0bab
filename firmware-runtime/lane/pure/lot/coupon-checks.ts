// Ledger checks of coupons and arrears (part of M1): a coupon is used once, arrears are paid once.
// Counted over all rows, independent of the fold: who used a coupon, what was refunded, who paid for whom.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { Checker, Ledgered, OrderCase } from './invariant-cases.ts'

type OrderRow = Extract<LedgerRow, { kind: 'orderMade' }>

const keptFen = (o: OrderCase): Fen => o.etcFen + o.otherFen - o.refundFen

export class CouponChecks {
  readonly #usedBy = new Map<string, Set<string>>()
  readonly #givenBack = new Map<string, number>()
  /** Last order of each stay with coupons. */
  readonly #last = new Map<string, OrderRow>()
  readonly #closed = new Set<string>()
  /** Orders that include arrears, by the order that left them. */
  readonly #heldIn = new Map<string, OrderRow[]>()
  readonly #refundFen = new Map<string, Fen>()
  /** Fen refunded per stay: payments by code, and refunds by hand. */
  readonly #backFen = new Map<string, Fen>()

  take(c: Checker, row: LedgerRow): void {
    const { stayId = '' } = row
    if (row.kind === 'coupon' && row.body.row === 'used') {
      const { code } = row.body
      this.#usedBy.set(code, (this.#usedBy.get(code) ?? new Set()).add(stayId))
    }
    if (row.kind === 'coupon' && row.body.row === 'givenBack')
      this.#givenBack.set(row.body.code, (this.#givenBack.get(row.body.code) ?? 0) + 1)
    if (row.kind === 'stayClosed' && this.#last.has(stayId)) this.#closed.add(stayId)
    if (row.kind === 'pay' && row.body.row === 'refund')
      this.#refundFen.set(row.body.refundNo, row.body.amountFen)
    if (row.kind === 'pay' && row.body.row === 'refundDone') this.#back(stayId, row.body.refundNo)
    if (row.kind === 'refund' && row.body.byPeople === true)
      this.#refundFen.set(row.body.refundId, row.amountFen ?? 0)
    if (row.kind === 'refundState' && row.body.state === 'success')
      this.#back(stayId, row.body.refundId)
    if (row.kind === 'orderMade') this.#takeOrder(c, row, stayId)
  }

  #back(stayId: string, refundNo: string): void {
    const fen = this.#refundFen.get(refundNo) ?? 0
    this.#backFen.set(stayId, (this.#backFen.get(stayId) ?? 0) + fen)
  }

  #takeOrder(c: Checker, row: OrderRow, stayId: string): void {
    const { coupons = [], arrears = [], lines } = row.body
    for (const { orderId } of arrears)
      this.#heldIn.set(orderId, [...(this.#heldIn.get(orderId) ?? []), row])
    if (coupons.length === 0) return
    this.#last.set(stayId, row)
    const isOwn = coupons.every(({ code }) => this.#usedBy.get(code)?.has(stayId) === true)
    c.check('M1', isOwn, row, 'an order names a coupon that its stay never had')
    const offFen = lines.reduce(
      (sum, one) => (one.rule === 'coupon' || one.rule === 'points' ? sum - one.amountFen : sum),
      0,
    )
    const usedFen = coupons.reduce((sum, one) => sum + one.amountFen, 0)
    const costFen = lines.reduce((sum, one) => sum + one.amountFen, 0)
    const fits = offFen === usedFen && costFen >= 0
    c.check('M1', fits, row, 'coupons took off something else than their lines say')
  }

  end(c: Checker, ledger: Ledgered): void {
    const effects = new Map<string, OrderRow[]>()
    for (const [stayId, row] of this.#last)
      if (this.#closed.has(stayId))
        for (const { code, amountFen } of row.body.coupons ?? [])
          if (amountFen > 0) effects.set(code, [...(effects.get(code) ?? []), row])
    for (const [code, rows] of effects) {
      const kept = rows.filter(({ stayId }) => !this.#isAllBack(ledger, stayId ?? ''))
      const again = this.#givenBack.get(code) ?? 0
      const [last] = rows.slice(-1)
      if (last !== undefined)
        c.check('M1', kept.length - again <= 1, last, `coupon ${code} took off twice`)
    }
    for (const [orderId, rows] of this.#heldIn) this.#checkArrears(c, ledger, orderId, rows)
  }

  /** Money of a stay: fen received, and fen left after refunds. */
  #moneyOf(ledger: Ledgered, stayId: string): { readonly tookFen: Fen; readonly leftFen: Fen } {
    const orders = (ledger.byStay.get(stayId) ?? []).flatMap((id) => ledger.orders.get(id) ?? [])
    const tookFen = orders.reduce((sum, o) => sum + o.etcFen + o.otherFen, 0)
    const keptOfAll = orders.reduce((sum, o) => sum + keptFen(o), 0)
    return { tookFen, leftFen: Math.max(0, keptOfAll - (this.#backFen.get(stayId) ?? 0)) }
  }

  #isAllBack(ledger: Ledgered, stayId: string): boolean {
    const { tookFen, leftFen } = this.#moneyOf(ledger, stayId)
    return tookFen > 0 && leftFen === 0
  }

  /** Fen of these arrears that a stay paid: its money after refunds covers the oldest first. */
  #arrearsFen(ledger: Ledgered, { stayId = '', body }: OrderRow, orderId: string): Fen {
    let { leftFen } = this.#moneyOf(ledger, stayId)
    for (const part of body.arrears ?? []) {
      const fen = Math.min(part.amountFen, leftFen)
      if (part.orderId === orderId) return fen
      leftFen -= fen
    }
    return 0
  }

  #checkArrears(c: Checker, ledger: Ledgered, orderId: string, rows: readonly OrderRow[]): void {
    const old = ledger.orders.get(orderId)
    const paying = rows.filter((row) => {
      const order = ledger.orders.get(row.orderId ?? '')
      return order !== undefined && keptFen(order) > 0
    })
    const [first] = paying
    if (first === undefined) return
    const lastOf = new Map(paying.map((row) => [row.stayId, row]))
    const paidFen = [...lastOf.values()].reduce(
      (sum, row) => sum + this.#arrearsFen(ledger, row, orderId),
      0,
    )
    const owedFen = old === undefined ? 0 : (old.order.amountFen ?? 0) - keptFen(old)
    const words = `${paidFen} fen of arrears of ${orderId} were paid by ${lastOf.size} stays, ${owedFen} were owed`
    c.check('M1', paidFen <= owedFen, first, words)
  }
}
