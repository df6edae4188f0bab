// Passes that a restart finds in the ledger: what became of their cars, as far as the loops can tell.
// A pass opens for its own car only, so whoever just stands at the exit is read again, or a person is asked.
import type { Car, LaneEvent, LaneState } from '../../core/lane/lane.ts'
import type { Pass, Stay } from '../../core/lot/lot-state.ts'

/** What may tell what became of the car. */
export type LoopEvent = Extract<LaneEvent, { type: 'loop' }>

/**
 * `here`: the pass goes on from the record. `inDoubt`: a car waits that may be the next one already,
 * also before a boom that stands open, for nothing closed it while we were away. Its plate finds the
 * paid stay (CP5, CP6), read by the camera or given by a person. `gone`: nobody is there (CP7).
 */
type PassFate = 'notKnown' | 'here' | 'inDoubt' | 'gone'

export function fateOf(pass: Pass, state: LaneState, event: LoopEvent): PassFate {
  if (state.name !== 'idle') return 'inDoubt'
  const other = event.loop === 'arrive' ? state.under : state.arrive
  if (event.state === 'off') return other === 'off' ? 'gone' : 'notKnown'
  if (event.state !== 'on') return 'notKnown'
  // Under the boom there is only the car that was let go; an entry opens for anybody.
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

/** A told pass whose car is away was used; an untold one was not: its car went back in. */
export const goneEvent = (pass: Pass): LaneEvent =>
  pass.told ? { type: 'passed', passId: pass.passId } : { type: 'timer', name: 'gone' }
