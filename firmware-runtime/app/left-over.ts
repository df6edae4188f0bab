// Passes that a restart finds in the ledger: what became of their cars, as far as the loops can tell.
// A pass opens for its own car only, so a car that just stands at the exit is read again first.
import type { Car, LaneEvent, LaneState } from '../core/lane/lane.ts'
import { common } from '../core/lane/steps.ts'
import type { Pass, Stay } from '../core/lot/lot.ts'

/** What may tell what became of the car. */
export type SeenEvent = Extract<LaneEvent, { type: 'loop' | 'position' }>

/**
 * `here`: the pass goes on from the record. `readAgain`: a car waits, perhaps the next one already;
 * its plate finds the paid stay (CP5, CP6). `gone`: nobody is on the loops (CP7).
 */
export type PassFate = 'notKnown' | 'here' | 'readAgain' | 'gone'

export function fateOf(pass: Pass, state: LaneState, event: SeenEvent): PassFate {
  const seen = common(state, event)
  if (state.name === 'reading' && seen.under !== 'on') return waiting(seen)
  if (state.name !== 'idle') return 'readAgain'
  if (event.type === 'position') return 'notKnown'
  if (event.state === 'off')
    return seen.arrive === 'off' && seen.under === 'off' ? 'gone' : 'notKnown'
  if (event.state !== 'on') return 'notKnown'
  // Under the boom there is only the car that was let go; an entry opens for anybody.
  return event.loop === 'under' || pass.cause === 'entry' ? 'here' : waiting(seen)
}

/**
 * A car waits before the boom. Where that stands open, the pass was told and nobody used it: no
 * camera reads the car a second time, and nothing would hold it. Another plate still voids the pass.
 */
function waiting(seen: LaneState): PassFate {
  if (seen.arrive !== 'on' || seen.early !== null) return 'readAgain'
  if (seen.position === 'unknown') return 'notKnown'
  return seen.position === 'open' ? 'here' : 'readAgain'
}

export function carOfPass(empty: Car, stay: Stay, pass: Pass): Car {
  const order = stay.orders.at(-1)
  return {
    ...empty,
    plate: stay.plate,
    colour: stay.colour,
    stayId: stay.stayId,
    enteredAtMs: stay.enteredAtMs,
    orderId: order?.orderId ?? null,
    amountFen: order?.amountFen ?? 0,
    lines: order?.lines ?? [],
    pass: { passId: pass.passId, cause: pass.cause },
  }
}

/** A told pass whose car is away was used; an untold one was not: its car went back in. */
export const goneEvent = (pass: Pass): LaneEvent =>
  pass.told ? { type: 'passed', passId: pass.passId } : { type: 'timer', name: 'gone' }
