// Answers of the calls about first cars: the state of the test, of its 1 fen, and what a person has to do. Times are
// ISO 8601 with offset.
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
  /** Until when the car is awaited; null after it has come. */
  readonly untilIso: string | null
  /** The result of the charge is unknown, or the refund failed: a person has to ask. */
  readonly ask: boolean
}

export interface FirstCarStateView {
  readonly laneId: string
  readonly test: FirstCarView | null
}
