// Runs the payment state machine of one order against a gateway: rows first, then requests, timers and notices. Answers
// of the gateway go back into the state machine; this file decides nothing.
import { stepPay } from '../pure/pay/machine.ts'
import type { PayOrder } from '../pure/pay/order.ts'
import type { PayTimes } from '../pure/pay/times.ts'
import type { PayEffect, PayEvent, PayRequest } from '../pure/pay/turn.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { Payment } from '../ports/payment.ts'
import { Timers } from '#base/process/machine.ts'

export type PayNotice = Extract<PayEffect, { do: 'show' | 'hide' | 'open' | 'refuse' }>

interface PayRunnerPorts {
  readonly payment: Payment
  readonly mono: MonoClock
  readonly times: PayTimes
  readonly merchantNo: string
  /** Attempts and refunds are numbered after it. */
  numbersFrom(): number
  /** Shortest query interval, as far as the gateway has stated it. */
  queryMsMin(): number
  /** True when the rows are durable. False: they are not, and nothing after them is done. */
  keep(rows: readonly PayRow[]): boolean
  notice(notice: PayNotice): void
  /** Called after each step. */
  changed(order: PayOrder): void
}

/** A step that waits until its rows are durable. */
interface PreparedStep {
  readonly rows: readonly PayRow[]
  /** Why the request is refused; null: it is accepted. */
  readonly refusal: Extract<PayEffect, { do: 'refuse' }>['reason'] | null
  /** To be called when its rows are durable: sends and shows what the step requires. */
  done(): void
}

export class PayRunner {
  order: PayOrder
  readonly #ports: PayRunnerPorts
  readonly #timers: Timers
  readonly #pending = new Set<Cancel>()

  constructor(order: PayOrder, ports: PayRunnerPorts) {
    this.order = order
    this.#ports = ports
    this.#timers = new Timers(ports.mono)
  }

  /** False: its rows could not be stored, so the step did not happen. Earlier requests are queried again. */
  feed(event: PayEvent): boolean {
    const { keep, times } = this.#ports
    const { rows, done } = this.prepare(event)
    if (rows.length > 0 && !keep(rows)) {
      this.#later('keep', times.queryStepMs, { type: 'resumed' })
      return false
    }
    done()
    return true
  }

  /** For rows in a transaction with others: nothing has happened before `done`. */
  prepare(event: PayEvent): PreparedStep {
    const { mono, times, merchantNo, queryMsMin, numbersFrom } = this.#ports
    const step = stepPay(this.order, event, {
      nowMs: Math.floor(mono.nowUs() / 1000),
      times,
      merchantNo,
      numbersFrom: numbersFrom(),
      queryMsMin: queryMsMin(),
    })
    return {
      rows: step.effects.flatMap((effect) => (effect.do === 'append' ? effect.rows : [])),
      refusal: step.effects.find((effect) => effect.do === 'refuse')?.reason ?? null,
      done: () => {
        this.order = step.state
        for (const effect of step.effects) this.#do(effect)
        this.#ports.changed(this.order)
      },
    }
  }

  /** After this nothing is sent, awaited or accepted. */
  stop(): void {
    this.#timers.stop()
    for (const cancel of this.#pending) cancel()
    this.#pending.clear()
  }

  #do(effect: PayEffect): void {
    switch (effect.do) {
      case 'append':
        return
      case 'send':
        return this.#send(effect.request)
      case 'timer':
        return this.#later(effect.name, effect.afterMs, { type: 'timer', name: effect.name })
      case 'show':
      case 'hide':
      case 'open':
      case 'refuse':
        return this.#ports.notice(effect)
    }
  }

  #later(name: string, afterMs: number | null, event: PayEvent): void {
    this.#timers.set(name, afterMs, () => {
      this.feed(event)
    })
  }

  #send(request: PayRequest): void {
    const { payment } = this.#ports
    // An answer may come before `cancel` has its value; then it is not stored.
    let cancel: Cancel | null = null
    let isOver = false
    const over = (event: PayEvent): void => {
      isOver = true
      if (cancel !== null) this.#pending.delete(cancel)
      this.feed(event)
    }
    const { attemptNo } = request
    if (request.ask === 'refund' || request.ask === 'queryRefund') {
      const { ask: to, refundNo } = request
      cancel = payment.refund(request, (answer) =>
        over({ type: 'refundAnswer', to, attemptNo, refundNo, answer }),
      )
    } else {
      const { ask: to } = request
      cancel = payment.attempt(request, (answer) => over({ type: 'answer', to, attemptNo, answer }))
    }
    if (!isOver) this.#pending.add(cancel)
  }
}
