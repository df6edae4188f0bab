// A camera with a gate on its output, as a pure model: bytes and time in, bytes out.
// The boom, its loops and its judge are those of the relay board; only the wire is HTTP behind Digest.
import { LaneFault } from '../../../core/values/faults.ts'
import { HttpSide, checkKnobs, httpState, isText } from '../../camera/served/http-wire.ts'
import type { HttpAccount, RouteAnswer } from '../../camera/served/http-wire.ts'
import type { ServedOutput } from '../../camera/served/tcp-side.ts'
import type { WebRequest } from '../../camera/served/web.ts'
import { Agenda } from '../../shell/agenda.ts'
import type { Timing } from '../../shell/arguments.ts'
import { createFaultEngine } from '../../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../../shell/faults.ts'
import { seededRandom } from '../../shell/random.ts'
import { Boom, type BoomChange, type Drive } from '../boom.ts'
import { changeOf, loopsOf, travel } from '../model.ts'
import { isapiAnswer, placeOf } from './isapi.ts'

/** `drive` is passed at each command, `boom` at each one that was taken, before the motor reacts. */
export const gateFaults: FaultEngineOptions = {
  places: ['check', 'inputs', 'drive', 'other', 'auth', 'link', 'boom'],
  moreActions: ['stuck', 'openAlone'],
}

interface GateModelOptions extends HttpAccount {
  readonly timing: Timing
  readonly seed: number
  readonly faults?: FaultEngine
  readonly rows?: readonly unknown[]
}

const bootMs = 1_000
const foreverUs = Number.MAX_SAFE_INTEGER

export class GateModel {
  readonly faults: FaultEngine
  readonly boom: Boom
  readonly http: HttpSide
  readonly notes: string[] = []
  /** Replies in pieces of so many bytes; null: as they are. */
  splitBytes: number | null = null
  /** Every reply twice. */
  twice = false
  ctrlMod: string | null = '1'
  readonly #agenda = new Agenda()
  readonly #clients = new Set<number>()
  #out: ServedOutput<BoomChange>[] = []
  #silentUntilUs = 0
  #offUntilUs = 0
  #client = 0

  constructor(options: GateModelOptions) {
    this.faults = options.faults ?? createFaultEngine(gateFaults)
    this.boom = new Boom(this.#agenda, travel[options.timing], (row) =>
      this.#out.push({ atUs: this.#agenda.nowUs, do: 'row', row }),
    )
    for (const row of options.rows ?? []) this.boom.restore(changeOf(row, this.boom.counts))
    this.http = new HttpSide(
      {
        send: (client, bytes) => this.#send(client, bytes),
        hangUp: (client) => this.#hangUp(client),
        after: (ms, run) => void this.#agenda.plan(ms * 1000, run),
        nowMs: () => this.#agenda.nowUs / 1000,
        deviceMs: () => this.#agenda.nowUs / 1000,
        random: seededRandom(options.seed),
        fault: (place) => this.faults.decide(place, 'before') !== null,
        note: (text) => void this.notes.push(text),
      },
      {
        user: options.user,
        password: options.password,
        realm: 'IP Camera(C1234)',
        route: (request) => this.#route(request),
        beat: () => new Uint8Array(0),
      },
    )
  }

  up(client: number, atUs: number): ServedOutput<BoomChange>[] {
    this.#agenda.runUntil(atUs)
    if (this.#off()) this.#out.push({ atUs, do: 'hangUp', client })
    else {
      this.#clients.add(client)
      this.http.up(client)
    }
    return this.advance(atUs)
  }

  bytes(client: number, chunk: Uint8Array, atUs: number): ServedOutput<BoomChange>[] {
    this.#agenda.runUntil(atUs)
    this.#client = client
    if (this.#clients.has(client) && !this.silent) this.http.bytes(client, chunk)
    return this.advance(atUs)
  }

  down(client: number, atUs: number): ServedOutput<BoomChange>[] {
    this.#agenda.runUntil(atUs)
    if (this.#clients.delete(client)) this.http.down(client)
    return this.advance(atUs)
  }

  advance(atUs: number): ServedOutput<BoomChange>[] {
    this.#agenda.runUntil(atUs)
    const out = this.#out
    this.#out = []
    return out
  }

  nextDueUs(): number | null {
    return this.#agenda.nextDueUs()
  }

  /** The loops as cars roll over them. Members left out stay. Throws ARG-01. */
  setInputs(body: unknown, atUs: number): ServedOutput<BoomChange>[] {
    this.#agenda.runUntil(atUs)
    const { arrive, under } = loopsOf(body, this.boom)
    this.boom.setLoops(arrive, under)
    return this.advance(atUs)
  }

  /** What differs between units, or is set wrong. Throws ARG-01. */
  set(given: Readonly<Record<string, unknown>>): void {
    checkKnobs(given, { ctrlMod: (value) => value === null || isText(value) })
    const { ctrlMod } = given
    if (ctrlMod === null || typeof ctrlMod === 'string') this.ctrlMod = ctrlMod
  }

  act(action: FaultAction, atUs: number): ServedOutput<BoomChange>[] {
    this.#agenda.runUntil(atUs)
    if (!this.#deviceFault(action))
      throw new LaneFault('ARG-01', { field: '/do', value: action.do })
    return this.advance(atUs)
  }

  mend(): void {
    this.#silentUntilUs = 0
    this.#offUntilUs = 0
    this.boom.free()
  }

  get silent(): boolean {
    return this.#agenda.nowUs < this.#silentUntilUs
  }

  state(): Record<string, unknown> {
    const { position, counts, limitOpen, limitClosed, loopUnder, loopArrive, stuck } = this.boom
    return {
      position,
      ...counts,
      limitOpen,
      limitClosed,
      loopUnder,
      loopArrive,
      stuck,
      silent: this.silent,
      off: this.#off(),
      clients: this.#clients.size,
      ctrlMod: this.ctrlMod,
      ...httpState(this.http),
    }
  }

  #off = (): boolean => this.#agenda.nowUs < this.#offUntilUs

  #send(client: number, bytes: Uint8Array): void {
    if (!this.#clients.has(client) || this.silent) return
    const atUs = this.#agenda.nowUs
    const step = this.splitBytes ?? Math.max(1, bytes.length)
    for (let again = 0; again < (this.twice ? 2 : 1); again++)
      for (let at = 0; at < bytes.length; at += step)
        this.#out.push({ atUs, do: 'send', client, bytes: bytes.slice(at, at + step) })
  }

  #hangUp(client: number): void {
    if (!this.#clients.delete(client)) return
    this.http.down(client)
    this.#out.push({ atUs: this.#agenda.nowUs, do: 'hangUp', client })
  }

  #deviceFault(action: FaultAction): boolean {
    const atUs = this.#agenda.nowUs
    const ms = action.ms || bootMs
    if (action.do === 'silence')
      this.#silentUntilUs = action.ms === 0 ? foreverUs : atUs + action.ms * 1000
    else if (action.do === 'openAlone') this.boom.openAlone()
    else if (action.do === 'stuck') {
      this.boom.jam()
      if (action.ms > 0) this.#agenda.plan(action.ms * 1000, () => this.boom.free())
    } else if (action.do === 'reboot' || action.do === 'unplug') {
      for (const client of [...this.#clients]) this.#hangUp(client)
      // A camera that starts again knows no nonce; the motor behind its output has power of its own.
      if (action.do === 'reboot') this.http.forget()
      this.#offUntilUs = atUs + ms * 1000
      this.#out.push({ atUs, do: 'unplug', ms })
    } else return false
    return true
  }

  /** A fault before its effect: nothing is done. After it: done, and told wrongly or not at all. */
  #route(request: WebRequest): RouteAnswer {
    const place = placeOf(request)
    const client = this.#client
    const before = this.faults.decide('link', 'before') ?? this.faults.decide(place, 'before')
    if (before !== null) {
      const answer = this.#spoil(before, client)
      if (answer !== null) return answer
    }
    const answer = isapiAnswer(request, {
      drive: (action) => this.#drive(action),
      inputs: () => {
        const { limitOpen, limitClosed, loopUnder, loopArrive } = this.boom
        return [limitOpen, limitClosed, loopUnder, loopArrive]
      },
      ctrlMod: () => this.ctrlMod,
    })
    const after = this.faults.decide(place, 'after')
    return (after === null ? null : this.#spoil(after, client)) ?? answer
  }

  /** Null: the fault is none of the answer. Nobody hears the answer of a camera that hung up. */
  #spoil(fault: FaultAction, client: number): RouteAnswer | null {
    const empty = { status: fault.status, type: 'text/plain', body: '' }
    if (fault.do === 'status') return empty
    if (fault.do === 'forge') return { status: 200, type: 'text/plain', body: 'OK' }
    if (fault.do === 'drop' || fault.do === 'cut') {
      this.#hangUp(client)
      return empty
    }
    this.#deviceFault(fault)
    return fault.do === 'stuck' || fault.do === 'openAlone' ? null : empty
  }

  #drive(drive: Drive): void {
    const fault = this.faults.decide('boom', 'before')
    if (fault?.do === 'drop') return
    if (fault?.do === 'delay') {
      this.#agenda.plan(fault.ms * 1000, () => this.boom.drive(drive))
      return
    }
    if (fault) this.#deviceFault(fault)
    this.boom.drive(drive)
  }
}
