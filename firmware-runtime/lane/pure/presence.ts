// Cells that entry and exit share: idle, opening, and the act of opening by hand.
// They follow the loops and the boom and do not depend on what a car owes.
import { plateDistance } from '#base/pure/plates/plate.ts'
import { timer, noTimer } from '#base/pure/values/step.ts'
import { present } from '#base/pure/values/must.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { driverText, reads } from '#devices/pure/lane/driver-text.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import {
  arrive,
  auditRow,
  carOf,
  namedEnd,
  leave,
  newCar,
  passRow,
  show,
  stay,
  trace,
  type Cells,
  type Handler,
  type LaneStep,
} from './steps.ts'
import { note, type NoteText } from '#base/pure/words/notes.ts'

/** Rows for a car that has left: the stay closes, or an entry pass is used. */
type LeftRows = (car: Car, env: LaneEnv) => RowDraft[]

/** Reported once per car: a boom whose position was briefly unknown does not count as opened again. */
const markOpen: Handler<'position'> = (state, event) => {
  const { car } = state
  if (event.position !== 'open' || car === null || car.boomSeen) return stay(state)
  const { notOpenedMs: _late, ...known } = car
  const seen = { ...state, car: { ...known, boomSeen: true } }
  const opened = trace('barrierOpen', car)
  if (!reads(state.shown, driverText.notOpened)) return stay(seen, opened)
  return stay({ ...seen, shown: driverText.go }, opened, show(driverText.go))
}

/** The car has a pass and its boom does not rise: the board stops saying go, and the attendant is called. */
const notOpened: Handler<'notOpened'> = (state, _event, env) => {
  const car = carOf(state)
  if (car.boomSeen || car.notOpenedMs !== undefined) return stay(state)
  const late = { ...state, car: { ...car, notOpenedMs: env.nowMs } }
  const fault = trace('fault', car, 'notOpened')
  if (reads(state.shown, driverText.notArmed)) return stay(late, fault)
  return stay({ ...late, shown: driverText.notOpened }, show(driverText.notOpened), fault)
}

/** Name in the audit for acts without a person, as for those of a settings trial. */
const nobody = 'etc-lane'

/**
 * A boom that rose without a command may have let a car out unpaid: it is written to the append-only ledger and
 * raised as a fault (F22). A full disk does not stop the lane.
 */
const openedAloneRow = (env: LaneEnv): RowDraft => ({
  kind: 'audit',
  atMs: env.nowMs,
  laneId: env.laneId,
  body: {
    act: 'boom.openedAlone',
    by: nobody,
    role: 'attendant',
    reason: 'BOOM-01',
    commandId: `boom-${env.laneId}-${env.nowMs}`,
    result: 'told',
  },
})

export const faultCell: Handler<'barrierFault'> = (state, event, env) => {
  const faultEffect = trace('fault', state.car, event.fault)
  // A person commanded open while the barrier is disarmed: the board must not say go.
  if (event.fault === 'disarmed' && reads(state.shown, driverText.go))
    return stay({ ...state, shown: driverText.notArmed }, show(driverText.notArmed), faultEffect)
  if (event.fault !== 'openedAlone') return stay(state, faultEffect)
  return stay(state, { do: 'append', rows: [openedAloneRow(env)], mayFail: true }, faultEffect)
}

/** A pass that a restart found in the ledger. */
const resume: Handler<'resume'> = (state, event) => {
  // Nothing links the waiting car to the pass: the boom stays as it is until a plate identifies the car.
  if (event.fate === 'inDoubt')
    return stay({ ...state, inDoubt: event.car.plate }, trace('fault', event.car, 'passInDoubt'))
  const next: LaneState = { ...state, name: 'opening', car: event.car, shown: driverText.go }
  const passId = present(event.car.pass, 'a resumed car has its pass').passId
  // The car has gone (CP7): after a restart the barrier does not move (lane-devices.md 2.4 rule 7).
  if (event.fate === 'gone') return stay(next, trace('fault', event.car, 'leftDuringRestart'))
  // The car is still under the boom with its pass: the pass on record allows a second open command.
  // Where the barrier was commanded before the restart, the attendant is told as well.
  return stay(
    next,
    ...(event.told ? [trace('fault', event.car, 'restartAfterOpen')] : []),
    { do: 'barrier', command: { do: 'open', passId } },
    trace('barrierCommanded', event.car, passId),
    show(driverText.go),
  )
}

/** Idle: wait for presence; a plate read first is kept for a moment. */
export const idleCells: Cells = {
  loop: (state, event, env) =>
    event.loop === 'arrive' && event.state === 'on' ? arrive(state, env) : stay(state),
  plate: (state, event, env) => {
    const { type: _plate, ...read } = event
    const early = { ...state, early: read }
    return state.arrive === 'on'
      ? arrive(early, env)
      : { state: early, effects: [timer('early', env.times.earlyPlateMs)] }
  },
  position: markOpen,
  barrierFault: faultCell,
  openByHand: openByHand,
  oncoming: (state, event) => {
    const text = event.on ? driverText.oncoming : driverText.idle
    return stay({ ...state, shown: text }, show(text))
  },
  wentThrough: (state, _event, env) => stay(state, ...namedEnd(env, newCar(env), 'wentUnread')),
  resume,
}

/** Voids a pass that its car did not use, so that no other car can: the stay stays open and the boom comes down. */
function voidPass(
  state: LaneState,
  env: LaneEnv,
  detail: NoteText,
  fault: string,
  voided: LeftRows,
): LaneStep {
  const car = carOf(state)
  const used: RowDraft = {
    kind: 'event',
    atMs: env.nowMs,
    laneId: env.laneId,
    ...(car.stayId === null ? {} : { stayId: car.stayId }),
    body: { type: 'passUsed', detail },
  }
  return leave(state, [
    { do: 'append', rows: [used, ...voided(car, env)], mayFail: true },
    { do: 'barrier', command: { do: 'close' } },
    trace('fault', car, fault),
  ])
}

/**
 * The boom and loops were out of reach, and now the boom is up with no car in front of it or under it: the car with the
 * pass has left. A boom that is down let no car through.
 */
function wentUnseen(state: LaneState, env: LaneEnv, left: LeftRows): LaneStep {
  const car = carOf(state)
  return leave(state, [
    { do: 'append', rows: left(car, env), mayFail: true },
    { do: 'barrier', command: { do: 'close' } },
    trace('fault', car, 'leftUnseen'),
  ])
}

/**
 * The lane is in reach again, and a car stands in front of a boom that is down. If the boom was not reported up since the
 * pass, no car went through, so this is the car of the recorded pass. If the camera read another plate there meanwhile,
 * that car may stand there, and the attendant checks.
 */
function openAgain(state: LaneState): LaneEffect[] {
  const { lostSight, boomSeen, nextRead, pass } = carOf(state)
  const isBefore = state.position === 'closed' && state.arrive === 'on'
  if (lostSight !== true || boomSeen || nextRead === true) return []
  if (pass === null || !isBefore) return []
  return [{ do: 'barrier', command: { do: 'open', passId: pass.passId } }]
}

/** Handlers for a boom and loops that come back into reach. */
const reachCells: Cells = {
  barrierUp: (state) => stay({ ...state, car: { ...carOf(state), lostSight: true } }),
  position: (state, event, env) => {
    const seen = markOpen(state, event, env)
    return stay(seen.state, ...seen.effects, ...openAgain(seen.state))
  },
}

/** Detects a car close behind another: one that leaves the arrive loop while the first is under the boom passes with it. */
function behindOf(
  { car, under }: LaneState,
  event: { loop: string; state: string },
): Car['behind'] {
  const behind = car?.behind ?? 'none'
  if (under !== 'on' || event.loop !== 'arrive') return behind
  if (event.state === 'on') return 'close'
  return event.state === 'off' && behind === 'close' ? 'through' : behind
}

/** The car is on a loop, or its position is unknown: stops the timer, which restarts when the car is off both loops. */
function notGone(state: LaneState, ...effects: readonly LaneEffect[]): LaneStep {
  const { goneRuns: _over, ...car } = carOf(state)
  return stay({ ...state, car }, noTimer('gone'), ...effects)
}

/** On no loop for `goneMs`: the car went back, or left unseen. */
const longGone =
  (left: LeftRows, voided: LeftRows): Handler<'timer'> =>
  (state, event, env) => {
    if (event.name !== 'gone') return stay(state)
    if (state.arrive !== 'off' || state.under !== 'off') return notGone(state)
    const isOut = carOf(state).lostSight === true && state.position === 'open'
    if (isOut) return wentUnseen(state, env, left)
    return voidPass(state, env, note('offTheLoops'), 'leftUnseen', voided)
  }

/**
 * State `opening`: the pass is durable and the barrier was commanded; the car leaves, or goes back. `voided`: further
 * rows for the case that the pass is voided.
 */
export const openingCells = (left: LeftRows, voided: LeftRows = () => []): Cells => ({
  passed: (state, event, env) => {
    const car = carOf(state)
    if (car.pass?.passId !== event.passId) return stay(state)
    const { plate } = car
    const leftPlate = plate === null ? null : { plate, untilMs: env.nowMs + env.times.echoMs }
    return leave({ ...state, leftPlate }, [
      { do: 'append', rows: left(car, env), mayFail: true },
      trace('carLeft', car, car.pass.cause),
      ...(car.behind === 'through'
        ? namedEnd(env, { ...newCar(env), plate: null }, 'tailgated')
        : []),
    ])
  },
  loop: (before, event, env) => {
    const state = { ...before, car: { ...carOf(before), behind: behindOf(before, event) } }
    if (state.arrive === 'off' && state.under === 'off') {
      const wentBack = state.wentBack === 'no' ? 'yes' : state.wentBack
      if (state.car.goneRuns === true) return stay({ ...state, wentBack })
      const car = { ...state.car, goneRuns: true as const }
      return stay({ ...state, car, wentBack }, timer('gone', env.times.goneMs))
    }
    const again = event.state === 'on' && event.loop === 'arrive' ? openAgain(state) : []
    if (again.length > 0) return notGone(state, ...again)
    // Only the car with the pass can be on the loop under the boom.
    if (state.under === 'on') return notGone({ ...state, wentBack: 'no' })
    if (state.arrive === 'on' && state.wentBack === 'followed' && state.early !== null)
      return voidPass(state, env, note('wentBackIn'), 'backedOut', voided)
    return state.arrive === 'on' ? notGone(state) : stay(state)
  },
  // The next car is read while this one drives out: its plate is kept for a few seconds, as in an empty lane.
  // If this one had gone back first, the pass is still its own and the next car is read as usual.
  plate: (state, event, env) => {
    const own = carOf(state).plate
    const { plate } = event.read
    if (plate === null || own === null) return stay(state)
    const alone = state.wentBack === 'no'
    if (plateDistance(plate, own) <= (alone ? 1 : env.plateTolerance))
      return stay({ ...state, wentBack: alone || state.arrive === 'on' ? 'no' : 'yes' })
    const next: LaneState = { ...state, early: { read: event.read, photo: event.photo } }
    const kept = timer('early', env.times.earlyPlateMs)
    if (alone) return stay({ ...next, car: { ...carOf(next), nextRead: true } }, kept)
    if (state.arrive === 'on') return voidPass(next, env, note('wentBackIn'), 'backedOut', voided)
    return stay({ ...next, wentBack: 'followed' }, kept)
  },
  timer: longGone(left, voided),
  ...reachCells,
  notOpened,
  // The car has a pass and the boom cannot rise: the board must not say go.
  barrierFault: (state, event, env) => {
    if (event.fault !== 'disarmed') return faultCell(state, event, env)
    const text = driverText.notArmed
    return stay({ ...state, shown: text }, show(text), trace('fault', state.car, event.fault))
  },
  openByHand: (state, event, env) => {
    const pass = carOf(state).pass
    const passId = pass?.passId ?? env.mint('P')
    const go = reads(state.shown, driverText.notArmed) ? driverText.go : state.shown
    return stay(
      { ...state, shown: go },
      { do: 'barrier', command: { do: 'open', passId, byHand: true } },
      {
        do: 'append',
        rows: [auditRow(env, event.act, 'lane.open', state.car, 'commanded')],
        mayFail: true,
      },
      show(go),
    )
  },
})

/**
 * An emergency open: never blocked by a failing audit write (design.md 4.9). The rows are written first; the barrier
 * opens even if that fails. With a car of a known stay in the lane it becomes that car's pass, and the amount due
 * stays due.
 */
export function openByHand(
  state: LaneState,
  event: { readonly act: Parameters<typeof auditRow>[1] },
  env: LaneEnv,
): { state: LaneState; effects: LaneEffect[] } {
  const car = state.car
  const passId = env.mint('P')
  const stayId = car?.stayId ?? null
  const pass = passRow(env, stayId ?? '', passId, 'emergency', event.act)
  const row: RowDraft = {
    kind: 'barrier',
    atMs: env.nowMs,
    laneId: env.laneId,
    ...(stayId === null ? {} : { stayId }),
    body: { passId, command: 'open', result: 'told' },
  }
  // The boom rises for the car that stands there, so its board must not say wait or pay.
  // The board says go only while the barrier is in reach.
  const tells = car !== null && state.barrierUp
  const shown = tells ? { ...state, shown: driverText.go } : state
  const next: LaneState =
    car === null || stayId === null
      ? shown
      : { ...shown, name: 'opening', car: { ...car, pass: { passId, cause: 'emergency' } } }
  return {
    state: next,
    effects: [
      // One transaction, before the command: a failure must leave no part of it.
      {
        do: 'append',
        rows: [auditRow(env, event.act, 'lane.open', car, 'commanded'), pass, row],
        mayFail: true,
      },
      { do: 'barrier', command: { do: 'open', passId, byHand: true } },
      trace('barrierCommanded', car, passId),
      ...(tells ? [show(driverText.go)] : []),
    ],
  }
}
