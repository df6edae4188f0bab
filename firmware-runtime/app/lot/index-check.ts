// Checks the indexes of a long ledger after a start, beside the lanes: a start cannot wait for it.
// A ledger whose indexes are wrong stops the lanes between two cars, and the next start says letter K.
import { LaneFault } from '../../core/faults/faults.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'

interface IndexCheckParts {
  readonly mono: MonoClock
  /** No car is about. */
  quiet(): boolean
  /** Reads all of the ledger, elsewhere; what is wrong, or null. */
  check(): Promise<string | null>
  /** Keeps over the end of this process that the next start has to check as a whole. */
  mark(what: string): void
  onFault(fault: LaneFault): void
  fatal(fault: LaneFault): void
}

/** The first minute of a start belongs to devices and to cars that wait. */
const firstMs = 60_000
const againMs = 10_000
/** A lot that is never quiet is checked all the same. */
const triesMax = 60
/** A car that is being charged gets its time; what comes after it is worth less than a sound ledger. */
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

  /** A disk that takes no mark ends the lanes all the same: a backup of the night says it again. */
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
      // That it could not be looked at says nothing of the ledger: the nightly backup looks again.
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
