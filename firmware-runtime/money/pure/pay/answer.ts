// Answers of a payment gateway after the check of their signature, in gateway-independent terms.
// A missing or untrustworthy answer is `noAnswer`: it proves nothing about the money (rule P5).
import type { Fen } from '#base/pure/values/fen.ts'

/** `open`: a code is displayed or a charge was accepted; `paying`: the customer must enter a password. */
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
/** The gateway refused and did nothing. */
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
  /** Total paid by the customer; twice the amount after a double payment. */
  readonly paidFen: Fen
  readonly state: GatewayState
  /** Text of the code that the customer scans; null: no code is displayed. */
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
