// What simulated devices have in common: time, chance, faults, what leaves them, and their silence.
// What one hears and says is its own business.
import { LaneFault } from '../../core/faults/faults.ts'
import { Agenda } from './agenda.ts'
import type { FaultAction, FaultEngine } from './faults.ts'
import { seededRandom } from './random.ts'

/** Bytes for who listens. */
export interface SentOutput {
  readonly atUs: number
  readonly do: 'send'
  readonly client: number
  readonly bytes: Uint8Array
}

/** It ends one client's connection. */
interface HangUpOutput {
  readonly atUs: number
  readonly do: 'hangUp'
  readonly client: number
}

/** For its store. */
export interface RowOutput<Row> {
  readonly atUs: number
  readonly do: 'row'
  readonly row: Row
}

/** It starts anew, or its cable comes out. */
export interface GoneOutput {
  readonly atUs: number
  readonly do: 'reboot' | 'unplug'
  readonly ms: number
}

/** Of a device with clients and a store. */
export type DeviceOutput<Row> = SentOutput | HangUpOutput | RowOutput<Row> | GoneOutput

/** Time, and what came out since it was last looked at, in order. */
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
  /** It has no power. */
  protected isAway = false
  readonly #bootMs: number
  #silentUntilUs = 0

  /** `bootMs`: how long it is gone where a fault does not say. */
  constructor(seed: number, faults: FaultEngine, bootMs = 0) {
    super()
    this.faults = faults
    this.random = seededRandom(seed)
    this.#bootMs = bootMs
  }

  /** A fault of the whole device, now. Throws ARG-01 for any other. */
  act(action: FaultAction, atUs: number): (Said | GoneOutput)[] {
    this.agenda.runUntil(atUs)
    if (!this.apply(action)) throw new LaneFault('ARG-01', { field: '/do', value: action.do })
    return this.advance(atUs)
  }

  /** Ends a silence that was to last until it is taken back. */
  mend(): void {
    this.#silentUntilUs = 0
  }

  protected get isSilent(): boolean {
    return this.agenda.nowUs < this.#silentUntilUs
  }

  /** It hears nothing and says nothing. */
  protected get isDeaf(): boolean {
    return this.isAway || this.isSilent
  }

  /** What it forgets when it reboots or its cable comes out: most forget nothing. */
  protected gone(_action: FaultAction): void {
    // What it had stays.
  }

  /** Without power for so long. */
  protected goAway(ms: number, back: () => void = () => undefined): void {
    this.isAway = true
    this.agenda.plan(ms * 1000, () => {
      this.isAway = false
      back()
    })
  }

  /** False when the action is none of the whole device. */
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
