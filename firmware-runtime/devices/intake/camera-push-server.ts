// The HTTP server that plate cameras push to, one path per lane, and that a payment gateway notifies.
// Listens on loopback unless an interface and an allow-list are given (design.md section 2).
import { createServer, type Server } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { must } from '#base/pure/values/must.ts'
import { note } from '#base/pure/words/notes.ts'
import {
  answer,
  cameraIntake,
  intakePath,
  type CameraIntake,
  type CameraPushServerOptions,
  type LaneIntakeStats,
  type ParserError,
  type UnnamedRefusals,
} from './camera-intake.ts'
import { noticePath } from './pay-notice.ts'
import { intakeLimits } from './push-body.ts'

export interface CameraPushServer {
  readonly port: number
  url(laneId: string): string
  /** Address for a gateway's notifications; null when none are taken. */
  readonly noticeUrl: string | null
  stats(laneId: string): LaneIntakeStats
  /** Counts of refused requests: foreign sources (address, browser page, host name), and unknown paths. */
  readonly refused: { readonly sources: number; readonly paths: number }
  /** Requests of no lane that were refused: those above, and what is no request by the rules of HTTP. */
  readonly unnamed: UnnamedRefusals
  close(): Promise<void>
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string) {
  return new Promise<number>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new LaneFault('LINK-01', {
          field: '/intake',
          value: `${host}:${port}`,
          note: error.message,
        }),
      ),
    )
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address()
      must(typeof address === 'object' && address !== null, 'a TCP server has a port')
      resolve(address.port)
    })
  })
}

/** What Node refuses by itself is counted as well, and answered. */
function countBroken(server: Server, intake: CameraIntake): void {
  server.on('clientError', (error: ParserError, socket) => {
    const status = intake.broken(error, socket)
    if (status === null) return
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy()
    else socket.end(`HTTP/1.1 ${status} \r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })
  server.on('checkExpectation', (request, response) => {
    intake.refuse(request, 'pushExpect')
    answer(response, 417, true)
  })
  server.on('connect', (request, socket) => {
    intake.refuse(request, note('pushMethod', 'CONNECT'))
    socket.destroy()
  })
}

export async function openCameraPushServer(
  options: CameraPushServerOptions,
): Promise<CameraPushServer> {
  const { host = '127.0.0.1', lanes } = options
  const { requestTimeoutMs, connectionsMax, lookMs } = { ...intakeLimits, ...options.limits }
  const intake = cameraIntake(options)
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: lookMs,
      // Some cameras send no Host; the rule about foreign names needs none.
      requireHostHeader: false,
    },
    (request, response) => intake.handle(request, response),
  )
  // A connection that the system could not accept (no memory for it) is ignored.
  server.on('error', () => undefined)
  server.on('connection', (socket) => intake.admit(socket))
  countBroken(server, intake)
  server.maxConnections = connectionsMax
  const port = await listen(server, options.port ?? 0, host)
  const base = `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`
  return {
    port,
    noticeUrl: options.onNotice === undefined ? null : `${base}${noticePath}`,
    refused: intake.refused,
    get unnamed() {
      return intake.unnamed
    },
    url(laneId) {
      must(lanes.includes(laneId), `there is no lane ${laneId}`)
      return `${base}${intakePath(laneId, options.secretOf?.(laneId))}`
    },
    stats: (laneId) => intake.stats(laneId),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
