// A pile or handheld at work: the exit lane's way with money, without loops, camera and barrier.
// A person names the car; where a lane would open, here the car is done with and its stay goes on.
import { driverText } from '#devices/pure/lane/driver-text.ts'
import { withoutBoom } from './without-boom.ts'
import { giveUpWith } from './exit-checks.ts'
import { lateCells, lateResult } from './exit-late.ts'
import { closeUnsent, mayStillPay } from './exit-parts.ts'
import { exitLane } from './exit-lane.ts'
import { placeReason } from './exit-trying.ts'
import type { LaneEffect, LaneEnv, LaneEvent, LaneState } from './lane.ts'
import {
  auditRow,
  carOf,
  claimOf,
  endTrying,
  leave,
  newCar,
  searchOff,
  show,
  stay,
  trace,
  type Cells,
  type Handler,
  type LaneStep,
  type LaneTable,
} from './steps.ts'

/**
 * The stay is not closed: the car still stands in the lot. Its exit finds the order paid and opens
 * within the tariff's time to leave, or charges the amount due beyond it.
 */
function done(step: LaneStep): LaneStep {
  if (step.state.name !== 'opening') return step
  return leave(step.state, step.effects.flatMap(withoutBoom))
}

/** Events of devices that a place does not have. */
const absent: readonly LaneEvent['type'][] = ['openByHand', 'loop', 'plate', 'barrierFault']

/** Leaves the case to the ledger: the lane that has the car settles it, or it is booked late. */
function letGo(state: LaneState, env: LaneEnv, before: readonly LaneEffect[] = []): LaneStep {
  const { car, rows } = closeUnsent(carOf(state), env, 'takenOver')
  const close: LaneEffect[] = rows.length === 0 ? [] : [{ do: 'append', rows }]
  return leave(state, [...before, ...close, searchOff, trace('fault', car, 'takenOver')])
}

/**
 * A result for a deduction that was settled, or whose order was paid otherwise, while the place
 * looked into it: booked late, with its refund where it was paid twice.
 */
function notOurs(state: LaneState, event: LaneEvent, env: LaneEnv): LaneStep | null {
  const deductionId = state.car?.deduction?.deductionId
  if (deductionId === undefined || env.isOpenCase(deductionId)) return null
  if (event.type === 'debitResult' || event.type === 'proofResult') {
    const late = lateResult(state, event, env)
    return letGo({ ...state, car: { ...carOf(late.state), deduction: null } }, env, late.effects)
  }
  const free: LaneState = { ...state, car: { ...carOf(state), deduction: null } }
  if (event.type === 'cardRead' || event.type === 'timer') return letGo(free, env)
  if (event.type !== 'charge' || event.deductionId !== deductionId) return null
  const { result, reason, receipt } = event
  if (result === 'noAnswerTwice' || result === 'held' || result === 'open') return letGo(free, env)
  const late = { deductionId, result, source: 'platform', reason, receipt } as const
  return letGo(free, env, [{ do: 'lateCharge', late }])
}

function atPlace(cells: Cells): Cells {
  const kept = Object.entries(cells).filter(([type]) => !absent.some((one) => one === type))
  const ended = kept.map(([type, cell]): [string, Handler<LaneEvent['type']>] => {
    const handler = cell as Handler<LaneEvent['type']>
    return [
      type,
      (state, event, env) => notOurs(state, event, env) ?? done(handler(state, event, env)),
    ]
  })
  return Object.fromEntries(ended) as Cells
}

const collect: Handler<'collect'> = (state, event, env) => {
  const { plate, plateRaw, colour } = event
  const { by: who } = event.act
  const reading = { plate, confidence: null, mayCorrect: false, by: 'person', who } as const
  const car = { ...newCar(env), plate, plateRaw, colour, reading }
  const audit = auditRow(env, event.act, `place.charge ${plate}`, null)
  return stay(
    { ...state, name: 'reading', car, shown: driverText.reading },
    trace('trigger', car),
    { do: 'append', rows: [audit] },
    trace('plateRead', car, plate),
    show(driverText.reading),
    claimOf(car),
  )
}

/** The next car, or the same one again: what the last one owes is on its stay. */
const collectNext: Handler<'collect'> = (state, event, env) => {
  const left = leave(state, endTrying(state))
  const next = collect(left.state, event, env)
  return { state: next.state, effects: [...left.effects, ...next.effects] }
}

type Read = Handler<'cardRead'>
const unread: Read = (state) => stay(state)

/** B4 at a place: where it is decides first, before any row that C6 needs (6.7). */
const whereItMay =
  (read: Read = unread): Read =>
  (state, event, env) => {
    const bar = env.placeBar()
    if (bar === null) return read(state, event, env)
    const release: LaneEffect = { do: 'rsu', command: { do: 'release', obuId: event.obu.obuId } }
    const step = giveUpWith(state, env, placeReason(bar), 'other', release)
    return { state: step.state, effects: [trace('fault', carOf(state), bar), ...step.effects] }
  }

/** The same while its car waits: the position is checked only for means that may still pay. */
const readWaiting: Read = (state, event, env) => {
  const { cardRead = unread } = exitLane.manual
  const read = mayStillPay(state, env) ? whereItMay(cardRead) : cardRead
  return read(state, event, env)
}

const taken: Handler<'taken'> = (state, _event, env) => letGo(state, env)

export const placeLane: LaneTable = {
  idle: { collect, ...lateCells },
  reading: atPlace(exitLane.reading),
  searching: {
    ...atPlace({ ...exitLane.searching, cardRead: whereItMay(exitLane.searching.cardRead) }),
    taken,
  },
  // A running charge stays at this place: the lane that the car has reached calls the attendant.
  debiting: atPlace(exitLane.debiting),
  charging: atPlace(exitLane.charging),
  suspect: { ...atPlace(exitLane.suspect), taken },
  asking: { ...atPlace(exitLane.asking), taken },
  waiting: { ...atPlace(exitLane.waiting), taken },
  manual: {
    ...atPlace({ ...exitLane.manual, cardRead: readWaiting }),
    collect: collectNext,
    taken,
  },
  /** Nothing opens here. */
  opening: {},
}
