// Hosts one device: its driver's state, timers and link, which is reopened after growing waits. The driver is pure;
// this host gives it bytes and time, and carries out its effects.
import { note, type DownText } from '#base/pure/words/notes.ts'
import { joined } from '#base/pure/data/bytes.ts'
import { shownBytes, shownBytesMax } from '#base/pure/data/shown-bytes.ts'
import type { TimerEffect } from '#base/pure/values/step.ts'
import type { Driver, DriverEvent, LinkEffect, LinkEvent } from '../pure/driver.ts'
import type { ByteLink, LinkOpener } from '../ports/byte-link.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import { Machine } from '#base/process/machine.ts'

interface DeviceParts<S, C, E, F> {
  readonly url: string
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly business: WallClock
  readonly driver: Driver<S, DriverEvent<C>, F>
  emit(event: E): void
  /** Effects beyond the common ones: frames for the log, discarded bytes. */
  other(effect: Exclude<F, LinkEffect<E>>): void
  linkChanged(up: boolean, reason: DownText | ''): void
  readonly tap?: DeviceTap | undefined
  /** Waits between the first attempts to open, ms, before the usual ones. */
  readonly firstReopenMs?: readonly number[]
}

/** Observes the driver's input and output in order: for consoles and captures. */
export interface DeviceTap {
  took(event: DriverEvent<unknown>, monoUs: number): void
  sent(bytes: Uint8Array, monoUs: number): void
  /** The driver emitted an event of that type. */
  reported?(type: string): void
}

/** Events of a device have a type. */
interface DeviceEvent {
  readonly type: string
}

/** Waits between attempts to open, ms; the last one repeats. */
const reopenMs = [200, 500, 1000, 2000, 5000, 10_000, 30_000] as const
/** The longest wait while a car or a person waits for the device. */
const hurriedMs = 500

/** Reasons by which a driver gives up a device that it did not understand or did not hear. */
const silences =
  /^(?:requests|polls|question)Unanswered\b|^(?:modem|board|printer)Silent$|^noReceiverSentence$/

export class DeviceHost<S, C, E, F extends { readonly do: string }> {
  private readonly parts: DeviceParts<S, C, E, F>
  private readonly machine: Machine<S, LinkEvent<C>, DriverEvent<C>, F>
  private link: ByteLink | null = null
  private tries = 0
  private reopen: Cancel | null = null
  private closed = false
  private isHurried = false
  /** Monotonic ms of the last data from the device; null: none yet. */
  lastReceivedMs: number | null = null
  bytesIn = 0
  bytesOut = 0
  /** What came since the last request and the last event of the driver: none of it was understood. */
  private heard: Uint8Array = new Uint8Array()

  constructor(parts: DeviceParts<S, C, E, F>) {
    this.parts = parts
    const { mono, business, driver } = parts
    this.machine = new Machine({
      mono,
      initial: driver.initial(),
      stamped: (happening) => {
        // The clock is read once, so that taps see exactly the driver's time.
        const monoUs = mono.nowUs()
        const atMs = Math.floor(monoUs / 1000)
        const event: DriverEvent<C> = { ...happening, atMs, businessNowMs: business.nowMs() }
        parts.tap?.took(event, monoUs)
        return event
      },
      step: (state, event) => driver.step(state, event),
      carryOut: (effect) => this.carryOut(effect),
    })
  }

  open(): void {
    if (this.closed) return
    const { opener, url } = this.parts
    const link = opener.open(url, {
      up: (descriptor) => {
        if (this.link !== link) return
        this.parts.linkChanged(true, '')
        this.machine.take(
          descriptor === undefined ? { type: 'linkUp' } : { type: 'linkUp', descriptor },
        )
      },
      bytes: (bytes) => {
        if (this.link !== link) return
        this.lastReceivedMs = this.atMs()
        // Only data shows that a device is back; one that accepts and closes, or is silent, is not.
        this.tries = 0
        this.bytesIn += bytes.length
        this.hear(bytes)
        this.machine.take({ type: 'bytes', bytes })
      },
      down: (reason) => this.down(link, reason),
    })
    this.link = link
  }

  command(command: C): void {
    this.machine.take({ type: 'command', command })
  }

  /** Closes the link until it is opened again; the driver gets a link down. */
  rest(reason: DownText): void {
    this.reopen?.()
    this.reopen = null
    const { link } = this
    if (link === null) return
    this.link = null
    link.close()
    this.parts.linkChanged(false, reason)
    this.machine.take({ type: 'linkDown', reason })
  }

  close(): void {
    this.closed = true
    this.reopen?.()
    this.machine.stop()
    this.link?.close()
    this.link = null
  }

  private atMs(): number {
    return Math.floor(this.parts.mono.nowUs() / 1000)
  }

  private down(link: ByteLink, reason: DownText): void {
    if (this.link !== link) return
    this.link = null
    this.heard = new Uint8Array()
    this.parts.linkChanged(false, reason)
    this.machine.take({ type: 'linkDown', reason })
    if (this.closed) return
    const waits = [...(this.parts.firstReopenMs ?? []), ...reopenMs]
    const usualMs = waits[Math.min(this.tries, waits.length - 1)] ?? 30_000
    this.tries++
    this.openIn(this.isHurried ? Math.min(usualMs, hurriedMs) : usualMs)
  }

  private openIn(delayMs: number): void {
    this.reopen?.()
    this.reopen = this.parts.mono.after(delayMs, () => {
      this.reopen = null
      this.open()
    })
  }

  /** Somebody waits for this device: a waiting link is reopened now, and then often. */
  hurry(on: boolean): void {
    const begins = on && !this.isHurried
    this.isHurried = on
    if (begins && this.reopen !== null && this.link === null && !this.closed) this.openIn(0)
  }

  private carryOut(effect: Exclude<F, TimerEffect>): void {
    const known = effect as unknown as Exclude<LinkEffect<E>, TimerEffect>
    switch (known.do) {
      case 'send':
        this.sendOn(this.link, known.bytes, known.afterMs ?? 0)
        return
      case 'emit':
        this.heard = new Uint8Array()
        this.reported((known.event as DeviceEvent).type)
        this.parts.emit(known.event)
        return
      case 'dropLink': {
        const { link } = this
        const reason = this.heardReason(known.reason)
        link?.close()
        if (link !== null) this.down(link, reason)
        return
      }
      default:
        this.parts.other(effect as Exclude<F, LinkEffect<E>>)
    }
  }

  private hear(bytes: Uint8Array): void {
    if (this.heard.length > shownBytesMax) return
    this.heard = this.heard.length === 0 ? bytes : joined([this.heard, bytes])
  }

  /** An answer that came is never called silence. */
  private heardReason(reason: DownText): DownText {
    if (this.heard.length === 0 || !silences.test(reason)) return reason
    return note('answeredStrange', shownBytes(this.heard))
  }

  private reported(type: string): void {
    this.parts.tap?.reported?.(type)
  }

  /** Delayed bytes are dropped when their link closes. */
  private sendOn(link: ByteLink | null, bytes: Uint8Array, afterMs: number): void {
    if (link === null) return
    if (afterMs > 0) {
      this.parts.mono.after(afterMs, () => {
        if (this.link === link) this.sendOn(link, bytes, 0)
      })
      return
    }
    this.bytesOut += bytes.length
    this.heard = new Uint8Array()
    this.parts.tap?.sent(bytes, this.parts.mono.nowUs())
    link.send(bytes)
  }
}
