// Links to simulator models in the same process: bytes are delayed, and lost only by a fault.
// The models are those of the simulator processes; only the link differs.
import { systemText } from '#base/pure/words/notes.ts'
import type { BarrierModel, BarrierOutput } from '#simulators/barrier/model.ts'
import type { RsuModel } from '#simulators/rsu/model.ts'
import type { RsuOutput } from '#simulators/rsu/model-types.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { ByteLink, ByteLinkHandlers, LinkOpener } from '#devices/ports/byte-link.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'

/** Interface of a modelled device for a link. */
interface Modelled {
  open(handlers: ByteLinkHandlers): ByteLink
}

interface DrivenModel<O> {
  advance(atUs: number): readonly O[]
  nextDueUs(): number | null
}

const linkMs = 0.2

/** Keeps a model moving on a virtual clock and hands its outputs on when they are due. */
class Pump<O extends { readonly atUs: number }> {
  private readonly model: DrivenModel<O>
  private readonly clock: MonoClock
  private readonly put: (output: O) => void
  private timer: Cancel | null = null
  private timerUs = Infinity

  constructor(model: DrivenModel<O>, clock: MonoClock, put: (output: O) => void) {
    this.model = model
    this.clock = clock
    this.put = put
    this.arm()
  }

  out(outputs: readonly O[]): void {
    for (const output of outputs) {
      const waitMs = Math.max(0, (output.atUs - this.clock.nowUs()) / 1000)
      if (waitMs === 0) this.put(output)
      else this.clock.after(waitMs, () => this.put(output))
    }
    this.arm()
  }

  arm(): void {
    const dueUs = this.model.nextDueUs()
    if (dueUs === null || dueUs >= this.timerUs) return
    this.timer?.()
    this.timerUs = dueUs
    this.timer = this.clock.after(Math.max(0, (dueUs - this.clock.nowUs()) / 1000), () => {
      this.timer = null
      this.timerUs = Infinity
      this.out(this.model.advance(this.clock.nowUs()))
    })
  }
}

/** One end of the link: up after a moment, down when the device goes away. */
class LinkEnd {
  private readonly clock: MonoClock
  private readonly handlers: ByteLinkHandlers
  private readonly toDevice: (bytes: Uint8Array) => void
  isUp = false
  private over = false
  bytesIn = 0
  bytesOut = 0

  constructor(clock: MonoClock, handlers: ByteLinkHandlers, toDevice: (bytes: Uint8Array) => void) {
    this.clock = clock
    this.handlers = handlers
    this.toDevice = toDevice
  }

  comeUp(): void {
    this.clock.after(linkMs, () => {
      if (this.over) return
      this.isUp = true
      this.handlers.up()
    })
  }

  send(bytes: Uint8Array): void {
    if (!this.isUp || this.over) return
    this.bytesOut += bytes.length
    this.clock.after(linkMs, () => {
      if (!this.over) this.toDevice(bytes)
    })
  }

  receive(bytes: Uint8Array): void {
    if (!this.isUp || this.over) return
    this.bytesIn += bytes.length
    this.handlers.bytes(bytes)
  }

  goDown(reason: string): void {
    if (this.over) return
    this.over = true
    this.isUp = false
    this.clock.after(0, () => this.handlers.down(systemText(reason)))
  }

  /** The runtime closed the link or crashed: no callback follows. */
  drop(): void {
    this.over = true
    this.isUp = false
  }
}

const linkOf = (end: LinkEnd, closed: () => void): ByteLink => ({
  send: (bytes) => end.send(bytes),
  close: () => {
    end.drop()
    closed()
  },
  get bytesIn() {
    return end.bytesIn
  },
  get bytesOut() {
    return end.bytesOut
  },
})

interface BenchOutput {
  readonly atUs: number
  readonly do: string
}

/** A modelled device behind one line, which can be cut. */
abstract class Bench<M extends DrivenModel<O>, O extends BenchOutput> implements Modelled {
  readonly model: M
  protected readonly clock: MonoClock
  protected end: LinkEnd | null = null
  private readonly pump: Pump<O>
  private awayUntilUs = 0
  private isCut = false

  constructor(model: M, clock: MonoClock) {
    this.model = model
    this.clock = clock
    this.pump = new Pump<O>(model, clock, (output) => this.take(output))
  }

  /** Why a link does not open while the device is away. */
  protected abstract readonly absent: string
  protected abstract take(output: O): void
  /** Bytes of one opened link, and what happens when it was closed. */
  protected abstract client(): { bytes(bytes: Uint8Array): readonly O[]; closed(): void }

  /** `ms`: the device itself is away for this long; null: it only hung up. */
  protected goDown(why: string, ms: number | null): void {
    if (ms !== null) this.awayUntilUs = this.clock.nowUs() + ms * 1000
    this.end?.goDown(why)
    this.end = null
  }

  /** The line between goes away, or comes back; the device is as it was. */
  cut(isCut: boolean): void {
    this.isCut = isCut
    if (isCut) this.goDown('the line is away', null)
  }

  open(handlers: ByteLinkHandlers): ByteLink {
    const client = this.client()
    const end = new LinkEnd(this.clock, handlers, (bytes) => this.out(client.bytes(bytes)))
    if (this.isCut || this.clock.nowUs() < this.awayUntilUs) end.goDown(this.absent)
    else {
      this.end = end
      end.comeUp()
    }
    return linkOf(end, () => {
      client.closed()
      if (this.end === end) this.end = null
    })
  }

  out(outputs: readonly O[]): void {
    this.pump.out(outputs)
  }
}

export class RsuBench extends Bench<RsuModel, RsuOutput> {
  protected readonly absent = 'no such port'

  protected take(output: RsuOutput): void {
    if (output.do === 'send') this.end?.receive(output.bytes)
    else if (output.do !== 'row') this.goDown(output.do, output.ms)
  }

  protected client() {
    return {
      bytes: (bytes: Uint8Array) => this.model.onBytes(bytes, this.clock.nowUs()),
      closed: () => undefined,
    }
  }
}

export class BarrierBench extends Bench<BarrierModel, BarrierOutput> {
  protected readonly absent = 'no such address'
  private clients = 0

  protected take(output: BarrierOutput): void {
    if (output.do === 'row') return
    if (output.do !== 'send') this.goDown(output.do, output.do === 'hangUp' ? null : output.ms)
    else if (output.client === this.clients) this.end?.receive(output.bytes)
  }

  protected client() {
    const client = ++this.clients
    return {
      bytes: (bytes: Uint8Array) => this.model.onBytes(bytes, this.clock.nowUs(), client),
      closed: () => this.model.linkDown(client),
    }
  }
}

/** Opens `sim:NAME` links among the modelled devices. */
export const modelledOpener = (devices: ReadonlyMap<string, Modelled>): LinkOpener => ({
  open(url, handlers) {
    const name = url.replace(/^sim:/, '').replace(/\?.*$/, '')
    const device = devices.get(name)
    if (device === undefined) throw new LaneFault('LOT-03', { value: url, note: 'no such model' })
    return device.open(handlers)
  },
})
