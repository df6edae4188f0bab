// Links to simulator models in the same process: bytes are delayed, and lost only by a fault.
// The models are those of the simulator processes; only the link differs.
import { systemText } from '../../core/values/notes.ts'
import type { BarrierModel, BarrierOutput } from '../../simulators/barrier/model.ts'
import type { RsuModel } from '../../simulators/rsu/model.ts'
import type { RsuOutput } from '../../simulators/rsu/model-types.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { ByteLink, ByteLinkHandlers, LinkOpener } from '../../ports/byte-link.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'

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

export class RsuBench implements Modelled {
  readonly model: RsuModel
  private readonly clock: MonoClock
  private readonly pump: Pump<RsuOutput>
  private end: LinkEnd | null = null
  private awayUntilUs = 0
  private isCut = false

  constructor(model: RsuModel, clock: MonoClock) {
    this.model = model
    this.clock = clock
    this.pump = new Pump<RsuOutput>(model, clock, (output) => this.take(output))
  }

  private take(output: RsuOutput): void {
    if (output.do === 'send') this.end?.receive(output.bytes)
    if (output.do !== 'reboot' && output.do !== 'unplug') return
    this.awayUntilUs = this.clock.nowUs() + output.ms * 1000
    this.end?.goDown(output.do)
    this.end = null
  }

  /** The line between goes away, or comes back; the device is as it was. */
  cut(isCut: boolean): void {
    this.isCut = isCut
    if (!isCut) return
    this.end?.goDown('the line is away')
    this.end = null
  }

  open(handlers: ByteLinkHandlers): ByteLink {
    const end = new LinkEnd(this.clock, handlers, (bytes) =>
      this.out(this.model.onBytes(bytes, this.clock.nowUs())),
    )
    if (this.isCut || this.clock.nowUs() < this.awayUntilUs) end.goDown('no such port')
    else {
      this.end = end
      end.comeUp()
    }
    return linkOf(end, () => {
      if (this.end === end) this.end = null
    })
  }

  out(outputs: readonly RsuOutput[]): void {
    this.pump.out(outputs)
  }
}

export class BarrierBench implements Modelled {
  readonly model: BarrierModel
  private readonly clock: MonoClock
  private readonly pump: Pump<BarrierOutput>
  private end: LinkEnd | null = null
  private clients = 0
  private awayUntilUs = 0
  private isCut = false

  constructor(model: BarrierModel, clock: MonoClock) {
    this.model = model
    this.clock = clock
    this.pump = new Pump<BarrierOutput>(model, clock, (output) => this.take(output))
  }

  private take(output: BarrierOutput): void {
    if (output.do === 'send') {
      if (output.client === this.clients) this.end?.receive(output.bytes)
      return
    }
    if (output.do === 'row') return
    if (output.do !== 'hangUp') this.awayUntilUs = this.clock.nowUs() + output.ms * 1000
    this.end?.goDown(output.do)
    this.end = null
  }

  /** The line between goes away, or comes back; the device is as it was. */
  cut(isCut: boolean): void {
    this.isCut = isCut
    if (!isCut) return
    this.end?.goDown('the line is away')
    this.end = null
  }

  open(handlers: ByteLinkHandlers): ByteLink {
    const client = ++this.clients
    const end = new LinkEnd(this.clock, handlers, (bytes) =>
      this.out(this.model.onBytes(bytes, this.clock.nowUs(), client)),
    )
    if (this.isCut || this.clock.nowUs() < this.awayUntilUs) end.goDown('no such address')
    else {
      this.end = end
      end.comeUp()
    }
    return linkOf(end, () => {
      this.model.linkDown(client)
      if (this.end === end) this.end = null
    })
  }

  out(outputs: readonly BarrierOutput[]): void {
    this.pump.out(outputs)
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
