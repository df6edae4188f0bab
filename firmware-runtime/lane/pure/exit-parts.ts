// What every part of the exit lane does: search for the OBU, give up, back out, hand over to a person.
// Built from exit-rows.ts and used by exit-lane.ts, exit-card.ts and exit-online.ts.
import { isNoEntryOrder } from '#money/pure/billing/no-entry.ts'
import { noEntryFenOf } from '#money/pure/billing/tariff.ts'
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { driverText, manualText } from '#devices/pure/lane/driver-text.ts'
import { closedRow, exceptionRow, intentRow, neverSentRow, nextDeduction } from './exit-rows.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'
import { refusalTypes } from '#base/pure/words/refusals.ts'
import {
  antenna,
  carOf,
  namedEnd,
  isGone,
  leave,
  openFor,
  searchOff,
  show,
  stay,
  trace,
  type Handler,
  type LaneStep,
} from './steps.ts'

/** Exception types of cars that need the attendant; an antenna that is down has none. */
const exceptionTypeOf: Partial<Record<ManualReason, ExceptionWord>> = {
  obuNotRead: 'obuNotRead',
  plateNotRead: 'other',
  passInDoubt: 'other',
  noStay: 'other',
  ...refusalTypes,
  plateMismatch: 'plateMismatch',
  obuInvalid: 'expired',
  cardDamaged: 'cardUnreadable',
  noAnswerTwice: 'noAnswerTwice',
  rsuGone: 'other',
  largeAmount: 'largeAmount',
  repeatSuspected: 'repeatSuspected',
  tooLate: 'debitFailed',
  clockUnsure: 'other',
  outsideFence: 'other',
  positionUnknown: 'other',
}

/** Reasons that only a person can resolve: no other means pays automatically. */
const personOnly: readonly ManualReason[] = [
  'largeAmount',
  'repeatSuspected',
  'ledgerStopped',
  // The card may have been debited for this order: it is not charged a second time automatically.
  'outcomeUnknown',
  // The price is computed again once the clock is sure: exit-clock.ts.
  'clockUnsure',
]

/**
 * The card was charged a moment ago for another stay (P23) and not for this order: it is read again after the guard time,
 * and the driver may pay otherwise. If another lane still waits for that charge, the attendant decides.
 */
const waitsForItsCard = ({ manual, turnedAway }: Car): boolean =>
  manual === 'repeatSuspected' && turnedAway?.reason === 'repeatSuspected'

const isForPerson = (car: Car): boolean =>
  car.manual !== null && personOnly.includes(car.manual) && !waitsForItsCard(car)

/** The charge of such a car is left open: the platform was silent, or answered without taking its record. */
const isLeftOpen = (reason: ManualReason): boolean =>
  reason === 'noAnswerTwice' || reason === 'recordRefused' || reason === 'psamRefused'

/** Why ETC cannot be read now. */
export const unreadReason = ({ hasRsu }: LaneEnv): ManualReason => (hasRsu ? 'rsuGone' : 'noRsu')

/** True when the platform does not answer and the policy does not allow settling later. */
export const platformMissing = (env: LaneEnv): boolean =>
  env.chargeMode === 'online' && !env.platformUp && env.offline !== 'settle-later'

/**
 * A waiting car is never final (design.md 4.16): ETC may still pay for one whose order is known and
 * unpaid, and of which no deduction is unsettled.
 */
export function mayStillPay({ car }: LaneState, env: LaneEnv): boolean {
  if (car === null || car.manual === null || isForPerson(car)) return false
  // No deduction is made for a stay without entry (ADR 9).
  if (car.stayId === null || car.orderId === null || isNoEntryOrder(car.lines)) return false
  return car.dueFen > 0 && car.deduction === null && env.settleBar(car.stayId, car.orderId) === null
}

/** Fixed price for a car without an entry record, an attendant and an order; null: does not apply. */
export const noEntryFenFor = ({ name, car }: LaneState, env: LaneEnv): Fen | null =>
  name === 'manual' && car?.manual === 'noStay' && car.stayId === null
    ? noEntryFenOf(env.tariff, env.nowMs)
    : null

/** From the arrival of the car, also where its plate is read again; a clock that was set makes no longer wait. */
function noEntryWaitMs(state: LaneState, { nowMs, times }: LaneEnv): number {
  const stoodMs = Math.max(0, nowMs - carOf(state).sinceMs)
  return Math.max(0, times.noEntryMs - stoodMs)
}

/** Time without an attendant after which a large amount may be paid by code, where the lot allows it. */
const largeAloneMs = 60_000

type OfLarge = Pick<LaneEnv, 'nowMs' | 'largeByCode'>

/** Time for the attendant before that; Infinity: unlimited (5.2.1 d); null: no large amount waits. */
export function largeWaitMs(
  { name, car }: LaneState,
  { nowMs, largeByCode }: OfLarge,
): number | null {
  if (name !== 'manual' || car?.manual !== 'largeAmount') return null
  if (!largeByCode) return Infinity
  return Math.min(largeAloneMs, Math.max(0, car.sinceMs + largeAloneMs - nowMs))
}

/** Time of the next check whether it was paid elsewhere. */
export function largeLookMs(state: LaneState, env: LaneEnv): number | null {
  const waitMs = largeWaitMs(state, env)
  return waitMs === Infinity ? env.times.retryMs : waitMs
}

/** True for a car that can pay by code only, whose payment is watched. */
export const waitsForCode = ({ car }: LaneState): boolean =>
  car !== null && car.orderId !== null && car.dueFen > 0 && isNoEntryOrder(car.lines)

/** A car whose own deduction is unknown waits as well: the same number is queried (4.3). */
const waitsForOutcome = ({ car }: LaneState, env: LaneEnv): boolean =>
  env.chargeMode === 'online' && car !== null && car.deduction !== null

/** True when the order was paid by code or elsewhere during the search: its claim reports it and opens. */
export const isPaidMeanwhile = ({ car }: LaneState, env: LaneEnv): boolean =>
  car !== null &&
  car.stayId !== null &&
  car.orderId !== null &&
  car.plate !== null &&
  env.settleBar(car.stayId, car.orderId) === 'paid'

/**
 * A car that waits may scan a code beside its card: its order is known, and no charge of it runs. Two silences of
 * the platform lead to other payment (8.3.1 b), as does a record that it refuses; a late success is refunded.
 */
export function mayOfferCode(state: LaneState, of: OfLarge): boolean {
  const { name, car } = state
  if (name !== 'manual' || car === null || car.manual === null) return false
  if (car.stayId === null || car.orderId === null) return false
  if (isForPerson(car) && largeWaitMs(state, of) !== 0) return false
  return car.dueFen > 0 && (car.deduction === null || isLeftOpen(car.manual))
}

/** A card that is read now may be charged: there is a platform for it, and a handheld is where it may. */
export const mayRead = (env: LaneEnv): boolean => !platformMissing(env) && env.placeBar() === null

/** Continuous attempts while the car waits: the antenna, and a regular check of its means. */
function keepTrying(
  state: LaneState,
  env: LaneEnv,
  before: readonly LaneEffect[],
): { readonly antenna: LaneEffect[]; readonly retry: LaneEffect[] } {
  const last = before.findLast((e) => e.do === 'rsu' && e.command.do === 'search')
  const isOn =
    last?.do === 'rsu' && last.command.do === 'search' ? last.command.on : state.antennaOn
  const mayPay = mayStillPay(state, env)
  const waits = waitsForOutcome(state, env) || waitsForCode(state)
  const looks = mayPay || waits || isPaidMeanwhile(state, env)
  const asks = noEntryFenFor(state, env) !== null
  const largeMs = largeLookMs(state, env)
  return {
    antenna: antenna({ ...state, antennaOn: isOn }, mayPay && !env.byOrder && mayRead(env)),
    retry: looks
      ? [timer('retry', env.times.retryMs)]
      : asks
        ? [timer('retry', noEntryWaitMs(state, env))]
        : largeMs !== null
          ? [timer('retry', largeMs)]
          : [],
  }
}

/**
 * Hands the car to a person, saying why, after making `rows` and the exception durable. While the car
 * stands there, what may still pay goes on being tried; not after a debit of it that may have been taken.
 */
export function toManual(
  state: LaneState,
  env: LaneEnv,
  cause: ManualReason,
  rows: readonly RowRequest[] = [],
  before: readonly LaneEffect[] = [],
): LaneStep {
  const known = carOf(state)
  const reason = env.isContradicted(known.stayId) ? 'outcomeUnknown' : cause
  const isNew = !known.reported.includes(reason)
  const reported = isNew ? [...known.reported, reason] : known.reported
  const car = { ...known, manual: reason, suspect: null, reported }
  const type =
    car.turnedAway?.reason === reason ? car.turnedAway.exceptionType : exceptionTypeOf[reason]
  const exception = isNew && type !== undefined ? [exceptionRow(car, env, type, reason)] : []
  const all = [...rows, ...exception]
  const text = manualText(reason, car.dueFen)
  const next: LaneState = { ...state, name: 'manual', car, shown: text }
  const trying = keepTrying(next, env, before)
  return {
    state: next,
    effects: [
      ...before,
      ...trying.antenna,
      noTimer('plate'),
      noTimer('obu'),
      noTimer('retry'),
      ...(all.length === 0 ? [] : [{ do: 'append', rows: all } as const]),
      ...(isNew ? [trace('fault', car, reason)] : []),
      show(text),
      ...trying.retry,
    ],
  }
}

/** Goes to the other payment, or lets the car go and charges it later, as the lot's policy says. */
export function withoutPlatform(
  state: LaneState,
  env: LaneEnv,
  reason: ManualReason,
  rows: readonly RowRequest[],
): LaneStep {
  const car = carOf(state)
  if (env.offline !== 'settle-later' || car.obu === null) return toManual(state, env, reason, rows)
  return openFor(state, env, { rows, cause: 'later', text: driverText.go })
}

/** The intent of the next deduction; nothing is charged without one (`card` mode: before C6). */
export function withIntent(car: Car, env: LaneEnv): { car: Car; rows: readonly RowDraft[] } {
  if (car.deduction !== null) return { car, rows: [] }
  const deduction = nextDeduction(car, env)
  const next: Car = { ...car, deduction, tries: car.tries + 1, suspect: null }
  return { car: next, rows: [intentRow(next, deduction, env)] }
}

/** Opens the antenna for this car. In `card` mode the intent is durable before B4 can need it. */
export function search(
  state: LaneState,
  env: LaneEnv,
  before: readonly LaneEffect[] = [],
): LaneStep {
  const car = carOf(state)
  if (env.isContradicted(car.stayId)) return toManual(state, env, 'outcomeUnknown', [], before)
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
  const armed = withIntent({ ...car, deduction: null }, env)
  return {
    state: { ...state, name, car: armed.car, shown: driverText.charging },
    effects: [
      ...before,
      { do: 'append', rows: armed.rows },
      trace('intentSynced', armed.car, armed.car.deduction?.deductionId),
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

/** Ends the search of this order and hands the car to a person. */
export function giveUp(state: LaneState, env: LaneEnv, reason: ManualReason): LaneStep {
  const { car, rows } = closeUnsent(carOf(state), env, reason)
  return toManual({ ...state, car }, env, reason, rows)
}

/**
 * The loop that a car leaves last says which way it went. Forwards without a pass is only possible
 * under a boom that stood open, as it may after a restart: its stay ends, what it owes stays owed.
 * Null: it went back in, and its stay stays open.
 */
export function leftUnpaid(
  state: LaneState,
  event: { readonly loop: string },
  env: LaneEnv,
): LaneEffect[] | null {
  const car = carOf(state)
  if (event.loop !== 'under' || state.position === 'closed') return null
  // It followed another car before its plate was read or found: the amount is unknown.
  if (car.stayId === null) return namedEnd(env, car, 'wentUnread')
  const rows = [closedRow(car, env), exceptionRow(car, env, 'other', 'leftUnpaid')]
  return [{ do: 'append', rows, mayFail: true }, trace('fault', car, 'leftUnpaid')]
}

/** Takes back the order that an access system may still charge: its car is gone, or has paid otherwise. */
export const endOrder = ({ deduction }: Car, env: LaneEnv): readonly LaneEffect[] =>
  env.byOrder && deduction !== null
    ? [{ do: 'charge', deductionId: deduction.deductionId, takeBack: true }]
    : []

/** The car left both loops: nothing was charged. */
export const backOut: Handler<'loop'> = (state, event, env) => {
  if (!isGone(state, event)) return stay(state)
  const { car, rows } = closeUnsent(carOf(state), env, 'backedOut')
  return leave(state, [
    searchOff,
    ...endOrder(car, env),
    ...(rows.length === 0 ? [] : [{ do: 'append', rows } as const]),
    ...(leftUnpaid({ ...state, car }, event, env) ??
      (car.wrongWay ? namedEnd(env, car, 'wrongWay') : [trace('fault', car, 'backedOut')])),
  ])
}

/** Minutes of the stay; null: no entry record. */
export const stayMinutes = ({ enteredAtMs, lines }: Car, env: LaneEnv): number | null =>
  enteredAtMs === null || isNoEntryOrder(lines)
    ? null
    : Math.max(0, Math.floor((env.nowMs - enteredAtMs) / 60_000))
