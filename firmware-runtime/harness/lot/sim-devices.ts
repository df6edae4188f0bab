// Devices at the lanes of a simulated lot, as models: an antenna, a barrier and a camera per lane.
// All antennas read the same cards, because a car leaves by any exit.
import type { LaneConfig } from '#base/pure/lot/config.ts'
import { present } from '#base/pure/values/must.ts'
import type { Shelf, ShelfMaker } from '#base/pure/values/shelf.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { createBarrierModel } from '#simulators/barrier/model.ts'
import { createCameraModel, type CameraModel } from '#simulators/camera/model.ts'
import type { RsuVariant } from '#simulators/rsu/dialect.ts'
import { createRsuModel } from '#simulators/rsu/model.ts'
import { createFaultEngine, type FaultEngine } from '#simulators/shell/faults.ts'
import { BarrierBench, RsuBench } from './sim-links.ts'

interface DevicesOptions {
  readonly lanes: readonly LaneConfig[]
  readonly clock: MonoClock
  readonly seed: number
  readonly variant: RsuVariant
  readonly shelf: ShelfMaker
}

export class SimDevices {
  readonly faults: Record<'rsu' | 'barrier' | 'camera', FaultEngine> = {
    rsu: createFaultEngine(),
    barrier: createFaultEngine(),
    camera: createFaultEngine({ places: ['push'] }),
  }
  readonly rsus: ReadonlyMap<string, RsuBench>
  readonly barriers: ReadonlyMap<string, BarrierBench>
  readonly cameras: ReadonlyMap<string, CameraModel>
  readonly #lanes: readonly LaneConfig[]
  readonly #clock: MonoClock
  readonly #cutLines = new Set<string>()

  constructor({ lanes, clock, seed, variant, shelf }: DevicesOptions) {
    this.#lanes = lanes
    this.#clock = clock
    const cards = shelf()
    const each = <T>(
      kind: 'rsu' | 'barrier' | 'camera',
      make: (place: number) => T,
    ): Map<string, T> =>
      new Map(lanes.flatMap((lane, i) => (lane[kind] === null ? [] : [[lane.id, make(i + 1)]])))
    let antennas = 0
    this.rsus = each('rsu', () => {
      const n = antennas++
      const model = createRsuModel({
        variant,
        timing: 'instant',
        seed: seed + n * 1000,
        psamTerminals: [1, 2].map((i) => `3701${String(n * 1000 + i).padStart(8, '0')}`),
        faults: this.faults.rsu,
        shelf: <V>() => cards as Shelf<V>,
      })
      return new RsuBench(model, clock)
    })
    this.barriers = each('barrier', (n) => {
      const timing = 'instant'
      const model = createBarrierModel({ timing, seed: seed + n, faults: this.faults.barrier })
      return new BarrierBench(model, clock)
    })
    this.cameras = each('camera', (n) =>
      createCameraModel({
        timing: 'instant',
        seed: seed + n,
        macAddress: `02:00:5e:10:01:0${n}`,
        faults: this.faults.camera,
      }),
    )
  }

  /** As the links of the lot file name them. */
  benches(): Map<string, RsuBench | BarrierBench> {
    const all = new Map<string, RsuBench | BarrierBench>()
    for (const [laneId, bench] of this.rsus) all.set(`rsu-${laneId}`, bench)
    for (const [laneId, bench] of this.barriers) all.set(`barrier-${laneId}`, bench)
    return all
  }

  /** All devices of the lane are out of reach, or back; what its camera sees meanwhile it keeps. */
  setLine(laneId: string, isUp: boolean): void {
    if (isUp) this.#cutLines.delete(laneId)
    else this.#cutLines.add(laneId)
    this.rsus.get(laneId)?.cut(!isUp)
    this.barriers.get(laneId)?.cut(!isUp)
  }

  isLineUp(laneId: string): boolean {
    return !this.#cutLines.has(laneId)
  }

  private partnerOf(laneId: string): string | undefined {
    return this.#lanes.find(({ id }) => id === laneId)?.sharesBarrierOf
  }

  /** The lane whose barrier it has. */
  boomOf(laneId: string): string {
    return this.partnerOf(laneId) ?? laneId
  }

  private barrierOf(laneId: string): BarrierBench {
    return present(this.barriers.get(this.boomOf(laneId)), `lane ${laneId} has a barrier`)
  }

  isBoomOpen(laneId: string): boolean {
    return this.barrierOf(laneId).model.boom.position === 'open'
  }

  isReused(laneId: string): boolean {
    return this.#lanes.some(
      ({ id, sharesBarrierOf: shared }) => shared === laneId || (id === laneId && shared),
    )
  }

  private setInputs(laneId: string, inputs: Readonly<Record<string, boolean>>): void {
    const bench = this.barrierOf(laneId)
    bench.out(bench.model.setInputs(inputs, this.#clock.nowUs()))
  }

  setLoops(laneId: string, arrive: boolean, loopUnder: boolean): void {
    const trigger = this.partnerOf(laneId) === undefined ? 'loopArrive' : 'loopInner'
    this.setInputs(laneId, { [trigger]: arrive, loopUnder })
  }

  /** Sets the trigger of the other direction beyond the boom of a reused lane. */
  setFarTrigger(laneId: string, on: boolean): void {
    const trigger = this.partnerOf(laneId) === undefined ? 'loopInner' : 'loopArrive'
    this.setInputs(laneId, { [trigger]: on })
  }
}
