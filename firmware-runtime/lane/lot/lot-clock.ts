// The clock of a running lot: read before every turn, compared by ledger/pure/lot/clock-watch.ts, recorded in rows. Both
// readings come from one clock of the composition root, so that they belong together.
import {
  endingMs,
  expectedMs,
  startClock,
  stepClock,
  type ClockDoubt,
  type ClockEvent,
  type ClockReading,
  type ClockState,
} from '#ledger/pure/lot/clock-watch.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { BusinessClock } from '#base/ports/clocks.ts'

type Happened =
  | { readonly type: 'read' }
  | { readonly type: 'trusted'; readonly offsetMs: number }
  | { readonly type: 'confirmed' }

export class LotClock {
  private readonly clock: BusinessClock
  private readonly lot: LotState
  private state: ClockState
  /** Rows that could not be written yet, for example on a full disk. */
  private readonly unwritten: RowDraft[] = []

  constructor(clock: BusinessClock, lot: LotState) {
    this.clock = clock
    this.lot = lot
    this.state = startClock(lot.clock)
  }

  private reading(): ClockReading {
    return { wallMs: this.clock.nowMs(), steadyMs: this.clock.steadyMs() }
  }

  /** The doubt, with the time that the clock should show; null while the clock may price. */
  get doubt(): ClockDoubt | null {
    const { doubt } = this.state
    if (doubt === null) return null
    const reading = this.reading()
    const nowMs = expectedMs(this.state, reading) ?? doubt.expectedMs
    return { ...doubt, readMs: reading.wallMs, expectedMs: nowMs }
  }

  /** The time by which something may end for good or be reported as over; null in doubt. */
  get endingMs(): InstantMs | null {
    return endingMs(this.state, this.reading())
  }

  /** Rows to be made durable; `sure`: a doubt has ended. */
  take(happened: Happened): { readonly rows: readonly RowDraft[]; readonly sure: boolean } {
    const before = this.state.doubt
    const event: ClockEvent = { ...happened, reading: this.reading() }
    const step = stepClock(this.state, event, this.lot.clock, this.lot.upkeep.lastAtMs)
    this.state = step.state
    if (step.row !== null) this.unwritten.push(step.row)
    return { rows: this.unwritten, sure: before !== null && step.state.doubt === null }
  }

  written(): void {
    this.unwritten.length = 0
  }
}
