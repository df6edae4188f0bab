// A runtime hosted by Studio: started, restarted with back-off when it ends, stopped with the window.
// Subscriptions survive a restart; the runtime alone controls the barrier.
import type { StreamItem } from '#runtime/api/table.ts'
import type { ApiError } from '#base/calls/rows.ts'
import type {
  BenchExit,
  HostMode,
  LeaveBenchExit,
  LotWrittenExit,
  PowerCutExit,
  ServiceExit,
} from '#runtime/api/messages.ts'
import type { PortSession } from './port-session.ts'
import type { Waiting } from './start-link.ts'
import {
  awayReply,
  backOff,
  type Pause,
  type Reply,
  type RuntimeLink,
  type Subscribed,
} from './runtime-link.ts'

/** A started process: its session, and how to stop it. */
export interface Child {
  readonly session: PortSession
  /** Asks it to stop; resolves when it has ended. */
  stop(): Promise<void>
}
type StartChild = (ended: (code: number) => void) => Child

/** Exit codes after which a runtime is started again without back-off (runtime/api/messages.ts). */
const powerCutExit: PowerCutExit = 75
const benchExit: BenchExit = 76
const leaveBenchExit: LeaveBenchExit = 77
const lotWrittenExit: LotWrittenExit = 78
const serviceExit: ServiceExit = 79
const atOnce: readonly number[] = [powerCutExit, benchExit, leaveBenchExit, lotWrittenExit]

/** The next mode, by the exit code of the runtime; `own`: the mode of the folder itself. */
export function modeAfter(code: number, now: HostMode, own: HostMode): HostMode {
  if (code === benchExit) return 'bench'
  if (code === leaveBenchExit) return own
  return code === lotWrittenExit ? 'run' : now
}

/** Run time after which the next restart begins with the shortest wait again. */
const steadyMs = 60_000

interface Subscription extends Waiting {
  seq: number
}

export class HostedRuntime implements RuntimeLink {
  readonly kind = 'hosted'
  private child: Child | null = null
  private closing = false
  private attempt = 0
  private startedAtMs = 0
  private pause: Pause = { attempt: 0, waitMs: 0 }
  /** The fault of the last failed start, as the runtime reported it. */
  private failure: ApiError | null = null
  private timer: NodeJS.Timeout | null = null
  private readonly subscriptions = new Set<Subscription>()
  private readonly startChild: StartChild
  private readonly nowMs: () => number
  private readonly toService: () => void

  /** `toService`: the lanes have ended, and a service of this computer begins them. */
  constructor(
    startChild: StartChild,
    toService: () => void,
    nowMs: () => number = () => performance.now(),
  ) {
    this.startChild = startChild
    this.toService = toService
    this.nowMs = nowMs
    this.start()
  }

  private start(): void {
    this.timer = null
    this.startedAtMs = this.nowMs()
    const child = this.startChild((code) => this.ended(child, code))
    this.child = child
    for (const subscription of this.subscriptions) this.open(subscription, 0)
  }

  private ended(child: Child, code: number): void {
    if (this.child !== child) return
    this.child = null
    child.session.end()
    if (this.closing) return
    if (code === serviceExit) return this.toService()
    const { notice } = child.session
    this.failure = notice?.state === 'failed' ? (notice.error ?? null) : null
    if (this.nowMs() - this.startedAtMs > steadyMs) this.attempt = 0
    const waitMs = atOnce.includes(code) ? 0 : backOff(this.attempt)
    if (!atOnce.includes(code)) this.attempt++
    this.pause = { attempt: this.attempt, waitMs }
    this.timer = setTimeout(() => this.start(), waitMs)
  }

  private open(subscription: Subscription, sinceSeq: number): void {
    if (this.child === null) return
    const { stream, take, seat } = subscription
    const next = (item: StreamItem): void => {
      subscription.seq = item.seq
      take(item)
    }
    subscription.end = this.child.session.subscribe(stream, sinceSeq, next, seat)
  }

  call(name: string, args: unknown, seat?: string): Promise<Reply> {
    if (this.child === null) {
      const { failure, pause } = this
      return Promise.resolve(failure === null ? awayReply(pause) : { ok: false, error: failure })
    }
    // A call that waited for a start could act on a lane whose state has changed meanwhile.
    const { session } = this.child
    if (session.notice?.state !== 'ready') {
      return Promise.resolve(awayReply({ attempt: this.attempt, waitMs: 0 }))
    }
    return session.call(name, args, seat)
  }

  subscribe(...[stream, sinceSeq, take, seat]: Subscribed): () => void {
    const end = (): void => undefined
    const subscription: Subscription = { stream, take, seat, seq: sinceSeq, end }
    this.subscriptions.add(subscription)
    this.open(subscription, sinceSeq)
    return () => {
      this.subscriptions.delete(subscription)
      subscription.end()
    }
  }

  async close(): Promise<void> {
    this.closing = true
    if (this.timer !== null) clearTimeout(this.timer)
    const child = this.child
    if (child === null) return
    await child.stop()
    child.session.end()
    this.child = null
  }
}
