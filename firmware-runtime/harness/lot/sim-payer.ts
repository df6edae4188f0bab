// Drivers of a simulated lot who pay by code, what goes wrong with their gateway, and the judgement at the end:
// rules P1 to P6 over the ledger's rows, and takings equal to what the gateway holds.
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { emptyOrder, applyPayRow, isLive, isSettled, type PayOrder } from '#money/pure/pay/order.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { HttpClient } from '#base/ports/http-client.ts'
import type { PayGateway } from '#money/ports/payment.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import type { Going } from './roads.ts'
import type { SimGateway } from './sim-gateway.ts'

/** Share of waiting cars that pay by code; of the others, share that scans although the attendant took the money. */
const byCode = 0.6
const scansAnyway = 0.2
const faultRate = 0.3
const codeWithinUs = 9_000_000
const paidWithinUs = 12_000_000
/** Of payers by code: share showing their own code; of these, share asked for a password, and share typing it. */
const byOwnCode = 0.4
const asksPassword = 0.5
const typesPassword = 0.8
const passwordUs = 5_000_000

const faults = [
  { at: 'POST /v1/offers', when: 'before', do: 'drop' },
  { at: 'POST /v1/offers', when: 'after', do: 'drop' },
  { at: 'GET /v1/attempts/{attemptNo}', when: 'after', do: 'drop', times: 2 },
  { at: 'GET /v1/attempts/{attemptNo}', when: 'after', do: 'delay', ms: 4_000 },
  { at: 'POST /v1/attempts/{attemptNo}/cancel', when: 'before', do: 'drop' },
  { at: 'POST /v1/attempts/{attemptNo}/cancel', when: 'after', do: 'drop' },
  { at: 'POST /v1/charges', when: 'before', do: 'drop' },
  { at: 'POST /v1/charges', when: 'after', do: 'drop' },
  { at: 'POST /v1/refunds', when: 'after', do: 'drop' },
  { at: '*', when: 'before', do: 'status', status: 502, times: 2 },
] as const

export class SimPayer {
  readonly gateway: SimGateway
  readonly #draw: () => number
  readonly #isFaulty: boolean
  /** By lane, what it showed last to the driver before it. */
  readonly #codes = new Map<string, string>()

  constructor(gateway: SimGateway, options: { readonly seed: number; readonly isFaulty: boolean }) {
    this.gateway = gateway
    this.#draw = seededRandom(options.seed ^ 0xc0de)
    this.#isFaulty = options.isFaulty
  }

  /** True when the next waiting driver pays by code; may also set a fault. */
  private next(isAlone: boolean): boolean {
    if (this.#isFaulty && this.#draw() < faultRate) {
      const fault = faults[Math.floor(this.#draw() * faults.length)]
      if (fault !== undefined) this.gateway.faults.add({ skip: 0, times: 1, ...fault })
    }
    return isAlone || this.#draw() < byCode
  }

  /** The driver at this lane scans the displayed code, if he pays by code; without an attendant every driver does. */
  *pays(
    lot: { readonly runtime: LotRuntime },
    laneId: string,
    until: (done: () => boolean, limitUs: number) => Going<boolean>,
    act: (fn: () => void) => void,
    isAlone: boolean,
  ): Going {
    const codeNow = (): string | null => {
      const { lanes, payments } = lot.runtime
      return payments?.codeOf(lanes.get(laneId)?.state.car?.orderId ?? null)?.text ?? null
    }
    const isOver = (): boolean => lot.runtime.lanes.get(laneId)?.state.name !== 'manual'
    const isPayer = this.next(isAlone)
    if (isPayer) yield* until(() => codeNow() !== null || isOver(), codeWithinUs)
    const code = codeNow()
    if (code === null) this.#codes.delete(laneId)
    else this.#codes.set(laneId, code)
    if (!isPayer || code === null) return
    if (this.#draw() < byOwnCode) {
      let asks = false
      act(() => (asks = this.#showsOwn(lot, laneId)))
      if (asks) {
        yield* until(isOver, passwordUs)
        if (this.#draw() < typesPassword) this.gateway.typePasswords()
      }
    } else this.gateway.scan(code)
    yield* until(isOver, paidWithinUs)
  }

  /** The scanner reads the driver's own code; true when it requires a password. */
  #showsOwn(lot: { readonly runtime: LotRuntime }, laneId: string): boolean {
    const { policy } = this.gateway.model
    policy.charges = this.#draw() < asksPassword ? 'paying' : 'paid'
    const code = `13${String(Math.floor(this.#draw() * 1e15)).padStart(16, '0')}`
    const { payments } = lot.runtime
    // Further scans before and after it: a web address, and the same code again.
    payments?.scanned(laneId, 'https://example.test/pay')
    const refusal = payments?.scanned(laneId, code)
    payments?.scanned(laneId, code)
    return refusal === null && policy.charges === 'paying'
  }

  /** Money was taken another way while the code was there: some phones pay all the same. */
  tookOtherwise(laneId: string): void {
    const code = this.#codes.get(laneId)
    if (code !== undefined && this.#draw() < scansAnyway) this.gateway.scan(code, { anyway: true })
  }

  /** As a lot is made of it; `through`: what may die between. */
  parts(through: (http: HttpClient) => HttpClient): { readonly gateway: PayGateway } {
    return { gateway: this.gateway.reach(through) }
  }

  heal(): void {
    this.gateway.faults.clear()
  }

  /** Violations found in the rows and at the gateway. */
  judge(rows: Iterable<LedgerRow>): string[] {
    const wrong: string[] = []
    const orders = new Map<string, PayOrder>()
    const items = new Set<string>()
    let takenFen: Fen = 0
    for (const row of rows) {
      const { orderId = '' } = row
      if (row.kind === 'book' && row.body.row === 'item') items.add(row.body.itemId)
      if (row.kind === 'payment' && row.body.means === 'qr') takenFen += row.amountFen ?? 0
      if (row.kind === 'intent' && orders.get(orderId)?.attempts.some(isLive) === true)
        // ETC has its own transaction, so the attempt stays open.
        orders.set(orderId, { ...(orders.get(orderId) ?? emptyOrder('', 0)), etcRuns: true })
      if (row.kind !== 'pay') continue
      const before = orders.get(orderId) ?? emptyOrder(orderId, 0)
      const order = applyPayRow(before, row.body)
      orders.set(orderId, order.attempts.some(isLive) ? order : { ...order, etcRuns: false })
      const live = order.attempts.filter(isLive).length
      if (live > 1) wrong.push(`P1 row ${row.seq}: ${live} attempts are live`)
      if (row.body.row === 'made' && (before.etcRuns || before.paidWith !== null))
        wrong.push(`P1 row ${row.seq}: an attempt beside another means`)
    }
    for (const [orderId, order] of orders) {
      if (order.etcRuns) wrong.push(`P2 ${orderId}: ETC began and no attempt was left`)
      if (!isSettled(order) && order.attempts.every(({ item }) => item === null))
        wrong.push(`P6 ${orderId}: not settled, and no item`)
      for (const { attemptNo, paidFen, refunds, item } of order.attempts) {
        if (item !== null && !items.has(`payment ${attemptNo}`))
          wrong.push(`P6 ${attemptNo}: ${item}, and nobody has it on a list`)
        if (refunds.some(({ why }) => why === 'late') && !items.has(`late ${attemptNo}`))
          wrong.push(`P3 ${attemptNo}: went back late, and stands on no list`)
        const backFen = refunds.reduce((sum, { amountFen }) => sum + amountFen, 0)
        if (backFen > paidFen) wrong.push(`P4 ${attemptNo}: ${backFen} of ${paidFen} went back`)
        if (attemptNo !== order.paidWith && order.paidWith !== null && backFen !== paidFen)
          wrong.push(`P3 ${attemptNo}: ${paidFen} came late, ${backFen} went back`)
      }
    }
    const { keptFen } = this.gateway
    if (keptFen !== takenFen)
      wrong.push(`the gateway holds ${keptFen}, the ledger says ${takenFen}`)
    return wrong
  }
}
