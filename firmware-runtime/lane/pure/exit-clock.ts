// A car that cannot be priced while the clock is in doubt: the attendant sets the amount, or the lane resumes afterwards.
// The car carries both times, so that the attendant sees the contradiction.
import type { ClaimAnswer } from './lot/claim.ts'
import { carOf, claimOf, endTrying, stay, trace, type Handler, type LaneStep } from './steps.ts'
import { toManual } from './exit-parts.ts'
import type { Car, LaneEnv, LaneState } from './lane.ts'

type Unsure = Extract<ClaimAnswer, { kind: 'clockUnsure' }>

/** The stay is known but no order was made: the amount due is only a suggestion. */
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

/** The doubt has ended: a car that waited for it is priced like one that has just arrived. */
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
