// What every part of the exit lane does: search for the OBU, give up, back out, hand over to a person.
// Built from exit-rows.ts and used by exit-lane.ts, exit-card.ts and exit-online.ts.
import type { RowDraft } from '../values/ledger-row.ts'
import { noTimer, timer } from '../values/step.ts'
import { driverText, manualText } from './driver-text.ts'
import { closedRow, exceptionRows, intentRow, neverSentRow, nextDeduction } from './exit-rows.ts'
import type { Car, LaneEffect, LaneEnv, LaneState, ManualReason } from './lane.ts'
import {
  carOf,
  isGone,
  leave,
  openFor,
  show,
  stay,
  trace,
  type Handler,
  type LaneStep,
} from './steps.ts'

export const searchOff: LaneEffect = { do: 'rsu', command: { do: 'search', on: false } }

/** Exception types of P14 for a car that needs a person. */
const exceptionTypeOf: Partial<Record<ManualReason, number>> = {
  obuNotRead: 1,
  plateNotRead: 99,
  passInDoubt: 99,
  noStay: 99,
  insufficient: 7,
  blacklisted: 5,
  plateMismatch: 4,
  obuInvalid: 6,
  refused: 15,
  noAnswerTwice: 14,
  rsuGone: 12,
  largeAmount: 16,
  repeatSuspected: 17,
  tooLate: 9,
  outsideFence: 99,
  positionUnknown: 99,
}

/** Hands the car to a person, saying why, after making `rows` and the exception durable. */
export function toManual(
  state: LaneState,
  env: LaneEnv,
  reason: ManualReason,
  rows: readonly RowDraft[] = [],
  before: readonly LaneEffect[] = [],
): LaneStep {
  const car = { ...carOf(state), manual: reason, suspect: null }
  const type =
    car.turnedAway?.reason === reason ? car.turnedAway.exceptionType : exceptionTypeOf[reason]
  const all = [...rows, ...(type === undefined ? [] : exceptionRows(car, env, type, reason))]
  const text = manualText(reason, car.dueFen)
  return {
    state: { ...state, name: 'manual', car, shown: text },
    effects: [
      ...before,
      noTimer('plate'),
      noTimer('obu'),
      ...(all.length === 0 ? [] : [{ do: 'append', rows: all } as const]),
      trace('fault', car, reason),
      show(text),
    ],
  }
}

/** Goes to the other payment, or lets the car go and charges it later, as the lot's policy says. */
export function withoutPlatform(
  state: LaneState,
  env: LaneEnv,
  reason: ManualReason,
  rows: readonly RowDraft[],
): LaneStep {
  const car = carOf(state)
  if (env.offline !== 'settle-later' || car.obu === null) return toManual(state, env, reason, rows)
  return openFor(state, env, { rows, cause: 'later', text: driverText.go })
}

/** Opens the antenna for this car. In `card` mode the intent is durable before B4 can need it. */
export function search(
  state: LaneState,
  env: LaneEnv,
  before: readonly LaneEffect[] = [],
): LaneStep {
  const car = carOf(state)
  const on: LaneEffect[] = [
    { do: 'rsu', command: { do: 'search', on: true } },
    timer('obu', env.times.obuTimeoutMs),
    show(driverText.charging),
  ]
  const name = 'searching' as const
  if (env.chargeMode === 'online') {
    const next = { ...state, name, shown: driverText.charging }
    return { state: next, effects: [...before, ...on] }
  }
  const deduction = nextDeduction(car, env)
  const armed: Car = { ...car, deduction, tries: car.tries + 1, suspect: null }
  return {
    state: { ...state, name, car: armed, shown: driverText.charging },
    effects: [
      ...before,
      { do: 'append', rows: [intentRow(armed, deduction, env)] },
      trace('intentSynced', armed, deduction.deductionId),
      ...on,
    ],
  }
}

/** Closes a card-mode intent which C6 never followed; once, so the car forgets it with its row. */
export function closeUnsent(
  car: Car,
  env: LaneEnv,
  reason: string,
): { car: Car; rows: readonly RowDraft[] } {
  if (env.chargeMode !== 'card' || car.deduction?.state !== 'intent') return { car, rows: [] }
  return { car: { ...car, deduction: null }, rows: [neverSentRow(car, env, reason)] }
}

/** Stops the search and hands the car to a person. */
export function giveUp(state: LaneState, env: LaneEnv, reason: ManualReason): LaneStep {
  const { car, rows } = closeUnsent(carOf(state), env, reason)
  return toManual({ ...state, car }, env, reason, rows, [searchOff])
}

/**
 * The loop that a car leaves last says which way it went. Forwards without a pass is only possible
 * under a boom that stood open, as it may after a restart: its stay ends, what it owes stays owed.
 * Null: it went back in, and its stay goes on.
 */
export function leftUnpaid(
  state: LaneState,
  event: { readonly loop: string },
  env: LaneEnv,
): LaneEffect[] | null {
  const car = carOf(state)
  if (event.loop !== 'under' || state.position === 'closed' || car.stayId === null) return null
  const rows = [closedRow(car, env), ...exceptionRows(car, env, 99, 'leftUnpaid', 'leftUnpaid')]
  return [{ do: 'append', rows, mayFail: true }, trace('fault', car, 'leftUnpaid')]
}

/** The car left both loops: nothing was charged. */
export const backOut: Handler<'loop'> = (state, event, env) => {
  if (!isGone(state, event)) return stay(state)
  const { car, rows } = closeUnsent(carOf(state), env, 'backedOut')
  return leave(state, [
    searchOff,
    ...(rows.length === 0 ? [] : [{ do: 'append', rows } as const]),
    ...(leftUnpaid({ ...state, car }, event, env) ?? [trace('fault', car, 'backedOut')]),
  ])
}

export const stayMinutes = (car: Car, env: LaneEnv): number =>
  Math.max(0, Math.floor((env.nowMs - (car.enteredAtMs ?? env.nowMs)) / 60_000))
