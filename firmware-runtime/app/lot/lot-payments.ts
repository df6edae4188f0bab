// Payments of a lot through its gateway: offers a code to a car that ETC could not charge, keeps every step in
// the ledger, and leaves an attempt in the same transaction in which another means begins (rules P1 to P5).
import type { DisplayCommand } from '../../core/lane/display.ts'
import { payTextBytesMax } from '../../core/lane/display.ts'
import { codeRunsText, codeText, pageOf } from '../../core/lane/driver-text.ts'
import { payItemRows } from '../../core/billing/pay-items.ts'
import { mayOfferCode } from '../../core/lane/exit-parts.ts'
import type { LaneEvent, LaneState } from '../../core/lane/lane.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { settleBar } from '../../core/lot/claim.ts'
import { dueFen } from '../../core/lot/lot.ts'
import type { Order } from '../../core/lot/lot-state.ts'
import type { PayCase } from '../../core/pay/cases.ts'
import { againRow, emptyOrder, isLive, isSettled } from '../../core/pay/order.ts'
import type { Attempt, PayOrder } from '../../core/pay/order.ts'
import { scanOf } from '../../core/values/pay-code.ts'
import { waitOf } from '../../core/pay/times.ts'
import type { PayEvent } from '../../core/pay/turn.ts'
import { aloneFenStandard } from '../../core/values/alone.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { Fen } from '../../core/values/fen.ts'
import { dayStartMs, isoOf, type InstantMs } from '../../core/values/instant.ts'
import type { ChargeMode, RowBodies, RowDraft } from '../../core/values/ledger-row.ts'
import type { PayRow, PayWay } from '../../core/values/pay-row.ts'
import { isTestOrder } from '../../core/values/test-order.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import type {
  PaymentBill,
  PaymentCapabilities,
  PaymentSilence,
  PayGateway,
} from '../../ports/payment.ts'
import { Timers } from '../machine.ts'
import { PayRunner } from '../money/pay-runner.ts'
import type { JoinedRows, LotLedger } from './lot-ledger.ts'

interface PaymentsParts {
  readonly ledger: LotLedger
  readonly gateway: PayGateway
  readonly mono: MonoClock
  readonly config: Pick<LotConfig, 'lotId' | 'chargeMode' | 'aloneFenMax'>
  readonly lanes: ReadonlyMap<string, PayLane>
  dispatch(laneId: string, event: LaneEvent): void
  /** Something came from outside a turn. */
  afterwards(): void
}

/** What is asked of a lane here. */
interface PayLane {
  readonly config: { readonly id: string; readonly place?: unknown }
  readonly state: LaneState
  readonly devices: { readonly display: { send(command: DisplayCommand): void } | null }
  shownCode: string | null
}

type RefundWanted = Omit<Extract<PayEvent, { type: 'refundRequested' }>, 'type'>

/** A code that a driver may scan now. */
interface PayCode {
  readonly text: string
  readonly amountFen: Fen
}

type ScanRefusal = 'rubbish' | 'noCar' | 'notNow' | 'noGateway' | 'charging' | 'notWritten'

interface OpenCase {
  readonly runner: PayRunner
  readonly laneId: string
  readonly stayId: string
  /** Offers that were asked for, and from when the next one may be. */
  offers: number
  nextOfferMs: number
}

const isCharge = ({ way }: Attempt): boolean => way === 'charge'

/** After a restart, a car that stands there is seen within this: its code stays good. */
const carBackMs = 15_000
/** After a restart, what is settled is looked at one after the other. */
const restartStepMs = 200

export class LotPayments {
  readonly #own: PaymentsParts
  readonly #cases = new Map<string, OpenCase>()
  readonly #codes = new Map<string, PayCode & { readonly attemptNo: string }>()
  /** Orders that are not paid, or that ETC charges now. */
  readonly #open = new Set<string>()
  readonly #timers: Timers
  #can: PaymentCapabilities | null = null
  #isAsking = false
  #isSyncing = false
  #day: InstantMs
  #isOver = false
  #backUntilMs = 0

  constructor(own: PaymentsParts) {
    this.#own = own
    this.#timers = new Timers(own.mono)
    this.#day = dayStartMs(own.ledger.nowMs())
  }

  /** Every attempt that a restart found open is taken up by its number. */
  start(): void {
    const { mono, ledger } = this.#own
    let waits = 0
    if (ledger.lot.pays.size > 0) this.#backUntilMs = ledger.monoMs() + carBackMs
    this.#timers.set('back', carBackMs, () => this.#own.afterwards())
    // A step moves its case to the end.
    for (const [orderId, known] of [...ledger.lot.pays]) {
      const { runner } = this.#caseOf(orderId, known)
      if (isSettled(known.order))
        mono.after(restartStepMs * ++waits, () => {
          if (!this.#isOver) runner.feed({ type: 'resumed' })
        })
      else {
        if (dayStartMs(known.lastAtMs) < this.#day) runner.feed({ type: 'dayEnded' })
        runner.feed({ type: 'resumed' })
      }
    }
  }

  stop(): void {
    this.#isOver = true
    this.#timers.stop()
    for (const { runner } of this.#cases.values()) runner.stop()
  }

  codeOf(orderId: string | null): PayCode | null {
    return this.#codes.get(orderId ?? '') ?? null
  }

  /** Whether the driver of this lane may show a payment code now, and how his last one stands. */
  byCode(lane: PayLane): 'ready' | 'running' | 'failed' | null {
    if (!this.#wants(lane)) return null
    const last = this.#charge(lane.state.car?.orderId ?? null)
    // What a gateway can is not known in the first moment of a process: a code would be refused.
    return last ?? (this.#can?.ways.includes('charge') === true ? 'ready' : null)
  }

  #charge(orderId: string | null): 'running' | 'failed' | null {
    const last = this.#cases.get(orderId ?? '')?.runner.order.attempts.findLast(isCharge)
    if (last === undefined || last.state === 'paid') return null
    return isLive(last) ? 'running' : 'failed'
  }

  /**
   * A driver of this lane showed a payment code; `audit` stands with the row of the attempt, which is there before
   * the gateway hears of it. Null: it is being charged. Else why it is not; then nothing has happened.
   */
  scanned(laneId: string, text: string, audit: readonly RowDraft[] = []): ScanRefusal | null {
    const lane = this.#own.lanes.get(laneId)
    const scan = scanOf(text)
    if (scan.kind === 'rubbish') return 'rubbish'
    if (lane === undefined || lane.config.place !== undefined || lane.state.car === null)
      return 'noCar'
    const { orderId } = lane.state.car
    if (orderId === null || !this.#wants(lane)) return 'notNow'
    if (!this.#isReady('charge')) return 'noGateway'
    const found = this.#found(lane, orderId)
    if (found === null) return 'notNow'
    if (this.#charge(orderId) === 'running') return 'charging'
    const { rows, refusal, done } = found.runner.prepare({ type: 'charge', code: scan.code })
    if (refusal !== null) return 'notNow'
    if (!this.#own.ledger.appendQuietly([...audit, ...this.#drafts(orderId, rows)]))
      return 'notWritten'
    done()
    return null
  }

  /** As this process knows it; null: it was settled long ago, or never was. */
  orderOf(orderId: string): PayOrder | null {
    return this.#cases.get(orderId)?.runner.order ?? null
  }

  /**
   * Money of an attempt goes back: the row stands with that of the audit before the gateway hears of it.
   * `known`: the order as its rows say, where it was settled long ago. Throws PAY-03.
   */
  refund(
    orderId: string,
    known: Omit<PayCase, 'lastAtMs'>,
    wanted: RefundWanted,
    audit: readonly RowDraft[],
  ): void {
    const { runner } = this.#cases.get(orderId) ?? this.#caseOf(orderId, known)
    const { ledger, config } = this.#own
    const aloneFenMax = config.aloneFenMax ?? aloneFenStandard
    const { rows, refusal, done } = runner.prepare({
      type: 'refundRequested',
      ...wanted,
      aloneFenMax,
    })
    if (refusal !== null)
      throw new LaneFault('PAY-03', { field: '/attemptNo', value: wanted.attemptNo, note: refusal })
    const before = ledger.lot.pays.has(orderId) ? [] : [againRow(runner.order)]
    ledger.append([...audit, ...this.#drafts(orderId, [...before, ...rows])])
    done()
  }

  /** The gateway's own book of a day. */
  bill(day: string): Promise<PaymentBill | PaymentSilence> {
    const { promise, resolve } = Promise.withResolvers<PaymentBill | PaymentSilence>()
    this.#own.gateway.payment.bill(day, resolve)
    return promise
  }

  /** Rows of attempts that these rows end, or hold up: they are written with them. */
  joined(drafts: readonly RowDraft[]): JoinedRows | null {
    if (this.#open.size === 0 || drafts.some(({ kind }) => kind === 'pay')) return null
    const steps = this.#endings(drafts)
    if (steps.length === 0) return null
    const prepared = steps.map(([orderId, event]) => {
      const found = this.#cases.get(orderId)
      return { orderId, step: found?.runner.prepare(event) }
    })
    return {
      rows: prepared.flatMap(({ orderId, step }) => this.#drafts(orderId, step?.rows ?? [])),
      done: () => {
        for (const { step } of prepared) step?.done()
      },
    }
  }

  /** After each turn: a car that waits is offered a code, one that left is offered none. */
  sync(): void {
    if (this.#isSyncing || this.#isOver) return
    this.#isSyncing = true
    try {
      const here = new Set<string>()
      for (const lane of this.#own.lanes.values()) {
        const { car } = lane.state
        if (car === null || car.orderId === null) continue
        here.add(car.orderId)
        if (this.#wants(lane)) this.#offer(lane, car.orderId)
      }
      const isBack = this.#own.ledger.monoMs() >= this.#backUntilMs
      for (const orderId of isBack ? [...this.#open] : []) {
        const runner = this.#cases.get(orderId)?.runner
        if (!here.has(orderId) && runner?.order.attempts.some(isLive) === true)
          runner.feed({ type: 'stopped' })
      }
      for (const lane of this.#own.lanes.values()) this.#show(lane)
      this.#endDay()
      this.#forget()
    } finally {
      this.#isSyncing = false
    }
  }

  /** What the display of a lane shows beside the lane's own words. */
  #show(lane: PayLane): void {
    const { name, car, shown } = lane.state
    const orderId = name === 'manual' ? (car?.orderId ?? null) : null
    const code = this.codeOf(orderId)
    const runs = this.#charge(orderId) === 'running'
    const key = runs ? codeRunsText.zh : (code?.text ?? null)
    if (lane.shownCode === key) return
    lane.shownCode = key
    const { display } = lane.devices
    if (runs) return display?.send({ do: 'show', page: pageOf(codeRunsText) })
    if (code === null) return display?.send({ do: 'show', page: pageOf(shown) })
    const { text: url, amountFen } = code
    const page = pageOf(codeText(amountFen))
    // A code that was cut says something else.
    if (Buffer.byteLength(url) > payTextBytesMax) return display?.send({ do: 'show', page })
    display?.send({ do: 'showPay', page, url, amountFen, forMs: 0 })
  }

  #endDay(): void {
    const day = dayStartMs(this.#own.ledger.nowMs())
    if (day === this.#day) return
    this.#day = day
    for (const { runner } of this.#cases.values()) runner.feed({ type: 'dayEnded' })
  }

  #forget(): void {
    const { pays } = this.#own.ledger.lot
    if (this.#cases.size <= pays.size) return
    for (const [orderId, { runner }] of this.#cases) {
      if (pays.has(orderId)) continue
      runner.stop()
      this.#cases.delete(orderId)
    }
  }

  #wants({ config, state }: PayLane): boolean {
    const { stayId = null, orderId = null } = state.car ?? {}
    const { ledger } = this.#own
    const mayOffer = mayOfferCode(state, ledger.nowMs())
    if (config.place !== undefined || !mayOffer || isTestOrder(orderId)) return false
    return settleBar(ledger.lot, config.id, { stayId, orderId }) === null
  }

  #offer(lane: PayLane, orderId: string): void {
    const { ledger, gateway } = this.#own
    if (this.#codes.has(orderId) || !this.#isReady('offer')) return
    const { id: laneId } = lane.config
    const found = this.#found(lane, orderId)
    // The code that he shows is charged first: an offer would end that.
    if (found === null || this.#charge(orderId) === 'running') return
    const nowMs = ledger.monoMs()
    if (found.runner.order.paidWith !== null || nowMs < found.nextOfferMs) return
    const waitMs = waitOf(gateway.times.cancelRetryMs, found.offers++) ?? 0
    found.nextOfferMs = nowMs + waitMs
    this.#timers.set(`offer ${laneId}`, waitMs, () => this.#own.afterwards())
    found.runner.feed({ type: 'offer' })
  }

  #found({ config, state }: PayLane, orderId: string): OpenCase | null {
    const { ledger, config: lot } = this.#own
    const order = ledger.lot.orders.get(orderId)
    if (order === undefined) return null
    const known = {
      order: emptyOrder(gatewayNo(lot.lotId, order), dueFen(order)),
      laneId: config.id,
      stayId: state.car?.stayId ?? '',
    }
    return this.#cases.get(orderId) ?? this.#caseOf(orderId, known)
  }

  /** What the gateway can do is asked for when a car first needs it. */
  #isReady(way: PayWay): boolean {
    if (this.#can !== null) return this.#can.ways.includes(way)
    if (this.#isAsking) return false
    const { gateway, ledger } = this.#own
    this.#isAsking = true
    gateway.payment.capabilities((found) => {
      if (this.#isOver) return
      const isOurs = !('kind' in found) && found.merchantNo === gateway.merchantNo
      if (isOurs) this.#can = found
      else
        ledger.trace('', null, 'fault', `PAY-02 ${'kind' in found ? found.reason : 'merchantNo'}`)
      const again = (): void => {
        this.#isAsking = false
        this.#own.afterwards()
      }
      if (isOurs) again()
      else this.#timers.set('capabilities', gateway.times.queryStepMs, again)
    })
    return false
  }

  #caseOf(orderId: string, known: Pick<PayCase, 'order' | 'laneId' | 'stayId'>): OpenCase {
    const { gateway, mono } = this.#own
    const { payment, times, merchantNo } = gateway
    const { laneId, stayId } = known
    const runner = new PayRunner(
      { ...known.order, etcRuns: this.#etcRuns(orderId) },
      {
        payment,
        mono,
        times,
        merchantNo,
        queryMsMin: () => this.#can?.minQueryMs ?? 0,
        keep: (rows) => this.#keep(orderId, rows),
        notice: (notice) => {
          if (notice.do === 'show') {
            const { attemptNo, qrText: text } = notice
            this.#codes.set(orderId, { attemptNo, text, amountFen: runner.order.dueFen })
          } else if (notice.do === 'hide') {
            if (this.#codes.get(orderId)?.attemptNo === notice.attemptNo)
              this.#codes.delete(orderId)
          } else if (notice.do === 'open') this.#paid(orderId)
        },
        changed: (order) => this.#changed(orderId, order),
      },
    )
    const found = { runner, laneId, stayId, offers: 0, nextOfferMs: 0 }
    this.#cases.set(orderId, found)
    this.#note(orderId, runner.order)
    return found
  }

  #note(orderId: string, { paidWith, etcRuns }: PayOrder): void {
    if (paidWith === null || etcRuns) this.#open.add(orderId)
    else this.#open.delete(orderId)
  }

  #changed(orderId: string, order: PayOrder): void {
    this.#note(orderId, order)
    if (!this.#isSyncing) this.#own.afterwards()
  }

  /** The car of a paid order waits: its lane looks at it now. */
  #paid(orderId: string): void {
    for (const { config, state } of this.#own.lanes.values())
      if (state.car?.orderId === orderId)
        this.#own.dispatch(config.id, { type: 'timer', name: 'retry' })
  }

  /** A charge that runs, or one of a card whose result nobody knows: no other means may begin. */
  #etcRuns(orderId: string): boolean {
    const deductions = this.#own.ledger.lot.orders.get(orderId)?.deductions ?? []
    return deductions.some(
      ({ state, chargeMode }) =>
        state === 'intent' || (state === 'unknown' && chargeMode === 'card'),
    )
  }

  #keep(orderId: string, rows: readonly PayRow[]): boolean {
    return this.#own.ledger.appendQuietly(this.#drafts(orderId, rows))
  }

  /** The rows of a step; one that pays the order stands with the payment itself. */
  #drafts(orderId: string, rows: readonly PayRow[]): RowDraft[] {
    const { ledger } = this.#own
    const found = this.#cases.get(orderId)
    if (found === undefined) return []
    const { laneId, stayId, runner } = found
    const refs = { atMs: ledger.nowMs(), laneId, stayId, orderId }
    const day = isoOf(refs.atMs).slice(0, 10)
    const items = payItemRows(runner.order, rows, day).map((body): RowDraft => {
      return { kind: 'book', atMs: refs.atMs, body }
    })
    const steps = rows.flatMap((body): RowDraft[] => {
      const step: RowDraft = { kind: 'pay', ...refs, body }
      const reason = body.row === 'item' || body.row === 'state' ? body.reason : ''
      if (body.row === 'item' || (body.row === 'state' && body.state === 'odd'))
        ledger.trace(laneId, stayId, 'fault', `payment ${body.attemptNo} ${reason}`)
      if (body.row !== 'orderPaid') return [step]
      const attempt = runner.order.attempts.find(({ attemptNo }) => attemptNo === body.with)
      if (attempt === undefined) return [step]
      const { attemptNo, amountFen } = attempt
      const paymentId = ledger.mint('M')
      const paid = { paymentId, means: 'qr', by: null, reason: attemptNo } as const
      return [step, { kind: 'payment', ...refs, amountFen, body: paid }]
    })
    return [...steps, ...items]
  }

  /** What these rows are for each order that has attempts and is not paid. */
  #endings(drafts: readonly RowDraft[]): (readonly [string, PayEvent])[] {
    const { chargeMode } = this.#own.config
    return [...this.#open].flatMap((orderId) => {
      const stayId = this.#cases.get(orderId)?.stayId
      const own = drafts.filter((row) => row.orderId === orderId || row.stayId === stayId)
      const event = own.length === 0 ? null : endingOf(orderId, own, chargeMode)
      return event === null ? [] : [[orderId, event] as const]
    })
  }
}

/** The number of an order at the gateway: unlike that of another lot, or of a ledger that began anew. */
const gatewayNo = (lotId: string, { orderId, toMs }: Order): string =>
  `${lotId}-${orderId}-${Math.floor(toMs / 1000).toString(36)}`

/** Nobody knows what a card paid; a platform that was silent twice is not waited for (8.3.1 b). */
const isOver = (state: RowBodies['outcome']['state'], chargeMode: ChargeMode): boolean =>
  state === 'refused' || (state === 'unknown' && chargeMode === 'online')

/** The rows of one stay; what pays counts before what only begins or ends. */
function endingOf(
  orderId: string,
  rows: readonly RowDraft[],
  chargeMode: ChargeMode,
): PayEvent | null {
  const own = rows.filter((row) => row.orderId === orderId)
  for (const row of own)
    if (row.kind === 'payment')
      return row.body.means === 'etc'
        ? { type: 'etc', now: 'paid' }
        : { type: 'paidOtherwise', means: row.body.means }
  for (const row of rows) {
    if (row.kind === 'pass') return { type: 'paidOtherwise', means: row.body.cause }
    if (row.kind === 'stayClosed') return { type: 'paidOtherwise', means: 'stayClosed' }
    if (row.kind === 'orderMade') return { type: 'paidOtherwise', means: 'newerOrder' }
  }
  for (const row of own) if (row.kind === 'intent') return { type: 'etc', now: 'started' }
  for (const row of own)
    if (row.kind === 'outcome' && isOver(row.body.state, chargeMode))
      return { type: 'etc', now: 'ended' }
  return null
}
