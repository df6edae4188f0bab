// Identifies the car at the exit: by its camera, by a person, or by its OBU against a corrected plate.
// A wrong match is undone: the stay that was matched by mistake stays open and unpaid.
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { closeUnsent, toManual } from './exit-parts.ts'
import type { Car, LaneEffect, LaneEnv, LaneState } from './lane.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { carOf, claimOf, endTrying, searchOff, stay, trace, type LaneStep } from './steps.ts'

/** The plate a person gives has this device id in the ledger's readings. */
export const personDeviceId = 'person'

/** The newest reading. A person's plate is stored beside the camera's reading and is not corrected. */
export function readCar(before: Car, read: PlateRead, photo: string | null): Car {
  const { plate, colour, confidence } = read
  const byPerson = read.deviceId === personDeviceId
  const mayCorrect = !byPerson && before.reading?.mayCorrect !== false
  const isPicked = byPerson && before.candidates.some((one) => one.plate === plate)
  const plateRead = isPicked ? before.reading?.plate : undefined
  return {
    ...before,
    plate,
    plateRaw: byPerson ? (before.plateRaw ?? read.plateRaw) : read.plateRaw,
    colour,
    photo,
    reading:
      plate === null
        ? null
        : {
            plate,
            confidence,
            mayCorrect,
            ...(byPerson ? { by: 'person' } : {}),
            ...(read.who === undefined ? {} : { who: read.who }),
            ...(plateRead === undefined ? {} : { plateRead }),
          },
    match: null,
    candidates: [],
  }
}

/** True when the car may be another one: large amount, or plate corrected by its score. No charge may be running. */
export const mayBeAnother = ({ manual, match, deduction }: Car): boolean =>
  deduction === null && (manual === 'largeAmount' || match !== null)

/** A person says whose car it is. */
export const isCorrection = (car: Car, { deviceId }: PlateRead): boolean =>
  mayBeAnother(car) && deviceId === personDeviceId

/** Resets the car to its state before the plate was known: the wrongly matched stay stays open and unpaid. */
export const unpriced = (state: LaneState): LaneState => ({
  ...state,
  name: 'reading',
  car: {
    ...carOf(state),
    stayId: null,
    enteredAtMs: null,
    orderId: null,
    amountFen: 0,
    dueFen: 0,
    takenFen: 0,
    lines: [],
    manual: null,
    releasedFen: null,
    reported: [],
    match: null,
  },
})

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

/**
 * The OBU of this car has the very plate that the camera read: the correction was wrong. Null where the
 * OBU says nothing about that.
 */
export function contradicted(
  state: LaneState,
  { obu, vehicle }: CardRead,
  env: LaneEnv,
): LaneStep | null {
  const { match } = carOf(state)
  if (match === null || vehicle.plate !== match.plateRead) return null
  const { car, rows } = closeUnsent(carOf(state), env, 'plateMismatch')
  const plate = match.plateRead
  const reading = { plate, confidence: null, mayCorrect: false }
  const before: LaneEffect[] = [
    { do: 'rsu', command: { do: 'release', obuId: obu.obuId } },
    searchOff,
    trace('fault', car, 'plateMismatch'),
  ]
  const next = unpriced({ ...state, car: { ...car, plate, reading } })
  return toManual(next, env, 'noStay', rows, before)
}

/**
 * The OBU shows that this is another car inside, with a plate similar to the camera's reading: the match was wrong,
 * and the matched stay stays open and unpaid. Null: the OBU shows no such thing.
 */
export function ofItsObu(
  state: LaneState,
  { obu, vehicle }: CardRead,
  env: LaneEnv,
): LaneStep | null {
  const known = carOf(state)
  const { plate, colour } = vehicle
  const { deduction, reading: read } = known
  if (plate === null || plate === known.plate || read?.mayCorrect !== true) return null
  if ((deduction !== null && deduction.state !== 'intent') || !env.isInside(plate, colour))
    return null
  const { car, rows } = closeUnsent(known, env, 'plateMismatch')
  const because: RowDraft = {
    kind: 'event',
    atMs: env.nowMs,
    laneId: env.laneId,
    body: { type: 'plateOfObu', detail: plate },
  }
  const reading = { plate, confidence: null, mayCorrect: false, by: 'obu' } as const
  const next = unpriced({ ...state, car: { ...car, plate, colour, reading } })
  return stay(
    next,
    { do: 'rsu', command: { do: 'release', obuId: obu.obuId } },
    trace('fault', car, 'plateMismatch'),
    ...endTrying({ ...state, antennaOn: true }),
    { do: 'append', rows: [...rows, because] },
    claimOf(carOf(next)),
  )
}
