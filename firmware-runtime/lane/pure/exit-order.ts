// An exit lane whose ETC is an access system of another maker (5.1 b, ADR 411): it is sent the order of a car, reads the OBU
// itself, and says seconds later what came of it. The order is taken back before anything else may pay for the car.
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import { driverReasons, type ManualReason } from '#base/pure/words/manual-reason.ts'
import { refusalOf } from '#base/pure/words/refusals.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { driverText } from '#devices/pure/lane/driver-text.ts'
import { platformMissing, search, toManual } from './exit-parts.ts'
import { chargeFacts, freezeRow, intentRow, nextDeduction } from './exit-rows.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import { carOf, show, stay, trace, type Handler, type LaneStep } from './steps.ts'

/** Last number of a try that a trade number can hold (`outTradeNoOf`). */
const triesMax = 35

/** ETC begins: the antenna of the lane searches, or the access system is sent the order. */
export const beginEtc = (
  state: LaneState,
  env: LaneEnv,
  before: readonly LaneEffect[] = [],
): LaneStep => (env.byOrder ? sendOrder(state, env, before) : search(state, env, before))

/** Intent and order are one transaction; the order leaves after it. */
function sendOrder(state: LaneState, env: LaneEnv, before: readonly LaneEffect[]): LaneStep {
  const known = carOf(state)
  if (!env.platformUp) return toManual(state, env, 'platformDown', [], before)
  const deduction = nextDeduction(known, env)
  const car: Car = {
    ...known,
    deduction,
    tries: known.tries + 1,
    turnedAway: null,
    manual: null,
    takesBackFor: null,
  }
  const facts = chargeFacts(car, env, { proof: null, offline: false })
  return stay(
    { ...state, name: 'charging', car, shown: driverText.charging },
    ...before,
    noTimer('plate'),
    noTimer('retry'),
    { do: 'append', rows: [intentRow(car, deduction, env), freezeRow(env, 'charge', facts)] },
    trace('intentSynced', car, deduction.deductionId),
    { do: 'charge', deductionId: deduction.deductionId },
    trace('debitSent', car, deduction.outTradeNo),
    timer('obu', env.times.orderMs),
    show(driverText.charging),
  )
}

/** The car still waits and its last order has ended unpaid: the next one has a number of its own. */
export function orderAgain(state: LaneState, env: LaneEnv): LaneStep {
  if (platformMissing(env)) return toManual(state, env, 'platformDown')
  return carOf(state).tries < triesMax ? sendOrder(state, env, []) : stay(state)
}

const isReason = (word: string): word is ManualReason => Object.hasOwn(driverReasons, word)

/** Reasons of the access system that leave the car to ETC; a reason for a person would end its tries. */
function reasonOf(why: string): ManualReason {
  const forPerson = ['largeAmount', 'repeatSuspected', 'outcomeUnknown', 'clockUnsure']
  return isReason(why) && !forPerson.includes(why) ? why : refusalOf(why)
}

const again = (env: LaneEnv): LaneEffect => timer('retry', env.times.retryMs)

function takeBack(state: LaneState, env: LaneEnv, reason: ManualReason): LaneStep {
  const car = { ...carOf(state), takesBackFor: reason }
  return stay({ ...state, car }, noTimer('obu'), ...orderAct(car), again(env))
}

const orderAct = ({ deduction, takesBackFor = null }: Car): LaneEffect[] => {
  if (deduction === null) return []
  const { deductionId } = deduction
  return takesBackFor === null
    ? [{ do: 'charge', deductionId, again: true }]
    : [{ do: 'charge', deductionId, takeBack: true }]
}

/** Not paid yet: queried again, or taken back where the access system says why. */
export function stillOpen(state: LaneState, why: string, env: LaneEnv): LaneStep {
  const isLeaving = (carOf(state).takesBackFor ?? null) !== null
  return why === '' || isLeaving ? stay(state, again(env)) : takeBack(state, env, reasonOf(why))
}

/** The access system answers again, and may still charge the order of the car that waits. */
export function openAgain(state: LaneState, why: string, env: LaneEnv): LaneStep {
  const car: Car = { ...carOf(state), takesBackFor: null }
  const next: LaneState = { ...state, name: 'charging', car, shown: driverText.charging }
  const effects: LaneEffect[] = [
    noTimer('settle'),
    timer('obu', env.times.orderMs),
    show(driverText.charging),
  ]
  const step = stillOpen(next, why, env)
  return { state: step.state, effects: [...effects, ...step.effects] }
}

/** The time of the order is over, or its state is due. */
export const orderTimer: Handler<'timer'> = (state, event, env) => {
  if (!env.byOrder) return stay(state)
  if (event.name === 'obu') return takeBack(state, env, 'obuNotRead')
  return event.name === 'retry' ? stay(state, ...orderAct(carOf(state)), again(env)) : stay(state)
}

/** The platform refused this card for this order: another card may still pay. */
export const refusedCar = (car: Car): Car => ({
  ...car,
  deduction: null,
  refusedCards: car.obu === null ? car.refusedCards : [...car.refusedCards, car.obu.cardNo],
})

/** A charge that took nothing: other money may be taken, and ETC is tried again while the car waits. */
export function refusedCharge(
  state: LaneState,
  word: string,
  env: LaneEnv,
  rows: readonly RowRequest[],
  before: readonly LaneEffect[] = [],
): LaneStep {
  const car = carOf(state)
  const free: LaneState = { ...state, car: { ...refusedCar(car), takesBackFor: null } }
  if (!env.byOrder)
    return toManual({ ...state, car: refusedCar(car) }, env, refusalOf(word), rows, before)
  const reason = word === 'withdrawn' ? (car.takesBackFor ?? 'obuNotRead') : reasonOf(word)
  const step = toManual(free, env, reason, rows, before)
  return { state: step.state, effects: [...step.effects, timer('obu', env.times.orderAgainMs)] }
}
