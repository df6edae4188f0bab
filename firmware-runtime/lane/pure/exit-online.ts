// Online charge at the exit: read the OBU, release it at once, let the platform decide (P12 mode 2).
// Intent and upload record are one transaction; the answer is made durable before anything opens.
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import { refusalOf, refusalTypes } from '#base/pure/words/refusals.ts'
import { noTimer } from '#base/pure/values/step.ts'
import { driverText, paidText } from '#devices/pure/lane/driver-text.ts'
import { carObuOf, turnAway } from './exit-checks.ts'
import { orderTimer, refusedCar, refusedCharge, stillOpen } from './exit-order.ts'
import { backOut, stayMinutes, toManual, withoutPlatform } from './exit-parts.ts'
import {
  chargeFacts,
  exceptionRow,
  freezeRow,
  intentRow,
  nextDeduction,
  outcomeRow,
  paidRows,
} from './exit-rows.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import {
  carOf,
  openFor,
  show,
  stay,
  trace,
  type Cells,
  type Handler,
  type LaneStep,
} from './steps.ts'

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

/** A readable OBU of this car: released within the RSU's second, then charged online. */
export function onlineRead(state: LaneState, event: CardRead, env: LaneEnv): LaneStep {
  const turned = turnAway(state, event, env, null)
  if (turned !== null) return turned
  const before = carOf(state)
  const { obu } = event
  const identified: Car = { ...before, obu: carObuOf(event) }
  const deduction = nextDeduction(identified, env)
  const car: Car = {
    ...identified,
    deduction,
    tries: identified.tries + 1,
    turnedAway: null,
    manual: null,
  }
  const done: LaneEffect[] = [
    { do: 'rsu', command: { do: 'release', obuId: obu.obuId } },
    { do: 'rsu', command: { do: 'search', on: false } },
    noTimer('obu'),
    noTimer('retry'),
  ]
  const next: LaneState = { ...state, name: 'charging', car, shown: driverText.charging }
  if (!env.hasPlatform)
    return toManual({ ...next, car: refusedCar(car) }, env, 'platformDown', [], done)
  const facts = chargeFacts(car, env, { proof: null, offline: !env.platformUp })
  const rows = [intentRow(car, deduction, env), freezeRow(env, 'charge', facts)]
  if (!env.platformUp) {
    const later = withoutPlatform(next, env, 'platformDown', rows)
    return { state: later.state, effects: [...done, ...later.effects] }
  }
  return stay(
    next,
    ...done,
    { do: 'append', rows },
    trace('intentSynced', car, deduction.deductionId),
    { do: 'charge', deductionId: deduction.deductionId },
    trace('debitSent', car, deduction.outTradeNo),
    show(driverText.charging),
  )
}

/** A card whose record cannot be encoded does not stop the lane: the attendant takes over, and another card may pay. */
export const notWritten: Handler<'chargeNotWritten'> = (state, { facts }, env) => {
  const before = carOf(state)
  const read = { ...before, obu: facts.obu, tries: before.tries + 1 }
  const turnedAway = { reason: 'obuInvalid', exceptionType: 'cardUnreadable' } as const
  const car = refusedCar({ ...read, turnedAway, manual: null })
  return toManual({ ...state, car }, env, 'obuInvalid')
}

export const chargingCells: Cells = {
  charge: (state, event, env) => {
    const car = carOf(state)
    if (car.deduction?.deductionId !== event.deductionId) return stay(state)
    if (event.result === 'open') return stillOpen(state, event.reason, env)
    const receipt = event.receipt === null ? [] : [event.receipt]
    if (event.result === 'paid')
      return openFor(state, env, {
        rows: [...paidRows(car, env, 'platform', null), ...receipt],
        cause: 'etc',
        text: paidText(car.plate, stayMinutes(car, env), car.dueFen),
      })
    if (event.result === 'refused') {
      const rows = [
        outcomeRow(car, env, { state: 'refused', source: 'platform', reason: event.reason }),
        ...receipt,
      ]
      return refusedCharge(state, event.reason, env, rows)
    }
    const held = event.result === 'held' ? refusalOf(event.reason, 'recordRefused') : null
    const reason = held ?? 'noAnswerTwice'
    const unknown = outcomeRow(car, env, { state: 'unknown', source: 'platform', reason })
    const type = held === null ? 'noAnswerTwice' : refusalTypes[held]
    const effects = env.offline === 'settle-later' ? [exceptionRow(car, env, type, reason)] : []
    return withoutPlatform(state, env, reason, [unknown, ...effects])
  },
  timer: orderTimer,
  loop: backOut,
}
