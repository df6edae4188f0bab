// The webhook of a partner over HTTP: one POST of events, signed like a request of the partner itself. The partner answers the
// number that it has processed; another answer, of a proxy or a page, says nothing. Redirects are not followed.
import { randomBytes } from 'node:crypto'
import type { Agent } from 'undici'
import { z } from 'zod'
import { base64Of } from '#base/pure/data/base64.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { requestMessage } from '#base/pure/words/envelope-text.ts'
import { note } from '#base/pure/words/notes.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import type { Webhook } from '../ports/webhook.ts'
import { scheme } from './seal.ts'

const answerTimeoutMs = 10_000
const answerBytesMax = 4_096

const answerShape = z.object({ next: z.int().min(0) })

interface WebhookOptions {
  readonly url: string
  /** PEM of the certificates that it trusts; null: those of the machine. */
  readonly ca: string | null
  /** `appid` of our requests: the lot. */
  readonly appId: string
  readonly own: SigningKey
  readonly clock: WallClock
}

export function partnerWebhook(options: WebhookOptions): Webhook & { close(): Promise<void> } {
  const { url, ca, appId, own, clock } = options
  let agent: Promise<Agent> | null = null
  const open = async (): Promise<Agent> => {
    const { Agent } = await import('undici')
    const connect = { ...(ca === null ? {} : { ca }), timeout: answerTimeoutMs }
    return new Agent({ connect, maxResponseSize: answerBytesMax, pipelining: 1, connections: 1 })
  }
  const authorizationOf = (body: Uint8Array): string => {
    const nonce = hexOf(randomBytes(16))
    const timestampSec = Math.floor(clock.nowMs() / 1000)
    const { pathname, search } = new URL(url)
    const asked = { method: 'POST', path: `${pathname}${search}`, timestampSec, nonce, body }
    const signature = base64Of(own.sign(requestMessage(asked)))
    const members = {
      appid: appId,
      nonce_str: nonce,
      timestamp: timestampSec,
      serial_no: own.certSerial,
      signature,
    }
    return `${scheme} ${Object.entries(members)
      .map(([name, value]) => `${name}="${value}"`)
      .join(',')}`
  }
  const sent = async (
    text: string,
    signal: AbortSignal,
  ): Promise<readonly [number | null, string]> => {
    const body = Buffer.from(text)
    const [{ request }, dispatcher] = await Promise.all([import('undici'), (agent ??= open())])
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      authorization: authorizationOf(body),
    }
    const answer = await request(url, { method: 'POST', headers, body, signal, dispatcher })
    const said = await answer.body.text()
    if (answer.statusCode !== 200) return [null, note('answerStatus', answer.statusCode)]
    try {
      return [answerShape.parse(JSON.parse(said)).next, '']
    } catch {
      return [null, note('answerUnread')]
    }
  }
  return {
    post(body, done) {
      const ended = new AbortController()
      const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(answerTimeoutMs)])
      sent(body, signal).then(
        ([next, why]) => done(next, why),
        (error: unknown) => done(null, error instanceof Error ? error.message : String(error)),
      )
      return () => ended.abort()
    },
    async close() {
      await (await agent)?.destroy()
    },
  }
}
