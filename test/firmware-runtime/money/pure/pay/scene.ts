// A gateway, a driver and a lane around the payment machine, in virtual time: answers come late, twice or never, the
// process dies between any two effects, and money is counted at the gateway. It imports no simulator.
import type { AttemptAnswer, GatewayState, RefundAnswer } from '#money/pure/pay/answer.ts'
import { stepPay } from '#money/pure/pay/machine.ts'
import { applyPayRow, emptyOrder } from '#money/pure/pay/order.ts'
import type { PayOrder } from '#money/pure/pay/order.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import { standardPayTimes } from '#money/pure/pay/times.ts'
import type { PayEffect, PayEvent, PayRequest } from '#money/pure/pay/turn.ts'
import { must } from '#base/pure/values/must.ts'

export const dueFen = 1_200
export const merchantNo = 'M1'

interface Trade {
  readonly way: 'charge' | 'offer'
  amountFen: number
  state: GatewayState
  paidFen: number
  refunds: Map<string, { amountFen: number; state: 'accepted' | 'done' | 'failed' }>
}

interface Message {
  readonly request: PayRequest
  /** Set once the gateway has handled the request. */
  answer: AttemptAnswer | RefundAnswer | null
}

export class Scene {
  order: PayOrder = emptyOrder('O1', dueFen)
  readonly rows: PayRow[] = []
  readonly trades = new Map<string, Trade>()
  readonly sent: PayRequest[] = []
  readonly refused: string[] = []
  readonly faults: string[] = []
  opens: string[] = []
  cashFen = 0
  etcFen = 0
  etcRuns = false
  nowMs = 0
  numbersFrom = 0
  /** Effects still carried out before the process dies; null: it does not die. */
  effectsLeft: number | null = null
  inFlight: Message[] = []
  #timers = new Map<string, number>()

  feed(event: PayEvent): void {
    const env = {
      nowMs: this.nowMs,
      times: standardPayTimes,
      merchantNo,
      numbersFrom: this.numbersFrom,
      queryMsMin: 0,
    }
    const step = stepPay(this.order, event, env)
    this.order = step.state
    for (const effect of step.effects) {
      if (this.effectsLeft === 0) return this.restart()
      if (this.effectsLeft !== null) this.effectsLeft--
      this.#do(effect)
    }
    this.#check()
  }

  /** Only the rows survive; requests already sent may still arrive, answers do not. */
  restart(): void {
    this.effectsLeft = null
    this.#timers = new Map()
    this.inFlight = this.inFlight.filter(({ answer }) => answer === null)
    this.order = this.rows.reduce(applyPayRow, emptyOrder('O1', dueFen))
    if (this.etcRuns) this.feed({ type: 'etc', now: 'started' })
    if (this.etcFen > 0) this.feed({ type: 'etc', now: 'paid' })
    this.feed({ type: 'resumed' })
  }

  #do(effect: PayEffect): void {
    switch (effect.do) {
      case 'append':
        this.rows.push(...effect.rows)
        return
      case 'timer':
        if (effect.afterMs === null) this.#timers.delete(effect.name)
        else this.#timers.set(effect.name, this.nowMs + effect.afterMs)
        return
      case 'send':
        this.#isDurable(effect.request)
        this.sent.push(effect.request)
        this.inFlight.push({ request: effect.request, answer: null })
        return
      case 'open':
        this.#mayOpen(effect.attemptNo)
        this.opens.push(effect.attemptNo)
        return
      case 'refuse':
        this.refused.push(effect.reason)
        return
      case 'show':
      case 'hide':
        return
    }
  }

  get #durable(): PayOrder {
    return this.rows.reduce(applyPayRow, emptyOrder('O1', dueFen))
  }

  /** P1 and P2: a request has its row first, and every other attempt is abandoned before it. */
  #isDurable(request: PayRequest): void {
    const { attempts, paidWith } = this.#durable
    const own = attempts.find(({ attemptNo }) => attemptNo === request.attemptNo)
    if (own === undefined) this.faults.push(`P1 ${request.ask} without a row`)
    if (request.ask === 'cancel' && own?.state !== 'cancelling')
      this.faults.push('P2 cancel before its row')
    if (request.ask === 'refund' && !own?.refunds.some((one) => one.refundNo === request.refundNo))
      this.faults.push('P3 refund before its row')
    if (request.ask !== 'charge' && request.ask !== 'offer') return
    const others = attempts.filter((one) => one !== own)
    if (others.some(({ state }) => ['made', 'sent', 'pending'].includes(state)))
      this.faults.push('P2 a means begins while another is live')
    if (paidWith !== null || this.etcRuns) this.faults.push('P1 a means begins beside another')
  }

  /** P5: both the row and the gateway say paid. */
  #mayOpen(attemptNo: string): void {
    const { attempts, paidWith } = this.#durable
    const row = attempts.find((one) => one.attemptNo === attemptNo)
    const isSynced = paidWith === attemptNo && (row?.state === 'paid' || row?.state === 'odd')
    if (!isSynced) this.faults.push('P5 open without a synced paid row')
    if ((this.trades.get(attemptNo)?.paidFen ?? 0) < dueFen) this.faults.push('P5 open unpaid')
  }

  #check(): void {
    const live = this.order.attempts.filter(({ state }) =>
      ['made', 'sent', 'pending'].includes(state),
    )
    const beside = (this.order.etcRuns ? 1 : 0) + (this.order.paidWith === null ? 0 : 1)
    if (live.length > 1 || (live.length === 1 && beside > 0))
      this.faults.push('P1 more than one live attempt')
    for (const { attemptNo, refunds, paidFen } of this.order.attempts)
      if (refunds.reduce((sum, { amountFen }) => sum + amountFen, 0) > paidFen)
        this.faults.push(`P4 ${attemptNo} gives back more than was paid`)
  }

  /** The driver pays the code on his phone; `anyway`: after the gateway has closed it. */
  pay(attemptNo: string, fen: number, anyway = false): void {
    const request = this.sent.find((one) => one.ask === 'offer' && one.attemptNo === attemptNo)
    const trade =
      this.trades.get(attemptNo) ?? (request === undefined ? undefined : this.#open(request))
    if (trade === undefined) return
    const mayPay = anyway || trade.state === 'open' || trade.state === 'paying'
    if (!mayPay || trade.paidFen > 0) return
    trade.paidFen = fen
    trade.state = 'paid'
  }

  #open(request: PayRequest): Trade | undefined {
    if (request.ask !== 'charge' && request.ask !== 'offer') return undefined
    const known = this.trades.get(request.attemptNo)
    if (known !== undefined) return known
    const state = request.ask === 'charge' ? 'paying' : 'open'
    const { ask: way, amountFen } = request
    const trade: Trade = { way, amountFen, state, paidFen: 0, refunds: new Map() }
    this.trades.set(request.attemptNo, trade)
    return trade
  }

  /** The gateway handles the nth message that it has not seen yet. */
  work(n: number): void {
    const open = this.inFlight.filter(({ answer }) => answer === null)
    const message = open[n % Math.max(1, open.length)]
    if (message !== undefined) message.answer = this.#answer(message.request)
  }

  #answer(request: PayRequest): AttemptAnswer | RefundAnswer {
    const { attemptNo } = request
    if (request.ask === 'charge' || request.ask === 'offer') this.#open(request)
    const trade = this.trades.get(attemptNo)
    if (trade === undefined) return { kind: 'notFound' }
    if (request.ask === 'refund' || request.ask === 'queryRefund')
      return this.#refund(trade, request)
    if (request.ask === 'cancel') {
      if (trade.state === 'open' || trade.state === 'paying') trade.state = 'closed'
    }
    const { amountFen, paidFen, state } = trade
    const qrText = request.ask === 'offer' ? `pay:${attemptNo}` : null
    return { kind: 'attempt', attemptNo, merchantNo, amountFen, paidFen, state, qrText }
  }

  #refund(
    trade: Trade,
    request: Extract<PayRequest, { ask: 'refund' | 'queryRefund' }>,
  ): RefundAnswer {
    const { refundNo, attemptNo } = request
    const known = trade.refunds.get(refundNo)
    if (known === undefined) {
      if (request.ask === 'queryRefund') return { kind: 'notFound' }
      const back = [...trade.refunds.values()].reduce((sum, one) => sum + one.amountFen, 0)
      if (back + request.amountFen > trade.paidFen) return { kind: 'refused', reason: 'tooMuch' }
      trade.refunds.set(refundNo, { amountFen: request.amountFen, state: 'accepted' })
    } else if (request.ask === 'queryRefund') known.state = 'done'
    const { amountFen, state } = trade.refunds.get(refundNo) ?? { amountFen: 0, state: 'accepted' }
    return { kind: 'refund', refundNo, attemptNo, amountFen, state }
  }

  /** An answer arrives; `keep`: and arrives once more later. */
  deliver(n: number, keep = false): void {
    const ready = this.inFlight.filter(({ answer }) => answer !== null)
    const message = ready[n % Math.max(1, ready.length)]
    if (message === undefined) return
    if (!keep) this.inFlight = this.inFlight.filter((one) => one !== message)
    const { request, answer } = message
    must(answer !== null, 'only answered messages are delivered')
    this.arrive(request, answer)
  }

  arrive(request: PayRequest, answer: AttemptAnswer | RefundAnswer): void {
    const { attemptNo, ask } = request
    if (ask === 'refund' || ask === 'queryRefund') {
      const { refundNo } = request
      must(answer.kind !== 'attempt', 'a refund is answered by a refund')
      this.feed({ type: 'refundAnswer', to: ask, attemptNo, refundNo, answer })
      return
    }
    must(answer.kind !== 'refund', 'an attempt is answered by an attempt')
    this.feed({ type: 'answer', to: ask, attemptNo, answer })
  }

  /** The connection loses one message: a request the gateway has not seen, or its answer. */
  lose(n: number): void {
    const message = this.inFlight[n % Math.max(1, this.inFlight.length)]
    if (message === undefined) return
    this.inFlight = this.inFlight.filter((one) => one !== message)
    this.arrive(message.request, { kind: 'noAnswer', reason: 'lost' })
  }

  cash(): void {
    if (this.etcRuns) return
    const before = this.refused.length
    this.feed({ type: 'paidOtherwise', means: 'cash' })
    // A person takes the cash once the row is synced and nothing was refused.
    if (this.refused.length === before && this.#durable.paidWith === 'cash') this.cashFen = dueFen
  }

  etc(now: 'started' | 'paid' | 'ended'): void {
    if (now !== 'started' && !this.etcRuns) return
    if (now === 'started' && (this.etcRuns || this.#durable.paidWith !== null)) return
    this.etcRuns = now === 'started'
    if (now === 'paid') this.etcFen = dueFen
    this.feed({ type: 'etc', now })
  }

  /** Advances to the next timer and fires it. */
  tick(): boolean {
    const [next] = [...this.#timers].toSorted((a, b) => a[1] - b[1])
    if (next === undefined) return false
    this.#timers.delete(next[0])
    this.nowMs = Math.max(this.nowMs, next[1])
    this.feed({ type: 'timer', name: next[0] })
    return true
  }

  /** Two days without further faults. */
  rest(): void {
    this.effectsLeft = null
    this.restart()
    if (this.etcRuns) this.etc('ended')
    const untilMs = this.nowMs + 2 * 86_400_000
    for (let turns = 0; turns < 20_000; turns++) {
      if (this.inFlight.length > 0) {
        this.work(0)
        this.deliver(0)
      } else if (this.nowMs > untilMs || !this.tick()) break
    }
    this.feed({ type: 'dayEnded' })
  }

  /** Money that the lot keeps, without attempts that are an item for a person. */
  keptFen(): number {
    const byGateway = this.order.attempts.map(({ attemptNo, item }) => {
      const trade = this.trades.get(attemptNo)
      if (trade === undefined || item !== null) return 0
      return [...trade.refunds.values()].reduce((sum, one) => sum - one.amountFen, trade.paidFen)
    })
    return byGateway.reduce((sum, fen) => sum + fen, this.cashFen + this.etcFen)
  }
}
