// HTTP Digest (RFC 7616) as cameras use it: reads a challenge and writes the answer. The hash and the client nonce are
// arguments; passwords are never stored here.

type DigestAlgorithm = 'MD5' | 'SHA-256'

export interface Challenge {
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | null
  /** True: the server offers `qop="auth"`; false: the answer has the older form of RFC 2069. */
  readonly qopAuth: boolean
  readonly algorithm: DigestAlgorithm
  /** The nonce expired; the password was not refused. */
  readonly stale: boolean
}

interface DigestUse {
  readonly method: string
  /** Path and query exactly as sent. */
  readonly uri: string
  readonly user: string
  readonly password: string
  /** How often this nonce has been used, this use included. */
  readonly nonceCount: number
  readonly clientNonce: string
}

/** Lower-case hex of the hash of the UTF-8 bytes of a text. */
export type TextHash = (algorithm: DigestAlgorithm, text: string) => string

const headerCharsMax = 4_096

type Params = ReadonlyMap<string, string>

/** One `name=value` or `name="value"`, or a scheme name that begins the next challenge. */
const pieceShape =
  /\s*,?\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([\w-]+)(?=\s|,|$))/gy

/** The challenges of one or several WWW-Authenticate headers joined by commas. */
function challengesIn(header: string): { scheme: string; params: Params }[] {
  const found: { scheme: string; params: Map<string, string> }[] = []
  pieceShape.lastIndex = 0
  for (let m = pieceShape.exec(header); m !== null; m = pieceShape.exec(header)) {
    const [, name, quoted, plain, scheme] = m
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), params: new Map() })
    else if (name !== undefined) {
      const value = quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1')
      const params = found.at(-1)?.params
      if (params !== undefined && !params.has(name.toLowerCase()))
        params.set(name.toLowerCase(), value)
    }
  }
  return found
}

function digestOf(params: Params): Challenge | null {
  const { realm, nonce } = { realm: params.get('realm'), nonce: params.get('nonce') }
  const named = (params.get('algorithm') ?? 'MD5').toUpperCase()
  const algorithm = named === 'MD5' || named === 'SHA-256' ? named : null
  const qops = (params.get('qop') ?? '').split(',').map((qop) => qop.trim().toLowerCase())
  const qopAuth = qops.includes('auth')
  if (realm === undefined || nonce === undefined || nonce === '' || algorithm === null) return null
  // `auth-int` alone would have to cover the body; no camera was seen that asks for it.
  if (params.has('qop') && !qopAuth) return null
  return {
    realm,
    nonce,
    opaque: params.get('opaque') ?? null,
    qopAuth,
    algorithm,
    stale: /^true$/i.test(params.get('stale') ?? ''),
  }
}

/** The first Digest challenge that can be answered; null when the header has no such challenge (Basic is ignored). */
export function challengeOf(header: string): Challenge | null {
  if (header.length > headerCharsMax) return null
  for (const { scheme, params } of challengesIn(header)) {
    const challenge = scheme === 'digest' ? digestOf(params) : null
    if (challenge !== null) return challenge
  }
  return null
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`

/** The text of the Authorization header (RFC 7616 sections 3.4.1 to 3.4.3). */
export function authorizationOf(challenge: Challenge, use: DigestUse, hash: TextHash): string {
  const { realm, nonce, opaque, qopAuth, algorithm } = challenge
  const count = use.nonceCount.toString(16).padStart(8, '0')
  const secret = hash(algorithm, `${use.user}:${realm}:${use.password}`)
  const requestHash = hash(algorithm, `${use.method}:${use.uri}`)
  const response = qopAuth
    ? hash(algorithm, `${secret}:${nonce}:${count}:${use.clientNonce}:auth:${requestHash}`)
    : hash(algorithm, `${secret}:${nonce}:${requestHash}`)
  const parts = [
    `username=${quoted(use.user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(use.uri)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
    ...(qopAuth ? ['qop=auth', `nc=${count}`, `cnonce=${quoted(use.clientNonce)}`] : []),
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
  ]
  return `Digest ${parts.join(', ')}`
}
