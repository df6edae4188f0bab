// Both ends of a real connection in one worker thread: the product's client and a TLS server on loopback. The thread that
// started the worker answers each request that reaches the server, and waits until it arrives.
import { workerData, type MessagePort } from 'node:worker_threads'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import type { HttpAnswer, HttpRequest } from '#base/ports/http-client.ts'
import type { PlatformRequest } from '#simulators/platform/envelope.ts'
import type { PlatformAnswer } from '#simulators/platform/model.ts'
import { openTls } from '#simulators/platform/certificates/pki.ts'
import { startPlatformServer } from '#simulators/platform/server.ts'

export interface Start {
  /** Folder of the server's certificate and its authority. */
  readonly dir: string
  /** Counter that rises with each message; the starting thread waits on it with Atomics. */
  readonly told: Int32Array
  readonly port: MessagePort
}

const { dir, told, port } = workerData as Start

export type Told =
  | { readonly what: 'ready' }
  | { readonly what: 'asked'; readonly request: PlatformRequest }
  | { readonly what: 'came'; readonly answer: HttpAnswer }
  | { readonly what: 'failed'; readonly why: string }

function tell(message: Told): void {
  port.postMessage(message)
  Atomics.add(told, 0, 1)
  Atomics.notify(told, 0)
}

const failed = (error: unknown): void => tell({ what: 'failed', why: String(error) })

let answered: (answer: PlatformAnswer | null) => void = () => undefined
const tls = openTls(dir, Date.now())
const server = await startPlatformServer({
  host: '127.0.0.1',
  port: 0,
  keyPem: tls.tlsKeyPem,
  certPem: tls.tlsCertPem,
  async serve(request) {
    const { promise, resolve } = Promise.withResolvers<PlatformAnswer | null>()
    answered = resolve
    tell({ what: 'asked', request })
    const answer = await promise
    return answer === null ? { do: 'nothing' } : { do: 'answer', answer }
  },
  delivered: () => undefined,
  failed,
})
const client = platformClient({
  baseUrl: server.baseUrl,
  caFile: tls.caFile,
  mono: systemMonoClock(),
})

export type Message =
  | { readonly send: Omit<HttpRequest, 'timeoutMs'> }
  | { readonly answer: PlatformAnswer | null }
  | 'close'

port.on('message', (message: Message) => {
  if (message === 'close')
    void Promise.all([client.close(), server.close()]).then(() => port.close())
  else if ('answer' in message) answered(message.answer)
  else
    client.request({ ...message.send, timeoutMs: 20_000 }, (answer) =>
      tell({ what: 'came', answer }),
    )
})
tell({ what: 'ready' })
