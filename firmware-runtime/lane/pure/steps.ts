// Pieces both lane tables share: presence, passes, leaving, people's acts.
// A step is pure: the state after it and the effects in the order they must be carried out.
import { must, present } from '#base/pure/values/must.ts'
import type { PassCause, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { numbered } from '#base/pure/values/ids.ts'
import { noTimer, timer, type Step } from '#base/pure/values/step.ts'
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import { lateEventOf } from './orphan-result.ts'
import type { LoopState } from '#devices/pure/lane/barrier.ts'
import { driverText, type DriverText } from '#devices/pure/lane/driver-text.ts'
import { takeSealed } from './sealed-vehicle.ts'
import type {
  AuditedAct,
  Car,
  CarEnd,
  LaneEffect,
  LaneEnv,
  LaneEvent,
  LaneState,
  LaneStateName,
  LaneTraceType,
  LaneView,
} from './lane.ts'

export type LaneStep = Step<LaneState, LaneEffect>
export type Handler<T extends LaneEvent['type']> = (
  state: LaneState,
  event: Extract<LaneEvent, { type: T }>,
  env: LaneEnv,
) => LaneStep
/** One row of a lane table: what a state does with each event. An absent cell ignores the event. */
export type Cells = { readonly [T in LaneEvent['type']]?: Handler<T> }
export type LaneTable = Readonly<Record<LaneStateName, Cells>>

export const stay = (state: LaneState, ...effects: LaneEffect[]): LaneStep => ({ state, effects })

export const show = (text: DriverText): LaneEffect => ({ do: 'show', text })

export const trace = (type: LaneTraceType, car: Car | null, detail = ''): LaneEffect => ({
  do: 'trace',
  type,
  stayId: car?.stayId ?? null,
  detail,
})

export const newCar = (env: Pick<LaneView, 'nowMs'>): Car => ({
  sinceMs: env.nowMs,
  plate: null,
  plateRaw: null,
  colour: 'unknown',
  photo: null,
  reading: null,
  match: null,
  candidates: [],
  stayId: null,
  enteredAtMs: null,
  orderId: null,
  amountFen: 0,
  dueFen: 0,
  takenFen: 0,
  lines: [],
  obu: null,
  deduction: null,
  tries: 0,
  turnedAway: null,
  manual: null,
  reported: [],
  refusedCards: [],
  releasedFen: null,
  clock: null,
  suspect: null,
  pass: null,
  boomSeen: false,
  wrongWay: false,
  behind: 'none',
})

export const carOf = (state: LaneState): Car => present(state.car, `a car in ${state.name}`)

/** Searches the stay of a car: by its reading, or, once it has an order, by the plate of that order. */
export function claimOf(car: Car): Extract<LaneEffect, { do: 'claim' }> {
  const { plate, plateRaw, colour, photo } = car
  const known = { plate: present(plate, 'it has a plate'), confidence: null, mayCorrect: false }
  const reading = car.orderId === null ? (car.reading ?? known) : known
  return { do: 'claim', reading, plateRaw: plateRaw ?? reading.plate, colour, photo }
}

/** Row that lets the barrier open once for this car. */
export const passRow = (
  env: LaneEnv,
  stayId: string,
  passId: string,
  cause: PassCause,
  act: AuditedAct | null,
): RowDraft => ({
  kind: 'pass',
  atMs: env.nowMs,
  laneId: env.laneId,
  stayId,
  body: { passId, cause, by: act?.by ?? null, reason: act?.reason ?? null },
})

export const auditRow = (
  env: LaneEnv,
  act: AuditedAct,
  what: string,
  car: Car | null,
  result: 'done' | 'commanded' = 'done',
): RowDraft => ({
  kind: 'audit',
  atMs: env.nowMs,
  laneId: env.laneId,
  ...(car === null || car.stayId === null ? {} : { stayId: car.stayId }),
  body: {
    act: what,
    by: act.by,
    role: act.role,
    reason: act.reason,
    commandId: act.commandId,
    result,
  },
})

/**
 * Makes `rows` and a pass durable in one transaction, then opens. The order of the effects is the
 * money path: nothing opens before the append returned (design.md 4.2).
 */
export function openFor(
  state: LaneState,
  env: LaneEnv,
  options: {
    rows: readonly RowRequest[]
    cause: PassCause
    text: DriverText
    act?: AuditedAct
    before?: readonly LaneEffect[]
    /** Once the barrier was told. */
    after?: readonly LaneEffect[]
    car?: Car
  },
): LaneStep {
  const car = options.car ?? carOf(state)
  const stayId = present(car.stayId, 'a pass belongs to a stay')
  const passId = env.mint('P')
  const pass = passRow(env, stayId, passId, options.cause, options.act ?? null)
  const row: RowDraft = {
    kind: 'barrier',
    atMs: env.nowMs,
    laneId: env.laneId,
    stayId,
    body: { passId, command: 'open', result: 'told' },
  }
  const takenFen = options.rows.reduce(
    (sum, row) => (row.kind === 'payment' ? sum + (row.amountFen ?? 0) : sum),
    car.takenFen,
  )
  // The antenna stays on while a car waits for the attendant: its pass ends these attempts.
  const waited = ['manual', 'asking', 'waiting'].includes(state.name)
  const next: LaneState = {
    ...state,
    name: 'opening',
    shown: options.text,
    car: { ...car, takenFen, pass: { passId, cause: options.cause }, manual: null },
  }
  return {
    state: next,
    effects: [
      ...(options.before ?? []),
      { do: 'append', rows: [...options.rows, pass] },
      trace('outcomeSynced', next.car, options.cause),
      { do: 'barrier', command: { do: 'open', passId } },
      { do: 'append', rows: [row], mayFail: true },
      trace('barrierCommanded', next.car, passId),
      show(options.text),
      ...(waited ? endTrying(state, options.before) : []),
      ...(options.after ?? []),
    ],
  }
}

export const searchOff: LaneEffect = { do: 'rsu', command: { do: 'search', on: false } }
export const searchOn: LaneEffect = { do: 'rsu', command: { do: 'search', on: true } }

/** Switches the antenna on or off; no effect where it is so already. */
export const antenna = (state: LaneState, on: boolean): LaneEffect[] =>
  state.antennaOn === on ? [] : [on ? searchOn : searchOff]

/** Stops trying other means of payment; `before`: effects of this step so far. */
export const endTrying = (state: LaneState, before: readonly LaneEffect[] = []): LaneEffect[] => [
  ...(before.includes(searchOff) ? [] : antenna(state, false)),
  noTimer('obu'),
  noTimer('retry'),
]

/**
 * True when the car has left both loops: backwards, or forwards under a boom that was opened from elsewhere.
 * Otherwise the lane would ask the next driver for that car's money.
 */
export const isGone = (
  state: LaneState,
  event: Extract<LaneEvent, { readonly type: 'loop' }>,
): boolean => event.state === 'off' && state.arrive === 'off' && state.under !== 'on'

/** Timers of the present car; they are stopped before the next one. */
const carTimers = ['plate', 'obu', 'settle', 'suspect', 'gone', 'retry'] as const

/** Back to an empty lane. (A car that already stands on the arrive loop starts at once: stepTable.) */
export const leave = (state: LaneState, effects: readonly LaneEffect[]): LaneStep => ({
  state: {
    ...state,
    name: 'idle',
    car: null,
    // No longer than the passage (P17).
    ...((state.sealed ?? null) === null ? {} : { sealed: null }),
    wentBack: 'no',
    inDoubt: null,
    shown: driverText.idle,
  },
  effects: [...effects, ...carTimers.map(noTimer), show(driverText.idle)],
})

/** A car arrives on the arrive loop: read its plate. (A plate read a moment before is used: stepTable.) */
export function arrive(state: LaneState, env: LaneEnv): LaneStep {
  const car = { ...newCar(env), wrongWay: state.cameOver }
  return {
    state: { ...state, name: 'reading', car, cameOver: false, shown: driverText.reading },
    effects: [
      trace('trigger', car),
      timer('plate', env.times.plateTimeoutMs),
      show(driverText.reading),
    ],
  }
}

/** True for a car on the loop under the boom of an empty lane: it came from the other side. */
const cameOver = ({ name, arrive }: LaneState, under: LoopState): boolean =>
  name === 'idle' && under === 'on' && arrive !== 'on'

/** Handling shared by all states: reports of devices about themselves, and presence. */
export function common(state: LaneState, event: LaneEvent): LaneState {
  switch (event.type) {
    case 'rsuUp':
      return { ...state, rsuUp: true, rsuReported: true }
    case 'rsuDown':
      return { ...state, rsuUp: false, rsuReported: true }
    case 'barrierUp':
      return { ...state, barrierUp: true }
    case 'barrierDown':
      return {
        ...state,
        barrierUp: false,
        arrive: 'unknown',
        under: 'unknown',
        position: 'unknown',
      }
    case 'timer':
      return event.name === 'early' ? { ...state, early: null } : state
    case 'position':
      return { ...state, position: event.position }
    case 'loop':
      return event.loop === 'arrive'
        ? { ...state, arrive: event.state }
        : { ...state, under: event.state, cameOver: cameOver(state, event.state) }
    default:
      return state
  }
}

/** True when a camera repeats the plate of the car that has left. */
const isEcho = ({ leftPlate }: LaneState, event: LaneEvent, env: LaneEnv): boolean =>
  event.type === 'plate' &&
  leftPlate !== null &&
  event.read.plate === leftPlate.plate &&
  env.nowMs < leftPlate.untilMs

/** Row for a car that ended without a stay and without a pass: no other row records it. */
const endRow = (env: LaneEnv, car: Car, type: CarEnd): RowDraft => ({
  kind: 'event',
  atMs: env.nowMs,
  laneId: env.laneId,
  ...(car.stayId === null ? {} : { stayId: car.stayId }),
  body: { type, detail: car.plate ?? '' },
})

/** The row of an end and its word on the board. */
export const namedEnd = (env: LaneEnv, car: Car, type: CarEnd): LaneEffect[] => [
  { do: 'append', rows: [endRow(env, car, type)], mayFail: true },
  trace('fault', car, type),
]

/** The follow-up event after a step, or null: the next car, a plate read early. */
function followUp(
  before: LaneState,
  after: LaneState,
): { state: LaneState; event: LaneEvent } | null {
  if (after.name === 'idle' && before.name !== 'idle' && after.arrive === 'on')
    return { state: after, event: { type: 'loop', loop: 'arrive', state: 'on' } }
  if (after.name === 'reading' && after.early !== null)
    return { state: { ...after, early: null }, event: { type: 'plate', ...after.early } }
  return null
}

/** Records in the state whether the antenna was last switched on or off. */
function withAntenna({ state, effects }: LaneStep): LaneStep {
  const last = effects.findLast((e) => e.do === 'rsu' && e.command.do === 'search')
  if (last?.do !== 'rsu' || last.command.do !== 'search') return { state, effects }
  const { on } = last.command
  return { state: state.antennaOn === on ? state : { ...state, antennaOn: on }, effects }
}

/**
 * Runs one event, and what follows from it, through a table. The same event on the same state has the same
 * effects; `lastId` is the last number that its ids took.
 */
export const stepTable = (
  table: LaneTable,
  state: LaneState,
  event: LaneEvent,
  view: LaneView,
): LaneStep & { readonly lastId: number } =>
  numbered(view, (env) => stepWith(table, state, event, env))

function stepWith(table: LaneTable, state: LaneState, given: LaneEvent, env: LaneEnv): LaneStep {
  const event = given.type === 'orphanResult' ? lateEventOf(state, given, env) : given
  const sealed = takeSealed(state, event, table[state.name].cardRead !== undefined, env)
  if (sealed !== null) {
    const { effects } = sealed
    if (sealed.event === null) return { state: sealed.state, effects }
    const step = stepWith(table, sealed.state, sealed.event, env)
    return { state: step.state, effects: [...effects, ...step.effects] }
  }
  const base = common(state, event)
  if (isEcho(state, event, env)) return { state, effects: [] }
  const cell = table[state.name][event.type] as
    | ((state: LaneState, event: LaneEvent, env: LaneEnv) => LaneStep)
    | undefined
  if (cell === undefined) return { state: base, effects: [] }
  const step = withAntenna(cell(base, event, env))
  must(step.state.name === 'idle' || step.state.car !== null, 'a busy lane has a car')
  const next = followUp(state, step.state)
  if (next === null) return step
  const { name, car } = next.state
  const more = stepWith(table, next.state, next.event, env)
  const follow: LaneEffect = { do: 'follow', from: { name, car } }
  return { state: more.state, effects: [...step.effects, follow, ...more.effects] }
}
