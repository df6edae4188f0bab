// The HTTPS side of the platform: sockets, requests and answers, keep-alive, and the outages of faults.
// The model defines the content of answers.
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { must } from '#base/pure/values/must.ts'
import { SocketMeter } from '../shell/socket-meter.ts'
import type { PlatformRequest } from './envelope.ts'
import type { Delivery } from './records/exchange.ts'
import type { PlatformAnswer } from './model.ts'
import { listenOn } from '../shell/listening.ts'

interface PlatformServer {
  readonly baseUrl: string
  /** Bytes over its sockets. */
  readonly bytesIn: number
  readonly bytesOut: number
  /** Ends every connection and takes none for `ms`. */
  outage(ms: number): void
  close(): Promise<void>
}

interface ServerPlan {
  readonly host: string
  readonly port: number
  /** Address for clients; absent: `host`. */
  readonly name?: string | undefined
  readonly keyPem: string
  readonly certPem: string
  serve(request: PlatformRequest): Promise<Delivery>
  /** Called when an answer has been sent. */
  delivered?(): void
  failed(error: unknown): void
}

/** A hundred times the largest body of an interface; pictures are sent another way (P9). */
const bodyBytesMax = 1024 * 1024
const keepAliveMs = 60_000

async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    must(chunk instanceof Uint8Array, 'a request without encoding gives bytes')
    size += chunk.length
    if (size > bodyBytesMax) return null
    chunks.push(chunk)
  }
  return Uint8Array.from(Buffer.concat(chunks))
}

const headersOf = (request: IncomingMessage): Record<string, string> => {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) out[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return out
}

/** An answer as HTTP/1.1 bytes, for faulty answers that a library does not send. */
function rawAnswer(answer: PlatformAnswer): Uint8Array {
  const lines = [
    `HTTP/1.1 ${answer.status} -`,
    ...Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${answer.body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), answer.body])
}

function deliver(delivery: Delivery, socket: Socket, response: ServerResponse): void {
  switch (delivery.do) {
    case 'nothing':
      return
    case 'hangUp':
      socket.destroy()
      return
    case 'answer': {
      const { status, headers, body } = delivery.answer
      response.writeHead(status, { ...headers, 'content-length': body.length })
      response.end(body)
      return
    }
    case 'twice': {
      const raw = rawAnswer(delivery.answer)
      socket.write(raw)
      socket.end(raw)
      return
    }
    case 'half': {
      // Half of the body is missing, although its full length is announced.
      const raw = rawAnswer(delivery.answer)
      socket.end(raw.subarray(0, raw.length - Math.ceil(delivery.answer.body.length / 2)))
      return
    }
  }
}

export async function startPlatformServer(plan: ServerPlan): Promise<PlatformServer> {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { socket } = request
    const body = await readBody(request)
    if (body === null) {
      socket.destroy()
      return
    }
    const delivery = await plan.serve({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: headersOf(request),
      body,
      address: socket.remoteAddress?.replace(/^::ffff:/, ''),
    })
    deliver(delivery, socket, response)
    if (delivery.do !== 'nothing') plan.delivered?.()
  }
  const server = createServer(
    {
      key: plan.keyPem,
      cert: plan.certPem,
      minVersion: 'TLSv1.2',
      keepAliveTimeout: keepAliveMs,
      noDelay: true,
    },
    (request, response) => {
      serve(request, response).catch((error: unknown) => {
        // A client that disconnects during its request is not a fault of the platform.
        if (request.destroyed && !request.complete) return
        plan.failed(error)
      })
    },
  )
  const meter = new SocketMeter()
  server.on('connection', (socket: Socket) => meter.count(socket))
  const { host, name } = plan
  const { port, url: baseUrl } = await listenOn(server, 'https', plan, name)
  let back: NodeJS.Timeout | null = null
  let closed = false
  return {
    baseUrl,
    get bytesIn() {
      return meter.bytesIn
    },
    get bytesOut() {
      return meter.bytesOut
    },
    outage(ms) {
      if (back || closed) return
      server.close()
      server.closeAllConnections()
      back = setTimeout(() => {
        back = null
        if (!closed) listenOn(server, 'https', { host, port }).catch(plan.failed)
      }, ms)
    },
    async close() {
      closed = true
      if (back) clearTimeout(back)
      if (!server.listening) return
      const { promise, resolve } = Promise.withResolvers<void>()
      server.close(() => resolve())
      server.closeAllConnections()
      await promise
    },
  }
}
