// The entry lane of the enclosed layouts: no ETC equipment, no ETC logic (clause 8.1.1.1).
// A car that cannot be read is let in with its photo: a closed entry helps nobody.
import { plateSaid } from '#base/pure/plates/plate-said.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { driverText, manualText } from '#devices/pure/lane/driver-text.ts'
import { readCar } from './exit-match.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import { faultCell, idleCells, openByHand, openingCells } from './presence.ts'
import {
  carOf,
  namedEnd,
  isGone,
  leave,
  openFor,
  show,
  stay,
  trace,
  type Handler,
  type LaneStep,
  type LaneTable,
} from './steps.ts'

function letIn(state: LaneState, env: LaneEnv): LaneStep {
  const stayId = env.mint('S')
  const car = { ...carOf(state), stayId, enteredAtMs: env.nowMs }
  const opened: RowDraft = {
    kind: 'stayOpened',
    atMs: env.nowMs,
    laneId: env.laneId,
    stayId,
    body: {
      plate: car.plate,
      colour: car.colour,
      enteredAtMs: env.nowMs,
      noEntry: false,
      photo: car.photo,
      ...plateSaid(car.reading),
      ...(env.clock === null ? {} : { timeUnsure: true as const }),
    },
  }
  return openFor({ ...state, car }, env, {
    rows: [opened],
    cause: 'entry',
    text: driverText.enter,
    before: [noTimer('plate'), trace('plateRead', car, car.plate ?? 'none')],
  })
}

/** A bay may be free, or a reservation made, at any moment. */
const roomAgainMs = 5_000

/** Admits the car if there is room; otherwise calls the attendant and checks the room again. */
function letInWithRoom(state: LaneState, env: LaneEnv): LaneStep {
  const car = carOf(state)
  const bar = env.entryBar(car.plate)
  if (bar === null) return letIn({ ...state, car: { ...car, manual: null } }, env)
  const again = timer('plate', roomAgainMs)
  if (car.manual === bar) return stay(state, again)
  const text = manualText(bar, 0)
  const barred = { ...car, manual: bar }
  return stay(
    { ...state, car: barred, shown: text },
    again,
    show(text),
    trace('fault', barred, bar),
  )
}

/** Nobody knows when the camera read this: the lane waits for a person, or for the end of the doubt. */
function undated(state: LaneState): LaneStep {
  if (carOf(state).manual === 'clockUnsure') return stay(state)
  const car = { ...carOf(state), manual: 'clockUnsure' as const }
  const text = manualText('clockUnsure', 0)
  return stay(
    { ...state, car, shown: text },
    noTimer('plate'),
    show(text),
    trace('fault', car, 'clockUnsure'),
  )
}

/** The car left the loop unread: it followed another car in, drove out against the direction, or went back. */
function goneUnread(
  state: LaneState,
  { loop }: { readonly loop: string },
  env: LaneEnv,
): LaneEffect[] {
  const car = carOf(state)
  if (loop === 'under' && state.position !== 'closed') return namedEnd(env, car, 'wentUnread')
  return car.wrongWay ? namedEnd(env, car, 'wrongWay') : []
}

/** The pass was not used: its car did not come in, and the stay that it was given ends with it. */
const notEntered = (car: Car, env: LaneEnv): RowDraft[] =>
  car.stayId === null
    ? []
    : [
        {
          kind: 'stayClosed',
          atMs: env.nowMs,
          stayId: car.stayId,
          body: { end: 'open', leftAtMs: env.nowMs },
        },
      ]

/** True for a car that came over the loop under the boom: it is not admitted by the reading, because it may be leaving. */
const notYet = (state: LaneState): boolean => carOf(state).wrongWay

/** The car of the pass still stands where the camera looks, and no other one came up or was read there since. */
const isStillThere = ({ arrive, under, wentBack, car }: LaneState): boolean =>
  arrive === 'on' &&
  under === 'off' &&
  wentBack === 'no' &&
  car?.behind === 'none' &&
  car.nextRead !== true &&
  car.lostSight !== true &&
  !car.wrongWay

const opening = openingCells(
  (car, env) => [
    {
      kind: 'event',
      atMs: env.nowMs,
      laneId: env.laneId,
      ...(car.stayId === null ? {} : { stayId: car.stayId }),
      body: { type: 'passUsed', detail: 'entered' },
    },
  ],
  notEntered,
)

/** The open command was given without a plate: a reading before the car drives in still belongs to it. */
const readLate: Handler<'plate'> = (state, event, env) => {
  const { read, photo } = event
  const { plate, plateRaw, colour } = read
  const car = carOf(state)
  const isOwn = car.plate === null && isStillThere(state)
  if (plate === null || !isOwn || car.stayId === null)
    return opening.plate?.(state, event, env) ?? stay(state)
  const row: RowDraft = {
    kind: 'plateRead',
    atMs: env.nowMs,
    laneId: env.laneId,
    stayId: car.stayId,
    body: { plate, plateRaw, colour, photo, ...plateSaid(read) },
  }
  const known = { ...car, plate, plateRaw, colour, photo: car.photo ?? photo }
  return stay(
    { ...state, car: known },
    { do: 'append', rows: [row] },
    trace('plateRead', known, plate),
  )
}

export const entryLane: LaneTable = {
  idle: idleCells,
  reading: {
    plate: (state, event, env) => {
      const { read, photo } = event
      const car = readCar(carOf(state), read, photo)
      if (notYet(state)) return stay({ ...state, car })
      return event.isUndated === true
        ? undated({ ...state, car })
        : letInWithRoom({ ...state, car }, env)
    },
    /** The doubt has ended: the car is read again, or let in unread. */
    clockSure: (state, _event, env) => {
      const { manual } = carOf(state)
      if (manual !== 'clockUnsure') return stay(state)
      const car = { ...carOf(state), manual: null }
      const { reading } = driverText
      const again = timer('plate', env.times.plateTimeoutMs)
      return stay({ ...state, car, shown: reading }, again, show(reading))
    },
    timer: (state, event, env) =>
      event.name === 'plate' ? letInWithRoom(state, env) : stay(state),
    loop: (state, event, env) =>
      isGone(state, event) ? leave(state, goneUnread(state, event, env)) : stay(state),
    /** The stay was not written, so the car is not in: a person opens, or a later reading lets it in. */
    ledgerStopped: (state) => {
      const text = manualText('ledgerStopped', 0)
      const car = { ...carOf(state), manual: 'ledgerStopped' as const }
      return stay({ ...state, car, shown: text }, show(text), trace('fault', car, 'ledgerStopped'))
    },
    barrierFault: faultCell,
    openByHand,
  },
  opening: { ...opening, plate: readLate },
  searching: {},
  debiting: {},
  suspect: {},
  asking: {},
  charging: {},
  waiting: {},
  manual: {},
}
