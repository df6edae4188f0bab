// Checks the indexes of a long ledger after a start, outside the lanes' thread, because a start cannot wait for it.
// Wrong indexes stop the lanes between two cars, and the next start reports letter K.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'

interface IndexCheckParts {
  readonly tasks: Pick<TaskOwner, 'every'>
  /** No car is in a lane. */
  quiet(): boolean
  /** Reads the whole ledger, in another thread; what is wrong, or null. */
  check(): Promise<string | null>
  /** Stores for the next start that it has to check the whole ledger. */
  mark(what: string): void
  onFault(fault: LaneFault): void
  fatal(fault: LaneFault): void
}

/** The first minute of a start belongs to devices and waiting cars. */
const firstMs = 60_000
const againMs = 10_000
/** A check that ended unexpectedly reads the whole ledger again after this time. */
const failedMs = 6 * 3_600_000
/** A lot that is never quiet is checked anyway. */
const triesMax = 60
/** A car that is being charged gets some time; after that an intact ledger has priority. */
const endTriesMax = 6

export class IndexCheck {
  private readonly parts: IndexCheckParts
  private readonly checking: SideTask
  private readonly ending: SideTask
  private tries = triesMax
  private endTries = endTriesMax
  private found: string | null = null
  private stopped = false

  constructor(parts: IndexCheckParts) {
    this.parts = parts
    const { tasks } = parts
    const pace = { everyMs: failedMs }
    const check = () => (this.waits(--this.tries) ? againMs : this.look())
    this.checking = tasks.every('indexCheck', { ...pace, firstMs }, check)
    const end = () => (this.waits(--this.endTries) ? againMs : this.end())
    this.ending = tasks.every('indexCheck', { ...pace, firstMs: null }, end)
  }

  stop(): void {
    this.stopped = true
    this.checking.stop()
    this.ending.stop()
  }

  private waits(tries: number): boolean {
    return !this.parts.quiet() && tries > 0
  }

  private end(): null {
    this.parts.fatal(new LaneFault('LEDGER-05', { note: this.found ?? '' }))
    return null
  }

  /** When the disk refuses the mark the lanes end anyway: the nightly backup reports it again. */
  private mark(found: string): void {
    onFault(
      () => this.parts.mark(found),
      (error) => this.parts.onFault(error),
    )
  }

  private async look(): Promise<null> {
    let found: string | null
    try {
      found = await this.parts.check()
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      // A failed check says nothing about the ledger: the nightly backup checks again.
      if (!this.stopped) this.parts.onFault(error)
      return null
    }
    if (found === null || this.stopped) return null
    this.found = found
    this.parts.onFault(new LaneFault('LEDGER-05', { note: found }))
    this.mark(found)
    this.ending.soon()
    return null
  }
}
