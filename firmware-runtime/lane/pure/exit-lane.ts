// The exit lane of the enclosed layouts: plate, stay, order, ETC, barrier (clause 8.1.1.2).
// This file reads and decides; exit-card.ts and exit-online.ts take the money.
import { cashOf } from '#base/pure/values/cash.ts'
import { isNoEntryOrder } from '#money/pure/billing/no-entry.ts'
import { takesOf } from '#base/pure/values/payment-means.ts'
import { refusalOf } from '#base/pure/words/refusals.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { driverText, manualText, paidText } from '#devices/pure/lane/driver-text.ts'
import { askingCells, cardResult, debitingCells, resumeSuspect, suspectCells } from './exit-card.ts'
import { chargeRead } from './exit-class.ts'
import { chargingCells, notWritten } from './exit-online.ts'
import { beginEtc, openAgain, refusedCharge } from './exit-order.ts'
import { clockSure, clockUnsure } from './exit-clock.ts'
import { isTooLarge, release } from './exit-large.ts'
import { isCorrection, readCar, unpriced } from './exit-match.ts'
import { lateCells } from './exit-late.ts'
import {
  backOut,
  closeUnsent,
  endOrder,
  giveUp,
  platformMissing,
  search,
  stayMinutes,
  toManual,
  unreadReason,
} from './exit-parts.ts'
import { heldIsOver, hold, openWaiting, retry, tryingCells } from './exit-trying.ts'
import { afterTheFact, closedRow, outcomeRow, paidRows, paymentRow } from './exit-rows.ts'
import type { Car, LaneEnv, LaneEvent, LaneState } from './lane.ts'
import { faultCell, idleCells, openByHand, openingCells } from './presence.ts'
import {
  auditRow,
  carOf,
  claimOf,
  openFor,
  searchOff,
  show,
  stay,
  trace,
  type Cells,
  type Handler,
  type LaneStep,
  type LaneTable,
} from './steps.ts'

const notRead = (state: LaneState, env: LaneEnv): LaneStep =>
  toManual(state, env, state.inDoubt === null ? 'plateNotRead' : 'passInDoubt')

const readPlate: Handler<'plate'> = (state, event, env) => {
  const { read, photo } = event
  const car = readCar(carOf(state), read, photo)
  const next = { ...state, car }
  if (read.plate === null) return notRead(next, env)
  return stay(next, noTimer('plate'), trace('plateRead', car, read.plate), claimOf(car))
}

/** Reset for a car with a new order: reasons from before the order no longer block it. */
const notHeld = { manual: null, clock: null, turnedAway: null } as const

const claimed: Handler<'claimed'> = (state, event, env) => {
  const { answer } = event
  if (answer.kind === 'noStay') {
    const car = { ...carOf(state), match: null, candidates: answer.candidates }
    return toManual({ ...state, car }, env, 'noStay')
  }
  if (answer.kind === 'clockUnsure') return clockUnsure(state, answer, env)
  const { order, unsettled } = answer
  const before = carOf(state)
  const car: Car = {
    ...before,
    match: answer.match ?? (before.stayId === answer.stayId ? before.match : null),
    candidates: [],
    stayId: answer.stayId,
    plate: answer.plate,
    enteredAtMs: answer.enteredAtMs,
    orderId: order.orderId,
    amountFen: order.amountFen,
    dueFen: order.dueFen,
    takenFen: order.amountFen - order.dueFen,
    lines: order.lines,
    tries: answer.tries,
    ...notHeld,
  }
  const next = { ...state, car }
  const made = trace('orderMade', car, String(order.dueFen))
  if (unsettled !== null) {
    // Its result is pending in another lane: two cars with one stay are a case for the attendant.
    if (unsettled.state === 'intent' && unsettled.laneId !== env.laneId)
      return toManual(next, env, 'repeatSuspected', [], [made])
    const deduction = {
      deductionId: unsettled.deductionId,
      outTradeNo: unsettled.outTradeNo,
      state: 'unknown' as const,
    }
    const waiting = { ...next, name: 'waiting' as const, car: { ...car, deduction } }
    if (unsettled.chargeMode === 'card' && unsettled.armed === null) {
      // No C6 leaves without an armed row, and this lane has no other car: it was never sent.
      const unsent = { ...car, deduction: { ...deduction, state: 'intent' as const } }
      const closed = closeUnsent(unsent, env, 'neverSent')
      return search({ ...next, car: closed.car }, env, [made, { do: 'append', rows: closed.rows }])
    }
    if (unsettled.chargeMode === 'card') return resumeSuspect(waiting, unsettled, env, [made])
    return stay(
      { ...waiting, shown: driverText.checking },
      made,
      { do: 'charge', deductionId: unsettled.deductionId },
      timer('settle', env.times.waitSettleMs),
      timer('retry', env.times.retryMs),
      show(driverText.checking),
    )
  }
  if (answer.alreadyPaid !== null)
    return openFor(next, env, {
      rows: [],
      cause: answer.alreadyPaid,
      text: driverText.go,
      before: [made],
      after: endOrder(car, env),
    })
  if (order.dueFen === 0)
    return openFor(next, env, { rows: [], cause: 'free', text: driverText.goFree, before: [made] })
  if (isNoEntryOrder(order.lines)) return toManual(next, env, 'noStay', [], [made])
  if (isTooLarge(car, env)) return toManual(next, env, 'largeAmount', [], [made])
  if (!env.byOrder && !state.rsuUp) {
    const why = unreadReason(env)
    return state.rsuReported ? toManual(next, env, why, [], [made]) : hold(next, env, [made])
  }
  if (platformMissing(env)) return toManual(next, env, 'platformDown', [], [made])
  return beginEtc(next, env, [made])
}

/** Takes nothing for an order that was paid since its claim: later collection lets the car out. */
const settle: Handler<'settle'> = (state, event, env) => {
  const before = carOf(state)
  const isPaid = env.settleBar(before.stayId, before.orderId) === 'paid'
  if (isPaid && takesOf(event.means) !== 'arrears') return stay(state)
  const known =
    before.orderId === null
      ? afterTheFact(before, env, event.amountFen ?? before.dueFen)
      : { car: before, rows: [] as RowDraft[] }
  const { car } = known
  const audit = auditRow(env, event.act, `lane.settle ${event.means}`, car)
  if (event.means === 'later')
    return openFor(state, env, {
      car,
      rows: [...known.rows, audit],
      cause: 'later',
      text: driverText.go,
      act: event.act,
      after: endOrder(car, env),
    })
  const amountFen = takesOf(event.means) === 'nothing' ? 0 : (event.amountFen ?? car.dueFen)
  const cash = event.givenFen === undefined ? null : cashOf(amountFen, event.givenFen)
  if (cash !== null && cash.kind !== 'taken') return stay(state)
  const { givenFen = amountFen, changeFen = 0 } = cash ?? {}
  const paid = paymentRow(car, env, {
    means: event.means,
    amountFen,
    act: event.act,
    ...(cash === null ? {} : { cash: { givenFen, changeFen } }),
  })
  return openFor(state, env, {
    car,
    rows: [...known.rows, audit, paid],
    cause: 'other',
    text: paidText(car.plate, stayMinutes(car, env), amountFen, changeFen),
    act: event.act,
    before: [noTimer('settle')],
    after: endOrder(car, env),
  })
}

/** A late answer of the platform, while the attendant was asked or the car waited. */
const lateCharge: Handler<'charge'> = (state, event, env) => {
  const car = carOf(state)
  if (car.deduction?.deductionId !== event.deductionId) return stay(state)
  const receipt = event.receipt === null ? [] : [event.receipt]
  if (event.result === 'paid')
    return openFor(state, env, {
      rows: [...paidRows(car, env, 'platform', null), ...receipt],
      cause: 'etc',
      text: paidText(car.plate, stayMinutes(car, env), car.dueFen),
      before: [noTimer('settle')],
    })
  if (event.result === 'noAnswerTwice') return stay(state)
  if (event.result === 'open') return openAgain(state, event.reason, env)
  const reason = refusalOf(event.reason, event.result === 'held' ? 'recordRefused' : 'refused')
  if (event.result === 'held') {
    const waits = state.name === 'waiting' || car.manual === 'noAnswerTwice'
    return waits ? toManual(state, env, reason, [], [noTimer('settle')]) : stay(state)
  }
  const refused = outcomeRow(car, env, {
    state: 'refused',
    source: 'platform',
    reason: event.reason,
  })
  return refusedCharge(state, event.reason, env, [refused, ...receipt], [noTimer('settle')])
}

const ledgerStopped = (state: LaneState, _event: LaneEvent, env: LaneEnv): LaneStep => {
  const car = { ...carOf(state), manual: 'ledgerStopped' as const }
  const text = manualText('ledgerStopped', car.dueFen)
  return stay({ ...state, name: 'manual', car, shown: text }, searchOff, show(text), {
    do: 'trace',
    type: 'fault',
    stayId: car.stayId,
    detail: `ledgerStopped ${env.laneId}`,
  })
}

const people = { openByHand, barrierFault: faultCell, ledgerStopped } as const
/** Handlers for late results, shared by all states without a running debit. */
const ordinary = { ...people, ...lateCells } as const

const searching: LaneTable['searching'] = {
  ...ordinary,
  loop: backOut,
  obuSeen: (state, event) => stay(state, trace('obuSeen', carOf(state), event.obu.obuId)),
  cardRead: chargeRead,
  chargeNotWritten: notWritten,
  obuUnreadable: (state, event) => {
    const turnedAway = { reason: 'obuInvalid', exceptionType: 'obuUnreadable' } as const
    const car = { ...carOf(state), turnedAway }
    return stay({ ...state, car }, trace('fault', car, `obuUnreadable ${event.reason}`))
  },
  timer: (state, event, env) => {
    if (event.name !== 'obu') return stay(state)
    if (!state.rsuUp) return giveUp(state, env, unreadReason(env))
    return giveUp(state, env, carOf(state).turnedAway?.reason ?? 'obuNotRead')
  },
  rsuDown: (state, _event, env) => giveUp(state, env, 'rsuGone'),
  rsuUp: heldIsOver,
  /** Opens the barrier first, then closes the intent, which no C6 will follow. */
  openByHand: (state, event, env) => {
    const { car, rows } = closeUnsent(carOf(state), env, 'openedByHand')
    const step = openByHand({ ...state, car }, event, env)
    const close = rows.length === 0 ? [] : [{ do: 'append', rows, mayFail: true } as const]
    return { state: step.state, effects: [...step.effects, ...close, searchOff] }
  },
}

/** The ledger stopped while the C6 of this car was open: its result still decides. */
const stoppedCells: Cells = { debitResult: cardResult, proofResult: cardResult }

export const exitLane: LaneTable = {
  idle: { ...idleCells, ...lateCells },
  reading: {
    ...ordinary,
    plate: readPlate,
    claimed,
    loop: backOut,
    timer: (state, event, env) => (event.name === 'plate' ? notRead(state, env) : stay(state)),
  },
  searching,
  debiting: { ...people, ...debitingCells },
  suspect: { ...people, ...suspectCells },
  asking: { ...people, ...askingCells, settle, openByHand: openWaiting },
  charging: { ...ordinary, ...chargingCells },
  waiting: {
    ...ordinary,
    charge: lateCharge,
    settle,
    loop: backOut,
    timer: (state, event, env) =>
      event.name === 'settle'
        ? toManual(state, env, 'outcomeUnknown')
        : event.name === 'retry'
          ? retry(state, env)
          : stay(state),
  },
  manual: {
    ...ordinary,
    ...stoppedCells,
    ...tryingCells,
    settle,
    charge: lateCharge,
    loop: backOut,
    claimed,
    clockSure,
    release,
    plate: readPlateAgain,
  },
  opening: { ...openingCells((car, env) => [closedRow(car, env)]), ...lateCells },
}

/**
 * A second reading, or a correction by the attendant, may find the stay of a car that had none. For a large amount
 * only the attendant decides which car it is: further camera readings change nothing.
 */
function readPlateAgain(
  state: LaneState,
  event: Extract<LaneEvent, { type: 'plate' }>,
  env: LaneEnv,
): LaneStep {
  if (event.read.plate === null) return stay(state)
  if (isCorrection(carOf(state), event.read)) return readPlate(unpriced(state), event, env)
  if (carOf(state).stayId !== null) return stay(state)
  return readPlate({ ...state, name: 'reading' }, event, env)
}
