// The driver of a gate on a camera against the model of its simulator, in virtual time.
// Shared by the contract suite and by the tests of the gate's own rules.
import { HttpDeviceHost } from '#devices/hosts/http-device-host.ts'
import { digestSigner } from '#devices/web/digest-signer.ts'
import type { BarrierCommand, BarrierEvent } from '#devices/pure/lane/barrier.ts'
import type { GateTarget } from '#devices/pure/barrier/camera-output/gate-link.ts'
import { cameraBarrier, gateWiring } from '#devices/pure/barrier/camera-output/config.ts'
import { gateDriver } from '#devices/pure/barrier/camera-output/driver.ts'
import { hikvisionGate } from '#devices/pure/camera/hikvision/gate.ts'
import type { GateNews, GateState } from '#devices/pure/barrier/camera-output/state.ts'
import { GateModel } from '#simulators/barrier/gate/model.ts'
import { ServedNetwork } from '../../camera/served-link.ts'
import { VirtualClock } from '../../camera/virtual-clock.ts'

export const account = { user: 'admin', password: 'Simulated1' }
export const allInputs: NonNullable<GateTarget['inputs']> = {
  limitOpen: 1,
  limitClosed: 2,
  loopUnder: 3,
  loopArrive: 4,
}

export class GateBench {
  readonly clock = new VirtualClock()
  readonly model: GateModel
  readonly network: ServedNetwork<GateModel>
  readonly events: (BarrierEvent | GateNews)[] = []
  readonly device: HttpDeviceHost<GateState, BarrierEvent | GateNews, BarrierCommand>
  password: string | null = account.password
  up = false
  private opened = false

  constructor(inputs: Partial<typeof allInputs> = {}) {
    this.model = new GateModel({ timing: 'standard', seed: 5, ...account })
    this.network = new ServedNetwork(this.clock, this.model)
    let drawn = 0
    const random = { bytes: (count: number) => new Uint8Array(count).fill(++drawn) }
    const wiring = gateWiring({ ...allInputs, ...inputs })
    this.device = new HttpDeviceHost<GateState, BarrierEvent | GateNews, BarrierCommand>({
      driver: gateDriver({ ...cameraBarrier, wiring }, hikvisionGate.gate(1)),
      http: this.network,
      mono: this.clock,
      wall: this.clock.wall,
      sign: digestSigner(account.user, () => this.password, random),
      emit: (event) => this.told(event),
    })
  }

  private told(event: BarrierEvent | GateNews): void {
    this.events.push(event)
    if (event.type === 'barrierUp') this.up = true
    if (event.type === 'barrierDown') this.up = false
  }

  connect(): void {
    this.network.plug()
    if (this.opened) return
    this.opened = true
    this.device.open()
  }

  ready(): this {
    this.connect()
    this.run(6_000)
    return this
  }

  run(forMs: number): void {
    this.clock.run(forMs)
  }

  loops(under: boolean, arrive = false): void {
    const body = { loopUnder: under, loopArrive: arrive }
    this.network.take(this.model.setInputs(body, this.clock.nowUs()))
  }

  act(what: string, ms = 0): void {
    const action = { do: what, ms, bits: 0, status: 503 }
    this.network.take(this.model.act(action, this.clock.nowUs()))
  }

  /** A car with a pass drives under the boom and away; the boom comes down behind it. */
  passage(passId: string): void {
    this.device.command({ do: 'open', passId })
    this.run(3_000)
    this.loops(true)
    this.run(1_000)
    this.loops(false)
    this.run(5_000)
  }

  of(type: (BarrierEvent | GateNews)['type']): (BarrierEvent | GateNews)[] {
    return this.events.filter((event) => event.type === type)
  }

  position(): string {
    const last = this.events.findLast((event) => event.type === 'position')
    return last?.type === 'position' ? last.position : 'unknown'
  }

  get drives(): number {
    return this.network.requests.filter((request) => request.startsWith('PUT')).length
  }
}
