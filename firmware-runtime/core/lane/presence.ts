// Cells that entry and exit share: idle, opening, and the act of opening by hand.
// They follow the loops and the boom; what a car owes is none of their business.
import { plateDistance } from '../values/plates/plate.ts'
import { timer, noTimer } from '../values/step.ts'
import { present } from '../values/must.ts'
import type { RowDraft } from '../values/rows/ledger-row.ts'
import { driverText, reads } from './driver-text.ts'
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
import { note, type NoteText } from '../values/notes.ts'

/** What the ledger says when this car has left: the stay closes, or an entry pass is used. */
type LeftRows = (car: Car, env: LaneEnv) => RowDraft[]

/** Told once for a car: a boom that was not heard for a moment does not open for it again. */
const markOpen: Handler<'position'> = (state, event) => {
  const { car } = state
  if (event.position !== 'open' || car === null || car.boomSeen) return stay(state)
  const { notOpenedMs: _late, ...known } = car
  const seen = { ...state, car: { ...known, boomSeen: true } }
  const opened = trace('barrierOpen', car)
  if (!reads(state.shown, driverText.notOpened)) return stay(seen, opened)
  return stay({ ...seen, shown: driverText.go }, opened, show(driverText.go))
}

/** The car may go and its boom does not: the driver must not read on that he may, and a person is needed. */
const notOpened: Handler<'notOpened'> = (state, _event, env) => {
  const car = carOf(state)
  if (car.boomSeen || car.notOpenedMs !== undefined) return stay(state)
  const late = { ...state, car: { ...car, notOpenedMs: env.nowMs } }
  const fault = trace('fault', car, 'notOpened')
  if (reads(state.shown, driverText.notArmed)) return stay(late, fault)
  return stay({ ...late, shown: driverText.notOpened }, show(driverText.notOpened), fault)
}

/** Acts in the audit that no person did have this name, as those of a settings trial do. */
const nobody = 'etc-lane'

/**
 * A boom that rose without a command may have let a car out unpaid: written where nobody can take it
 * out again, and told (F22). A full disk keeps no lane from working.
 */
function openedAloneRow(env: LaneEnv): RowDraft {
  return {
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
  }
}

export const faultCell: Handler<'barrierFault'> = (state, event, env) => {
  const faultEffect = trace('fault', state.car, event.fault)
  // A boom that a person told to open and that may not: the driver must not read that he may go.
  if (event.fault === 'disarmed' && reads(state.shown, driverText.go))
    return stay({ ...state, shown: driverText.notArmed }, show(driverText.notArmed), faultEffect)
  if (event.fault !== 'openedAlone') return stay(state, faultEffect)
  return stay(state, { do: 'append', rows: [openedAloneRow(env)], mayFail: true }, faultEffect)
}

/** A pass that a restart found in the ledger. */
const resume: Handler<'resume'> = (state, event) => {
  // Nothing ties who waits here to the pass: the boom stays as it is until a plate says who it is.
  if (event.fate === 'inDoubt')
    return stay({ ...state, inDoubt: event.car.plate }, trace('fault', event.car, 'passInDoubt'))
  const next: LaneState = { ...state, name: 'opening', car: event.car, shown: driverText.go }
  const passId = present(event.car.pass, 'a resumed car has its pass').passId
  // Nobody is there any more (CP7): after a restart nothing moves (lane-devices.md 2.4 rule 7).
  if (event.fate === 'gone') return stay(next, trace('fault', event.car, 'leftDuringRestart'))
  // The car is still under the boom with its pass: opening once more is from the record.
  // Where the barrier was told before, a person is told too.
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
    const early = { ...state, early: { read: event.read, photo: event.photo } }
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

/** The pass was not used by its car, and is nobody else's: its stay goes on, the boom comes down. */
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
 * Its boom and loops were out of reach for a while, and the boom is up: nobody is before it or under it, so the car
 * that had the pass has gone. A boom that is down let nobody through.
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
 * The lane is in reach again, and a car stands before a boom that is down. One that was not seen up since the pass
 * let nobody through, so it is the car of the pass, which is on record; where the camera read another one there
 * meanwhile, that one may stand there, and a person looks.
 */
function openAgain(state: LaneState): LaneEffect[] {
  const { lostSight, boomSeen, nextRead, pass } = carOf(state)
  const isBefore = state.position === 'closed' && state.arrive === 'on'
  if (lostSight !== true || boomSeen || nextRead === true) return []
  if (pass === null || !isBefore) return []
  return [{ do: 'barrier', command: { do: 'open', passId: pass.passId } }]
}

/** The boom and its loops come back into reach, and are seen. */
const reachCells: Cells = {
  barrierUp: (state) => stay({ ...state, car: { ...carOf(state), lostSight: true } }),
  position: (state, event, env) => {
    const seen = markOpen(state, event, env)
    return stay(seen.state, ...seen.effects, ...openAgain(seen.state))
  },
}

/** A car close behind another: where it leaves its loop while that one is under the boom, it is there too. */
function behindOf(
  { car, under }: LaneState,
  event: { loop: string; state: string },
): Car['behind'] {
  const behind = car?.behind ?? 'none'
  if (under !== 'on' || event.loop !== 'arrive') return behind
  if (event.state === 'on') return 'close'
  return event.state === 'off' && behind === 'close' ? 'through' : behind
}

/** It stands on a loop, or nobody knows: the time without one is over, and begins anew when it is off both. */
function notGone(state: LaneState, ...effects: readonly LaneEffect[]): LaneStep {
  const { goneRuns: _over, ...car } = carOf(state)
  return stay({ ...state, car }, noTimer('gone'), ...effects)
}

/** On no loop for long: it went back, or left while nobody saw. */
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
 * Opening: the pass is durable and the barrier told; the car leaves, or goes back. `voided`: what the
 * ledger says then besides that the pass is no more.
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
    // On the loop under the boom there is only the car that was let go.
    if (state.under === 'on') return notGone({ ...state, wentBack: 'no' })
    if (state.arrive === 'on' && state.wentBack === 'followed' && state.early !== null)
      return voidPass(state, env, note('wentBackIn'), 'backedOut', voided)
    return state.arrive === 'on' ? notGone(state) : stay(state)
  },
  // The next car, read while this one drives out: kept for a few seconds as in an empty lane.
  // Where this one went back first, the pass is still its own: the next one is read as any car.
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
  // The car may go and the boom will not: the driver must not read that he may.
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
 * An emergency open: never blocked by a failing audit write (design.md 4.9). The rows are tried
 * first; the barrier opens whatever comes of them. With a car of a known stay in the lane it becomes
 * that car's pass, and what it owes stays owed.
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
  // The boom rises for whoever stands there: he must not read that he is to wait, or to pay.
  // A board that is out of reach lifts nothing.
  const tells = car !== null && state.barrierUp
  const shown = tells ? { ...state, shown: driverText.go } : state
  const next: LaneState =
    car === null || stayId === null
      ? shown
      : { ...shown, name: 'opening', car: { ...car, pass: { passId, cause: 'emergency' } } }
  return {
    state: next,
    effects: [
      // One transaction, before the command: after a failure nothing of it may appear half.
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
