// Passes that a restart finds in the ledger: what happened to their cars, as far as the loops tell. A pass opens for
// its own car only, so another car at the exit is read again, or a person is asked.
import type { Car, LaneEvent, LaneState } from '../../pure/lane.ts'
import type { Pass, Stay } from '#ledger/pure/lot/lot-state.ts'

/** The event that may tell what happened to the car. */
export type LoopEvent = Extract<LaneEvent, { type: 'loop' }>

/**
 * `here`: the pass continues from the record. `inDoubt`: the waiting car may already be the next one, also in front of
 * an open boom, because nothing closed it during the restart. Its plate, read by the camera or typed by a person, finds
 * the paid stay (CP5, CP6). `gone`: no car is there (CP7).
 */
type PassFate = 'notKnown' | 'here' | 'inDoubt' | 'gone'

export function fateOf(pass: Pass, state: LaneState, event: LoopEvent): PassFate {
  if (state.name !== 'idle') return 'inDoubt'
  const other = event.loop === 'arrive' ? state.under : state.arrive
  if (event.state === 'off') return other === 'off' ? 'gone' : 'notKnown'
  if (event.state !== 'on') return 'notKnown'
  // Only the car that was let through can be under the boom; an entry opens for any car.
  return event.loop === 'under' || pass.cause === 'entry' ? 'here' : 'inDoubt'
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
    takenFen: order?.paidFen ?? 0,
    lines: order?.lines ?? [],
    pass: { passId: pass.passId, cause: pass.cause },
  }
}

/**
 * The car of a pass is gone: a pass that was sent to the barrier was used; one that was not sent was not, and its car
 * went back.
 */
export const goneEvent = (pass: Pass): LaneEvent =>
  pass.told ? { type: 'passed', passId: pass.passId } : { type: 'timer', name: 'gone' }
