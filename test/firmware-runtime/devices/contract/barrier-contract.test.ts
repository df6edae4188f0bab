// The Modbus TCP barrier keeps the contract of all drivers, against the model of the simulator.
// One piece of work is one car: the boom opens for its pass, it drives through, the boom closes.
import { expect } from 'vitest'
import type {
  BarrierCommand,
  BarrierEvent,
} from '../../../../firmware-runtime/core/lane/barrier.ts'
import { standardBarrier } from '../../../../firmware-runtime/devices/barrier/modbus-relay/config.ts'
import { barrierDriver } from '../../../../firmware-runtime/devices/barrier/modbus-relay/driver.ts'
import type {
  BarrierEffect,
  BarrierState,
} from '../../../../firmware-runtime/devices/barrier/modbus-relay/state.ts'
import { createBarrierModel } from '../../../../firmware-runtime/simulators/barrier/model.ts'
import type {
  BarrierModel,
  BarrierOutput,
} from '../../../../firmware-runtime/simulators/barrier/model.ts'
import { driverContract } from './driver-contract.ts'
import type { ContractBench } from './driver-contract.ts'
import { VirtualLink } from './virtual-link.ts'

const carMs = 600
const rebootMs = 1000

class BarrierContractBench implements ContractBench {
  private readonly model: BarrierModel = createBarrierModel({ timing: 'standard', seed: 11 })
  private readonly link = new VirtualLink<BarrierOutput>(this.model, { serial: false })
  private readonly command: (command: BarrierCommand) => void
  private up = false
  private passes = 0
  private through = false
  private passed = 0

  constructor() {
    const driver = barrierDriver(standardBarrier)
    this.command = this.link.host<BarrierState, BarrierCommand, BarrierEvent, BarrierEffect>(
      { initial: () => driver.initial(), step: (state, event) => driver.step(state, event) },
      (event) => this.told(event),
    )
  }

  private told(event: BarrierEvent): void {
    if (event.type === 'barrierUp') this.up = true
    if (event.type === 'barrierDown') this.up = false
    if (event.type === 'passed') this.passed++
    if (event.type !== 'position' || event.position !== 'open' || this.through) return
    this.through = true
    this.loop(true)
    this.link.time.clock.after(carMs, () => this.loop(false))
  }

  private loop(loopUnder: boolean): void {
    this.link.put(this.model.setInputs({ loopUnder }, this.link.time.nowUs))
  }

  connect(): void {
    this.link.connect()
  }
  disconnect(): void {
    this.link.disconnect()
  }
  run(forMs: number): void {
    this.link.run(forMs)
  }
  isUp(): boolean {
    return this.up
  }

  work(): void {
    this.through = false
    this.command({ do: 'open', passId: `P${++this.passes}` })
  }

  /** Never a close on a car, never both relays at once, and an opening for every pass. */
  done(): number {
    const { opens } = this.model.state() as { opens: number }
    expect(this.model.state()).toMatchObject({ closesOnPresence: 0, bothDriven: 0 })
    expect(opens).toBeGreaterThanOrEqual(this.passed)
    return this.passed
  }

  garbage(bytes: Uint8Array): void {
    this.link.deliver(bytes)
  }
  silence(on: boolean): void {
    if (on) this.model.act({ do: 'silence', ms: 0, bits: 0, status: 0 }, this.link.time.nowUs)
    else this.model.mend()
  }
  duplicate(on: boolean): void {
    this.link.twice = on
  }
  split(bytesAtOnce: number | null): void {
    this.link.pieceBytes = bytesAtOnce
  }
  restartDevice(): void {
    const action = { do: 'reboot', ms: rebootMs, bits: 0, status: 0 }
    this.link.put(this.model.act(action, this.link.time.nowUs))
  }
  /** A relay board has no clock; what time it is makes no difference to it. */
  skewClock(ms: number): void {
    expect(Number.isFinite(ms)).toBe(true)
  }
}

driverContract({
  name: 'barrier modbus-relay',
  // Up 1.5 s, the car 0.6 s, clear for 1 s, down 1.5 s, and the polls between.
  workMs: 6_000,
  // Three requests in a row without an answer, 300 ms each.
  lossMs: 1_500,
  // The board takes a second to start; the supervisor opens again after 200, 500, 1000, 2000 ms.
  upMs: 5_000,
  make: () => new BarrierContractBench(),
})
