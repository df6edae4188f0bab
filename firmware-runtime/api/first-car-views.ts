// What the calls about first cars answer: where the test is, what is known of its fen, what to ask.
// Times are ISO 8601 with offset.
import type { FirstCarPhase } from '../core/lot/first-car.ts'

export interface FirstCarView {
  readonly testId: string
  readonly laneId: string
  readonly plate: string
  readonly by: string
  readonly reason: string
  readonly askedAtIso: string
  readonly phase: FirstCarPhase
  readonly sinceIso: string
  readonly amountFen: number
  readonly orderId: string | null
  readonly deductionId: string | null
  readonly outTradeNo: string | null
  readonly refundId: string | null
  /** Until when the car is waited for; null once it has come. */
  readonly untilIso: string | null
  /** Nobody knows what became of the fen, or it did not go back: a person has to ask. */
  readonly ask: boolean
}

export interface FirstCarStateView {
  readonly laneId: string
  readonly test: FirstCarView | null
}
