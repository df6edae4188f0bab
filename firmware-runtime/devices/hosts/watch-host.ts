// Hosts the driver of a camera of parking spaces, whose messages have pictures. A picture stays with the reports of its
// message, and outside the driver's state.
import type { SpaceRead, ViewFaults } from '../pure/spaces/report.ts'
import type { DownText } from '#base/pure/words/notes.ts'
import type { TimerEvent } from '#base/pure/values/step.ts'
import {
  watchDriver,
  type SpaceEvent,
  type WatchDoubts,
  type WatchEvent,
} from '../pure/watch/driver.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { Machine } from '#base/process/machine.ts'

type Happening =
  | { readonly type: 'linkUp' }
  | { readonly type: 'linkDown'; readonly reason: DownText }
  | { readonly type: 'read'; readonly read: SpaceRead }
  | { readonly type: 'left'; readonly deviceIds: readonly string[] }
  | { readonly type: 'trusted' }
  | TimerEvent

interface WatchHostParts {
  readonly mono: MonoClock
  readonly spaces: Readonly<Record<string, string>>
  readonly silentMs: number
  readonly doubts: WatchDoubts
  /** It turns by a plan. */
  readonly looksOnly?: true | undefined
  /** What spoke against its view before this start. */
  readonly faults: ViewFaults
  /** What speaks against its view has changed. */
  faultsChanged(faults: ViewFaults): void
  emit(event: SpaceEvent, picture: Uint8Array | null): void
}

export class WatchHost {
  private readonly machine
  private picture: Uint8Array | null = null

  constructor(parts: WatchHostParts) {
    const { mono, spaces, silentMs, doubts, looksOnly, faults, emit } = parts
    const turns = looksOnly === undefined ? {} : { looksOnly }
    const own = { spaces, silentMs, doubts, faults, ...turns }
    const driver = watchDriver({ ...own, looksAnew: true })
    this.machine = new Machine({
      mono,
      initial: driver.initial(),
      stamped: (happening: Happening): WatchEvent => ({
        atMs: Math.floor(mono.nowUs() / 1000),
        ...happening,
      }),
      step(state, event) {
        const step = driver.step(state, event)
        if (step.state.faults !== state.faults) parts.faultsChanged(step.state.faults)
        return step
      },
      carryOut: ({ event }) => emit(event, this.picture),
    })
  }

  get state() {
    return this.machine.state
  }

  up(): void {
    this.machine.take({ type: 'linkUp' })
  }

  down(reason: DownText): void {
    this.machine.take({ type: 'linkDown', reason })
  }

  /** A person looked at its picture: it sees its spaces. */
  trusted(): void {
    this.machine.take({ type: 'trusted' })
  }

  /** The camera turned away from these devices. */
  left(deviceIds: readonly string[]): void {
    this.machine.take({ type: 'left', deviceIds })
  }

  take(read: SpaceRead, picture: Uint8Array | null): void {
    this.picture = picture
    this.machine.take({ type: 'read', read })
    this.picture = null
  }

  stop(): void {
    this.machine.stop()
  }
}
