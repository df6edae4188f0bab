// What a payment gateway answers, once its signature has been checked, in words of no gateway.
// An answer that cannot be trusted or did not come is `noAnswer`: it says nothing about money (rule P5).
import type { Fen } from '../values/fen.ts'

/** `open`: a code is shown or a charge was taken in; `paying`: the customer is asked for a password. */
export const gatewayStates = [
  'open',
  'paying',
  'paid',
  'failed',
  'closed',
  'reversed',
  'unknown',
] as const
export type GatewayState = (typeof gatewayStates)[number]

interface NotFound {
  readonly kind: 'notFound'
}
/** The gateway said no and did nothing. */
interface Refused {
  readonly kind: 'refused'
  readonly reason: string
}
/** Silence, an error of a server on the way, or an answer whose signature does not hold. */
interface NoAnswer {
  readonly kind: 'noAnswer'
  readonly reason: string
}

export interface AttemptFacts {
  readonly kind: 'attempt'
  readonly attemptNo: string
  readonly merchantNo: string
  readonly amountFen: Fen
  /** What the customer paid in all: twice the amount where he paid twice. */
  readonly paidFen: Fen
  readonly state: GatewayState
  /** Text of the code that the customer scans; null where none is shown. */
  readonly qrText: string | null
}

interface RefundFacts {
  readonly kind: 'refund'
  readonly refundNo: string
  readonly attemptNo: string
  readonly amountFen: Fen
  readonly state: 'accepted' | 'done' | 'failed'
}

export type AttemptAnswer = AttemptFacts | NotFound | Refused | NoAnswer
export type RefundAnswer = RefundFacts | NotFound | Refused | NoAnswer
