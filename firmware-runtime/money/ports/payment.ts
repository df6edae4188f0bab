// A payment gateway as the product sees it: what it can do, and one question at a time about an attempt or a
// refund. It never retries and never says "paid" of an answer whose signature does not hold (rule P5).
import type { AttemptAnswer, RefundAnswer } from '../pure/pay/answer.ts'
import type { PayTimes } from '../pure/pay/times.ts'
import type { PayRequest } from '../pure/pay/turn.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { PayWay } from '#base/pure/rows/pay-row.ts'
import type { Cancel } from '#base/ports/clocks.ts'

export interface PaymentCapabilities {
  readonly merchantNo: string
  readonly ways: readonly PayWay[]
  /** Effect of cancelling a paid attempt: refused, or the payment is reversed. */
  readonly cancelPaid: 'refuse' | 'reverse'
  /** Shortest interval between queries of one attempt, ms. */
  readonly minQueryMs: number
  /** `sign`: it hosts a page for drivers, which the code at a sign opens; absent: it has none. */
  readonly page?: 'none' | 'sign' | undefined
}

/** A driver asks at the gateway's page, by plate, what is owed. */
export interface PlateAsk {
  readonly askNo: string
  /** As it was typed. */
  readonly plate: string
  /** The same for each question of one phone. */
  readonly visitor: string
  /** `pay`: the driver has seen the sum, and pays now. */
  readonly wants: 'sum' | 'pay'
}

export interface PlateAnswer {
  /** `later`: not now, without a reason. */
  readonly result: 'owes' | 'nothing' | 'later'
  readonly sumFen: Fen
  readonly attemptNos: readonly string[]
}

export interface PaymentBill {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly rows: readonly {
    readonly attemptNo: string
    readonly paidFen: Fen
    readonly refundedFen: Fen
  }[]
}

/** The gateway refused, or gave no trustworthy answer. */
export interface PaymentSilence {
  readonly kind: 'notFound' | 'refused' | 'noAnswer'
  readonly reason: string
}

export type AttemptRequest = Exclude<PayRequest, { readonly refundNo: string }>
export type RefundRequest = Extract<PayRequest, { readonly refundNo: string }>

export interface Payment {
  capabilities(done: (found: PaymentCapabilities | PaymentSilence) => void): Cancel
  /** charge, offer, query, cancel. */
  attempt(request: AttemptRequest, done: (answer: AttemptAnswer) => void): Cancel
  /** refund, queryRefund. */
  refund(request: RefundRequest, done: (answer: RefundAnswer) => void): Cancel
  plateAsks(done: (found: { readonly asks: readonly PlateAsk[] } | PaymentSilence) => void): Cancel
  answerPlate(askNo: string, answer: PlateAnswer, done: (found: object) => void): Cancel
  bill(day: string, done: (found: PaymentBill | PaymentSilence) => void): Cancel
}

/** A gateway as a lot has it. */
export interface PayGateway {
  readonly payment: Payment
  readonly merchantNo: string
  readonly times: PayTimes
}
