// Payments of a lot through its gateway: offers a code to a car that ETC could not charge, records every step in the
// ledger, and ends an attempt in the same transaction in which another means begins (rules P1 to P5).
import type { LaneView } from '../calls/views.ts'
import {
  codeDoubtText,
  codeRunsText,
  noCodeText,
  type DriverText,
} from '#devices/pure/lane/driver-text.ts'
import { mayOfferCode } from '../pure/exit-parts.ts'
import { numbersFrom } from '#ledger/pure/lot/id-gap-after-restore.ts'
import { settleBar } from '../pure/lot/claim.ts'
import { dueFen } from '#ledger/pure/lot/order-due.ts'
import type { LeftOwing } from '../pure/open/left-owing.ts'
import type { PayCase } from '#money/pure/pay/cases.ts'
import { againRow, emptyOrder, isLive, isSettled } from '#money/pure/pay/order.ts'
import type { Attempt, PayOrder } from '#money/pure/pay/order.ts'
import { scanOf } from '#base/pure/values/pay-code.ts'
import { waitOf } from '#money/pure/pay/times.ts'
import type { PayEvent } from '#money/pure/pay/turn.ts'
import { refundFault } from '#money/pure/billing/refund-refusals.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'
import { dayStartMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { PaymentBill, PaymentSilence } from '#money/ports/payment.ts'
import { Timers } from '#base/process/machine.ts'
import { GatewayLink } from '#money/receipts/gateway-link.ts'
import { PayRunner } from '#money/receipts/pay-runner.ts'
import type { JoinedRows } from './lot-ledger.ts'
import type { OpenCase, PayLane, PaymentsParts } from './payments-parts.ts'
import { endingOf, etcRunsFor } from './pay-endings.ts'
import { payStepRows } from './pay-step-rows.ts'
import { gatewayNo } from './files/gateway-no.ts'
import { showPay, type PayCode } from './pay-show.ts'
import { Stranded } from './queue/stranded.ts'

type RefundWanted = Omit<Extract<PayEvent, { type: 'refundRequested' }>, 'type'>

type PayByCode = NonNullable<LaneView['payByCode']>

type ScanRefusal = 'rubbish' | 'noCar' | 'notNow' | 'noGateway' | 'charging' | 'notWritten'

/** A place has no driver who scans, and of a lane with another billing system that system takes the other money. */
const takesCodes = ({ place, ordersFrom }: PayLane['config']): boolean =>
  place === undefined && ordersFrom === undefined

const isCharge = ({ way }: Attempt): boolean => way === 'charge'

/** After a restart a waiting car is detected within this time: its code stays valid until then. */
const carBackMs = 15_000
/** Interval at which open attempts are resumed after a restart. */
const restartStepMs = 200

export class LotPayments {
  readonly #own: PaymentsParts
  readonly #cases = new Map<string, OpenCase>()
  readonly #codes = new Map<string, PayCode & { readonly attemptNo: string }>()
  /** Orders that are unpaid, or being charged by ETC. */
  readonly #open = new Set<string>()
  readonly #timers: Timers
  readonly #link: GatewayLink
  /** Lanes whose scanner is not connected: a driver cannot pay there by showing a code. */
  readonly #noScanner = new Set<string>()
  /** Orders whose driver pays at a sign, away from every lane. */
  readonly #atSign = new Set<string>()
  readonly #stranded: Stranded
  #isSyncing = false
  /** Null until the clock is sure: no day has ended by a clock in doubt. */
  #day: InstantMs | null = null
  #isOver = false
  #backUntilMs = 0

  constructor(own: PaymentsParts) {
    this.#own = own
    this.#timers = new Timers(own.mono)
    const { ledger, gateway, mono } = own
    const changed = (): void => {
      if (!this.#isSyncing && !this.#isOver) own.afterwards()
    }
    this.#link = new GatewayLink({
      gateway,
      mono,
      nowMs: () => ledger.nowMs(),
      monoMs: () => ledger.monoMs(),
      report: (reason) => ledger.trace('', null, 'fault', `PAY-04 ${reason}`),
      changed,
    })
    this.#stranded = new Stranded(mono, gateway.times.chargeGiveUpMs, changed)
  }

  /** Resumes every open attempt by its number after a restart. */
  start(): void {
    const { mono, ledger } = this.#own
    let waits = 0
    const endsMs = this.#own.endingMs()
    this.#day = endsMs === null ? null : dayStartMs(endsMs)
    this.#link.ask()
    if (ledger.lot.pays.size > 0) this.#backUntilMs = ledger.monoMs() + carBackMs
    this.#timers.set('back', carBackMs, () => this.#own.afterwards())
    // A step moves its case to the end, so iterate over a copy.
    for (const [orderId, known] of [...ledger.lot.pays]) {
      const { runner } = this.#caseOf(orderId, known)
      if (isSettled(known.order))
        mono.after(restartStepMs * ++waits, () => {
          if (!this.#isOver) runner.feed({ type: 'resumed' })
        })
      else {
        if (this.#day !== null && dayStartMs(known.lastAtMs) < this.#day)
          runner.feed({ type: 'dayEnded' })
        runner.feed({ type: 'resumed' })
      }
    }
  }

  stop(): void {
    this.#isOver = true
    this.#timers.stop()
    this.#link.stop()
    this.#stranded.stop()
    for (const { runner } of this.#cases.values()) runner.stop()
  }

  codeOf(orderId: string | null): PayCode | null {
    return this.#codes.get(orderId ?? '') ?? null
  }

  /** The code by which its car may pay now; null while no payment row can be written. */
  shownCode({ state: { car } }: PayLane): PayCode | null {
    const isStopped = car?.manual === 'ledgerStopped' || this.#own.ledger.fullSinceMs !== null
    return isStopped ? null : this.codeOf(car?.orderId ?? null)
  }

  /** Progress of the payment by code for this lane's car; null: nothing to pay by code. */
  byCode(lane: PayLane): PayByCode | null {
    if (!this.#wants(lane)) return null
    const orderId = lane.state.car?.orderId ?? null
    const last = this.#charge(orderId)
    if (last === 'running' || last === 'unknown') return last
    const { can, silence } = this.#link
    if (silence !== null) return 'silent'
    // The gateway's capabilities are unknown at first: a code would be refused.
    if (can === null) return 'asking'
    const asks = can.ways.includes('offer') && this.codeOf(orderId) === null
    if (last !== null) return last
    const way = this.#noScanner.has(lane.config.id) ? 'noScanner' : 'ready'
    return asks ? 'asking' : can.ways.includes('charge') ? way : null
  }

  /** The scanner of this lane was connected or disconnected. */
  scannerIs(laneId: string, isUp: boolean): void {
    this.#noScanner[isUp ? 'delete' : 'add'](laneId)
    this.sync()
  }

  /** Since when the gateway has not answered, while the car of this lane needs it. */
  silentSinceMs(lane: PayLane): InstantMs | null {
    return this.#wants(lane) ? (this.#link.silence?.atMs ?? null) : null
  }

  /** No working means can pay for the car, for as long as a charge is waited for. */
  isStranded(laneId: string): boolean {
    return this.#stranded.isOver(laneId)
  }

  /** Lasting faults: a gateway that has been silent too long. */
  notices(): readonly { readonly code: FaultCode; readonly note: string }[] {
    const { isLost, silence } = this.#link
    return isLost && silence !== null ? [{ code: 'PAY-04', note: isoOf(silence.atMs) }] : []
  }

  #charge(orderId: string | null): 'running' | 'unknown' | 'failed' | null {
    const last = this.#cases.get(orderId ?? '')?.runner.order.attempts.findLast(isCharge)
    if (last === undefined || last.state === 'paid') return null
    // The cancel is not answered yet, so the attempt may still be paid.
    return isLive(last) ? 'running' : last.state === 'cancelling' ? 'unknown' : 'failed'
  }

  /** A code whose payment cannot be confirmed is no way to pay, and neither is an unanswered charge. */
  #hasWay({ config }: PayLane, orderId: string): boolean {
    const { can, silence } = this.#link
    if (silence !== null || can === null) return false
    if (this.codeOf(orderId) !== null || this.#charge(orderId) === 'running') return true
    if (this.#noScanner.has(config.id)) return false
    return can.ways.includes('charge') && !can.ways.includes('offer')
  }

  /**
   * A driver of this lane showed a payment code; `audit` is written with the row of the attempt, before the request to
   * the gateway. Null: the charge is in progress. Else why not, and nothing has happened.
   */
  scanned(laneId: string, text: string, audit: readonly RowDraft[] = []): ScanRefusal | null {
    const lane = this.#own.lanes.get(laneId)
    const scan = scanOf(text)
    if (scan.kind === 'rubbish') return 'rubbish'
    if (lane === undefined || !takesCodes(lane.config) || lane.state.car === null) return 'noCar'
    const { orderId } = lane.state.car
    if (orderId === null || !this.#wants(lane)) return 'notNow'
    if (!this.#link.isReady('charge') || this.#link.silence !== null) return 'noGateway'
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

  /** The gateway, for questions beside its attempts. */
  get link(): GatewayLink {
    return this.#link
  }

  /**
   * Offers a car's order that has left its space, to a driver who pays at a sign. Number of the attempt; null: not now,
   * and nothing has begun.
   */
  offerLeft({ order: { orderId }, order, stayId, dueFen: fen }: LeftOwing): string | null {
    if (!this.#link.isReady('offer') || this.#link.silence !== null) return null
    const { lotId } = this.#own.config
    const known = { order: emptyOrder(gatewayNo(lotId, order), fen), laneId: '', stayId }
    const { runner } = this.#cases.get(orderId) ?? this.#caseOf(orderId, known)
    if (runner.order.paidWith !== null || runner.order.dueFen !== fen) return null
    this.#atSign.add(orderId)
    runner.feed({ type: 'offer' })
    return runner.order.attempts.findLast(isLive)?.attemptNo ?? null
  }

  /** A notification of the gateway about this attempt: the attempt is queried in any case. */
  notified(attemptNo: string): void {
    for (const { runner } of this.#cases.values())
      if (runner.order.attempts.some((one) => one.attemptNo === attemptNo))
        runner.feed({ type: 'notified', attemptNo })
  }

  /** The order in this process; null: settled long ago, or unknown. */
  orderOf(orderId: string): PayOrder | null {
    return this.#cases.get(orderId)?.runner.order ?? null
  }

  /**
   * Refunds an attempt: the row is written with the audit row before the request to the gateway. `known`: the order
   * from its rows, when it was settled long ago. Throws PAY-03.
   */
  refund(
    orderId: string,
    known: Omit<PayCase, 'lastAtMs'>,
    wanted: RefundWanted,
    audit: readonly RowDraft[],
  ): void {
    const { runner } = this.#cases.get(orderId) ?? this.#caseOf(orderId, known)
    const { ledger } = this.#own
    const { rows, refusal, done } = runner.prepare({ type: 'refundRequested', ...wanted })
    if (refusal !== null) throw refundFault(wanted.attemptNo, refusal)
    const before = ledger.lot.pays.has(orderId) ? [] : [againRow(runner.order)]
    ledger.append([...audit, ...this.#drafts(orderId, [...before, ...rows])])
    done()
  }

  /** The gateway's bill of a day. */
  bill(day: string): Promise<PaymentBill | PaymentSilence> {
    const { promise, resolve } = Promise.withResolvers<PaymentBill | PaymentSilence>()
    this.#link.payment.bill(day, resolve)
    return promise
  }

  /** Rows of attempts that are ended or delayed by these rows: written in the same transaction. */
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

  /** After each turn: offers a code to a waiting car, and withdraws that of a car that has left. */
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
      this.#lookForWays()
      const isBack = this.#own.ledger.monoMs() >= this.#backUntilMs
      for (const orderId of isBack ? [...this.#open] : []) {
        const runner = this.#cases.get(orderId)?.runner
        const isHere = here.has(orderId) || this.#atSign.has(orderId)
        if (!isHere && runner?.order.attempts.some(isLive) === true)
          runner.feed({ type: 'stopped' })
      }
      for (const lane of this.#own.lanes.values()) this.#show(lane)
      this.#endDay()
      this.#forget()
    } finally {
      this.#isSyncing = false
    }
  }

  /** Payment part of the display, beside the lane's own text. */
  #show(lane: PayLane): void {
    const { name, car } = lane.state
    const orderId = name === 'manual' ? (car?.orderId ?? null) : null
    showPay(lane, this.#textOf(lane, orderId), name === 'manual' ? this.shownCode(lane) : null)
  }

  /** Text in the place of a code; null: the code, or the lane's own text. */
  #textOf(lane: PayLane, orderId: string | null): DriverText | null {
    const last = this.#charge(orderId)
    if (last === 'running') return codeRunsText
    if (!this.isStranded(lane.config.id)) return null
    return last === 'unknown' ? codeDoubtText : noCodeText(lane.state.car?.dueFen ?? 0)
  }

  #lookForWays(): void {
    const { ledger, lanes } = this.#own
    const fromMs = this.#link.silence?.monoMs ?? ledger.monoMs()
    for (const lane of lanes.values()) {
      const orderId = lane.state.car?.orderId ?? null
      const hasNone = orderId !== null && this.#wants(lane) && !this.#hasWay(lane, orderId)
      this.#stranded.look(lane.config.id, hasNone ? orderId : null, ledger.monoMs(), fromMs)
    }
  }

  #endDay(): void {
    const endsMs = this.#own.endingMs()
    if (endsMs === null) return
    const [before, day] = [this.#day, dayStartMs(endsMs)]
    if (before !== null && day <= before) return
    this.#day = day
    const { pays } = this.#own.ledger.lot
    // After a start in doubt the day of each case says whether it has ended.
    const isEarlier = (orderId: string): boolean =>
      dayStartMs(pays.get(orderId)?.lastAtMs ?? endsMs) < day
    for (const [orderId, { runner }] of this.#cases)
      if (before !== null || isEarlier(orderId)) runner.feed({ type: 'dayEnded' })
  }

  #forget(): void {
    const { pays } = this.#own.ledger.lot
    if (this.#cases.size <= pays.size) return
    for (const [orderId, { runner }] of this.#cases) {
      if (pays.has(orderId)) continue
      runner.stop()
      this.#cases.delete(orderId)
      this.#atSign.delete(orderId)
    }
  }

  #wants({ config, state }: PayLane): boolean {
    const { stayId = null, orderId = null } = state.car ?? {}
    const { ledger, config: lot } = this.#own
    const mayOffer = mayOfferCode(state, {
      nowMs: ledger.nowMs(),
      largeByCode: lot.largeByCode === true,
    })
    if (!takesCodes(config) || !mayOffer || isTestOrder(orderId)) return false
    return settleBar(ledger.lot, config.id, { stayId, orderId }) === null
  }

  #offer(lane: PayLane, orderId: string): void {
    const { ledger, gateway } = this.#own
    if (this.#codes.has(orderId) || !this.#link.isReady('offer')) return
    const { id: laneId } = lane.config
    const found = this.#found(lane, orderId)
    // A code that the driver shows is charged first: an offer would end that attempt.
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

  #caseOf(orderId: string, known: Pick<PayCase, 'order' | 'laneId' | 'stayId'>): OpenCase {
    const { gateway, mono } = this.#own
    const { times, merchantNo } = gateway
    const { laneId, stayId } = known
    const runner = new PayRunner(
      { ...known.order, etcRuns: etcRunsFor(this.#own.ledger.lot.orders.get(orderId)) },
      {
        payment: this.#link.payment,
        mono,
        times,
        merchantNo,
        numbersFrom: () => numbersFrom(this.#own.ledger.lot.lastId),
        queryMsMin: () => this.#link.can?.minQueryMs ?? 0,
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

  /** The car of a paid order waits: notifies its lane. */
  #paid(orderId: string): void {
    for (const { config, state } of this.#own.lanes.values())
      if (state.car?.orderId === orderId)
        this.#own.dispatch(config.id, { type: 'timer', name: 'retry' })
  }

  #keep(orderId: string, rows: readonly PayRow[]): boolean {
    return this.#own.ledger.appendQuietly(this.#drafts(orderId, rows))
  }

  #drafts(orderId: string, rows: readonly PayRow[]): RowDraft[] {
    const found = this.#cases.get(orderId)
    if (found === undefined) return []
    const { laneId, stayId, runner } = found
    return payStepRows(this.#own.ledger, { orderId, laneId, stayId, order: runner.order }, rows)
  }

  /** The effect of these rows on each order with unpaid attempts. */
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
