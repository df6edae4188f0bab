// Checks the indexes of a long ledger after a start, outside the lanes' thread, because a start cannot wait for it.
// Wrong indexes stop the lanes between two cars, and the next start reports letter K.
import { LaneFault } from '../../core/faults/faults.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'

interface IndexCheckParts {
  readonly mono: MonoClock
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
/** A lot that is never quiet is checked anyway. */
const triesMax = 60
/** A car that is being charged gets some time; after that an intact ledger has priority. */
const endTriesMax = 6

export class IndexCheck {
  private readonly parts: IndexCheckParts
  private timer: Cancel | null = null
  private stopped = false

  constructor(parts: IndexCheckParts) {
    this.parts = parts
    this.whenQuiet(firstMs, triesMax, () => void this.look())
  }

  stop(): void {
    this.stopped = true
    this.timer?.()
  }

  private whenQuiet(afterMs: number, tries: number, go: () => void): void {
    this.timer = this.parts.mono.after(afterMs, () => {
      if (this.parts.quiet() || tries <= 1) go()
      else this.whenQuiet(againMs, tries - 1, go)
    })
  }

  /** When the disk refuses the mark the lanes end anyway: the nightly backup reports it again. */
  private mark(found: string): void {
    try {
      this.parts.mark(found)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.parts.onFault(error)
    }
  }

  private async look(): Promise<void> {
    let found: string | null
    try {
      found = await this.parts.check()
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      // A failed check says nothing about the ledger: the nightly backup checks again.
      if (!this.stopped) this.parts.onFault(error)
      return
    }
    if (found === null || this.stopped) return
    const fault = new LaneFault('LEDGER-05', { note: found })
    this.parts.onFault(fault)
    this.mark(found)
    this.whenQuiet(0, endTriesMax, () => this.parts.fatal(fault))
  }
}
