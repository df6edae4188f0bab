// The door of a centre: takes rows, heartbeats and requests for pairing over HTTPS (docs/centre.md). A client certificate is
// asked for, but pairing needs none.
import type { Socket } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { beatLimits } from '#ledger/pure/centre/beat.ts'
import { feedLimits } from '#ledger/pure/centre/row-feed.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { must } from '#base/pure/values/must.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { Authority } from '../authority/authority.ts'
import { BeatRoute } from '../beat/beat-route.ts'
import {
  askPairing,
  lookAtPairing,
  pairingLimits,
  revealPairing,
  type PairingParts,
} from '../pairing/requests.ts'
import type { CentreDatabase } from '../schema/pools.ts'
import { Malformed, TooLarge } from './batch.ts'
import { isPassing } from './commit.ts'
import { RowsRoute } from './rows-route.ts'
import { Refused, Senders } from './sender.ts'
import { writerLimits, type WriterLimits } from './writer.ts'

export interface DoorLimits extends WriterLimits {
  readonly connectionsMax: number
  /** Time for a whole request to arrive. */
  readonly requestTimeoutMs: number
  /** Time for answers under way when the door closes. */
  readonly closeMs: number
}

const doorLimits: DoorLimits = {
  ...writerLimits,
  connectionsMax: 5_000,
  requestTimeoutMs: 30_000,
  closeMs: 2_000,
}

interface DoorOptions {
  readonly database: Pick<CentreDatabase, 'door'>
  readonly authority: Authority
  readonly host: string
  /** 0: a free port. */
  readonly port: number
  readonly clock: WallClock
  readonly mono: MonoClock
  /** Reports an unexpected error. */
  failed(error: unknown): void
  readonly limits?: Partial<DoorLimits>
}

export interface Door {
  readonly url: string
  close(): Promise<void>
}

const keepAliveMs = 75_000

function httpsOf({ authority, limits }: { authority: Authority; limits: DoorLimits }) {
  const { requestTimeoutMs } = limits
  return {
    ...authority.server,
    ca: [authority.certificatePem],
    requestCert: true,
    // Judged by each route, since pairing needs no certificate.
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2' as const,
    handshakeTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs),
  }
}

/** Bytes that are no HTTP request, or the half of one. */
function refuseBytes(_: Error, socket: Socket): void {
  if (socket.writable)
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

/** `bodyLimit`: of the route. Null: an error of this program or of the database. */
function refusalOf(
  error: unknown,
  bodyLimit: number,
): { readonly status: number; readonly body: object } | null {
  if (error instanceof Refused) return { status: 401, body: { reason: error.why } }
  if (error instanceof Malformed) return { status: 400, body: error.body }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof TooLarge || code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const { bytesMax, rowsMax } = feedLimits
    const rows = bodyLimit === bytesMax ? { rowsMax } : {}
    return { status: 413, body: { bytesMax: bodyLimit, ...rows } }
  }
  if (code.startsWith('FST_')) return { status: 400, body: { field: 'body', value: '' } }
  return null
}

function pairingRoutes(app: FastifyInstance, parts: PairingParts, clock: WallClock): void {
  const bodyLimit = pairingLimits.bodyBytesMax
  const bodyOf = ({ body }: FastifyRequest): unknown =>
    Buffer.isBuffer(body) ? parsed(body.toString('utf8')) : undefined
  const idOf = ({ params }: FastifyRequest): string => (params as { readonly id: string }).id
  app.post('/v1/pairings', { bodyLimit }, async (request, reply) => {
    const { status, body } = await askPairing(parts, bodyOf(request), request.ip, clock.nowMs())
    return reply.code(status).send(body)
  })
  app.post('/v1/pairings/:id/secret', { bodyLimit }, async (request, reply) => {
    const nowMs = clock.nowMs()
    const { status, body } = await revealPairing(parts, idOf(request), bodyOf(request), nowMs)
    return reply.code(status).send(body)
  })
  app.get('/v1/pairings/:id', async (request, reply) => {
    const { status, body } = await lookAtPairing(parts, idOf(request), clock.nowMs())
    return reply.code(status).send(body)
  })
}

function appOf(options: DoorOptions, limits: DoorLimits): FastifyInstance {
  const { database, authority, clock } = options
  const crypto = openGmCrypto()
  const refuse = (error: unknown, reply: FastifyReply): FastifyReply => {
    const { bodyLimit = pairingLimits.bodyBytesMax } = reply.request.routeOptions
    const refused = refusalOf(error, bodyLimit)
    if (refused !== null) return reply.code(refused.status).send(refused.body)
    if (!isPassing(error)) options.failed(error)
    return reply.code(503).send({ retryMs: limits.retryMs })
  }
  const app = fastify({
    https: httpsOf({ authority, limits }),
    bodyLimit: pairingLimits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle' as const,
    clientErrorHandler: refuseBytes,
  }) as unknown as FastifyInstance
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  app.setErrorHandler((error, _, reply) => refuse(error, reply))
  app.setNotFoundHandler((_, reply) => reply.code(404).send({}))
  const { door: pool } = database
  const senders = new Senders({ ...options, pool, crypto })
  const rows = new RowsRoute({ ...options, pool, crypto, limits, senders })
  app.post(
    '/v1/rows',
    { bodyLimit: feedLimits.bytesMax, onRequest: (request) => rows.judgeSender(request) },
    (request, reply) => rows.serve(request, reply),
  )
  app.get('/v1/rows', (request, reply) => rows.giveBack(request, reply))
  const beats = new BeatRoute({ ...options, pool, senders })
  app.post(
    '/v1/beat',
    { bodyLimit: beatLimits.bytesMax, onRequest: (request) => beats.judgeSender(request) },
    (request, reply) => beats.serve(request, reply),
  )
  pairingRoutes(app, { pool, authority, crypto, random: systemRandom() }, clock)
  return app
}

/** Throws CENTRE-24 for an address that cannot be used. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const limits = { ...doorLimits, ...options.limits }
  const { host, port, mono } = options
  const app = appOf(options, limits)
  app.server.maxConnections = limits.connectionsMax
  try {
    await app.listen({ host, port })
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('CENTRE-24', { value: `${host}:${port}`, note })
  }
  const bound = app.server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has a port')
  return {
    url: `https://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    async close() {
      const stop = mono.after(limits.closeMs, () => app.server.closeAllConnections())
      await app.close()
      stop()
    },
  }
}
