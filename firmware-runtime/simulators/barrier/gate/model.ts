// A camera with a gate on its output, as a pure model: bytes and time in, bytes out.
// Boom, loops and counts are those of the relay board; only the link is HTTP with Digest.
import { HttpSide, checkKnobs, httpState, isText } from '../../camera/served/http-side.ts'
import type { HttpAccount, RouteAnswer } from '../../camera/served/http-side.ts'
import { TcpModel } from '../../camera/served/tcp-model.ts'
import type { WebRequest } from '../../camera/served/web.ts'
import type { DeviceOutput } from '../../shell/device-model.ts'
import { createFaultEngine } from '../../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../../shell/faults.ts'
import { Boom, type BoomChange, type BoomOptions } from '../boom.ts'
import { isapiAnswer, placeOf } from './isapi.ts'

/** `drive` is passed at each command, `boom` at each accepted one before the motor reacts. */
export const gateFaults: FaultEngineOptions = {
  places: ['check', 'inputs', 'drive', 'other', 'auth', 'link', 'boom'],
  moreActions: ['stuck', 'openAlone'],
}

interface GateModelOptions extends HttpAccount, BoomOptions {
  readonly seed: number
  readonly faults?: FaultEngine
}

const bootMs = 1_000

export class GateModel extends TcpModel<BoomChange> {
  readonly boom: Boom
  readonly protocol: HttpSide
  /** True: every reply is sent twice. */
  twice = false
  ctrlMod: string | null = '1'
  #client = 0

  constructor(options: GateModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine(gateFaults), bootMs)
    this.boom = new Boom(this.agenda, options, (row) =>
      this.out({ atUs: this.agenda.nowUs, do: 'row', row }),
    )
    const nowMs = (): number => this.agenda.nowUs / 1000
    this.protocol = new HttpSide(
      {
        send: (client, bytes) => this.send(client, bytes),
        hangUp: (client) => this.hangUp(client),
        after: (ms, run) => void this.agenda.plan(ms * 1000, run),
        nowMs,
        deviceMs: nowMs,
        random: this.random,
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

  override onBytes(chunk: Uint8Array, atUs: number, client: number): DeviceOutput<BoomChange>[] {
    this.#client = client
    return super.onBytes(chunk, atUs, client)
  }

  /** Sets the loops as cars drive over them. Members left out stay. Throws ARG-01. */
  setInputs(body: unknown, atUs: number): DeviceOutput<BoomChange>[] {
    this.agenda.runUntil(atUs)
    this.boom.setInputs(body)
    return this.advance(atUs)
  }

  /** Sets properties that differ between devices or are set wrong. Throws ARG-01. */
  set(given: Readonly<Record<string, unknown>>): void {
    checkKnobs(given, { ctrlMod: (value) => value === null || isText(value) })
    const { ctrlMod } = given
    if (ctrlMod === null || typeof ctrlMod === 'string') this.ctrlMod = ctrlMod
  }

  override mend(): void {
    super.mend()
    this.boom.free()
  }

  override state(): Record<string, unknown> {
    const { ctrlMod } = this
    return { ...this.boom.state(), ...super.state(), ctrlMod, ...httpState(this.protocol) }
  }

  protected override send(client: number, bytes: Uint8Array): void {
    for (let again = 0; again < (this.twice ? 2 : 1); again++) super.send(client, bytes)
  }

  protected override apply(action: FaultAction): boolean {
    return this.boom.fault(action) || super.apply(action)
  }

  /** A fault before the effect: nothing is done. After it: done, with a wrong answer or none. */
  #route(request: WebRequest): RouteAnswer {
    const place = placeOf(request)
    const client = this.#client
    const before = this.faults.decide('link', 'before') ?? this.faults.decide(place, 'before')
    if (before !== null) {
      const answer = this.#spoil(before, client)
      if (answer !== null) return answer
    }
    const answer = isapiAnswer(request, {
      drive: (action) => {
        const fault = this.faults.decide('boom', 'before')
        if (fault) this.apply(fault)
        this.boom.command(action, fault)
      },
      inputs: () => this.boom.inputs().slice(0, 4),
      ctrlMod: () => this.ctrlMod,
    })
    const after = this.faults.decide(place, 'after')
    return (after === null ? null : this.#spoil(after, client)) ?? answer
  }

  /** The answer that a fault causes; null when the fault does not concern the answer. */
  #spoil(fault: FaultAction, client: number): RouteAnswer | null {
    const empty = { status: fault.status, type: 'text/plain', body: '' }
    if (fault.do === 'status') return empty
    if (fault.do === 'forge') return { status: 200, type: 'text/plain', body: 'OK' }
    if (fault.do === 'drop' || fault.do === 'cut') {
      this.hangUp(client)
      return empty
    }
    this.apply(fault)
    return fault.do === 'stuck' || fault.do === 'openAlone' ? null : empty
  }
}
