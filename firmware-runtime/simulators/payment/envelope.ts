// The signed envelope of the payment protocol (docs/payment-port.md), written independently from its page: HMAC-SHA256
// over named lines, a window of 300 s, and a nonce that is accepted once.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export interface PayKeys {
  readonly merchantNo: string
  keyId: string
  secretHex: string
}

export interface SignedRequest {
  readonly method: string
  readonly path: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

type Refusal = 'SIGNATURE' | 'KEY' | 'CLOCK' | 'REPLAYED'

const windowSec = 300

const bodyHash = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

const mac = (secretHex: string, lines: readonly string[]): string =>
  createHmac('sha256', Buffer.from(secretHex, 'hex'))
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex')

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Null when the request is signed by this merchant with the present key at a fitting time; else the refusal code. */
export function refusalOf(
  keys: PayKeys,
  request: SignedRequest,
  nowMs: number,
  isNew: (nonce: string) => boolean,
): Refusal | null {
  const of = (name: string): string => request.headers[`pay-${name}`] ?? ''
  const [merchant, key, timestamp, nonce] = [
    of('merchant'),
    of('key'),
    of('timestamp'),
    of('nonce'),
  ]
  if (merchant !== keys.merchantNo || key !== keys.keyId) return 'KEY'
  const { method, path, body } = request
  const lines = [method, path, merchant, timestamp, nonce, bodyHash(body)]
  const isShaped = /^\d{10}$/.test(timestamp) && /^[0-9a-f]{32}$/.test(nonce)
  if (!isShaped || !isSame(of('signature'), mac(keys.secretHex, lines))) return 'SIGNATURE'
  if (Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) > windowSec) return 'CLOCK'
  return isNew(nonce) ? null : 'REPLAYED'
}

/** Headers of an answer to the request with this nonce. */
export function answerHeaders(
  keys: PayKeys,
  status: number,
  nonce: string,
  body: Uint8Array,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000))
  return {
    'content-type': 'application/json; charset=utf-8',
    'pay-key': keys.keyId,
    'pay-timestamp': timestamp,
    'pay-nonce': nonce,
    'pay-signature': mac(keys.secretHex, [`${status}`, timestamp, nonce, bodyHash(body)]),
  }
}
