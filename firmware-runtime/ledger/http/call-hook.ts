// The HTTP hook of help calls: one signed POST, success is 2xx whose body does not say otherwise, redirects are not
// followed.
// The signature is HMAC-SHA-256 over `seconds.body`, so that an old call cannot be replayed.
import { note } from '#base/pure/words/notes.ts'
import { createHmac } from 'node:crypto'
import { certificateText } from '#base/crypto/pem.ts'
import type { Agent, Dispatcher } from 'undici'
import type { HelpHookConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { refusalIn } from '#base/pure/data/posted-answer.ts'
import type { CallHook } from '#base/ports/call-hook.ts'

const answerTimeoutMs = 5_000
const answerBytesMax = 4_096

interface CallHookOptions extends HelpHookConfig {
  readonly key: string
  nowSec(): number
}

/** The first bytes of an answer; what fails behind its status is no other answer. */
async function headOf(answer: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of answer) {
      parts.push(part)
      size += part.length
      if (size >= answerBytesMax) break
    }
  } catch {
    // The status stands.
  }
  return Buffer.concat(parts).subarray(0, answerBytesMax).toString('utf8')
}

export const callSignature = (key: string, sec: number, body: string): string =>
  `sha256=${createHmac('sha256', key).update(`${sec}.${body}`).digest('hex')}`

/** Throws CERT-01 when its root certificate cannot be read. */
export function callHook({
  url,
  caFile,
  key,
  nowSec,
}: CallHookOptions): CallHook & { close(): Promise<void> } {
  let ca: { ca?: string } = {}
  try {
    if (caFile !== null) ca = { ca: certificateText(caFile) }
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('CERT-01', { file: caFile ?? '', note })
  }
  // The library is loaded at the first call: a lot without a hook never loads it.
  let agent: Promise<Agent> | null = null
  const open = async (): Promise<Agent> => {
    const { Agent } = await import('undici')
    return new Agent({ connect: { ...ca, timeout: answerTimeoutMs } })
  }
  const send = async (options: Omit<Dispatcher.RequestOptions, 'origin' | 'path'>) => {
    const [{ request }, dispatcher] = await Promise.all([import('undici'), (agent ??= open())])
    return request(url, { ...options, dispatcher })
  }
  return {
    post(body, callId, done) {
      const ended = new AbortController()
      const sec = nowSec()
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'x-etc-lane-call': callId,
        'x-etc-lane-time': String(sec),
        'x-etc-lane-signature': callSignature(key, sec, body),
      }
      const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(answerTimeoutMs)])
      send({ method: 'POST', body, headers, signal }).then(
        async ({ statusCode, body: answer }) => {
          const said = await headOf(answer)
          const isOk = statusCode >= 200 && statusCode < 300
          const refusal = isOk ? refusalIn(said) : null
          done(isOk && refusal === null, refusal ?? note('answerStatus', statusCode))
        },
        (error: unknown) => done(false, error instanceof Error ? error.message : String(error)),
      )
      return () => ended.abort()
    },
    async close() {
      await (await agent)?.destroy()
    },
  }
}
