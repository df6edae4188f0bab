// Looks at the second place whether another machine has taken the lanes of this lot, or a former one came back. The lanes end
// between two cars once another machine has them (COPY-15); one that came back is a matter for a day (COPY-16).
import type { CopiesView } from '#ledger/calls/backup-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { CopyPlan, HolderService } from '#ledger/ports/copy-service.ts'
import { codedFault } from '#base/process/api-fault.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'

interface HolderParts {
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly service: HolderService
  /** The second place as it is now; null: the lot has none. */
  plan(): CopyPlan | null
  nowMs(): InstantMs
  /** No car is in a lane. */
  quiet(): boolean
  /** One access to the second place after another. */
  inTurn<T>(step: () => Promise<T>): Promise<T>
  say(fault: LaneFault): void
  fatal(fault: LaneFault): void
}

/** The first minute of a start belongs to devices and waiting cars; the start itself has looked once. */
const firstMs = 60_000
const everyMs = 300_000
const againMs = 2_000
/** A car that is being charged gets some time; after that two machines in one lane are worse. */
const endTriesMax = 30

export class HolderWatch {
  private readonly parts: HolderParts
  private readonly task: SideTask
  private taken: LaneFault | null = null
  private former: { readonly fault: LaneFault; readonly atMs: InstantMs } | null = null
  private tries = endTriesMax

  constructor(parts: HolderParts) {
    this.parts = parts
    this.task = parts.tasks.every('holder', { firstMs, everyMs }, () => this.step())
  }

  stop(): void {
    this.task.stop()
  }

  lookSoon(): void {
    this.task.soon()
  }

  /** What a person has to know; null: this machine has the lanes alone. */
  get fault(): CopiesView['fault'] {
    const { taken, former } = this
    const isRecent = former !== null && this.parts.nowMs() - former.atMs < dayMs
    const fault = taken ?? (isRecent ? former.fault : null)
    return fault === null ? null : codedFault(fault.code, fault.detail.note ?? '')
  }

  /** A copy that was not made, and told, looked at the same mark. */
  copyFailed(error: unknown): void {
    if (!(error instanceof LaneFault) || error.code !== 'COPY-15') return
    this.taken = error
    this.task.soon(0)
  }

  private async step(): Promise<number | null> {
    if (this.taken !== null) return this.end(this.taken)
    const plan = this.parts.plan()
    if (plan === null) return everyMs
    const { service, nowMs, inTurn } = this.parts
    try {
      const { formerIso } = await inTurn(() => service.holdPlace(plan, isoOf(nowMs())))
      if (formerIso !== null) this.seen(formerIso)
    } catch (error) {
      // The copies tell of a place that cannot be reached.
      if (!(error instanceof LaneFault)) throw error
      if (error.code !== 'COPY-15') return everyMs
      this.taken = error
      this.parts.say(error)
      return 0
    }
    return everyMs
  }

  private seen(formerIso: string): void {
    const fault = new LaneFault('COPY-16', { value: formerIso, note: formerIso })
    this.former = { fault, atMs: this.parts.nowMs() }
    this.parts.say(fault)
  }

  private end(fault: LaneFault): number | null {
    if (!this.parts.quiet() && --this.tries > 0) return againMs
    this.parts.fatal(fault)
    return null
  }
}
