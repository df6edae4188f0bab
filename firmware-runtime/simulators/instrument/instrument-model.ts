// Common to simulated instruments on their link: timed output, split into pieces on request, and the faults of a line.
// The content of the answers is the instrument's.
import { DeviceModel, type GoneOutput, type SentOutput } from '../shell/device-model.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { seededRandom } from '../shell/random.ts'
import { Scene } from './scene.ts'

/**
 * Faults at `reply` hit once per answer, `done` once per wait for a sweep, `command` once per command, `sweep` once per
 * sweep, `link` at once by POST /act. `garbage` is noise before the answer, `undefined` a command that is not
 * understood; `overload` and `invalid` spoil a sweep; `mode` is a person operating the panel.
 */
export const instrumentFaults: FaultEngineOptions = {
  places: ['reply', 'done', 'command', 'sweep', 'link'],
  moreActions: ['garbage', 'undefined', 'overload', 'invalid', 'mode'],
}

export type InstrumentOutput = SentOutput | GoneOutput

export interface InstrumentOptions {
  readonly seed: number
  /** Duration of one sweep, µs. */
  readonly sweepUs: number
  readonly faults?: FaultEngine
}

const pieceUs = 1_000

export abstract class InstrumentModel extends DeviceModel<SentOutput> {
  readonly scene: Scene
  /** Answers are sent in pieces of this many bytes, 1 ms apart; 0: whole. */
  splitBytes = 0
  protected readonly sweepUs: number
  protected replies = 0
  #sendUs = 0

  constructor(options: InstrumentOptions) {
    super(options.seed, options.faults ?? createFaultEngine(instrumentFaults))
    this.sweepUs = options.sweepUs
    this.scene = new Scene(options.seed, seededRandom(options.seed ^ 0x5eed))
  }

  /** Handles bytes of a client, at the time of the agenda. */
  protected abstract heard(bytes: Uint8Array, client: number): void
  protected abstract forget(client: number | null): void
  abstract state(): Record<string, unknown>

  onBytes(bytes: Uint8Array, atUs: number, client = 1): InstrumentOutput[] {
    this.agenda.runUntil(atUs)
    if (!this.isSilent) this.heard(bytes, client)
    return this.advance(atUs)
  }

  linkDown(client: number): void {
    this.forget(client)
  }

  protected override gone(action: FaultAction): void {
    if (action.do === 'reboot') this.forget(null)
  }

  /** Sends one answer, with the faults of the line. */
  protected say(client: number, whole: Uint8Array): void {
    const hit = this.faults.decide('reply', 'before')
    const link = this.faults.decide('link', 'before')
    if (link !== null) this.apply(link)
    this.replies++
    if (hit?.do === 'drop') return
    const noise = hit?.do === 'garbage' ? this.#noise() : new Uint8Array()
    const bytes = this.mangled(whole, hit)
    const delayUs = hit?.do === 'delay' ? hit.ms * 1000 : 0
    this.#send(client, Uint8Array.from([...noise, ...bytes]), delayUs)
    if (hit?.do === 'duplicate') this.#send(client, whole, delayUs)
  }

  /** Noise that ends with a line feed, as from a person's terminal. */
  #noise(): Uint8Array {
    const bytes = Uint8Array.from({ length: 24 }, () => Math.floor(this.random() * 256))
    return Uint8Array.from([...bytes, 0x0a])
  }

  #send(client: number, bytes: Uint8Array, delayUs: number): void {
    const size = this.splitBytes > 0 ? this.splitBytes : Math.max(1, bytes.length)
    // A delayed answer delays all later ones: a device sends in order.
    this.#sendUs = Math.max(this.agenda.nowUs + delayUs, this.#sendUs)
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.slice(at, at + size)
      if (at > 0) this.#sendUs += pieceUs
      this.#later(this.#sendUs, () => {
        if (this.isSilent) return
        this.out({ atUs: this.agenda.nowUs, do: 'send', client, bytes: piece })
      })
    }
  }

  #later(atUs: number, run: () => void): void {
    if (atUs <= this.agenda.nowUs) run()
    else this.agenda.plan(atUs - this.agenda.nowUs, run)
  }
}
