// A gantry over the road of an open lot: it reads every passing car and charges what one of them owes (8.1.2.2 d).
// No car stops here: cases that a lane would give to the attendant stay with the stay, and the next car is read at once.
import { lateCells } from './exit-late.ts'
import { isTooLarge } from './exit-large.ts'
import { exitLane } from './exit-lane.ts'
import { resumeSuspect } from './exit-card.ts'
import { closeUnsent, toManual } from './exit-parts.ts'
import { driverText } from '#devices/pure/lane/driver-text.ts'
import { withoutBoom } from './without-boom.ts'
import type { Deduction } from '#ledger/pure/lot/lot-state.ts'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import type { Car, LaneEffect, LaneEnv, LaneEvent, LaneState, LaneStateName } from './lane.ts'
import {
  carOf,
  claimOf,
  leave,
  newCar,
  searchOn,
  stay,
  trace,
  type Cells,
  type Handler,
  type LaneStep,
  type LaneTable,
} from './steps.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

/** A debit that is under way, and its doubt, are waited for; nothing else is. */
const kept: readonly LaneStateName[] = ['idle', 'reading', 'debiting', 'suspect']

/** The antenna of a gantry is always on (7.2.1 c), also after a step that switches it off for one car. */
function hearing({ state, effects }: LaneStep): LaneStep {
  const isOff = effects.some((e) => e.do === 'rsu' && e.command.do === 'search' && !e.command.on)
  if (state.name !== 'idle' || !(isOff || !state.antennaOn)) return { state, effects }
  return { state, effects: [...effects, searchOn] }
}

/**
 * What the card showed when this passage began decides a charge without a result, where no proof does: the car is gone
 * before an RSU with a silence time reports it again.
 */
function asHeard(state: LaneState, env: LaneEnv): LaneStep {
  const { heard, ...car } = carOf(state)
  const { cardRead } = exitLane.suspect
  const step = (heard && cardRead?.({ ...state, car }, heard, env)) ?? stay(state)
  // Its OBU was released when it was heard: the RSU would take a second release for that of its next report.
  const isRelease = (e: LaneEffect): boolean => e.do === 'rsu' && e.command.do === 'release'
  return { state: step.state, effects: step.effects.filter((e) => !isRelease(e)) }
}

function withHeard(step: LaneStep, env: LaneEnv): LaneStep {
  const { name, car } = step.state
  if (name !== 'suspect' || car?.suspect?.asking !== 'obu') return step
  const { state, effects } = asHeard(step.state, env)
  return { state, effects: [...step.effects, ...effects] }
}

/** No proof came in time. */
const noProof: Handler<'timer'> = (state, event, env) =>
  event.name === 'suspect' && carOf(state).heard !== undefined
    ? asHeard(state, env)
    : (exitLane.suspect.timer?.(state, event, env) ?? stay(state))

/**
 * Hands a case for which a lane would wait to the stay: no C6 follows an intent that is left open. A car from which nothing
 * was taken and that may be charged once more is heard anew.
 */
function drivesOn(last: LaneStep, env: LaneEnv): LaneStep {
  const step = withHeard(last, env)
  if (kept.includes(step.state.name)) return hearing(step)
  const car = carOf(step.state)
  const { rows } = closeUnsent(car, env, 'drivenOn')
  const close: LaneEffect[] = rows.length === 0 ? [] : [{ do: 'append', rows }]
  const isAgain = step.state.name === 'searching'
  const dealtWith = (step.state.dealtWith ?? []).filter(
    ({ obuId }) => !isAgain || obuId !== car.obu?.obuId,
  )
  const state: LaneState = { ...step.state, dealtWith }
  return hearing(leave(state, [...step.effects.flatMap(withoutBoom), ...close]))
}

function atGantry(cells: Cells): Cells {
  const ended = Object.entries(cells).map(([type, cell]): [string, Handler<LaneEvent['type']>] => {
    const handler = cell as Handler<LaneEvent['type']>
    return [type, (state, event, env) => drivesOn(handler(state, event, env), env)]
  })
  return Object.fromEntries(ended) as Cells
}

const letPass = (state: LaneState, obuId: string, before: readonly LaneEffect[] = []): LaneStep =>
  leave(state, [...before, { do: 'rsu', command: { do: 'release', obuId } }])

/** An OBU in the zone is reported repeatedly; longer than a car needs to pass, even in a queue. */
const dealtWithMs = 60_000

/** Called for every OBU on the road: most never parked, and nothing is recorded of them. */
const hear: Handler<'cardRead'> = (before, event, env) => {
  const { plate, plateRaw, colour } = event.vehicle
  const { obuId } = event.obu
  const known = (before.dealtWith ?? []).filter(({ untilMs }) => env.nowMs < untilMs)
  if (plate === null || known.some((one) => one.obuId === obuId))
    return stay(before, { do: 'rsu', command: { do: 'release', obuId } })
  const dealtWith = [...known, { obuId, untilMs: env.nowMs + dealtWithMs }]
  const state: LaneState = { ...before, dealtWith }
  const reading = { plate, confidence: null, mayCorrect: true, by: 'obu' } as const
  const car: Car = { ...newCar(env), plate, plateRaw, colour, reading, heard: event }
  return stay({ ...state, name: 'reading', car, shown: driverText.reading }, claimOf(car))
}

/** The plate in the OBU is that of the car; stores how it was matched to the stay. */
const matchedRow = (
  car: Car,
  detail: string,
  env: { laneId: string; nowMs: number },
): RowDraft => ({
  kind: 'event',
  atMs: env.nowMs,
  laneId: env.laneId,
  ...(car.stayId === null ? {} : { stayId: car.stayId }),
  body: { type: 'plateMatched', detail },
})

const claimed: Handler<'claimed'> = (state, { answer }, env) => {
  const { heard, ...before } = carOf(state)
  if (heard === undefined) return leave(state, [])
  const { obuId } = heard.obu
  if (answer.kind !== 'claimed') return letPass(state, obuId)
  const { order, unsettled } = answer
  const car: Car = {
    ...before,
    stayId: answer.stayId,
    enteredAtMs: answer.enteredAtMs,
    orderId: order.orderId,
    amountFen: order.amountFen,
    dueFen: order.dueFen,
    takenFen: order.amountFen - order.dueFen,
    lines: order.lines,
    tries: answer.tries,
  }
  const made = [
    trace('trigger', car),
    trace('orderMade', car, String(order.dueFen)),
    ...(answer.match === null
      ? []
      : [{ do: 'append', rows: [matchedRow(car, canonicalJson(answer.match), env)] } as const]),
  ]
  const next: LaneState = { ...state, name: 'searching', car }
  const isOnly = answer.settlesOnly === true
  if (unsettled !== null) return stillDue(next, { unsettled, heard, isOnly }, env, made)
  if (order.dueFen === 0 || answer.alreadyPaid !== null) return letPass(next, obuId, made)
  if (isTooLarge(car, env)) {
    const step = toManual(next, env, 'largeAmount', [], made)
    return letPass(step.state, obuId, step.effects)
  }
  return charged(next, heard, env, made)
}

function charged(
  state: LaneState,
  heard: CardRead,
  env: LaneEnv,
  before: readonly LaneEffect[],
): LaneStep {
  const { cardRead } = exitLane.searching
  const read = cardRead?.(state, heard, env) ?? letPass(state, heard.obu.obuId)
  return { state: read.state, effects: [...before, ...read.effects] }
}

interface StillDue {
  readonly unsettled: Deduction
  readonly heard: CardRead
  readonly isOnly: boolean
}

/** A charge of its order has no result yet: only the charged card can show it, and nothing is charged before. */
function stillDue(
  state: LaneState,
  { unsettled, heard, isOnly }: StillDue,
  env: LaneEnv,
  before: readonly LaneEffect[],
): LaneStep {
  const { obuId } = heard.obu
  const isHere = unsettled.chargeMode === 'card' && unsettled.laneId === env.laneId
  if (isHere && unsettled.armed === null) {
    // No C6 leaves without an armed row: it was never sent.
    const { deductionId, outTradeNo } = unsettled
    const unsent = {
      ...carOf(state),
      deduction: { deductionId, outTradeNo, state: 'intent' as const },
    }
    const { car, rows } = closeUnsent(unsent, env, 'neverSent')
    const closed: LaneEffect[] = [...before, { do: 'append', rows }]
    if (isOnly) return letPass({ ...state, car }, obuId, closed)
    return charged({ ...state, car }, heard, env, closed)
  }
  const release: LaneEffect = { do: 'rsu', command: { do: 'release', obuId } }
  if (!isHere || unsettled.obuId !== obuId) return leave(state, [...before, release])
  const deduction = {
    deductionId: unsettled.deductionId,
    outTradeNo: unsettled.outTradeNo,
    state: 'unknown' as const,
  }
  const car = { ...carOf(state), deduction, heard }
  return resumeSuspect({ ...state, car }, unsettled, env, [...before, release])
}

const up: Handler<'rsuUp'> = (state) => stay(state, searchOn)

export const gantryLane: LaneTable = {
  idle: atGantry({ ...lateCells, rsuUp: up, cardRead: hear }),
  reading: atGantry({ ...lateCells, claimed }),
  searching: {},
  debiting: atGantry(withoutLoops(exitLane.debiting)),
  suspect: atGantry({ ...withoutLoops(exitLane.suspect), timer: noProof }),
  asking: {},
  charging: {},
  waiting: {},
  manual: {},
  opening: {},
}

/** Removes handlers of devices that a gantry does not have. */
function withoutLoops(cells: Cells): Cells {
  const absent: readonly string[] = ['openByHand', 'loop', 'plate', 'barrierFault']
  return Object.fromEntries(
    Object.entries(cells).filter(([type]) => !absent.includes(type)),
  ) as Cells
}
