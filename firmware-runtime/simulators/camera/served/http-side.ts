// The HTTP side shared by cameras with subscriptions: requests with Digest, streams that stay open.
// A variant adds its routes and parts; proofs, keep-alive and subscribers are handled here.
import { DigestGate } from './digest-gate.ts'
import { WebReader, webAnswer, webStreamHead, type WebRequest } from './web.ts'
import type { CameraProtocolPorts } from './protocol.ts'
import { refuse } from '../../shell/members.ts'

export interface HttpAccount {
  readonly user: string
  readonly password: string
}

export type RouteAnswer =
  | { readonly status: number; readonly type: string; readonly body: string }
  /** The client gets events from now on; `beatMs`: interval of heartbeats. */
  | { readonly stream: string; readonly beatMs: number }
  /** It answers nothing. */
  | 'silent'

export class HttpSide {
  readonly gate: DigestGate
  requests = 0
  readonly #outside: CameraProtocolPorts
  readonly #route: (request: WebRequest) => RouteAnswer
  readonly #beat: () => Uint8Array
  readonly #readers = new Map<number, WebReader>()
  readonly #streams = new Map<number, { readonly beatMs: number }>()

  constructor(
    outside: CameraProtocolPorts,
    options: HttpAccount & {
      readonly realm: string
      route(request: WebRequest): RouteAnswer
      beat(): Uint8Array
    },
  ) {
    this.#outside = outside
    this.#route = (request) => options.route(request)
    this.#beat = () => options.beat()
    this.gate = new DigestGate({ ...options, random: () => outside.random() })
  }

  up(client: number): void {
    this.#readers.set(client, new WebReader())
  }

  down(client: number): void {
    this.#readers.delete(client)
    this.#streams.delete(client)
  }

  forget(): void {
    this.gate.forget()
  }

  subscribers(): number[] {
    return [...this.#streams.keys()]
  }

  bytes(client: number, chunk: Uint8Array): void {
    const requests = this.#readers.get(client)?.take(chunk)
    if (requests === undefined) return
    if (requests === null) {
      this.#outside.hangUp(client)
      return
    }
    for (const request of requests) this.#serve(client, request)
  }

  #serve(client: number, request: WebRequest): void {
    const { method, target, headers } = request
    this.requests++
    const proof = { method, target, header: headers.get('authorization') ?? '' }
    // A fault at `auth` spoils the nonce of a request that brings one.
    const spoil = proof.header !== '' && this.#outside.fault('auth')
    const verdict = this.gate.judge(proof, this.#outside.nowMs(), spoil)
    this.#outside.note(`${method} ${target} ${verdict.ok ? 'ok' : '401'}`)
    if (!verdict.ok) {
      const more = [`WWW-Authenticate: ${verdict.challenge}`]
      const body = verdict.locked ? '<lockStatus>lock</lockStatus>' : ''
      this.#outside.send(client, webAnswer(401, 'text/html', body, more))
      return
    }
    const answer = this.#route(request)
    if (answer === 'silent') return
    if ('stream' in answer) {
      this.#streams.set(client, { beatMs: answer.beatMs })
      this.#outside.send(client, webStreamHead(answer.stream))
      this.#outside.send(client, this.#beat())
      this.#beatLater(client)
    } else this.#outside.send(client, webAnswer(answer.status, answer.type, answer.body))
  }

  #beatLater(client: number): void {
    const stream = this.#streams.get(client)
    if (stream === undefined) return
    this.#outside.after(stream.beatMs, () => {
      if (this.#streams.get(client) !== stream) return
      this.#outside.send(client, this.#beat())
      this.#beatLater(client)
    })
  }
}

/** A protocol over HTTP only; its variant answers requests. */
export abstract class HttpProtocol {
  protected readonly outside: CameraProtocolPorts
  protected readonly http: HttpSide

  constructor(outside: CameraProtocolPorts, account: HttpAccount, realm: string) {
    this.outside = outside
    const route = (request: WebRequest): RouteAnswer => this.route(request)
    this.http = new HttpSide(outside, { ...account, realm, route, beat: () => this.beat() })
  }

  protected abstract route(request: WebRequest): RouteAnswer
  protected abstract beat(): Uint8Array

  up(client: number): void {
    this.http.up(client)
  }

  bytes(client: number, chunk: Uint8Array): void {
    this.http.bytes(client, chunk)
  }

  down(client: number): void {
    this.http.down(client)
  }

  subscribers(): readonly number[] {
    return this.http.subscribers()
  }

  forget(): void {
    this.http.forget()
  }
}

/** Checks settings from a script: known names and fitting values. Throws ARG-01. */
export function checkKnobs(
  given: Readonly<Record<string, unknown>>,
  fits: Readonly<Record<string, (value: unknown) => boolean>>,
): void {
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(fits, name) ? fits[name] : undefined
    if (check?.(value) !== true) throw refuse(name, value)
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string'
/** A version as cameras write it; empty: not told. */
export const isVersion = (value: unknown): boolean => isText(value) && /^[\w.-]{0,40}$/.test(value)
export const isFlag = (value: unknown): boolean => typeof value === 'boolean'
export const oneOfWords =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.some((word) => word === value)

const gateFits = {
  nonceIdleMs: (value: unknown) => typeof value === 'number' && value >= 0,
  saysStale: isFlag,
  qop: isFlag,
  algorithm: oneOfWords('MD5', 'SHA-256'),
}

/** Sets members of a variant and of its Digest, all or none. */
export function setHttpKnobs(
  given: Readonly<Record<string, unknown>>,
  own: object,
  fits: Readonly<Record<string, (value: unknown) => boolean>>,
  gate: DigestGate,
): void {
  checkKnobs(given, { ...fits, ...gateFits })
  for (const [name, value] of Object.entries(given))
    Object.assign(Object.hasOwn(gateFits, name) ? gate.knobs : own, { [name]: value })
}

/** The HTTP state of a camera for the admin side. */
export const httpState = ({ requests, gate }: HttpSide) => ({
  requests,
  challenges: gate.challenges,
  acceptedLogins: gate.accepted,
  failedLogins: gate.failures,
})
