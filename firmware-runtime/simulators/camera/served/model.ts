// A camera that lanes connect to, as a pure model: bytes and time in, bytes out. Each variant has its protocol; faults
// of the link are common to all variants.
import { joined } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { cancel, type Planned } from '../../shell/agenda.ts'
import type { Timing } from '../../shell/arguments.ts'
import type { DeviceOutput } from '../../shell/device-model.ts'
import { createFaultEngine } from '../../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../../shell/faults.ts'
import { isCameraRow, sightingOf, type CameraRow, type Sighting } from '../sighting.ts'
import { TcpModel } from './tcp-model.ts'
import type { CameraProtocol, CameraProtocolPorts } from './protocol.ts'

const servedFaults: FaultEngineOptions = { places: ['push', 'auth'], moreActions: ['reorderParts'] }

interface ServedOptions {
  readonly timing: Timing
  readonly seed: number
  /** Wall time in ms at model time 0. */
  readonly wallAtStartMs: number
  readonly faults?: FaultEngine
  readonly rows?: readonly unknown[]
  protocol(outside: CameraProtocolPorts): CameraProtocol
}

/** Delay from trigger to event, ms; real cameras take 150 to 400 ms (lane-devices.md 1.7). */
const delayMs = { instant: [0, 0], standard: [200, 450] } as const
const bootMs = 1_000

export class ServedCamera extends TcpModel<CameraRow> {
  readonly protocol: CameraProtocol
  clockSkewMs = 0
  readonly #timing: Timing
  readonly #deviceMs: () => number
  #later: Planned[] = []
  #held: Uint8Array[] = []
  #lastId = 0
  readonly #counts = { seen: 0, delivered: 0, lost: 0, restarts: 0 }

  constructor(options: ServedOptions) {
    super(options.seed, options.faults ?? createFaultEngine(servedFaults), bootMs)
    this.#timing = options.timing
    for (const row of options.rows ?? []) this.#restore(row)
    const nowMs = (): number => this.agenda.nowUs / 1000
    this.#deviceMs = () => Math.round(options.wallAtStartMs + nowMs() + this.clockSkewMs)
    this.protocol = options.protocol({
      send: (client, bytes) => this.send(client, bytes),
      hangUp: (client) => this.hangUp(client),
      after: (ms, run) => void this.#later.push(this.agenda.plan(ms * 1000, run)),
      nowMs,
      deviceMs: this.#deviceMs,
      random: this.random,
      fault: (place) => this.faults.decide(place, 'before') !== null,
      note: (text) => void this.notes.push(text),
    })
  }

  /** A car is seen. Throws ARG-01 for a body that is not a reading. */
  see(body: unknown, atUs: number): { id: number; outputs: DeviceOutput<CameraRow>[] } {
    this.agenda.runUntil(atUs)
    const read = sightingOf(body, isoOf(this.#deviceMs()))
    const history =
      typeof body === 'object' && body !== null && 'history' in body && body.history === true
    const sighting: Sighting = { id: ++this.#lastId, ...read }
    this.#counts.seen++
    this.#row({ row: 'seen', sighting })
    const [min, max] = delayMs[this.#timing]
    const fault = this.faults.decide('push', 'before')
    const moreMs = fault?.do === 'delay' ? fault.ms : 0
    this.agenda.plan(1000 * (moreMs + min + (max - min) * this.random()), () =>
      this.#event(sighting, history, fault),
    )
    return { id: sighting.id, outputs: this.advance(atUs) }
  }

  /** Bytes from the device on a serial port of the camera. */
  serialIn(port: string, bytes: Uint8Array, atUs: number): DeviceOutput<CameraRow>[] {
    this.agenda.runUntil(atUs)
    if (this.protocol.serialIn === undefined)
      throw new LaneFault('ARG-01', { note: 'this camera carries no serial port' })
    this.protocol.serialIn(port, bytes)
    return this.advance(atUs)
  }

  override state(): Record<string, unknown> {
    return {
      ...this.#counts,
      ...super.state(),
      subscribers: this.protocol.subscribers().length,
      clockSkewMs: this.clockSkewMs,
      ...this.protocol.state(),
    }
  }

  /** A fault without a duration lasts `bootMs`. */
  protected override apply(action: FaultAction): boolean {
    return super.apply({ ...action, ms: action.ms || bootMs })
  }

  protected override gone(action: FaultAction): void {
    super.gone(action)
    if (action.do !== 'reboot') return
    this.#counts.restarts++
    for (const planned of this.#later) cancel(planned)
    this.#later = []
  }

  #row(row: CameraRow): void {
    this.out({ atUs: this.agenda.nowUs, do: 'row', row })
  }

  #event(sighting: Sighting, history: boolean, before: FaultAction | null): void {
    const listeners = this.protocol.subscribers()
    const broken = before !== null && this.apply(before)
    const unheard = listeners.length === 0 || this.isSilent || this.isOff
    // The event goes to the clients subscribed now; it is not repeated for later ones.
    if (before?.do === 'drop' || broken || unheard) {
      this.#counts.lost++
      this.#row({ row: 'lost', id: sighting.id })
      return
    }
    const after = before === null ? this.faults.decide('push', 'after') : before
    const parts = [...this.protocol.parts(sighting, history)]
    if (after?.do === 'reorderParts') parts.reverse()
    const bytes = this.mangled(joined(parts), after)
    if (after?.do === 'reorder') {
      this.#held.push(bytes)
      return
    }
    const burst = [bytes, ...(after?.do === 'duplicate' ? [bytes] : []), ...this.#held]
    this.#held = []
    for (const client of listeners) {
      for (const one of burst) this.send(client, one)
      if (after?.do === 'cut') this.hangUp(client)
    }
    this.#counts.delivered++
    this.#row({ row: 'delivered', id: sighting.id, history })
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
