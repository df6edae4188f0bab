// The link of a simulated device: a TCP listener on every system, or a pty on Linux.
// Bytes pass unchanged; the model defines their meaning.
import { type SimLinkHandlers, type SimLink } from './sim-link.ts'
import { createServer, type Socket } from 'node:net'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { listenOn } from './listening.ts'
import type { ListenAddress } from './arguments.ts'
import { openPtyLink } from './link-pty.ts'

/** A client with this many unread bytes counts as gone; further bytes are dropped. */
const queuedBytesMax = 1024 * 1024

export async function openSimLink(
  address: ListenAddress | null,
  handlers: SimLinkHandlers,
): Promise<SimLink> {
  if (address?.kind === 'pty') return openPtyLink(address.path, handlers)
  if (address?.kind === 'tcp') return openTcpLink(address, handlers)
  throw new LaneFault('ARG-01', {
    field: '--listen',
    value: address?.kind ?? '',
    note: 'this simulator listens on pty:PATH or tcp://127.0.0.1:PORT',
  })
}

async function openTcpLink(
  address: { readonly host: string; readonly port: number },
  handlers: SimLinkHandlers,
): Promise<SimLink> {
  const clients = new Map<number, Socket>()
  let lastClient = 0
  let unpluggedUntilMs = 0
  let [bytesIn, bytesOut] = [0, 0]

  const server = createServer({ noDelay: true }, (socket) => {
    // An unplugged port still exists on the host: the closest behaviour is closing connections at once.
    if (performance.now() < unpluggedUntilMs) {
      socket.destroy()
      return
    }
    const client = ++lastClient
    clients.set(client, socket)
    socket.on('data', (chunk) => {
      bytesIn += chunk.length
      handlers.bytes(chunk, client)
    })
    // `close` follows; a client that disappears is not a fault of the simulator.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clients.delete(client)
      handlers.down(client)
    })
    handlers.up(client)
  })
  const { url } = await listenOn(server, 'tcp', address)

  const sendTo = (socket: Socket, bytes: Uint8Array): void => {
    if (socket.destroyed || socket.writableLength > queuedBytesMax) return
    bytesOut += bytes.length
    socket.write(bytes)
  }
  return {
    url,
    send(bytes, client) {
      if (client === undefined) for (const socket of clients.values()) sendTo(socket, bytes)
      else {
        const socket = clients.get(client)
        if (socket) sendTo(socket, bytes)
      }
    },
    hangUp: (client) => void clients.get(client)?.destroy(),
    unplug(forMs) {
      unpluggedUntilMs = performance.now() + forMs
      for (const socket of clients.values()) socket.destroy()
    },
    async close() {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      for (const socket of clients.values()) socket.destroy()
      await closed.promise
    },
    get bytesIn() {
      return bytesIn
    },
    get bytesOut() {
      return bytesOut
    },
  }
}
