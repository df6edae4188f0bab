// Puts a driver, in the host that runs it in the product, opposite the model of its simulator.
// Virtual time; the link between them can be cut, garbled, doubled, split and silenced.
import { DeviceHost, type DeviceTap } from '../../../../firmware-runtime/app/hosts/device-host.ts'
import type { Driver, DriverEvent } from '../../../../firmware-runtime/devices/driver.ts'
import { VirtualTime } from '../../../../firmware-runtime/harness/lot/virtual-time.ts'
import type {
  ByteLink,
  ByteLinkHandlers,
  LinkOpener,
} from '../../../../firmware-runtime/ports/byte-link.ts'
import type { FaultAction } from '../../../../firmware-runtime/simulators/shell/faults.ts'

export interface ModelOutput {
  readonly atUs: number
  readonly do: string
  readonly bytes?: Uint8Array
  readonly client?: number
  readonly ms?: number
}

export interface DeviceModel {
  onBytes(bytes: Uint8Array, atUs: number, client: number): readonly ModelOutput[]
  advance(atUs: number): readonly ModelOutput[]
  nextDueUs(): number | null
  linkDown(client: number): void
  act(action: FaultAction, atUs: number): readonly ModelOutput[]
  mend(): void
}

const linkMs = 0.5
const rebootMs = 500

/** The link: pieces one after another, each a moment later than the last. */
class BenchLink implements ByteLink {
  bytesIn = 0
  bytesOut = 0
  open = false
  readonly client: number
  private readonly bench: { toDevice(bytes: Uint8Array, client: number): void }
  private readonly handlers: ByteLinkHandlers
  private readonly time: VirtualTime
  private over = false
  private quietUntilUs = 0

  constructor(
    time: VirtualTime,
    bench: { toDevice(bytes: Uint8Array, client: number): void },
    handlers: ByteLinkHandlers,
    client: number,
  ) {
    this.time = time
    this.bench = bench
    this.handlers = handlers
    this.client = client
  }

  comeUp(): void {
    this.later(() => {
      this.open = true
      this.handlers.up()
    })
  }

  private later(run: () => void): void {
    const nowUs = this.time.clock.nowUs()
    this.quietUntilUs = Math.max(this.quietUntilUs, nowUs) + linkMs * 1000
    this.time.clock.after((this.quietUntilUs - nowUs) / 1000, () => {
      if (!this.over) run()
    })
  }

  send(bytes: Uint8Array): void {
    if (!this.open || this.over) return
    this.bytesOut += bytes.length
    this.time.clock.after(linkMs, () => {
      if (!this.over) this.bench.toDevice(bytes, this.client)
    })
  }

  receive(bytes: Uint8Array, size: number | null): void {
    const step = size ?? Math.max(1, bytes.length)
    for (let at = 0; at < bytes.length; at += step) {
      const piece = bytes.slice(at, at + step)
      this.later(() => {
        this.bytesIn += piece.length
        this.handlers.bytes(piece)
      })
    }
  }

  close(): void {
    this.end()
  }

  end(reason?: string): void {
    if (this.over) return
    this.over = true
    if (reason !== undefined) this.time.clock.after(0, () => this.handlers.down(reason))
  }
}

export interface ModelBenchParts<S, C, E, F> {
  readonly driver: Driver<S, DriverEvent<C>, F>
  readonly model: DeviceModel
  emit(event: E): void
  /** Business time at the start of the bench. */
  readonly businessMs?: number
  readonly tap?: DeviceTap | undefined
}

export class ModelBench<S, C, E, F extends { readonly do: string }> {
  readonly time = new VirtualTime()
  readonly host: DeviceHost<S, C, E, F>
  readonly model: DeviceModel
  readonly sent: Uint8Array[] = []
  private plugged = false
  private awayUntilUs = 0
  private link: BenchLink | null = null
  private clients = 0
  private doubled = false
  private pieces: number | null = null
  private dueUs = Infinity

  constructor(parts: ModelBenchParts<S, C, E, F>) {
    const { businessMs = 1_795_156_200_000 } = parts
    this.model = parts.model
    const opener: LinkOpener = { open: (_url, handlers) => this.opened(handlers) }
    this.host = new DeviceHost<S, C, E, F>({
      url: 'sim:bench',
      opener,
      mono: this.time.clock,
      business: { nowMs: () => businessMs + Math.floor(this.time.nowUs / 1000) },
      driver: parts.driver,
      emit: (event) => parts.emit(event),
      other: () => undefined,
      linkChanged: () => undefined,
      tap: parts.tap,
    })
    this.host.open()
  }

  private opened(handlers: ByteLinkHandlers): ByteLink {
    const link = new BenchLink(this.time, this, handlers, ++this.clients)
    if (!this.plugged || this.time.nowUs < this.awayUntilUs) link.end('no such port')
    else {
      this.link = link
      link.comeUp()
    }
    return link
  }

  toDevice(bytes: Uint8Array, client: number): void {
    this.sent.push(bytes)
    this.out(this.model.onBytes(bytes, this.time.nowUs, client))
  }

  /** What the model puts out, each when it is due. */
  private out(outputs: readonly ModelOutput[]): void {
    for (const output of outputs) {
      const waitMs = Math.max(0, (output.atUs - this.time.nowUs) / 1000)
      this.time.clock.after(waitMs, () => this.put(output))
    }
    const dueUs = this.model.nextDueUs()
    if (dueUs === null || dueUs >= this.dueUs) return
    this.dueUs = dueUs
    this.time.clock.after(Math.max(0, (dueUs - this.time.nowUs) / 1000), () => {
      this.dueUs = Infinity
      this.out(this.model.advance(this.time.nowUs))
    })
  }

  private put(output: ModelOutput): void {
    if (output.do === 'unplug' || output.do === 'hangUp') {
      this.awayUntilUs = this.time.nowUs + (output.ms ?? 0) * 1000
      this.link?.end(output.do)
      this.link = null
    }
    if (output.do !== 'send' || output.bytes === undefined) return
    const { link } = this
    if (link === null || output.client !== link.client) return
    for (let i = 0; i < (this.doubled ? 2 : 1); i++) link.receive(output.bytes, this.pieces)
  }

  connect(): void {
    this.plugged = true
  }

  disconnect(): void {
    this.plugged = false
    const { link } = this
    this.link = null
    if (link !== null) this.model.linkDown(link.client)
    link?.end('cable out')
  }

  run(forMs: number): void {
    this.time.runTo(this.time.nowUs + forMs * 1000)
  }

  garbage(bytes: Uint8Array): void {
    this.link?.receive(bytes, null)
  }

  act(action: string, ms = 0): void {
    const fault = { do: action, ms, bits: 1, status: 0 }
    this.out(this.model.act(fault, this.time.nowUs))
  }

  silence(on: boolean): void {
    if (on) this.act('silence')
    else this.model.mend()
  }

  duplicate(on: boolean): void {
    this.doubled = on
  }

  split(bytesAtOnce: number | null): void {
    this.pieces = bytesAtOnce
  }

  restartDevice(): void {
    this.act('reboot', rebootMs)
  }

  /** After the model was touched from outside: its outputs go their way. */
  touched(outputs: readonly ModelOutput[]): void {
    this.out(outputs)
  }
}
