// A car that the clock cannot price: a person sets the amount, or the lane goes on once the clock is sure.
// Both times go with the car, so that whoever decides sees what contradicts what.
import type { ClaimAnswer } from '../lot/claim.ts'
import { carOf, claimOf, endTrying, stay, trace, type Handler, type LaneStep } from './steps.ts'
import { toManual } from './exit-parts.ts'
import type { Car, LaneEnv, LaneState } from './lane.ts'

type Unsure = Extract<ClaimAnswer, { kind: 'clockUnsure' }>

/** The stay is known, its order is not made: what is due is only suggested. */
export function clockUnsure(state: LaneState, answer: Unsure, env: LaneEnv): LaneStep {
  const { stayId, plate, enteredAtMs, clock, match } = answer
  const suggestedFen = clock.suggestFen ?? 0
  const car: Car = {
    ...carOf(state),
    stayId,
    plate,
    enteredAtMs,
    clock,
    match,
    candidates: [],
    orderId: null,
    amountFen: suggestedFen,
    dueFen: suggestedFen,
    takenFen: 0,
    lines: [],
  }
  return toManual({ ...state, car }, env, 'clockUnsure')
}

/** The clock is believed again: a car that waits for it is priced as one that has just come. */
export const clockSure: Handler<'clockSure'> = (state) => {
  const before = carOf(state)
  if (before.manual !== 'clockUnsure' || before.deduction !== null) return stay(state)
  const car: Car = { ...before, clock: null, manual: null, turnedAway: null }
  return stay(
    { ...state, name: 'reading', car },
    ...endTrying(state),
    trace('plateRead', car, car.plate ?? ''),
    claimOf(car),
  )
}
