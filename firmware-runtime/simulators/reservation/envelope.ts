// Envelopes of the simulated reservation platform: a second implementation, with another library.
// Members sorted by name, joined as name=value, HMAC-SHA256 in lower-case hex (P27).
import { hmac } from '@noble/hashes/hmac'
import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils'

export interface Keys {
  readonly appId: string
  readonly parkCode: string
  readonly secret: string
}

interface Sealed {
  readonly timestamp: string
  readonly nonce: string
  readonly data: string
}

const signatureOf = (keys: Keys, sealed: Sealed): string => {
  const members: readonly (readonly [string, string])[] = [
    ['timestamp', sealed.timestamp],
    ['appId', keys.appId],
    ['parkCode', keys.parkCode],
    ['nonce', sealed.nonce],
    ['data', sealed.data],
  ]
  const text = members
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map((member) => member.join('='))
    .join('&')
  return bytesToHex(hmac(sha256, utf8ToBytes(keys.secret), utf8ToBytes(text)))
}

export interface Spoilt {
  /** True: signs with a wrong secret. */
  readonly sign?: boolean
  /** Shift of the timestamp, ms. */
  readonly skewMs?: number
  readonly parkCode?: string
  readonly nonce?: string
}

export function seal(
  keys: Keys,
  data: string,
  nowMs: number,
  nonce: string,
  spoilt: Spoilt = {},
): string {
  const own = { ...keys, parkCode: spoilt.parkCode ?? keys.parkCode }
  const sealed = {
    timestamp: String(nowMs + (spoilt.skewMs ?? 0)),
    nonce: spoilt.nonce ?? nonce,
    data,
  }
  const signer = spoilt.sign === true ? { ...own, secret: `${keys.secret}?` } : own
  const { appId, parkCode } = own
  const head = JSON.stringify({ appId, nonce: sealed.nonce, parkCode, timestamp: sealed.timestamp })
  return `${head.slice(0, -1)},"data":${data},"sign":"${signatureOf(signer, sealed)}"}`
}

const shape = /^\{(.*),"data":(\{.*\}),"sign":"([0-9a-f]{64})"\}$/s

type Opened =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>>; readonly nonce: string }
  | { readonly ok: false; readonly why: string }

/** Judged by transport time; a nonce is accepted once. */
export function open(keys: Keys, text: string, nowMs: number, nonces: Set<string>): Opened {
  const [, head = '', data = '', sign = ''] = shape.exec(text) ?? []
  try {
    const from = JSON.parse(`{${head}}`) as Readonly<Record<string, unknown>>
    const { appId, parkCode } = from
    const [timestamp, nonce] = [String(from['timestamp']), String(from['nonce'])]
    if (appId !== keys.appId || parkCode !== keys.parkCode) return { ok: false, why: 'permission' }
    if (signatureOf(keys, { timestamp, nonce, data }) !== sign)
      return { ok: false, why: 'signature' }
    if (!(Math.abs(nowMs - Number(timestamp)) <= 300_000)) return { ok: false, why: 'time' }
    if (nonces.has(nonce)) return { ok: false, why: 'nonce' }
    nonces.add(nonce)
    return { ok: true, data: JSON.parse(data) as Readonly<Record<string, unknown>>, nonce }
  } catch {
    return { ok: false, why: 'format' }
  }
}
