// Devices whose messages come whole, at work: their driver's state, its timers and its link, reopened
// with patience. The driver is pure; this host feeds it messages and time, and carries its effects out.
import type { Step, TimerEffect } from '../core/values/step.ts'
import type { Cancel, MonoClock } from '../ports/clocks.ts'
import type { MessageLink, MessageLinkOpener } from '../ports/message-link.ts'

type Happening =
  | { readonly type: 'linkUp' }
  | { readonly type: 'linkDown'; readonly reason: string }
  | { readonly type: 'message'; readonly topic: string; readonly bytes: Uint8Array }
  | { readonly type: 'timer'; readonly name: string }

export interface MessageDriver<S, E> {
  initial(): S
  step(
    state: S,
    event: { readonly atMs: number } & Happening,
  ): Step<S, TimerEffect | { readonly do: 'emit'; readonly event: E }>
}

export interface MessageDeviceParts<S, E> {
  readonly driver: MessageDriver<S, E>
  readonly opener: MessageLinkOpener
  readonly mono: MonoClock
  emit(event: E): void
  linkChanged(up: boolean, reason: string): void
}

/** Waits between attempts to open, ms; the last one repeats. */
const reopenMs = [500, 1_000, 2_000, 5_000, 10_000] as const

export class MessageDeviceHost<S, E> {
  state: S
  private readonly parts: MessageDeviceParts<S, E>
  private readonly timers = new Map<string, Cancel>()
  private link: MessageLink | null = null
  private reopen: Cancel | null = null
  private tries = 0
  private life = 0
  private closed = false

  constructor(parts: MessageDeviceParts<S, E>) {
    this.parts = parts
    this.state = parts.driver.initial()
  }

  open(): void {
    if (this.closed) return
    const life = ++this.life
    const mine = (): boolean => life === this.life && !this.closed
    this.link = this.parts.opener.open({
      up: () => {
        if (!mine()) return
        this.tries = 0
        this.parts.linkChanged(true, '')
        this.feed({ type: 'linkUp' })
      },
      message: (topic, bytes) => {
        if (mine()) this.feed({ type: 'message', topic, bytes })
      },
      down: (reason) => {
        if (!mine()) return
        this.link = null
        this.parts.linkChanged(false, reason)
        this.feed({ type: 'linkDown', reason })
        const waitMs = reopenMs[Math.min(this.tries, reopenMs.length - 1)] ?? 10_000
        this.tries++
        this.reopen = this.parts.mono.after(waitMs, () => this.open())
      },
    })
  }

  close(): void {
    this.closed = true
    this.reopen?.()
    for (const cancel of this.timers.values()) cancel()
    this.link?.close()
    this.link = null
  }

  private feed(event: Happening): void {
    const atMs = Math.floor(this.parts.mono.nowUs() / 1000)
    const step = this.parts.driver.step(this.state, { atMs, ...event })
    this.state = step.state
    for (const effect of step.effects) {
      if (effect.do === 'emit') this.parts.emit(effect.event)
      else this.setTimer(effect)
    }
  }

  private setTimer({ name, afterMs }: TimerEffect): void {
    this.timers.get(name)?.()
    this.timers.delete(name)
    if (afterMs === null) return
    const cancel = this.parts.mono.after(afterMs, () => {
      this.timers.delete(name)
      this.feed({ type: 'timer', name })
    })
    this.timers.set(name, cancel)
  }
}
