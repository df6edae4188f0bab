// A readable OBU at the exit: the order is priced by its vehicle class first, then its card is charged.
// The new order is durable before the intent; an intent of the old amount is closed with it, its C6 never left.
import { orderRow } from './lot/claim.ts'
import type { ClassOrder } from './lot/stay-price.ts'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { noTimer } from '#base/pure/values/step.ts'
import { driverText } from '#devices/pure/lane/driver-text.ts'
import { cardRead } from './exit-card.ts'
import { turnAway } from './exit-checks.ts'
import { onlineRead } from './exit-online.ts'
import { isTooLarge } from './exit-large.ts'
import { shownByCard } from './exit-late.ts'
import { closeUnsent, toManual } from './exit-parts.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import { carOf, openFor, searchOff, trace, type Handler, type LaneStep } from './steps.ts'

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

const charge: Handler<'cardRead'> = (state, event, env) =>
  env.chargeMode === 'card' ? cardRead(state, event, env) : onlineRead(state, event, env)

/** Uses the OBU of this car only: another car's class does not affect the price. */
function classOrder(state: LaneState, event: CardRead, env: LaneEnv): ClassOrder | null {
  const { orderId, colour, deduction } = carOf(state)
  if (orderId === null || (deduction !== null && deduction.state !== 'intent')) return null
  const { vehicleClass } = event.vehicle
  const order = env.byClass({ orderId, vehicleClass, colour })
  return order === null || turnAway(state, event, env, null) !== null ? null : order
}

export function chargeRead(state: LaneState, event: CardRead, env: LaneEnv): LaneStep {
  const shown = shownByCard(state, event, env)
  const step = pricedRead(state, event, env)
  return shown.length === 0 ? step : { state: step.state, effects: [...shown, ...step.effects] }
}

function pricedRead(state: LaneState, event: CardRead, env: LaneEnv): LaneStep {
  const order = classOrder(state, event, env)
  if (order === null) return charge(state, event, env)
  const { car: unsent, rows: closed } = closeUnsent(carOf(state), env, 'otherClass')
  const orderId = env.mint('O')
  const { amountFen, lines } = order
  const prices = { amountFen, dueFen: amountFen, takenFen: 0, lines }
  const car: Car = { ...unsent, ...prices, orderId, tries: 0 }
  const request = { laneId: env.laneId, nowMs: env.nowMs, ...car }
  const rows: RowDraft[] = [...closed, orderRow(request, { ...order, orderId })]
  const next: LaneState = { ...state, car }
  const step = goOn(next, event, env)
  const made: LaneEffect[] = [
    { do: 'append', rows },
    { do: 'follow', from: { name: state.name, car } },
    trace('orderMade', car, String(amountFen)),
  ]
  return { state: step.state, effects: [...made, ...step.effects] }
}

/** The new amount may be one that no card pays. */
function goOn(state: LaneState, event: CardRead, env: LaneEnv): LaneStep {
  const { dueFen } = carOf(state)
  if (dueFen > 0 && !isTooLarge(carOf(state), env)) return charge(state, event, env)
  const done: LaneEffect[] = [
    { do: 'rsu', command: { do: 'release', obuId: event.obu.obuId } },
    searchOff,
    noTimer('obu'),
    noTimer('retry'),
  ]
  if (dueFen > 0) return toManual(state, env, 'largeAmount', [], done)
  return openFor(state, env, { rows: [], cause: 'free', text: driverText.goFree, before: done })
}
