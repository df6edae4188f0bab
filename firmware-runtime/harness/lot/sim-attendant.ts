// The attendant of a simulated lot, who sees cars and photos: picks the stay, releases or rejects a large amount, takes
// notes and gives change, or lets the car go. The rows of each act are those of the product.
import { mayBeAnother, personDeviceId } from '#lane/pure/exit-match.ts'
import type { AuditedAct, Car, LaneEvent } from '#lane/pure/lane.ts'
import { settleBar } from '#lane/pure/lot/claim.ts'
import { isBeingTried } from '#money/pure/pay/cases.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { present } from '#base/pure/values/must.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'
import type { PlateTruth } from './plate-truth.ts'
import type { SimBooth } from './sim-booth.ts'
import type { SimLot } from './sim-lot.ts'

/** Drivers who pay in cash give notes of this. */
const noteFen = 2_000
/** Share of cars without a stay whose photos the attendant checks; for the others the driver's word is used. */
const looks = 0.75
/** Share of large amounts that the attendant releases. */
const releases = 0.7
const letsGo = 0.7

const actOf = (commandId: string): AuditedAct => ({
  by: 'simulated attendant',
  role: 'attendant',
  reason: 'simulation',
  commandId,
})

const attendantSettles = (
  means: 'cash' | 'later',
  dueFen: Fen,
  commandId: string,
): Extract<LaneEvent, { type: 'settle' }> => ({
  type: 'settle',
  means,
  amountFen: null,
  ...(means === 'cash' ? { givenFen: Math.ceil(dueFen / noteFen) * noteFen } : {}),
  act: actOf(commandId),
})

/** The counter of the booth, if any: the cash of the car at the lane. */
interface Counter {
  readonly of: object
  readonly booth: SimBooth
}

export class SimAttendant {
  readonly #lot: SimLot
  readonly #truth: PlateTruth
  readonly #draw: () => number
  readonly #nowUs: () => number
  #acts = 0

  constructor(lot: SimLot, truth: PlateTruth, draw: () => number, nowUs: () => number) {
    this.#lot = lot
    this.#truth = truth
    this.#draw = draw
    this.#nowUs = nowUs
  }

  /** Does what its car waits for; true when its money was taken, or given up. */
  helps(laneId: string, event: TrafficEvent, counter: Counter | null): boolean {
    const { runtime } = this.#lot
    const { car, name } = present(runtime.lanes.get(laneId), `lane ${laneId}`).state
    const commandId = `sim-${laneId}-${++this.#acts}-${this.#nowUs()}`
    const plate = car === null || name !== 'manual' ? null : this.#plateOf(car, event)
    if (plate !== null) this.#names(laneId, plate, commandId)
    else if (car?.manual === 'largeAmount' && this.#draw() < releases)
      runtime.dispatch(laneId, { type: 'release', act: actOf(commandId) })
    else {
      const mayGo = name === 'asking' && this.#draw() < letsGo
      const means = mayGo && counter?.booth.hasCashOf(counter.of) !== true ? 'later' : 'cash'
      // As the desk refuses it: its order was paid otherwise meanwhile.
      if (means === 'cash' && car !== null && settleBar(runtime.lot, laneId, car) !== null)
        return false
      const dueFen = car?.dueFen ?? 0
      const settles = attendantSettles(means, dueFen, commandId)
      const { givenFen } = settles
      if (givenFen !== undefined) counter?.booth.takes(counter.of, { givenFen, dueFen })
      runtime.dispatch(laneId, settles)
      return true
    }
    return false
  }

  /** The true plate, where the lot found another stay or none; null: nothing to correct. */
  #plateOf(car: Car, { carId, car: { plate } }: TrafficEvent): string | null {
    const { lot } = this.#lot.runtime
    const ownId = this.#truth.stayOf(carId)
    if (car.stayId !== null && (!mayBeAnother(car) || car.stayId === ownId)) return null
    if (isBeingTried(lot.pays, car.orderId ?? '') || this.#draw() >= looks) return null
    const own = lot.stays.get(ownId ?? '')
    if (own === undefined || own.plate === car.plate) return null
    const isFound = own.plate === plate || car.candidates.some(({ stayId }) => stayId === ownId)
    return isFound ? own.plate : null
  }

  #names(laneId: string, plate: string, commandId: string): void {
    const { runtime } = this.#lot
    const { by, role, reason } = actOf(commandId)
    const body = { act: `lane.correctPlate ${plate}`, by, role, reason, commandId, result: 'done' }
    runtime.append([{ kind: 'audit', atMs: runtime.nowMs(), laneId, body }])
    this.#truth.picked()
    const { car } = present(runtime.lanes.get(laneId), `lane ${laneId}`).state
    runtime.dispatch(laneId, {
      type: 'plate',
      photo: null,
      read: {
        deviceId: personDeviceId,
        recordId: commandId,
        deviceAtMs: null,
        plate,
        plateRaw: plate,
        plateState: 'read',
        colour: car?.colour ?? 'unknown',
        confidence: null,
        history: false,
        jpeg: null,
      },
    })
  }
}
