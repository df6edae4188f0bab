// A car that waits in `manual` is never final: whatever kept ETC from paying is looked at again while the
// car stands there (design.md 4.16), in a lane or at a pile or handheld. A person's act ends it.
import { noEntryLine } from '#money/pure/billing/no-entry.ts'
import { barReason, isBarReason } from './etc/offline.ts'
import type { PlaceBar } from '#devices/pure/place/place.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { timer } from '#base/pure/values/step.ts'
import { driverText, manualText, reads } from '#devices/pure/lane/driver-text.ts'
import { chargeRead } from './exit-class.ts'
import { notWritten } from './exit-online.ts'
import { orderAgain } from './exit-order.ts'
import {
  isPaidMeanwhile,
  largeLookMs,
  mayRead,
  mayStillPay,
  noEntryFenFor,
  platformMissing,
  search,
  toManual,
  unreadReason,
  waitsForCode,
} from './exit-parts.ts'
import { afterTheFact } from './exit-rows.ts'
import type { LaneEffect, LaneEnv, LaneState } from './lane.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'
import { openByHand } from './presence.ts'
import {
  antenna,
  carOf,
  claimOf,
  endTrying,
  show,
  stay,
  trace,
  type Cells,
  type Handler,
  type LaneStep,
} from './steps.ts'

/** A starting lane whose antenna has not answered yet and may still do so. */
export const hold = (state: LaneState, env: LaneEnv, before: readonly LaneEffect[]): LaneStep =>
  stay(
    { ...state, name: 'searching', shown: driverText.starting },
    ...before,
    timer('obu', env.times.rsuHoldMs),
    show(driverText.starting),
  )

/** Continues a held car when the antenna is up; in `card` mode its intent is written first. */
export const heldIsOver: Handler<'rsuUp'> = (state, _event, env) => {
  if (!reads(state.shown, driverText.starting)) return stay(state)
  return platformMissing(env) ? toManual(state, env, 'platformDown') : search(state, env)
}

/** The cause is gone: searches the OBU again, and the board says so. */
function resume(state: LaneState, env: LaneEnv): LaneStep {
  if (env.byOrder) return orderAgain(state, env)
  if (!state.rsuUp) return toManual(state, env, unreadReason(env))
  if (platformMissing(env)) return toManual(state, env, 'platformDown')
  const car = { ...carOf(state), turnedAway: null }
  return stay(
    { ...state, car, shown: driverText.charging },
    { do: 'rsu', command: { do: 'search', on: true } },
    timer('obu', env.times.obuTimeoutMs),
    timer('retry', env.times.retryMs),
    show(driverText.charging),
  )
}

/** Reason on the board why a pile or handheld may not charge at its position. */
export const placeReason = (bar: PlaceBar): ManualReason =>
  bar === 'outside' ? 'outsideFence' : 'positionUnknown'

export function retry(state: LaneState, env: LaneEnv): LaneStep {
  const car = carOf(state)
  const again = timer('retry', env.times.retryMs)
  if (isPaidMeanwhile(state, env)) return claimAgain(state)
  if (car.deduction !== null) {
    const { deductionId } = car.deduction
    return stay(state, { do: 'charge', deductionId, again: true }, again)
  }
  if (waitsForCode(state)) return stay(state, again)
  const largeMs = largeLookMs(state, env)
  if (largeMs !== null) return stay(state, timer('retry', Math.max(largeMs, env.times.retryMs)))
  const noEntryFen = noEntryFenFor(state, env)
  if (noEntryFen !== null) return askNoEntry(state, env, noEntryFen)
  if (!mayStillPay(state, env)) return stay(state)
  const reason = car.manual ?? 'obuNotRead'
  const at = env.placeBar()
  if (at !== null)
    return placeReason(at) === reason ? stay(state, again) : toManual(state, env, placeReason(at))
  if (reason === 'outsideFence' || reason === 'positionUnknown') return resume(state, env)
  if (reason === 'platformDown') {
    const isBack = env.platformUp && !platformMissing(env)
    return isBack ? resume(state, env) : stay(state, { do: 'probePlatform' }, again)
  }
  if (isBarReason(reason)) {
    const bar = env.cardDebitBar(car.dueFen, car.obu?.cardNo ?? '')
    if (bar === null) return resume(state, env)
    if (barReason(bar) !== reason) return toManual(state, env, barReason(bar))
  }
  // The lane may have become this car's while a handheld was outside.
  return stay(state, ...antenna(state, mayRead(env) && !env.byOrder), again)
}

/**
 * No entry record and no attendant: creates a stay and an order with the fixed price, so that the driver may pay by
 * code. A person may still settle it for another amount.
 */
function askNoEntry(state: LaneState, env: LaneEnv, amountFen: Fen): LaneStep {
  const line = noEntryLine(env.nowMs, amountFen)
  const { car, rows } = afterTheFact(carOf(state), env, amountFen, [line])
  const text = manualText('noStay', amountFen)
  return stay(
    { ...state, car, shown: text },
    { do: 'append', rows },
    trace('orderMade', car, String(amountFen)),
    timer('retry', env.times.retryMs),
    show(text),
  )
}

function claimAgain(state: LaneState): LaneStep {
  if (carOf(state).plate === null) return stay(state)
  return stay({ ...state, name: 'reading' }, ...endTrying(state), claimOf(carOf(state)))
}

const readAgain: Handler<'cardRead'> = (state, event, env) => {
  const release: LaneEffect = { do: 'rsu', command: { do: 'release', obuId: event.obu.obuId } }
  const isRefused = carOf(state).refusedCards.includes(event.card.cardNo)
  if (!mayStillPay(state, env) || isRefused) return stay(state, release)
  if (platformMissing(env)) return toManual(state, env, 'platformDown', [], [release])
  return chargeRead(state, event, env)
}

const timeIsOver: Handler<'timer'> = (state, event, env) => {
  if (event.name === 'retry') return retry(state, env)
  if (event.name !== 'obu' || !mayStillPay(state, env)) return stay(state)
  if (env.byOrder) return orderAgain(state, env)
  return toManual(state, env, carOf(state).turnedAway?.reason ?? 'obuNotRead')
}

/** Updates the board for a lost antenna, where the antenna is the missing means. */
const antennaGone: Handler<'rsuDown'> = (state, _event, env) => {
  const isAboutObu = carOf(state).manual === 'obuNotRead' || reads(state.shown, driverText.charging)
  return isAboutObu && mayStillPay(state, env) ? toManual(state, env, 'rsuGone') : stay(state)
}

const antennaBack: Handler<'rsuUp'> = (state, _event, env) =>
  carOf(state).manual === 'rsuGone' && mayStillPay(state, env) ? resume(state, env) : stay(state)

/** A manual open: opens the boom first, then stops trying other means. */
export const openWaiting: Handler<'openByHand'> = (state, event, env) => {
  const step = openByHand(state, event, env)
  if (step.state.name !== 'opening') return step
  return { state: step.state, effects: [...step.effects, ...endTrying(state)] }
}

export const tryingCells: Cells = {
  cardRead: readAgain,
  chargeNotWritten: notWritten,
  obuSeen: (state, event) => stay(state, trace('obuSeen', carOf(state), event.obu.obuId)),
  timer: timeIsOver,
  rsuUp: antennaBack,
  rsuDown: antennaGone,
  openByHand: openWaiting,
  couponUsed: claimAgain,
}
