// Common base of simulated devices: time, random numbers, faults, outputs, and silence.
// Each device defines what it receives and sends.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { Agenda } from './agenda.ts'
import type { FaultAction, FaultEngine } from './faults.ts'
import { seededRandom } from './random.ts'
import { firstHalf, flipBits } from './mangle.ts'

/** Bytes for a client. */
export interface SentOutput {
  readonly atUs: number
  readonly do: 'send'
  readonly client: number
  readonly bytes: Uint8Array
}

/** Closes one client's connection. */
interface HangUpOutput {
  readonly atUs: number
  readonly do: 'hangUp'
  readonly client: number
}

/** A row for the store. */
export interface RowOutput<Row> {
  readonly atUs: number
  readonly do: 'row'
  readonly row: Row
}

/** The device restarts, or its cable is unplugged for `ms`. */
export interface GoneOutput {
  readonly atUs: number
  readonly do: 'reboot' | 'unplug'
  readonly ms: number
}

/** Outputs of a device with clients and a store. */
export type DeviceOutput<Row> = SentOutput | HangUpOutput | RowOutput<Row> | GoneOutput

/** Time, and the outputs since the last call in order. */
export abstract class TimedModel<Out> {
  protected readonly agenda = new Agenda()
  #out: Out[] = []

  advance(atUs: number): Out[] {
    this.agenda.runUntil(atUs)
    const out = this.#out
    this.#out = []
    return out
  }

  nextDueUs(): number | null {
    return this.agenda.nextDueUs()
  }

  protected out(one: Out): void {
    this.#out.push(one)
  }
}

export abstract class DeviceModel<Said extends { readonly atUs: number }> extends TimedModel<
  Said | GoneOutput
> {
  readonly faults: FaultEngine
  protected readonly random: () => number
  /** True while the device has no power. */
  protected isAway = false
  readonly #bootMs: number
  #silentUntilUs = 0

  /** `bootMs`: time without power when a fault gives no duration. */
  constructor(seed: number, faults: FaultEngine, bootMs = 0) {
    super()
    this.faults = faults
    this.random = seededRandom(seed)
    this.#bootMs = bootMs
  }

  /** Applies a fault of the whole device now. Throws ARG-01 for another fault. */
  act(action: FaultAction, atUs: number): (Said | GoneOutput)[] {
    this.agenda.runUntil(atUs)
    if (!this.apply(action)) throw new LaneFault('ARG-01', { field: '/do', value: action.do })
    return this.advance(atUs)
  }

  /** Ends a silence without a set duration. */
  mend(): void {
    this.#silentUntilUs = 0
  }

  protected get isSilent(): boolean {
    return this.agenda.nowUs < this.#silentUntilUs
  }

  /** True while the device neither receives nor sends. */
  protected get isDeaf(): boolean {
    return this.isAway || this.isSilent
  }

  /** The bytes as a fault of the line leaves them: some bits flipped, the first half, or unchanged. */
  protected mangled(bytes: Uint8Array, fault: FaultAction | null): Uint8Array {
    if (fault?.do === 'flip') return flipBits(bytes, fault.bits, this.random)
    return fault?.do === 'cut' ? firstHalf(bytes) : bytes
  }

  /** Clears what the device forgets at a restart or unplugging; by default nothing. */
  protected gone(_action: FaultAction): void {
    // By default everything is kept.
  }

  /** Takes the power away for `ms`. */
  protected goAway(ms: number, back: () => void = () => undefined): void {
    this.isAway = true
    this.agenda.plan(ms * 1000, () => {
      this.isAway = false
      back()
    })
  }

  /** Applies a fault of the whole device; false for another fault. */
  protected apply(action: FaultAction): boolean {
    const { nowUs } = this.agenda
    if (action.do === 'silence') {
      this.#silentUntilUs = action.ms === 0 ? Infinity : nowUs + action.ms * 1000
      return true
    }
    if (action.do !== 'reboot' && action.do !== 'unplug') return false
    const ms = action.ms || this.#bootMs
    this.gone({ ...action, ms })
    this.out({ atUs: nowUs, do: action.do, ms })
    return true
  }
}
