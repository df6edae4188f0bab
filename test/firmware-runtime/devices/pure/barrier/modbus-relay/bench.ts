// The barrier driver against the model of its simulator, on each of its links, in virtual time.
// Shared by the contract suite and by the tests of the links.
import { expect } from 'vitest'
import type { DeviceTap } from '#devices/hosts/device-host.ts'
import type { BarrierCommand, BarrierEvent } from '#devices/pure/lane/barrier.ts'
import { standardBarrier, type BarrierConfig } from '#devices/pure/barrier/modbus-relay/config.ts'
import { barrierDriver } from '#devices/pure/barrier/modbus-relay/driver.ts'
import { modbusRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { shortReopenMs } from '#devices/pure/barrier/modbus-relay/silence.ts'
import type { BarrierEffect, BarrierState } from '#devices/pure/barrier/modbus-relay/state.ts'
import { modbusTcp } from '#devices/pure/barrier/modbus-relay/transport.ts'
import { createBarrierModel } from '#simulators/barrier/model.ts'
import type { BarrierModel, BarrierOutput } from '#simulators/barrier/model.ts'
import { ModelBench } from '../../contract/model-bench.ts'

export const transports = { tcp: modbusTcp, rtu: modbusRtu(5) } as const
export type TransportName = keyof typeof transports

export class BoardBench extends ModelBench<
  BarrierState,
  BarrierCommand,
  BarrierEvent,
  BarrierEffect,
  BarrierOutput,
  BarrierModel
> {
  private works = 0

  constructor(
    transport: TransportName,
    over: Partial<BarrierConfig> = {},
    timing: 'instant' | 'standard' = 'standard',
    tap?: DeviceTap,
  ) {
    super({
      driver: barrierDriver({ ...standardBarrier, ...over }, transports[transport]),
      model: createBarrierModel({ timing, seed: 5, transport }),
      serial: transport === 'rtu',
      tap,
      firstReopenMs: shortReopenMs,
    })
  }

  protected override reported(event: BarrierEvent): void {
    super.reported(event)
    if (event.type === 'barrierUp') this.up = true
    if (event.type === 'barrierDown') this.up = false
  }

  /** Lets a car through: its pass is used, and the boom is down afterwards. */
  work(): void {
    this.passage(`p${++this.works}`)
  }
  /** Counts used passes. Whatever the link does, the boom closes on no car, and there is an opening for every pass. */
  done(): number {
    const passed = this.told('passed').length
    expect(this.judged).toMatchObject({ closesOnPresence: 0, bothDriven: 0 })
    expect(this.judged.opens).toBeGreaterThanOrEqual(passed)
    return passed
  }

  loops(under: boolean, arrive = false): void {
    const body = { loopUnder: under, loopArrive: arrive }
    this.link.put(this.model.setInputs(body, this.time.nowUs))
  }

  /** A car with a pass drives under the boom and away; the boom comes down behind it. */
  passage(passId: string): void {
    this.command({ do: 'open', passId })
    this.run(2_500)
    this.loops(true)
    this.run(700)
    this.loops(false)
    this.run(4_500)
  }

  told(type: BarrierEvent['type']): BarrierEvent[] {
    return this.events.filter((event) => event.type === type)
  }

  get judged() {
    return { ...this.model.state() } as {
      position: string
      opens: number
      closes: number
      openPulses: number
      closePulses: number
      closesOnPresence: number
      bothDriven: number
    }
  }

  ready(): this {
    this.connect()
    this.run(6_000)
    return this
  }
}
