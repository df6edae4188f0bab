// Digest authentication of a camera (RFC 7616): nonces that expire, counted wrong answers, a lock.
// Written from the RFC without code of the lane, so that the lane's answers are checked independently.
import { createHash } from 'node:crypto'

interface GateOptions {
  readonly user: string
  readonly password: string
  readonly realm: string
  readonly random: () => number
}

interface GateKnobs {
  /** A nonce expires after this time without use, ms. */
  nonceIdleMs: number
  algorithm: 'MD5' | 'SHA-256'
  qop: boolean
  /** Whether an expired nonce is answered with `stale`; real cameras often omit it. */
  saysStale: boolean
}

type GateVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly challenge: string; readonly locked: boolean }

/** Wrong answers until the account is locked, and the time of the lock in ms. */
const failuresMax = 5
const lockMs = 30 * 60_000

function fieldsOf(header: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const m of header.matchAll(/([a-z-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi))
    fields.set((m[1] ?? '').toLowerCase(), m[2]?.replaceAll(/\\(.)/g, '$1') ?? m[3] ?? '')
  return fields
}

export class DigestGate {
  readonly knobs: GateKnobs = {
    nonceIdleMs: 120_000,
    algorithm: 'MD5',
    qop: true,
    saysStale: false,
  }
  failures = 0
  accepted = 0
  challenges = 0
  readonly #options: GateOptions
  readonly #nonces = new Map<string, { lastMs: number; count: number }>()
  #lockedUntilMs = 0

  constructor(options: GateOptions) {
    this.#options = options
  }

  /** The camera restarted: earlier nonces are unknown. */
  forget(): void {
    this.#nonces.clear()
  }

  /** `spoil`: the nonce counts as expired in any case. */
  judge(
    request: { readonly method: string; readonly target: string; readonly header: string },
    atMs: number,
    spoil: boolean,
  ): GateVerdict {
    if (!request.header.startsWith('Digest ')) return this.#refuse(atMs, false)
    if (atMs < this.#lockedUntilMs) return this.#refuse(atMs, false)
    const fields = fieldsOf(request.header.slice(7))
    const nonce = this.#nonces.get(fields.get('nonce') ?? '')
    const count = Number.parseInt(fields.get('nc') ?? '1', 16)
    const fresh =
      nonce !== undefined && atMs - nonce.lastMs <= this.knobs.nonceIdleMs && count > nonce.count
    if (!fresh || spoil) {
      this.#nonces.delete(fields.get('nonce') ?? '')
      return this.#refuse(atMs, this.knobs.saysStale)
    }
    if (!this.#proves(fields, request)) {
      this.failures++
      if (this.failures % failuresMax === 0) this.#lockedUntilMs = atMs + lockMs
      return this.#refuse(atMs, false)
    }
    nonce.lastMs = atMs
    nonce.count = this.knobs.qop ? count : nonce.count
    this.accepted++
    return { ok: true }
  }

  #proves(
    fields: Map<string, string>,
    request: { readonly method: string; readonly target: string },
  ): boolean {
    const { user, password, realm } = this.#options
    const named = this.knobs.algorithm === 'MD5' ? 'md5' : 'sha256'
    const hash = (text: string): string => createHash(named).update(text).digest('hex')
    const get = (name: string): string => fields.get(name) ?? ''
    if (get('username') !== user || get('realm') !== realm || get('uri') !== request.target)
      return false
    const ha1 = hash(`${user}:${realm}:${password}`)
    const ha2 = hash(`${request.method}:${request.target}`)
    const middle = this.knobs.qop
      ? `${get('nonce')}:${get('nc')}:${get('cnonce')}:auth`
      : get('nonce')
    if (this.knobs.qop && (get('qop') !== 'auth' || get('cnonce') === '')) return false
    return get('response') === hash(`${ha1}:${middle}:${ha2}`)
  }

  #refuse(atMs: number, stale: boolean): GateVerdict {
    const draw = (): string =>
      Math.floor(this.#options.random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0')
    const nonce = draw() + draw() + draw()
    this.#nonces.set(nonce, { lastMs: atMs, count: 0 })
    this.challenges++
    const { qop, algorithm } = this.knobs
    const parts = [
      `realm="${this.#options.realm}"`,
      ...(qop ? ['qop="auth"'] : []),
      `nonce="${nonce}"`,
      ...(algorithm === 'MD5' ? [] : [`algorithm=${algorithm}`]),
      ...(stale ? ['stale=true'] : []),
    ]
    const locked = atMs < this.#lockedUntilMs
    return { ok: false, challenge: `Digest ${parts.join(', ')}`, locked }
  }
}
