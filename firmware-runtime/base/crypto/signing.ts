// Signing of the payment protocol: HMAC-SHA256 over named lines (docs/payment-port.md, "The envelope").
// A key file may have the old and the new key of a gateway: the first one signs, both verify.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { readPem } from '../files/read-up-to.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { present } from '../pure/values/must.ts'

interface PayKey {
  readonly keyId: string
  readonly secretHex: string
}
export type PayKeys = readonly [PayKey, ...PayKey[]]

/** Largest difference of the two clocks, s. */
export const windowSec = 300
const keyShape = /^([A-Za-z0-9_-]{1,64}):([0-9a-f]{64})$/

/** Lines `keyId:secret`, 64 lower-case hex. Throws PAY-01. */
export function readPayKeys(file: string): PayKeys {
  let text = ''
  try {
    text = readPem(file)
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('PAY-01', { file, note })
  }
  return payKeysOf(text, file)
}

/** Parses keys separated by blanks or lines; `file`: their source, for PAY-01. */
export function payKeysOf(text: string, file: string): PayKeys {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const keys = words.map((word, i): PayKey => {
    const [, keyId, secretHex] = keyShape.exec(word) ?? []
    if (keyId === undefined || secretHex === undefined)
      throw new LaneFault('PAY-01', { file, field: `key ${i + 1}`, note: 'keyId:secret' })
    return { keyId, secretHex }
  })
  const [first, ...more] = keys
  if (first === undefined) throw new LaneFault('PAY-01', { file, note: 'keyId:secret' })
  return [first, ...more]
}

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

const sign = (secretHex: string, lines: readonly string[]): string =>
  createHmac('sha256', Buffer.from(secretHex, 'hex'))
    .update(`${lines.join('\n')}\n`)
    .digest('hex')

interface PayEnvelope {
  readonly merchantNo: string
  readonly nowMs: number
  readonly nonce: string
}

export function requestHeaders(
  keys: PayKeys,
  request: { readonly method: string; readonly path: string; readonly body: Uint8Array },
  { merchantNo, nowMs, nonce }: PayEnvelope,
): Record<string, string> {
  const { method, path, body } = request
  const [{ keyId, secretHex }] = keys
  const timestamp = String(Math.floor(nowMs / 1000))
  const lines = [method, path, merchantNo, timestamp, nonce, sha256(body)]
  return {
    'content-type': 'application/json',
    'pay-merchant': merchantNo,
    'pay-key': keyId,
    'pay-timestamp': timestamp,
    'pay-nonce': nonce,
    'pay-signature': sign(secretHex, lines),
  }
}

/** Null when the answer is the gateway's, for this request, and recent; else the reason against it. */
export function answerDoubt(
  keys: PayKeys,
  answer: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: Uint8Array
  },
  { nowMs, nonce }: PayEnvelope,
): 'unsigned' | 'unknownKey' | 'otherRequest' | 'wrongSignature' | 'wrongTime' | null {
  const of = (name: string): string => answer.headers[`pay-${name}`] ?? ''
  if (of('signature') === '') return 'unsigned'
  const key = keys.find(({ keyId }) => keyId === of('key'))
  if (key === undefined) return 'unknownKey'
  if (of('nonce') !== nonce) return 'otherRequest'
  const timestamp = of('timestamp')
  const lines = [`${answer.status}`, timestamp, nonce, sha256(answer.body)]
  const [received, ours] = [of('signature'), sign(key.secretHex, lines)].map((one) =>
    Buffer.from(one),
  )
  const isSame = received?.length === ours?.length
  if (!isSame || !timingSafeEqual(present(received, 'two'), present(ours, 'two')))
    return 'wrongSignature'
  const isNow = Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) <= windowSec
  return /^\d{10}$/.test(timestamp) && isNow ? null : 'wrongTime'
}
