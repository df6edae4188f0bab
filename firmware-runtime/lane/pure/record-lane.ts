// A pile, handheld or patrol car of an open lot: it reads the OBU in a space by a consumption of nothing (8.1.2.4 c).
// No money moves here: what the stay owes is charged once its car has left, by this record or under a gantry.
import { bcdDateTimeOf } from '#base/pure/values/instant.ts'
import type { DebitProof, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { isOtherColour } from '#devices/pure/etc/meaning.ts'
import { parkingStation, stationWriteHex } from '#devices/pure/etc/station-record.ts'
import { driverText } from '#devices/pure/lane/driver-text.ts'
import { carObuOf } from './exit-checks.ts'
import type { Car, LaneEffect, LaneEnv, LaneEvent, LaneState } from './lane.ts'
import {
  carOf,
  leave,
  newCar,
  searchOff,
  searchOn,
  stay,
  trace,
  type Handler,
  type LaneStep,
  type LaneTable,
} from './steps.ts'
import { present } from '#base/pure/values/must.ts'

/** Starts a reading for a space: of the car that stands there, if it was not read yet. */
const record: Handler<'record'> = (state, { spaceId, seen, at }, env) => {
  const there = env.stayAt(spaceId)
  if (there === null || there.isRecorded || !state.rsuUp) return stay(state)
  const { stayId, enteredAtMs } = there
  const plate = seen?.plate ?? there.plate
  const space = { spaceId, by: seen?.by ?? null, ...(at === undefined ? {} : { at }) }
  const colour = seen?.colour ?? 'unknown'
  const car: Car = { ...newCar(env), stayId, plate, colour, enteredAtMs, space }
  // A plate seen by a person is recorded even if the OBU does not answer; a photo of it also on a later visit.
  const isNew = there.plate === null || (seen?.photo ?? null) !== null
  const rows = seen === null || !isNew ? [] : [seenRow(stayId, seen, env)]
  return stay(
    { ...state, name: 'searching', car, shown: driverText.reading },
    trace('trigger', car, spaceId),
    ...(rows.length === 0 ? [] : [{ do: 'append', rows } as const]),
    searchOn,
    timer('obu', env.times.obuTimeoutMs),
  )
}

type SeenPlate = NonNullable<Extract<LaneEvent, { type: 'record' }>['seen']>

const seenRow = (
  stayId: string,
  { plate, colour, by: who, photo = null }: SeenPlate,
  env: LaneEnv,
): RowDraft => ({
  kind: 'plateRead',
  atMs: env.nowMs,
  laneId: env.laneId,
  stayId,
  body: { plate, plateRaw: plate, colour, photo, said: { by: 'person', who } },
})

const release = (obuId: string): LaneEffect => ({ do: 'rsu', command: { do: 'release', obuId } })

/** Why the received OBU does not belong to the car in the space; null: it may belong to it. */
function notIts(state: LaneState, event: CardRead, env: LaneEnv): string | null {
  const car = carOf(state)
  const { spaceId } = present(car.space, 'a record is of a space')
  const { plate, colour } = event.vehicle
  if (plate === null) return 'plateUnknown'
  if (car.plate !== null && car.plate !== plate) return 'plateMismatch'
  if (isOtherColour(colour, car.colour)) return 'colourMismatch'
  // The antenna hears the next space as well (8.1.2.3 b).
  return env.isOfNeighbour(event.obu.obuId, spaceId) ? 'neighbour' : null
}

type CardRead = Parameters<Handler<'cardRead'>>[1]

const read: Handler<'cardRead'> = (state, event, env) => {
  const { obuId } = event.obu
  const wrong = notIts(state, event, env) ?? env.placeBar()
  if (wrong !== null) return stay(state, release(obuId), trace('fault', carOf(state), wrong))
  const known = carOf(state)
  const space = { ...present(known.space, 'a record is of a space'), colour: event.vehicle.colour }
  const car: Car = { ...known, obu: carObuOf(event), space }
  const next: LaneState = { ...state, car }
  const bar = env.cardDebitBar(0, event.card.cardNo)
  if (bar !== null) return recorded(next, env, null, bar, [release(obuId)])
  return stay(
    { ...next, name: 'debiting' },
    noTimer('obu'),
    {
      do: 'debit',
      command: {
        do: 'debit',
        deductionId: `${car.stayId ?? ''}.Z`,
        obuId,
        amountFen: 0,
        timeBcd: bcdDateTimeOf(env.nowMs),
        stationHex: stationWriteHex(event.station0019Hex, parkingStation, env.nowMs),
      },
    },
    trace('debitSent', car, '0'),
  )
}

/** Makes the reading durable; the OBU is known even if the zero debit failed. */
function recorded(
  state: LaneState,
  env: LaneEnv,
  proof: DebitProof | null,
  why: string,
  before: readonly LaneEffect[],
): LaneStep {
  const car = carOf(state)
  const { spaceId, by, at, colour } = present(car.space, 'a record is of a space')
  const obu = present(car.obu, 'an OBU was read')
  const row: RowDraft = {
    kind: 'zeroRecord',
    atMs: env.nowMs,
    laneId: env.laneId,
    stayId: present(car.stayId, 'it stands in a space'),
    body: {
      spaceId,
      obu,
      ...(colour === undefined ? {} : { colour }),
      proof,
      why,
      by,
      ...(at === undefined ? {} : { at }),
    },
  }
  return leave(state, [
    ...before,
    { do: 'append', rows: [row] },
    trace('obuSeen', car, obu.obuId),
    searchOff,
  ])
}

/** True when the car has left or another device has read it: nothing is written twice, or for an ended stay. */
const isStale = (state: LaneState, env: LaneEnv): boolean => {
  const { stayId, space } = carOf(state)
  const there = env.stayAt(space?.spaceId ?? '')
  return there === null || there.stayId !== stayId || there.isRecorded
}

const result: Handler<'debitResult'> = (state, event, env) => {
  const { obuId } = event
  if (obuId !== carOf(state).obu?.obuId) return stay(state)
  const complete: LaneEffect = { do: 'rsu', command: { do: 'complete', obuId } }
  if (isStale(state, env)) return leave(state, [complete, searchOff])
  const isDone = event.money === 'paid'
  const proof = isDone ? event.proof : null
  return recorded(state, env, proof, isDone ? '' : (event.reason ?? event.money), [complete])
}

const giveUp: Handler<'timer'> = (state, { name }) =>
  name === 'obu'
    ? leave(state, [searchOff, trace('fault', carOf(state), 'obuNotRead')])
    : stay(state)

/** The outcome of the zero debit is unknown, but the reading is kept. */
const lost: Handler<'rsuDown'> = (state, _event, env) =>
  isStale(state, env) ? leave(state, []) : recorded(state, env, null, 'rsuGone', [])

export const recordLane: LaneTable = {
  idle: { record },
  reading: {},
  searching: {
    cardRead: (state, event, env) =>
      isStale(state, env)
        ? leave(state, [release(event.obu.obuId), searchOff])
        : read(state, event, env),
    timer: giveUp,
    rsuDown: (state) => leave(state, [trace('fault', carOf(state), 'rsuGone')]),
  },
  debiting: {
    debitResult: result,
    rsuDown: lost,
    debitTooLate: (state) => leave(state, [searchOff]),
  },
  suspect: {},
  asking: {},
  charging: {},
  waiting: {},
  manual: {},
  opening: {},
}
