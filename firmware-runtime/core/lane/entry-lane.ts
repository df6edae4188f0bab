// The entry lane of the enclosed layouts: no ETC equipment, no ETC logic (clause 8.1.1.1).
// A car that cannot be read is let in with its photo: a closed entry helps nobody.
import type { RowDraft } from '../values/ledger-row.ts'
import { noTimer } from '../values/step.ts'
import { driverText, manualText } from './driver-text.ts'
import type { LaneEnv, LaneState } from './lane.ts'
import { faultCell, idleCells, openByHand, openingCells } from './presence.ts'
import {
  carOf,
  isGone,
  leave,
  openFor,
  show,
  stay,
  trace,
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

export const entryLane: LaneTable = {
  idle: idleCells,
  reading: {
    plate: (state, event, env) => {
      const { read, photo } = event
      const car = {
        ...carOf(state),
        plate: read.plate,
        plateRaw: read.plateRaw,
        colour: read.colour,
        photo,
      }
      return letIn({ ...state, car }, env)
    },
    timer: (state, event, env) => (event.name === 'plate' ? letIn(state, env) : stay(state)),
    loop: (state, event) => (isGone(state, event) ? leave(state, []) : stay(state)),
    /** The stay was not written, so the car is not in: a person opens, or a later reading lets it in. */
    ledgerStopped: (state) => {
      const text = manualText('ledgerStopped', 0)
      return stay({ ...state, shown: text }, show(text), trace('fault', state.car, 'ledgerStopped'))
    },
    barrierFault: faultCell,
    openByHand,
  },
  opening: openingCells((car, env) => [
    {
      kind: 'event',
      atMs: env.nowMs,
      laneId: env.laneId,
      ...(car.stayId === null ? {} : { stayId: car.stayId }),
      body: { type: 'passUsed', detail: 'entered' },
    },
  ]),
  searching: {},
  debiting: {},
  suspect: {},
  asking: {},
  charging: {},
  waiting: {},
  manual: {},
}
