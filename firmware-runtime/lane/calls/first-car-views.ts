// Answers of the calls about first cars: the state of the test, of its 1 fen, and what a person has to do. Times are
// ISO 8601 with offset.
import type { FirstCar } from '#ledger/pure/lot/first-car.ts'
import type { InIso } from '#base/pure/values/instant.ts'

export interface FirstCarView extends InIso<
  Omit<FirstCar, 'sinceMs' | 'stayId' | 'uploadId' | 'uploaded'>
> {
  readonly sinceIso: string
  readonly amountFen: number
  /** Until when the car is awaited; null after it has come. */
  readonly untilIso: string | null
  /** The result of the charge is unknown, or the refund failed: a person has to ask. */
  readonly ask: boolean
}

export interface FirstCarStateView {
  readonly laneId: string
  readonly test: FirstCarView | null
}
