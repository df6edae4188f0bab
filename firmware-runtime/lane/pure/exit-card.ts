// Card-side charge at the exit: arm the deduction, send C6 once, handle its result (design.md 4.1 `card`).
// The suspect machine (lane/pure/etc/suspect.ts) judges; this file makes its verdicts durable and visible.
import type { CarObu } from '#devices/pure/charge/charge-facts.ts'
import { barReason, barType } from './etc/offline.ts'
import { parkingStation, stationWriteHex } from '#devices/pure/etc/station-record.ts'
import {
  isSettled,
  offerDebit,
  stepSuspect,
  type DebitOffer,
  type SuspectEffect,
  type SuspectEvent,
} from './etc/suspect.ts'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import type { Deduction } from '#ledger/pure/lot/lot-state.ts'
import { openDebitOf } from './lot/open-debits.ts'
import { bcdDateTimeOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { refusalOf } from '#base/pure/words/refusals.ts'
import type { RowBodies, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { noTimer } from '#base/pure/values/step.ts'
import { driverText, manualText, paidText } from '#devices/pure/lane/driver-text.ts'
import { carObuOf, giveUpWith, turnAway } from './exit-checks.ts'
import { leftUnpaid, search, stayMinutes, toManual, withIntent } from './exit-parts.ts'
import {
  contradicted,
  lateResult,
  misfitEffects,
  openWhileDebiting,
  resultOfGone,
  takenRows,
} from './exit-late.ts'
import { exceptionRow, neverSentRow, outcomeRow } from './exit-rows.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import {
  antenna,
  carOf,
  claimOf,
  isGone,
  leave,
  openFor,
  searchOff,
  show,
  stay,
  trace,
  type Cells,
  type Handler,
  type LaneStep,
} from './steps.ts'

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>
/** Up to this many deductions of an order, a card that proved no debit is charged again at once. */
const triesMax = 2
/** Up to this many deductions, a card that proved no debit may be charged again while its car waits. */
const shownMax = 5

/** Abilities of this lane's antenna for a debit in doubt. */
const antennaFacts = (
  env: LaneEnv,
): Pick<DebitOffer, 'proofSerial' | 'canFetchProof' | 'rereadSilenceMs' | 'resultTimeMs'> => ({
  proofSerial: null,
  canFetchProof: env.rsuHasProof,
  rereadSilenceMs: env.rsuSilenceMs,
  resultTimeMs: env.rsuResultTimeMs,
})

const unitOf = (obu: CarObu): NonNullable<RowBodies['armed']['unit']> => {
  const { issuerHex, statusHex, obuPlate, vehicleClass, cardVersion, cardPlate, cardExpire } = obu
  return { issuerHex, statusHex, obuPlate, vehicleClass, cardVersion, cardPlate, cardExpire }
}

/** B4 of this car: checks of meaning, evidence made durable, then C6, once. */
export function cardRead(state: LaneState, event: CardRead, env: LaneEnv): LaneStep {
  const turned = turnAway(state, event, env, carOf(state).dueFen)
  if (turned !== null) return turned
  const release: LaneEffect = { do: 'rsu', command: { do: 'release', obuId: event.obu.obuId } }
  const bar = env.cardDebitBar(carOf(state).dueFen, event.card.cardNo)
  const read: LaneState = { ...state, car: { ...carOf(state), obu: carObuOf(event) } }
  if (bar !== null) return giveUpWith(read, env, barReason(bar), barType(bar), release)
  // A car that waits for the attendant has no intent row yet: it is written together with the armed row.
  const { car: before, rows: intent } = withIntent(carOf(state), env)
  const deduction = present(before.deduction, 'an intent stands before C6')
  const timeBcd = bcdDateTimeOf(env.nowMs)
  const stationHex = stationWriteHex(event.station0019Hex, parkingStation, env.nowMs)
  const obu = carObuOf(event)
  const car: Car = {
    ...before,
    obu,
    turnedAway: null,
    manual: null,
    deduction: { ...deduction, state: 'armed' },
    suspect: offerDebit({
      deductionId: deduction.deductionId,
      obuId: obu.obuId,
      cardNo: obu.cardNo,
      cardType: obu.cardType,
      amountFen: before.dueFen,
      balanceBeforeFen: event.balanceFen,
      station0019Hex: event.station0019Hex,
      writeHex: stationHex,
      timeBcd,
      ...antennaFacts(env),
    }),
  }
  const armed: RowDraft = {
    kind: 'armed',
    atMs: env.nowMs,
    laneId: env.laneId,
    stayId: present(car.stayId, 'a charged car has a stay'),
    orderId: present(car.orderId, 'a charged car has an order'),
    deductionId: deduction.deductionId,
    body: {
      obuId: obu.obuId,
      cardNo: obu.cardNo,
      cardType: obu.cardType,
      balanceBeforeFen: event.balanceFen,
      station0019Hex: event.station0019Hex,
      writeHex: stationHex,
      timeBcd,
      unit: unitOf(obu),
    },
  }
  return stay(
    { ...state, name: 'debiting', car, shown: driverText.charging },
    noTimer('obu'),
    noTimer('retry'),
    { do: 'append', rows: [...intent, armed] },
    {
      do: 'debit',
      command: {
        do: 'debit',
        deductionId: deduction.deductionId,
        obuId: obu.obuId,
        amountFen: before.dueFen,
        timeBcd,
        stationHex,
        ...(before.enteredAtMs === null ? {} : { entryTimeBcd: bcdDateTimeOf(before.enteredAtMs) }),
      },
    },
    trace('debitSent', car, deduction.outTradeNo),
    show(driverText.charging),
  )
}

/** Resumes the suspect case of an armed deduction after a restart, or when its car comes back. */
export function resumeSuspect(
  state: LaneState,
  deduction: Deduction,
  env: LaneEnv,
  before: readonly LaneEffect[],
): LaneStep {
  const armed = present(deduction.armed, 'an unsettled card debit was armed')
  const offer = offerDebit({
    deductionId: deduction.deductionId,
    obuId: deduction.obuId ?? '',
    cardNo: deduction.cardNo ?? '',
    cardType: armed.cardType,
    amountFen: deduction.amountFen,
    balanceBeforeFen: armed.balanceBeforeFen,
    station0019Hex: armed.station0019Hex,
    writeHex: armed.writeHex,
    timeBcd: armed.timeBcd,
    ...antennaFacts(env),
  })
  // The armed row is the only source of the OBU of a car that came back; without it the TAC could not be uploaded.
  const obu = openDebitOf(deduction, armed, env.rsuResultTimeMs).charge?.obu ?? null
  const car: Car = { ...carOf(state), obu, suspect: offer, dueFen: deduction.amountFen }
  const next: LaneState = { ...state, name: 'suspect', car, shown: driverText.checking }
  const step = feed(next, { type: 'outcomeLost', rsuUp: state.rsuUp }, env)
  return { state: step.state, effects: [...before, show(driverText.checking), ...step.effects] }
}

/** Gives an event to the suspect machine and carries its verdict into the lane. */
function feed(state: LaneState, event: SuspectEvent, env: LaneEnv): LaneStep {
  const car = carOf(state)
  const before = present(car.suspect, 'a debit under way has its case')
  if (!env.isOpenCase(before.offer.deductionId)) return closedElsewhere(state, event, env)
  const step = stepSuspect(before, event)
  const next: LaneState = { ...state, car: { ...car, suspect: step.state } }
  const verdict = step.effects.find((e) => e.do === 'settle' || e.do === 'manual')
  const effects = step.effects.flatMap((e) => carried(e, car, env))
  if (verdict?.do === 'settle') return settled(next, verdict, env, effects, wasSent(event))
  const rows: RowDraft[] =
    before.phase === 'OFFERED' && step.state.phase !== 'OFFERED' && !isSettled(step.state)
      ? [outcomeRow(car, env, { state: 'unknown', source: 'b5', reason: reasonOf(event) })]
      : []
  const append: LaneEffect[] = rows.length === 0 ? [] : [{ do: 'append', rows }]
  if (verdict?.do === 'manual') return asking(next, verdict.reason, env, [...append, ...effects])
  const name = step.state.phase === 'SUSPECT' ? 'suspect' : state.name
  const shown = name === 'suspect' ? driverText.checking : state.shown
  const shownEffects = name === state.name ? [] : [show(shown), trace('fault', car, 'suspect')]
  return { state: { ...next, name, shown }, effects: [...append, ...effects, ...shownEffects] }
}

/** Another device closed the case, for example a handheld's antenna: a result for it is still booked. */
function closedElsewhere(state: LaneState, event: SuspectEvent, env: LaneEnv): LaneStep {
  const isResult = event.type === 'debitResult' || event.type === 'proofResult'
  const late = isResult ? lateResult(state, event, env) : stay(state)
  const retried = askAgain(late.state)
  return { state: retried.state, effects: [...late.effects, ...retried.effects] }
}

/** Claims the order from the lot again, as for a car that has just arrived. */
function askAgain(state: LaneState): LaneStep {
  const before = carOf(state)
  const car: Car = { ...before, suspect: null, deduction: null, manual: null }
  const next: LaneState = { ...state, name: 'reading', car }
  return stay(next, searchOff, noTimer('suspect'), claimOf(car))
}

/** Reason word: a result whose code says paid but whose case stays open did not match its C6. */
function reasonOf(event: SuspectEvent): string {
  if (event.type !== 'debitResult') return event.type
  return event.money === 'paid' ? 'resultDoubted' : (event.reason ?? `b5 ${event.code}`)
}

/** Effects of the suspect machine that the lane passes on. */
function carried(effect: SuspectEffect, car: Car, env: LaneEnv): LaneEffect[] {
  switch (effect.do) {
    case 'timer':
      return [effect]
    case 'alarm':
      return misfitEffects(car.stayId, car.deduction?.deductionId ?? '', effect, env)
    case 'fetchProof':
      return [{ do: 'rsu', command: effect }]
    case 'searchAgain':
      return [{ do: 'rsu', command: { do: 'search', on: true } }]
    case 'settle':
    case 'manual':
    case 'contradiction':
      return []
  }
}

/** A C6 that never left because the OBU or the link was gone says nothing about the card. */
const wasSent = (event: SuspectEvent): boolean =>
  event.type !== 'debitResult' || event.code !== -2 || event.reason === 'badDebitFields'

/** Bars the card of this deduction for its order; evidence may allow it one more C6 at once. */
function withRefused(car: Car): Car {
  const cardNo = car.suspect?.offer.cardNo
  return cardNo === undefined ? car : { ...car, refusedCards: [...car.refusedCards, cardNo] }
}

function settled(
  state: LaneState,
  verdict: Extract<SuspectEffect, { do: 'settle' }>,
  env: LaneEnv,
  effects: readonly LaneEffect[],
  sent: boolean,
): LaneStep {
  const car = carOf(state)
  const obuId = present(car.suspect, 'a settled debit has its case').offer.obuId
  if (verdict.paid) {
    const { proof, takenFen = car.dueFen } = verdict
    return openFor({ ...state, car: { ...car, suspect: null } }, env, {
      rows: takenRows(car, env, { source: verdict.source, proof, takenFen }),
      cause: 'etc',
      text: paidText(car.plate, stayMinutes(car, env), takenFen),
      before: [...effects, { do: 'rsu', command: { do: 'complete', obuId } }, searchOff],
    })
  }
  const refused = outcomeRow(car, env, {
    state: 'refused',
    source: verdict.source,
    reason: verdict.reason,
  })
  const shown = verdict.source === 'evidence' && car.tries < shownMax
  const spent = sent && !shown ? withRefused(car) : car
  const free: LaneState = { ...state, car: { ...spent, deduction: null, suspect: null } }
  if (verdict.source === 'evidence' && car.tries < triesMax && state.rsuUp)
    return search(free, env, [...effects, { do: 'append', rows: [refused] }])
  return toManual(free, env, refusalOf(verdict.reason), [refused], effects)
}

/**
 * The outcome must not be guessed: the attendant picks settle later (default) or other payment, the ETC order locked. The
 * antenna stays on: the same OBU, read again while the car stands there, settles the case.
 */
function asking(
  state: LaneState,
  reason: string,
  env: LaneEnv,
  effects: readonly LaneEffect[],
): LaneStep {
  const car: Car = { ...carOf(state), manual: 'outcomeUnknown' }
  const text = manualText('outcomeUnknown', car.dueFen)
  const rows = [exceptionRow(car, env, 'noTac', reason)]
  return {
    state: { ...state, name: 'asking', car, shown: text },
    effects: [
      ...effects,
      ...antenna(state, true),
      { do: 'append', rows },
      trace('fault', car, reason),
      show(text),
    ],
  }
}

const toSuspect =
  <T extends SuspectEvent['type']>(): Handler<Extract<T, 'rsuDown' | 'rsuUp' | 'timer'>> =>
  (state, event, env) =>
    feed(state, event as SuspectEvent, env)

type Result = Extract<RsuEvent, { type: 'debitResult' | 'proofResult' }>

/** Books a late result of another car for its own deduction, whatever the state of this one. */
export const cardResult = (state: LaneState, event: Result, env: LaneEnv): LaneStep =>
  event.obuId === carOf(state).suspect?.offer.obuId
    ? (contradicted(state, event, env) ?? feed(state, event, env))
    : lateResult(state, event, env)

/** The RSU waits one second for a reply about an OBU that it read: an OBU that is not needed is released. */
const readAgain: Handler<'cardRead'> = (state, event, env) => {
  const { obuId } = event.obu
  const step = feed(state, event, env)
  const completes = step.effects.some((e) => e.do === 'rsu' && e.command.do === 'complete')
  if (completes) return step
  return {
    state: step.state,
    effects: [{ do: 'rsu', command: { do: 'release', obuId } }, ...step.effects],
  }
}

/** The car left with its outcome unknown: the deduction stays open, nothing is guessed. */
const gone: Handler<'loop'> = (state, event, env) => {
  if (!isGone(state, event)) return stay(state)
  return leave(state, [
    searchOff,
    noTimer('suspect'),
    ...(leftUnpaid(state, event, env) ?? [trace('fault', carOf(state), 'backedOut')]),
  ])
}

const results: Cells = {
  debitResult: cardResult,
  proofResult: cardResult,
  rsuDown: toSuspect<'rsuDown'>(),
  rsuUp: toSuspect<'rsuUp'>(),
  timer: toSuspect<'timer'>(),
}

/** The boom ahead is closed, so a car on no loop while its C6 is open went back. */
const carIsGone = (state: LaneState): boolean => state.arrive === 'off' && state.under !== 'on'

/**
 * A car that was seen gone while its C6 is open leaves the lane to its B5, and at the latest to the next car on the loop: that one is
 * neither asked for this money nor let out by it. A later result still finds its debit.
 */
const goneWhileOpen: Handler<'loop'> = (state, event, env) => {
  const { seenGone, ...car } = carOf(state)
  if (isGone(state, event)) return stay({ ...state, car: { ...car, seenGone: true } })
  if (seenGone === true && event.loop === 'arrive' && event.state === 'on')
    return resultOfGone({ ...state, car }, null, env)
  return state.under === 'on' ? stay({ ...state, car }) : stay(state)
}

export const debitingCells: Cells = {
  ...results,
  loop: goneWhileOpen,
  // Waits for the B5 or its time-out: leaving earlier would lose the proof of a payment.
  debitResult: (state, event, env) =>
    carIsGone(state) ? resultOfGone(state, event, env) : cardResult(state, event, env),
  rsuDown: (state, event, env) =>
    carIsGone(state) ? resultOfGone(state, null, env) : feed(state, event, env),
  openByHand: openWhileDebiting,
  /** 800 ms passed before C6 could leave: it was never sent, and the car may try once more. */
  debitTooLate: (state, event, env) => {
    const car = carOf(state)
    if (car.deduction?.deductionId !== event.deductionId) return stay(state)
    const rows = [neverSentRow(car, env, 'tooLate')]
    const free: LaneState = { ...state, car: { ...car, deduction: null, suspect: null } }
    return car.tries < triesMax
      ? search(free, env, [{ do: 'append', rows }])
      : toManual(free, env, 'tooLate', rows)
  },
}

export const suspectCells: Cells = { ...results, cardRead: readAgain, loop: gone }

export const askingCells: Cells = { ...results, cardRead: readAgain, loop: gone }
