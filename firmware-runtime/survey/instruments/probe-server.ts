// The peer of link tests: stamps probes with its own clock over TCP and UDP, receives and sends random data.
// Clients are not trusted: connections, lines, times and bytes are limited, also in total.
import { randomBytes } from 'node:crypto'
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram'
import {
  createServer,
  isIP,
  type AddressInfo,
  type BlockList,
  type Server,
  type Socket,
} from 'node:net'
import { LaneFault } from '#base/pure/faults/faults.ts'
import {
  arrivalLine,
  LineCutter,
  parseAsk,
  parseProbe,
  parseProbePacket,
  refusalLine,
  resultLine,
  stampLine,
  stampPacket,
  tokenLine,
  type ProbeAsk,
  type RateAsk,
} from '../pure/figures/probe-lines.ts'
import { RateMeter } from '../pure/figures/rate-meter.ts'
import { randomBlocks } from './random-blocks.ts'
import { stampClock, steadyUs } from './steady-clock.ts'
import { systemCongestion } from './system-congestion.ts'

export interface ProbeLimits {
  readonly connectionsMax: number
  readonly connectionsOfOneMax: number
  /** Data streams at once. */
  readonly streamsMax: number
  readonly greetWithinMs: number
  readonly idleMs: number
  readonly probesMax: number
  readonly probesASecondMax: number
  /** Limit of a UDP session without further data on its connection: more than an hour of probes. */
  readonly udpMsMax: number
  readonly streamMsMax: number
  readonly streamBytesMax: number
  /** Bytes sent and received for all clients in one hour: a SIM card is paid by volume. */
  readonly bytesAnHourMax: number
}

export const probeLimits: ProbeLimits = {
  connectionsMax: 64,
  connectionsOfOneMax: 32,
  streamsMax: 32,
  greetWithinMs: 5_000,
  idleMs: 30_000,
  probesMax: 100_000,
  probesASecondMax: 1_000,
  udpMsMax: 7_200_000,
  streamMsMax: 90_000,
  streamBytesMax: 2_147_483_648,
  bytesAnHourMax: 8_589_934_592,
}

interface ProbeCounts {
  readonly connections: number
  readonly refused: number
  readonly probes: number
  readonly bytes: number
}

export interface ProbeServer {
  /** `tcp://127.0.0.1:5209` */
  readonly url: string
  readonly counts: ProbeCounts
  close(): Promise<void>
}

interface ProbeServerOptions {
  readonly host: string
  readonly port: number
  /** Addresses that may connect; null: all (loopback). */
  readonly allow: BlockList | null
  readonly limits?: Partial<ProbeLimits>
}

/** Time in ms for a client to read the last line. */
const lingerMs = 3_000
const hourUs = 3_600_000_000
/** Limit of answers that a client does not read. */
const unreadBytesMax = 65_536

const plainAddress = (remote: string | undefined): string =>
  remote?.startsWith('::ffff:') === true ? remote.slice(7) : (remote ?? '')

interface UdpSession {
  readonly socket: Socket
  readonly address: string
  readonly nowUs: () => number
  readonly startUs: number
  probes: number
}

function drop(socket: Socket): void {
  socket.destroy()
}

class Serving {
  readonly limits: ProbeLimits
  readonly sockets = new Set<Socket>()
  counts = { connections: 0, refused: 0, probes: 0, bytes: 0 }
  private readonly byAddress = new Map<string, number>()
  private readonly udp = new Map<string, UdpSession>()
  private streams = 0
  private hour = { startUs: steadyUs(), bytes: 0 }
  private readonly allow: BlockList | null

  constructor(options: ProbeServerOptions) {
    this.limits = { ...probeLimits, ...options.limits }
    this.allow = options.allow
  }

  take(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress)
    const ofOne = this.byAddress.get(address) ?? 0
    const { connectionsMax, connectionsOfOneMax, greetWithinMs } = this.limits
    // A failed connection is closed; nobody is left to answer.
    socket.on('error', () => socket.destroy())
    const strange =
      address === '' || this.allow?.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') === false
    if (strange || this.sockets.size >= connectionsMax || ofOne >= connectionsOfOneMax) {
      this.counts.refused++
      socket.end(strange ? '' : refusalLine('busy'))
      setTimeout(() => socket.destroy(), 100).unref()
      return
    }
    this.counts.connections++
    this.sockets.add(socket)
    this.byAddress.set(address, ofOne + 1)
    socket.setNoDelay(true)
    socket.once('close', () => {
      this.sockets.delete(socket)
      const left = (this.byAddress.get(address) ?? 1) - 1
      if (left > 0) this.byAddress.set(address, left)
      else this.byAddress.delete(address)
    })
    this.greet(socket, greetWithinMs)
  }

  /** The first line selects the service of the connection. */
  private greet(socket: Socket, withinMs: number): void {
    const timer = setTimeout(() => socket.destroy(), withinMs)
    socket.once('close', () => clearTimeout(timer))
    let head = ''
    const first = (chunk: Buffer): void => {
      const at = chunk.indexOf(0x0a)
      head += chunk.toString('latin1', 0, at < 0 ? chunk.length : at)
      const ask = at < 0 ? null : parseAsk(head)
      if (at < 0 && head.length <= 128) return
      clearTimeout(timer)
      socket.off('data', first)
      if (ask === null) return this.refuse(socket, 'bad')
      this.begin(socket, ask, chunk.subarray(at + 1))
    }
    socket.on('data', first)
  }

  private refuse(socket: Socket, why: 'busy' | 'bad' | 'limit'): void {
    this.counts.refused++
    socket.end(refusalLine(why))
    // The client may still send; its data is discarded.
    socket.resume()
    setTimeout(() => socket.destroy(), lingerMs).unref()
  }

  private begin(socket: Socket, ask: ProbeAsk, rest: Buffer): void {
    if (ask.ask === 'stamp') {
      socket.write('ok\n')
      return this.stamp(socket, rest)
    }
    if (ask.ask === 'udp') return this.openUdp(socket)
    const { streamMsMax, streamBytesMax, streamsMax } = this.limits
    const tooLong = ask.warmMs + ask.runMs > streamMsMax || ask.runMs === 0
    if (tooLong || ask.bytesMax > streamBytesMax || ask.bytesMax === 0 || !this.hasBytes(0))
      return this.refuse(socket, 'limit')
    if (this.streams >= streamsMax) return this.refuse(socket, 'busy')
    this.streams++
    socket.once('close', () => this.streams--)
    socket.write('ok\n')
    if (ask.ask === 'up') this.receive(socket, ask, rest)
    else this.send(socket, ask)
  }

  private stamp(socket: Socket, rest: Buffer): void {
    const nowUs = stampClock()
    const cutter = new LineCutter()
    const startUs = steadyUs()
    let probes = 0
    socket.setTimeout(this.limits.idleMs, () => socket.destroy())
    const lines = (chunk: Buffer): void => {
      const t2Us = nowUs()
      const texts = cutter.take(chunk.toString('latin1'))
      if (texts === null) return drop(socket)
      for (const text of texts) {
        const seq = parseProbe(text)
        probes++
        const { probesMax, probesASecondMax } = this.limits
        const allowed = probesASecondMax * (1 + (steadyUs() - startUs) / 1_000_000)
        const over = probes > probesMax || probes > allowed
        if (seq === null || over || socket.writableLength > unreadBytesMax) return drop(socket)
        this.counts.probes++
        socket.write(stampLine(seq, t2Us, nowUs()))
      }
    }
    socket.on('data', lines)
    if (rest.length > 0) lines(rest)
  }

  /** Accepts packets with this connection's token, from its address, while it is open. */
  private openUdp(socket: Socket): void {
    const token = randomBytes(8).toString('hex')
    this.udp.set(token, {
      socket,
      address: plainAddress(socket.remoteAddress),
      nowUs: stampClock(),
      startUs: steadyUs(),
      probes: 0,
    })
    socket.once('close', () => this.udp.delete(token))
    socket.setTimeout(this.limits.udpMsMax, () => socket.destroy())
    // A UDP client sends no more data on this connection.
    socket.on('data', () => socket.destroy())
    socket.write(`ok\n${tokenLine(token, systemCongestion())}`)
  }

  /** Answers a packet with one of the same length; ignores a packet without a session. */
  packet(bytes: Buffer, from: RemoteInfo, back: (text: string) => void): void {
    const probe = parseProbePacket(bytes.toString('latin1'))
    const session = probe === null ? undefined : this.udp.get(probe.token)
    if (probe === null || session?.address !== plainAddress(from.address)) return
    const t2Us = session.nowUs()
    session.probes++
    const { probesMax, probesASecondMax } = this.limits
    const allowed = probesASecondMax * (1 + (steadyUs() - session.startUs) / 1_000_000)
    const { socket } = session
    if (session.probes > Math.min(probesMax, allowed) || socket.writableLength > unreadBytesMax)
      return
    this.counts.probes++
    socket.write(arrivalLine(probe.seq, t2Us))
    back(stampPacket(probe.token, probe.seq, t2Us, session.nowUs()))
  }

  /** False when this hour's volume is used up. */
  private hasBytes(more: number): boolean {
    const nowUs = steadyUs()
    if (nowUs - this.hour.startUs >= hourUs) this.hour = { startUs: nowUs, bytes: 0 }
    this.hour.bytes += more
    this.counts.bytes += more
    return this.hour.bytes < this.limits.bytesAnHourMax
  }

  private receive(socket: Socket, ask: RateAsk, rest: Buffer): void {
    const meter = new RateMeter(steadyUs(), ask)
    const over = (): void => {
      clearTimeout(timer)
      socket.off('data', count)
      const { bytes, us } = meter.count(steadyUs())
      socket.end(resultLine(bytes, Math.round(us)))
      // Data still in transit is discarded, so that a reset does not lose the result line.
      socket.resume()
      setTimeout(() => socket.destroy(), lingerMs).unref()
    }
    const count = (chunk: Buffer): void => {
      const full = meter.add(chunk.length, steadyUs())
      if (!this.hasBytes(chunk.length)) return drop(socket)
      if (full) over()
    }
    const timer = setTimeout(over, ask.warmMs + ask.runMs + 1)
    socket.once('close', () => clearTimeout(timer))
    socket.on('data', count)
    if (rest.length > 0) count(rest)
  }

  private send(socket: Socket, ask: RateAsk): void {
    const next = randomBlocks()
    let left = ask.bytesMax
    const timer = setTimeout(() => socket.destroy(), ask.warmMs + ask.runMs)
    socket.once('close', () => clearTimeout(timer))
    // A client that downloads sends no more data.
    socket.on('data', () => socket.destroy())
    const more = (): void => {
      let takes = true
      while (takes && left > 0 && socket.writable) {
        const block = next().subarray(0, left)
        left -= block.length
        if (!this.hasBytes(block.length)) return drop(socket)
        takes = socket.write(block)
      }
      if (left === 0 && socket.writable) socket.end()
    }
    socket.on('drain', more)
    more()
  }
}

/** UDP on the same port number; a packet that cannot be answered is dropped. */
async function packets(serving: Serving, host: string, port: number): Promise<UdpSocket> {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('listening', resolve)
  socket.once('error', (error) =>
    reject(new LaneFault('NET-08', { value: `udp ${host}:${port}`, note: error.message })),
  )
  socket.bind({ address: host, port, exclusive: true })
  await promise
  socket.on('error', () => serving.counts.refused++)
  socket.on('message', (bytes, from) =>
    serving.packet(bytes, from, (text) => socket.send(text, from.port, from.address)),
  )
  return socket
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('listening', resolve)
  server.once('error', (error) =>
    reject(new LaneFault('NET-08', { value: `${host}:${port}`, note: error.message })),
  )
  server.listen({ host, port, exclusive: true })
  return promise
}

export async function startProbeServer(options: ProbeServerOptions): Promise<ProbeServer> {
  const serving = new Serving(options)
  const server = createServer((socket) => serving.take(socket))
  // A connection that the system could not accept (no more file handles) is counted as refused.
  server.on('error', () => serving.counts.refused++)
  await listening(server, options.host, options.port)
  const { port } = server.address() as AddressInfo
  let isClosed = false
  const udp = await packets(serving, options.host, port).catch((error: unknown) => {
    server.close()
    throw error
  })
  const host = isIP(options.host) === 6 ? `[${options.host}]` : options.host
  return {
    url: `tcp://${host}:${port}`,
    get counts() {
      return serving.counts
    },
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()))
      if (!isClosed) udp.close()
      isClosed = true
      for (const socket of serving.sockets) socket.destroy()
      await closed
    },
  }
}
