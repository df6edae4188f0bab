// What the benches of the contract have in common: a model of a device, the link between it and its driver, and the faults
// of both. A bench adds its driver, its piece of work, and its checks of the model.
import { expect } from 'vitest'
import type { FaultAction } from '#simulators/shell/faults.ts'
import type { ContractBench } from './driver-contract.ts'
import { VirtualLink, type DeviceModel, type ModelOutput } from './virtual-link.ts'

export interface ActingModel<O extends ModelOutput> extends DeviceModel<O> {
  act(action: FaultAction, atUs: number): readonly O[]
  mend(): void
}

export interface BenchOptions {
  /** True for a serial line, which does not show that its device lost power. */
  readonly serial: boolean
  readonly rebootMs?: number
  readonly firstReopenMs?: readonly number[]
  /** Business time at the start. */
  readonly startMs?: number
}

export abstract class LinkBench<
  O extends ModelOutput,
  M extends ActingModel<O>,
> implements ContractBench {
  readonly model: M
  readonly link: VirtualLink<O>
  up = false
  private readonly rebootMs: number

  constructor(model: M, { rebootMs = 1_000, ...options }: BenchOptions) {
    this.model = model
    this.link = new VirtualLink(model, options)
    this.rebootMs = rebootMs
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
  garbage(bytes: Uint8Array): void {
    this.link.deliver(bytes)
  }
  silence(on: boolean): void {
    if (on) this.act('silence')
    else this.model.mend()
  }
  duplicate(on: boolean): void {
    this.link.twice = on
  }
  split(bytesAtOnce: number | null): void {
    this.link.pieceBytes = bytesAtOnce
  }
  restartDevice(): void {
    this.act('reboot', this.rebootMs)
  }
  /** A device without a clock: its work does not depend on the time. */
  skewClock(ms: number): void {
    expect(Number.isFinite(ms)).toBe(true)
  }
  abstract work(): void
  abstract done(): number

  act(what: string, ms = 0): void {
    const { nowUs } = this.link.time
    this.link.put(this.model.act({ do: what, ms, bits: 1, status: 0 }, nowUs))
  }
}
