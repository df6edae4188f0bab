// What simulated devices have in common: time, chance, faults, what leaves them, and their silence.
// What one hears and says is its own business.
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

/** It starts anew, or its cable comes out. */
export interface GoneOutput {
  readonly atUs: number
  readonly do: 'reboot' | 'unplug'
  readonly ms: number
}

export abstract class DeviceModel<Said extends { readonly atUs: number }> {
  readonly faults: FaultEngine
  protected readonly agenda = new Agenda()
  protected readonly random: () => number
  #out: (Said | GoneOutput)[] = []
  #silentUntilUs = 0

  constructor(seed: number, faults: FaultEngine) {
    this.faults = faults
    this.random = seededRandom(seed)
  }

  /** What it forgets, and how long it is away. */
  protected abstract gone(action: FaultAction): void

  advance(atUs: number): (Said | GoneOutput)[] {
    this.agenda.runUntil(atUs)
    const out = this.#out
    this.#out = []
    return out
  }

  nextDueUs(): number | null {
    return this.agenda.nextDueUs()
  }

  act(action: FaultAction, atUs: number): (Said | GoneOutput)[] {
    this.agenda.runUntil(atUs)
    this.apply(action)
    return this.advance(atUs)
  }

  mend(): void {
    this.#silentUntilUs = 0
  }

  protected get isSilent(): boolean {
    return this.agenda.nowUs < this.#silentUntilUs
  }

  protected out(said: Said): void {
    this.#out.push(said)
  }

  protected apply(action: FaultAction): void {
    const { nowUs } = this.agenda
    if (action.do === 'silence')
      this.#silentUntilUs = action.ms === 0 ? Infinity : nowUs + action.ms * 1000
    if (action.do !== 'reboot' && action.do !== 'unplug') return
    this.gone(action)
    this.#out.push({ atUs: nowUs, do: action.do, ms: action.ms })
  }
}
