// One step of the payment state machine under construction: rows first, then their effects.
// Every request, display and barrier effect comes after the rows of its step (rule P5).
import { timer, type TimerEffect, type TimerEvent } from '#base/pure/values/step.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import type { AttemptAnswer, RefundAnswer } from './answer.ts'
import { applyPayRow, withAttempt, type Attempt, type PayOrder } from './order.ts'
import type { PayTimes } from './times.ts'

export type PayRequest =
  | {
      readonly ask: 'charge'
      readonly attemptNo: string
      readonly amountFen: Fen
      readonly code: string
    }
  | {
      readonly ask: 'offer'
      readonly attemptNo: string
      readonly amountFen: Fen
      readonly expiresMs: number
    }
  | { readonly ask: 'query' | 'cancel'; readonly attemptNo: string }
  | {
      readonly ask: 'refund'
      readonly refundNo: string
      readonly attemptNo: string
      readonly amountFen: Fen
    }
  | { readonly ask: 'queryRefund'; readonly refundNo: string; readonly attemptNo: string }

export type PayRefusal =
  | 'orderPaid'
  | 'etcRuns'
  | 'notPaid'
  | 'samePerson'
  | 'needsSecond'
  | 'moreThanPaid'
  | 'noSuchAttempt'

export type PayEffect =
  | TimerEffect
  /** One durable transaction; if it fails, the later effects are skipped. */
  | { readonly do: 'append'; readonly rows: readonly PayRow[] }
  | { readonly do: 'send'; readonly request: PayRequest }
  | { readonly do: 'show'; readonly attemptNo: string; readonly qrText: string }
  | { readonly do: 'hide'; readonly attemptNo: string }
  /** The order is paid by this attempt and its row is synced to disk: the barrier may open. */
  | { readonly do: 'open'; readonly attemptNo: string }
  | { readonly do: 'refuse'; readonly reason: PayRefusal }

export type PayEvent =
  | TimerEvent
  | { readonly type: 'charge'; readonly code: string }
  | { readonly type: 'offer' }
  | {
      readonly type: 'answer'
      readonly to: 'charge' | 'offer' | 'query' | 'cancel'
      readonly attemptNo: string
      readonly answer: AttemptAnswer
    }
  | {
      readonly type: 'refundAnswer'
      readonly to: 'refund' | 'queryRefund'
      readonly attemptNo: string
      readonly refundNo: string
      readonly answer: RefundAnswer
    }
  /** A notification that this attempt was paid: triggers a query and is never proof of payment (P5). */
  | { readonly type: 'notified'; readonly attemptNo: string }
  /** ETC began to charge this order, was paid, or ended without money. */
  | { readonly type: 'etc'; readonly now: 'started' | 'paid' | 'ended' }
  /** A person took the money by another means. */
  | { readonly type: 'paidOtherwise'; readonly means: string }
  /** The car waits no longer. */
  | { readonly type: 'stopped' }
  | {
      readonly type: 'refundRequested'
      readonly attemptNo: string
      readonly amountFen: Fen
      readonly requestedBy: string
      /** Null: the lot has no second person. */
      readonly approvedBy: string | null
      /** Fen that one person may still refund without approval. */
      readonly aloneFenMax: Fen
    }
  /** The process started and the order was folded from its rows. */
  | { readonly type: 'resumed' }
  | { readonly type: 'dayEnded' }

export interface PayEnv {
  /** Monotonic. */
  readonly nowMs: number
  readonly times: PayTimes
  readonly merchantNo: string
  /** Numbers of attempts and refunds of an order start after this. */
  readonly numbersFrom: number
  /** Shortest interval that the gateway allows between queries of one attempt, ms. */
  readonly queryMsMin: number
}

export class Turn {
  order: PayOrder
  readonly env: PayEnv
  readonly #rows: PayRow[] = []
  readonly #behind: PayEffect[] = []

  constructor(order: PayOrder, env: PayEnv) {
    this.order = order
    this.env = env
  }

  effects(): readonly PayEffect[] {
    const rows = this.#rows
    return rows.length === 0 ? this.#behind : [{ do: 'append', rows }, ...this.#behind]
  }

  attempt(attemptNo: string): Attempt | undefined {
    return this.order.attempts.find((one) => one.attemptNo === attemptNo)
  }

  write(row: PayRow): void {
    this.order = applyPayRow(this.order, row)
    this.#rows.push(row)
  }

  become(
    { attemptNo, paidFen }: Attempt,
    state: Extract<PayRow, { row: 'state' }>['state'],
    reason: string,
    nowPaidFen = paidFen,
  ): void {
    this.write({ row: 'state', attemptNo, state, paidFen: nowPaidFen, reason })
  }

  /** Stores data of an attempt that is kept in memory only. */
  remember(attemptNo: string, known: Partial<Attempt>): void {
    this.order = withAttempt(this.order, attemptNo, (one) => ({ ...one, ...known }))
  }

  effect(effect: PayEffect): void {
    this.#behind.push(effect)
  }

  send(request: PayRequest): void {
    if (request.ask === 'query') this.remember(request.attemptNo, { queriedAtMs: this.env.nowMs })
    this.effect({ do: 'send', request })
  }

  query({ attemptNo }: Attempt): void {
    this.send({ ask: 'query', attemptNo })
    this.wait('query', attemptNo, this.queryStepMs)
  }

  get queryStepMs(): number {
    return Math.max(this.env.times.queryStepMs, this.env.queryMsMin)
  }

  wait(name: TimerName, attemptNo: string, afterMs: number): void {
    this.effect(timer(`${name} ${attemptNo}`, afterMs))
  }

  item(attempt: Attempt, reason: string): void {
    const { attemptNo } = attempt
    if (this.attempt(attemptNo)?.item === null) this.write({ row: 'item', attemptNo, reason })
  }
}

const timerNames = ['query', 'giveUp', 'cancel', 'watch', 'refund'] as const
type TimerName = (typeof timerNames)[number]

/** Null: not a timer of this state machine. */
export function timerOf(text: string): { name: TimerName; attemptNo: string } | null {
  const [word = '', attemptNo = ''] = text.split(' ')
  const name = timerNames.find((one) => one === word)
  return name === undefined ? null : { name, attemptNo }
}
