// Hosts devices whose messages arrive whole: driver state, timers and link, which is reopened after growing waits. The
// driver is pure; this host decodes messages for it, gives it time, and carries out its effects.
import type { DownText } from '#base/pure/words/notes.ts'
import type { TimerEffect, TimerEvent } from '#base/pure/values/step.ts'
import type { Driver } from '../pure/driver.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { MessageLink, MessageLinkOpener } from '../ports/message-link.ts'
import { Machine } from '#base/process/machine.ts'

type MessageEvent<M> =
  | { readonly type: 'linkUp' }
  | { readonly type: 'linkDown'; readonly reason: DownText }
  | { readonly type: 'read'; readonly read: M }
  | TimerEvent

type MessageInput<M> = { readonly atMs: number } & MessageEvent<M>
type MessageEffect<E> = TimerEffect | { readonly do: 'emit'; readonly event: E }

type MessageDriver<S, E, M> = Driver<S, MessageInput<M>, MessageEffect<E>>

interface MessageDeviceParts<S, E, M> {
  readonly driver: MessageDriver<S, E, M>
  /** Decodes a message; never throws, whatever arrives. */
  decode(topic: string, bytes: Uint8Array): M
  readonly opener: MessageLinkOpener
  readonly mono: MonoClock
  emit(event: E): void
  linkChanged(up: boolean, reason: DownText | ''): void
}

/** Waits between attempts to open, ms; the last one repeats. */
const reopenMs = [500, 1_000, 2_000, 5_000, 10_000] as const

export class MessageDeviceHost<S, E, M> {
  private readonly parts: MessageDeviceParts<S, E, M>
  private readonly machine: Machine<S, MessageEvent<M>, MessageInput<M>, MessageEffect<E>>
  private link: MessageLink | null = null
  private reopen: Cancel | null = null
  private tries = 0
  private life = 0
  private closed = false

  constructor(parts: MessageDeviceParts<S, E, M>) {
    this.parts = parts
    const { mono, driver } = parts
    this.machine = new Machine({
      mono,
      initial: driver.initial(),
      stamped: (happening) => ({ atMs: Math.floor(mono.nowUs() / 1000), ...happening }),
      step: (state, event) => driver.step(state, event),
      carryOut: ({ event }) => parts.emit(event),
    })
  }

  get state(): S {
    return this.machine.state
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
        this.machine.take({ type: 'linkUp' })
      },
      message: (topic, bytes) => {
        if (mine()) this.machine.take({ type: 'read', read: this.parts.decode(topic, bytes) })
      },
      down: (reason) => {
        if (!mine()) return
        this.link = null
        this.parts.linkChanged(false, reason)
        this.machine.take({ type: 'linkDown', reason })
        const waitMs = reopenMs[Math.min(this.tries, reopenMs.length - 1)] ?? 10_000
        this.tries++
        this.reopen = this.parts.mono.after(waitMs, () => this.open())
      },
    })
  }

  close(): void {
    this.closed = true
    this.reopen?.()
    this.machine.stop()
    this.link?.close()
    this.link = null
  }
}
