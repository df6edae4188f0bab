// A driver under the product's own supervisor, on a link in virtual time, against the model of its device.
// The link alters bytes as the contract requires: garbage, pieces, everything twice.
import { systemText } from '#base/pure/words/notes.ts'
import { DeviceHost, type DeviceTap } from '#devices/hosts/device-host.ts'
import type { Driver, DriverEvent } from '#devices/pure/driver.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { ByteLink, ByteLinkHandlers, LinkOpener } from '#devices/ports/byte-link.ts'

/** The outputs of a device model. */
export type ModelOutput =
  | { readonly atUs: number; readonly do: 'send'; readonly bytes: Uint8Array }
  | { readonly atUs: number; readonly do: 'reboot' | 'unplug'; readonly ms: number }
  | { readonly atUs: number; readonly do: 'hangUp' }
  | { readonly atUs: number; readonly do: 'row' }

export interface DeviceModel<O extends ModelOutput> {
  /** `client` counts the connections since the model started. */
  onBytes(bytes: Uint8Array, atUs: number, client: number): readonly O[]
  advance(atUs: number): readonly O[]
  nextDueUs(): number | null
  linkDown(client: number): void
}

const linkMs = 0.2
/** Time between two pieces of one reply, in ms: as close as bytes on a serial line. */
const pieceMs = 0.1

export interface LinkOptions {
  /** Waits of its host before the usual ones. */
  readonly firstReopenMs?: readonly number[]
  /** True for a serial line, which does not show that its device lost power. */
  readonly serial: boolean
  /** Business time at the start. */
  readonly startMs?: number
}

export class VirtualLink<O extends ModelOutput> {
  readonly time = new VirtualTime()
  readonly model: DeviceModel<O>
  twice = false
  /** Echoes every request, as half-duplex adapters do. */
  echoes = false
  pieceBytes: number | null = null
  /** The bytes that reached the device. */
  readonly sent: Uint8Array[] = []
  private readonly firstReopenMs: readonly number[]
  private readonly serial: boolean
  private readonly startMs: number
  private handlers: ByteLinkHandlers | null = null
  private client = 0
  private cable = false
  private awayUntilUs = 0
  private nextPieceUs = 0
  private dueUs = Infinity
  private opened = false
  private open: () => void = () => undefined

  constructor(model: DeviceModel<O>, options: LinkOptions) {
    this.model = model
    this.serial = options.serial
    this.firstReopenMs = options.firstReopenMs ?? []
    this.startMs = options.startMs ?? 1_795_156_200_000
  }

  /** Attaches a driver to this end; its events go to `emit`. Returns the function that commands it. */
  host<S, C, E, F extends { readonly do: string }>(
    driver: Driver<S, DriverEvent<C>, F>,
    emit: (event: E) => void,
    tap?: DeviceTap,
  ): (command: C) => void {
    const host = new DeviceHost<S, C, E, F>({
      url: 'tcp://contract',
      opener: this.opener(),
      mono: this.time.clock,
      business: { nowMs: () => this.startMs + Math.floor(this.time.nowUs / 1000) },
      driver,
      emit,
      other: () => undefined,
      linkChanged: () => undefined,
      tap,
      firstReopenMs: this.firstReopenMs,
    })
    this.open = () => host.open()
    return (command) => host.command(command)
  }

  connect(): void {
    this.cable = true
    if (this.opened) return
    this.opened = true
    this.open()
  }

  disconnect(): void {
    this.cable = false
    this.drop('the cable is out')
  }

  run(forMs: number): void {
    this.arm()
    this.time.runTo(this.time.nowUs + forMs * 1000)
  }

  /** Delivers bytes to the driver, in pieces or twice as the link is set. */
  deliver(bytes: Uint8Array): void {
    const size = this.pieceBytes ?? bytes.length
    for (let at = 0; at < bytes.length; at += size) this.piece(bytes.slice(at, at + size))
    if (!this.twice) return
    for (let at = 0; at < bytes.length; at += size) this.piece(bytes.slice(at, at + size))
  }

  put(outputs: readonly O[]): void {
    for (const output of outputs) {
      if (output.do === 'send') this.deliver(output.bytes)
      if (output.do === 'hangUp') this.drop('the device hung up')
      if (output.do === 'unplug' || (output.do === 'reboot' && !this.serial)) {
        this.awayUntilUs = this.time.nowUs + output.ms * 1000
        this.drop(output.do)
      }
    }
    this.arm()
  }

  private piece(bytes: Uint8Array): void {
    const { nowUs } = this.time
    this.nextPieceUs = Math.max(nowUs, this.nextPieceUs + pieceMs * 1000)
    const { handlers } = this
    this.time.clock.after((this.nextPieceUs - nowUs) / 1000, () => {
      if (this.handlers === handlers) handlers?.bytes(bytes)
    })
  }

  private arm(): void {
    const dueUs = this.model.nextDueUs()
    if (dueUs === null || dueUs >= this.dueUs) return
    this.dueUs = dueUs
    this.time.clock.after(Math.max(0, (dueUs - this.time.nowUs) / 1000), () => {
      this.dueUs = Infinity
      this.put(this.model.advance(this.time.nowUs))
    })
  }

  private drop(reason: string): void {
    const { handlers } = this
    this.handlers = null
    if (handlers === null) return
    this.model.linkDown(this.client)
    handlers.down(systemText(reason))
  }

  /** For product code that opens its own link. */
  opener(): LinkOpener {
    return { open: (_url, handlers) => this.link(handlers) }
  }

  private link(handlers: ByteLinkHandlers): ByteLink {
    const { clock } = this.time
    const client = ++this.client
    const isThere = (): boolean => this.cable && this.time.nowUs >= this.awayUntilUs
    let closed = false
    clock.after(linkMs, () => {
      if (closed) return
      if (!isThere()) {
        handlers.down(systemText('nobody there'))
        return
      }
      this.handlers = handlers
      handlers.up()
    })
    return {
      bytesIn: 0,
      bytesOut: 0,
      send: (bytes) => {
        clock.after(linkMs, () => {
          if (this.handlers !== handlers) return
          this.sent.push(bytes)
          if (this.echoes) this.deliver(bytes)
          this.put(this.model.onBytes(bytes, this.time.nowUs, client))
        })
      },
      close: () => {
        closed = true
        if (this.handlers !== handlers) return
        this.handlers = null
        this.model.linkDown(client)
      },
    }
  }
}
