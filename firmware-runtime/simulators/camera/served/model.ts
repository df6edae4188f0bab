// A camera that lanes connect to, as a pure model: bytes and time in, bytes out. It speaks through a
// wire of its variant; what goes wrong on the way is the same for all of them.
import { joined } from '../../../core/values/bytes.ts'
import { LaneFault } from '../../../core/values/faults.ts'
import { isoOf } from '../../../core/values/instant.ts'
import { Agenda, cancel } from '../../shell/agenda.ts'
import type { Planned } from '../../shell/agenda.ts'
import type { Timing } from '../../shell/arguments.ts'
import { createFaultEngine } from '../../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../../shell/faults.ts'
import { firstHalf, flipBits } from '../../shell/mangle.ts'
import { seededRandom } from '../../shell/random.ts'
import { isCameraRow, sightingOf } from '../sighting.ts'
import type { CameraRow, Sighting } from '../sighting.ts'
import type { ServedOutput } from './tcp-side.ts'
import type { CameraWire, CameraWirePorts } from './wire.ts'

const servedFaults: FaultEngineOptions = { places: ['push', 'auth'], moreActions: ['reorderParts'] }

interface ServedOptions {
  readonly timing: Timing
  readonly seed: number
  /** Wall time when the model's time is 0. */
  readonly wallAtStartMs: number
  readonly faults?: FaultEngine
  readonly rows?: readonly unknown[]
  wire(outside: CameraWirePorts): CameraWire
}

/** Trigger to event 150 to 400 ms (lane-devices.md 1.7). */
const delayMs = { instant: [0, 0], standard: [200, 450] } as const
const bootMs = 1_000

export class ServedCamera {
  readonly faults: FaultEngine
  readonly wire: CameraWire
  readonly notes: string[] = []
  /** Replies in pieces of so many bytes; null: as they are. */
  splitBytes: number | null = null
  clockSkewMs = 0
  readonly #timing: Timing
  readonly #agenda = new Agenda()
  readonly #random: () => number
  readonly #clients = new Set<number>()
  #later: Planned[] = []
  #held: Uint8Array[] = []
  #out: ServedOutput<CameraRow>[] = []
  #lastId = 0
  #silentUntilUs = 0
  #offUntilUs = 0
  readonly #counts = { seen: 0, delivered: 0, lost: 0, restarts: 0 }

  constructor(options: ServedOptions) {
    this.faults = options.faults ?? createFaultEngine(servedFaults)
    this.#timing = options.timing
    this.#random = seededRandom(options.seed)
    for (const row of options.rows ?? []) this.#restore(row)
    const nowMs = (): number => this.#agenda.nowUs / 1000
    this.wire = options.wire({
      send: (client, bytes) => this.#send(client, bytes),
      hangUp: (client) => this.#hangUp(client),
      after: (ms, run) => void this.#later.push(this.#agenda.plan(ms * 1000, run)),
      nowMs,
      deviceMs: () => Math.round(options.wallAtStartMs + nowMs() + this.clockSkewMs),
      random: this.#random,
      fault: (place) => this.faults.decide(place, 'before') !== null,
      note: (text) => void this.notes.push(text),
    })
    this.#deviceMs = () => Math.round(options.wallAtStartMs + nowMs() + this.clockSkewMs)
  }

  readonly #deviceMs: () => number

  /** A car is seen. Throws ARG-01 for a body that describes no reading. */
  see(body: unknown, atUs: number): { id: number; outputs: ServedOutput<CameraRow>[] } {
    this.#agenda.runUntil(atUs)
    const read = sightingOf(body, isoOf(this.#deviceMs()))
    const history =
      typeof body === 'object' && body !== null && 'history' in body && body.history === true
    const sighting: Sighting = { id: ++this.#lastId, ...read }
    this.#counts.seen++
    this.#row({ row: 'seen', sighting })
    const [min, max] = delayMs[this.#timing]
    const fault = this.faults.decide('push', 'before')
    const moreMs = fault?.do === 'delay' ? fault.ms : 0
    this.#agenda.plan(1000 * (moreMs + min + (max - min) * this.#random()), () =>
      this.#event(sighting, history, fault),
    )
    return { id: sighting.id, outputs: this.advance(atUs) }
  }

  up(client: number, atUs: number): ServedOutput<CameraRow>[] {
    this.#agenda.runUntil(atUs)
    if (this.#off()) this.#out.push({ atUs, do: 'hangUp', client })
    else {
      this.#clients.add(client)
      this.wire.up(client)
    }
    return this.advance(atUs)
  }

  bytes(client: number, chunk: Uint8Array, atUs: number): ServedOutput<CameraRow>[] {
    this.#agenda.runUntil(atUs)
    // Silent: it takes everything and answers nothing.
    if (this.#clients.has(client) && !this.#silent()) this.wire.bytes(client, chunk)
    return this.advance(atUs)
  }

  down(client: number, atUs: number): ServedOutput<CameraRow>[] {
    this.#agenda.runUntil(atUs)
    if (this.#clients.delete(client)) this.wire.down(client)
    return this.advance(atUs)
  }

  /** The device on a serial port of the camera speaks. */
  serialIn(port: string, bytes: Uint8Array, atUs: number): ServedOutput<CameraRow>[] {
    this.#agenda.runUntil(atUs)
    if (this.wire.serialIn === undefined)
      throw new LaneFault('ARG-01', { note: 'this camera carries no serial port' })
    this.wire.serialIn(port, bytes)
    return this.advance(atUs)
  }

  advance(atUs: number): ServedOutput<CameraRow>[] {
    this.#agenda.runUntil(atUs)
    const out = this.#out
    this.#out = []
    return out
  }

  nextDueUs(): number | null {
    return this.#agenda.nextDueUs()
  }

  /** Silent, restarted or pulled off the network, at once. */
  act(action: FaultAction, atUs: number): ServedOutput<CameraRow>[] {
    this.#agenda.runUntil(atUs)
    if (!this.#deviceFault(action))
      throw new LaneFault('ARG-01', { field: '/do', value: action.do })
    return this.advance(atUs)
  }

  /** Ends what `act` began. */
  mend(): void {
    this.#silentUntilUs = 0
    this.#offUntilUs = 0
  }

  state(): Record<string, unknown> {
    return {
      ...this.#counts,
      clients: this.#clients.size,
      subscribers: this.wire.subscribers().length,
      off: this.#off(),
      silent: this.#silent(),
      clockSkewMs: this.clockSkewMs,
      ...this.wire.state(),
    }
  }

  #off = (): boolean => this.#agenda.nowUs < this.#offUntilUs
  #silent = (): boolean => this.#agenda.nowUs < this.#silentUntilUs

  #row(row: CameraRow): void {
    this.#out.push({ atUs: this.#agenda.nowUs, do: 'row', row })
  }

  #send(client: number, bytes: Uint8Array): void {
    if (!this.#clients.has(client) || this.#silent()) return
    const atUs = this.#agenda.nowUs
    const step = this.splitBytes ?? Math.max(1, bytes.length)
    for (let at = 0; at < bytes.length; at += step)
      this.#out.push({ atUs, do: 'send', client, bytes: bytes.slice(at, at + step) })
  }

  #hangUp(client: number): void {
    if (!this.#clients.delete(client)) return
    this.wire.down(client)
    this.#out.push({ atUs: this.#agenda.nowUs, do: 'hangUp', client })
  }

  #event(sighting: Sighting, history: boolean, before: FaultAction | null): void {
    const listeners = this.wire.subscribers()
    const broken = before !== null && this.#deviceFault(before)
    const unheard = listeners.length === 0 || this.#silent() || this.#off()
    // A subscribed camera sends to whoever listens now; nobody is told later.
    if (before?.do === 'drop' || broken || unheard) {
      this.#counts.lost++
      this.#row({ row: 'lost', id: sighting.id })
      return
    }
    const after = before === null ? this.faults.decide('push', 'after') : before
    const parts = [...this.wire.parts(sighting, history)]
    if (after?.do === 'reorderParts') parts.reverse()
    let bytes = joined(parts)
    if (after?.do === 'flip') bytes = flipBits(bytes, after.bits, this.#random)
    if (after?.do === 'cut') bytes = firstHalf(bytes)
    if (after?.do === 'reorder') {
      this.#held.push(bytes)
      return
    }
    const burst = [bytes, ...(after?.do === 'duplicate' ? [bytes] : []), ...this.#held]
    this.#held = []
    for (const client of listeners) {
      for (const one of burst) this.#send(client, one)
      if (after?.do === 'cut') this.#hangUp(client)
    }
    this.#counts.delivered++
    this.#row({ row: 'delivered', id: sighting.id, history })
  }

  #deviceFault(action: FaultAction): boolean {
    const untilUs = this.#agenda.nowUs + (action.ms || bootMs) * 1000
    if (action.do === 'silence') {
      this.#silentUntilUs = untilUs
      return true
    }
    if (action.do !== 'reboot' && action.do !== 'unplug') return false
    for (const client of [...this.#clients]) this.#hangUp(client)
    if (action.do === 'reboot') {
      this.#counts.restarts++
      for (const planned of this.#later) cancel(planned)
      this.#later = []
      this.wire.forget()
    }
    this.#offUntilUs = untilUs
    this.#out.push({ atUs: this.#agenda.nowUs, do: 'unplug', ms: action.ms || bootMs })
    return true
  }

  #restore(row: unknown): void {
    if (!isCameraRow(row)) throw new Error('the books hold a row that no camera simulator wrote')
    if (row.row === 'seen') {
      this.#counts.seen++
      this.#lastId = Math.max(this.#lastId, row.sighting.id)
    } else if (row.row === 'lost') this.#counts.lost++
    else this.#counts.delivered++
  }
}
