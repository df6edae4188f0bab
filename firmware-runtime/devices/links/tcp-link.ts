// A byte link over a TCP socket. The device is the server; one opening is one attempt.
// Reasons of an end: refused, closed by the device, not reading, or closed by this side.
import { type DownText, note, systemText } from '#base/pure/words/notes.ts'
import { connect } from 'node:net'
import type { ByteLink, ByteLinkHandlers } from '../ports/byte-link.ts'
import type { TcpTarget } from '#base/pure/links/link-url.ts'

export interface TcpLinkLimits {
  readonly connectTimeoutMs: number
  /** Limit of unsent bytes for a device that stops reading. */
  readonly sendQueueBytesMax: number
}

export const tcpLinkLimits: TcpLinkLimits = { connectTimeoutMs: 3_000, sendQueueBytesMax: 262_144 }

/** Interval of TCP keep-alive probes, ms: finds a device that lost power between two polls. */
const keepAliveMs = 5_000

export function openTcpLink(
  target: TcpTarget,
  handlers: ByteLinkHandlers,
  limits: TcpLinkLimits = tcpLinkLimits,
): ByteLink {
  const counts = { bytesIn: 0, bytesOut: 0 }
  let ended = false
  const socket = connect({ host: target.host, port: target.port, noDelay: true })
  const end = (reason: DownText): void => {
    if (ended) return
    ended = true
    clearTimeout(connectTimer)
    socket.destroy()
    handlers.down(reason)
  }
  const connectTimer = setTimeout(
    () => end(note('noConnection', `${target.host}:${target.port}`, limits.connectTimeoutMs)),
    limits.connectTimeoutMs,
  )
  socket.on('connect', () => {
    if (ended) return
    clearTimeout(connectTimer)
    socket.setKeepAlive(true, keepAliveMs)
    handlers.up()
  })
  socket.on('data', (chunk: Buffer) => {
    if (ended) return
    counts.bytesIn += chunk.length
    handlers.bytes(chunk)
  })
  socket.on('error', (error) => end(systemText(error)))
  socket.on('end', () => end('closedThere'))
  socket.on('close', () => end('closed'))
  // `down` is called in a later loop turn than `send` or `close`, so that the caller is not re-entered.
  return Object.assign(counts, {
    send(bytes: Uint8Array) {
      if (ended || socket.connecting) return
      if (socket.writableLength + bytes.length > limits.sendQueueBytesMax) {
        setImmediate(() => end('readsNothing'))
        return
      }
      counts.bytesOut += bytes.length
      socket.write(bytes)
    },
    close() {
      if (!ended) setImmediate(() => end('closedHere'))
    },
  })
}
