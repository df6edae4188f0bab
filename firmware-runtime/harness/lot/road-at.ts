// The road at one lane of a simulated lot: what cars do to its loops, what its camera and antenna get of them. Each
// change of a loop is waited for until the lane has seen it.
import { present } from '#base/pure/values/must.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'
import type { LaneState, LaneStateName } from '#lane/pure/lane.ts'
import type { OddRoad } from './odd-cars.ts'
import type { Going } from './roads.ts'
import type { SimLot } from './sim-lot.ts'

const seenWithinUs = 2_000_000
/** From the boom to the far trigger, and over it. */
const crossingUs = 400_000

interface RoadParts {
  readonly lot: SimLot
  readonly laneId: string
  until(done: () => boolean, limitUs: number): Going<boolean>
  /** Something that the world does to the runtime, which may die of it. */
  act(fn: () => void): void
  note(detail: string): void
}

const word = (on: boolean): string => (on ? 'on' : 'off')

export class RoadAt implements OddRoad {
  readonly #parts: RoadParts

  constructor(parts: RoadParts) {
    this.#parts = parts
  }

  get #state(): LaneState {
    const { lot, laneId } = this.#parts
    return present(lot.runtime.lanes.get(laneId), `lane ${laneId}`).state
  }

  loops(arrive: boolean, under: boolean): Going<boolean> {
    const { lot, laneId, act, until } = this.#parts
    act(() => lot.devices.setLoops(laneId, arrive, under))
    const isSeen = (): boolean =>
      this.#state.arrive === word(arrive) && this.#state.under === word(under)
    return until(isSeen, seenWithinUs)
  }

  sees(plate: string | null, colour = 'blue'): void {
    const { lot, laneId, act } = this.#parts
    act(() => lot.see(laneId, { plate, colour }))
  }

  waitMs(ms: number): Going<boolean> {
    return this.#parts.until(() => false, ms * 1000)
  }

  untilState(...names: readonly LaneStateName[]): Going<boolean> {
    return this.#parts.until(() => names.includes(this.#state.name), 15_000_000)
  }

  /** The trigger of the other direction of a reused lane. */
  far(on: boolean): Going<boolean> {
    const { lot, laneId, act, until } = this.#parts
    act(() => lot.devices.setFarTrigger(laneId, on))
    return until(() => lot.farTrigger(laneId) === word(on), crossingUs)
  }

  /** Off the loop under the boom, and in a reused lane over the trigger of those who come the other way. */
  *crossOut(isLong: boolean): Going {
    const { lot, laneId, act, until } = this.#parts
    const isReused = lot.devices.isReused(laneId)
    // A long car stands on both, a short one on none for a moment.
    if (isReused && isLong) yield* this.far(true)
    act(() => lot.devices.setLoops(laneId, false, false))
    if (!isReused) return
    yield* until(() => false, crossingUs)
    if (!isLong) yield* this.far(true)
    yield* this.far(false)
  }

  /** The car comes into the zone of every antenna that hears this lane, or leaves it. */
  hears({ obu }: TrafficEvent['car'], antennas: readonly string[], there: boolean): void {
    if (obu === null) return
    const { lot, act } = this.#parts
    const nowUs = lot.options.time.deviceClock.nowUs()
    for (const laneId of antennas) {
      const rsu = lot.devices.rsus.get(laneId)
      if (rsu === undefined) continue
      if (!there) rsu.out(rsu.model.removeCar(obu.obuId, nowUs).outputs)
      else act(() => rsu.out(rsu.model.addCar({ ...obu, stayMs: 3_600_000 }, nowUs).outputs))
    }
  }

  /** Derived from the car, so that it is the same each time; no car has its plate. */
  otherObu({ obu, plate, ...car }: TrafficEvent['car'], there: boolean): void {
    if (obu === null) return
    const { lot, laneId, note } = this.#parts
    const obuId = `F${obu.obuId.slice(1)}`
    const cardNo = `${obu.cardNo.slice(0, 8)}9${obu.cardNo.slice(9)}`
    const other = { ...obu, obuId, cardNo, plate: `京Z${plate.slice(2)}` }
    this.hears({ ...car, plate, obu: other }, [laneId], there)
    if (lot.runtime.lot.chargedAtMs.has(cardNo)) note(`${plate}: another car's card paid`)
  }
}
