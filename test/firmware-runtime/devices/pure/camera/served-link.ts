// The network between a driver and a simulated camera that acts as server: connections with 1 ms each way.
// Bytes are those of the model; HTTP is read here by a client of its own, TCP passes unchanged.
import { systemText } from '#base/pure/words/notes.ts'
import { ServedCamera } from '#simulators/camera/served/model.ts'
import type { CameraProtocol, CameraProtocolPorts } from '#simulators/camera/served/protocol.ts'
import type {
  HttpStreamHandlers,
  HttpStreamRequest,
  HttpStreams,
} from '#devices/ports/http-stream.ts'
import type { ByteLink, ByteLinkHandlers, LinkOpener } from '#devices/ports/byte-link.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import { wallAtStartMs, type VirtualClock } from './virtual-clock.ts'

const wayMs = 1

interface Connection {
  bytes(chunk: Uint8Array): void
  gone(reason: string): void
}

/** The outputs of any device that accepts connections. */
export interface NetworkOutput {
  readonly do: string
  readonly client?: number
  readonly bytes?: Uint8Array
}

/** The model of a device that clients connect to. */
export interface NetworkModel {
  linkUp(client: number, atUs: number): void
  onBytes(chunk: Uint8Array, atUs: number, client: number): readonly NetworkOutput[]
  linkDown(client: number, atUs: number): void
  advance(atUs: number): readonly NetworkOutput[]
  nextDueUs(): number | null
}

export const servedCamera = (
  protocol: (outside: CameraProtocolPorts) => CameraProtocol,
): ServedCamera => new ServedCamera({ timing: 'instant', seed: 7, wallAtStartMs, protocol })

export class ServedNetwork<M extends NetworkModel = ServedCamera>
  implements HttpStreams, LinkOpener
{
  readonly model: M
  /** Requests as sent: method, path, and `proof` when they were authenticated. */
  readonly requests: string[] = []
  /** The complete Authorization headers that were sent. */
  readonly proofs: string[] = []
  private readonly clock: VirtualClock
  private readonly connections = new Map<number, Connection>()
  private lastClient = 0
  private cable = false
  private due: Cancel = () => undefined

  constructor(clock: VirtualClock, model: M) {
    this.clock = clock
    this.model = model
  }

  plug(): void {
    this.cable = true
  }

  unplug(): void {
    this.cable = false
    for (const client of [...this.connections.keys()]) {
      this.left(client)
      this.end(client, 'the cable is out')
    }
  }

  /** Carries out what the model answered to a call of the test. */
  take(outputs: readonly NetworkOutput[]): void {
    // In one timer: a reply in twenty thousand pieces must not need as many timers.
    this.clock.after(wayMs, () => {
      for (const output of outputs) {
        const { client = 0, bytes } = output
        if (bytes !== undefined) this.connections.get(client)?.bytes(bytes)
        else if (output.do === 'hangUp') this.end(client, 'closedThere')
      }
    })
    this.due()
    const dueUs = this.model.nextDueUs()
    if (dueUs === null) return
    const waitMs = Math.max(0, dueUs - this.clock.nowUs()) / 1000
    this.due = this.clock.after(waitMs, () => this.take(this.model.advance(this.clock.nowUs())))
  }

  /** Sends bytes on every connection that the device did not send. */
  noise(bytes: Uint8Array): void {
    for (const connection of [...this.connections.values()]) connection.bytes(bytes)
  }

  private left(client: number): void {
    this.model.linkDown(client, this.clock.nowUs())
    this.take(this.model.advance(this.clock.nowUs()))
  }

  private end(client: number, reason: string): void {
    const connection = this.connections.get(client)
    this.connections.delete(client)
    connection?.gone(reason)
  }

  /** A new connection; what the client sends reaches the model a moment later. */
  private connect(connection: Connection): { say(bytes: Uint8Array): void; hangUp(): void } {
    const client = ++this.lastClient
    this.connections.set(client, connection)
    this.clock.after(wayMs, () => {
      if (!this.cable) this.end(client, 'connection refused')
      else {
        this.model.linkUp(client, this.clock.nowUs())
        this.take(this.model.advance(this.clock.nowUs()))
      }
    })
    return {
      say: (bytes) =>
        void this.clock.after(wayMs, () => {
          if (this.connections.has(client))
            this.take(this.model.onBytes(bytes, this.clock.nowUs(), client))
        }),
      hangUp: () => {
        if (!this.connections.delete(client)) return
        this.left(client)
      },
    }
  }

  request(request: HttpStreamRequest, handlers: HttpStreamHandlers): Cancel {
    const { method, path, headers, body = '' } = request
    if (headers['authorization'] !== undefined) this.proofs.push(headers['authorization'])
    this.requests.push(`${method} ${path}${headers['authorization'] === undefined ? '' : ' proof'}`)
    const reader = new AnswerReader(handlers, () => socket.hangUp())
    const socket = this.connect({
      bytes: (chunk) => reader.take(chunk),
      gone: (reason) => reader.gone(reason),
    })
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    const length = Buffer.byteLength(body)
    if (length > 0) lines.push(`Content-Length: ${length}`)
    const head = [`${method} ${path} HTTP/1.1`, 'Host: camera', ...lines, '', '']
    socket.say(Buffer.from(head.join('\r\n') + body))
    return () => {
      reader.stop()
      socket.hangUp()
    }
  }

  open(_url: string, handlers: ByteLinkHandlers): ByteLink {
    let ended = false
    const down = (reason: string): void => {
      if (ended) return
      ended = true
      handlers.down(systemText(reason))
    }
    const socket = this.connect({ bytes: (chunk) => handlers.bytes(chunk), gone: down })
    // The other side accepts the connection first.
    this.clock.after(2 * wayMs, () => {
      if (!ended) handlers.up()
    })
    return {
      send: (bytes) => socket.say(bytes.slice()),
      close: () => {
        socket.hangUp()
        this.clock.after(wayMs, () => down('closedHere'))
      },
      bytesIn: 0,
      bytesOut: 0,
    }
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

/** Reads one HTTP answer, by its length or until the connection ends. */
class AnswerReader {
  private text = ''
  private left: number | null = null
  private inBody = false
  private stopped = false
  private readonly handlers: HttpStreamHandlers
  private readonly done: () => void

  constructor(handlers: HttpStreamHandlers, done: () => void) {
    this.handlers = handlers
    this.done = done
  }

  stop(): void {
    this.stopped = true
  }

  take(chunk: Uint8Array): void {
    if (this.stopped) return
    if (this.inBody) {
      this.body(chunk)
      return
    }
    this.text += Buffer.from(chunk).toString('latin1')
    const end = this.text.indexOf('\r\n\r\n')
    if (end < 0) return
    const [first = '', ...lines] = this.text.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => {
        const cut = line.indexOf(':')
        return [line.slice(0, cut).toLowerCase(), line.slice(cut + 1).trim()]
      }),
    )
    const length = headers['content-length']
    this.left = length === undefined ? null : Number(length)
    this.inBody = true
    const rest = Buffer.from(this.text.slice(end + 4), 'latin1')
    this.handlers.head(Number(first.split(' ')[1]), headers)
    this.body(rest)
  }

  private body(chunk: Uint8Array): void {
    if (this.stopped) return
    if (chunk.length > 0) this.handlers.body(new Uint8Array(chunk))
    if (this.left === null) return
    this.left -= chunk.length
    if (this.left <= 0) this.finish()
  }

  private finish(): void {
    if (this.stopped) return
    this.stopped = true
    this.handlers.end()
    this.done()
  }

  gone(reason: string): void {
    if (this.stopped) return
    if (this.inBody && this.left === null) this.finish()
    else {
      this.stopped = true
      this.handlers.lost(systemText(reason))
    }
  }
}
