// The day of an open lot: its cars leave no lane, so that no event counts them. Its ledger is read again when it has grown.
import type { LotConfig } from '#base/pure/lot/config.ts'
import { dayStartMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import { isOpenLot } from '#lane/open/open-spaces.ts'
import type { BoardTracker } from '#base/desk/handlers/board.ts'

/** Least time between two reads. */
const againMs = 5_000

export class StreetDay {
  private readonly service: Pick<LedgerService, 'day'>
  private readonly tracker: BoardTracker
  private readonly isOpen: boolean
  private isReading = false
  private last = { seq: -1, atMs: 0 }

  constructor(
    {
      config,
      service,
    }: { readonly config: LotConfig; readonly service: Pick<LedgerService, 'day'> },
    tracker: BoardTracker,
  ) {
    this.service = service
    this.tracker = tracker
    this.isOpen = isOpenLot(config)
  }

  /** `seq`: that of the newest row. Until the answer the former day stands. */
  look(seq: number, nowMs: InstantMs): void {
    if (!this.isOpen || this.isReading || seq === this.last.seq) return
    if (Math.abs(nowMs - this.last.atMs) < againMs) return
    this.isReading = true
    this.last = { seq, atMs: nowMs }
    this.service.day(dayStartMs(nowMs)).then(
      (day) => {
        this.isReading = false
        this.tracker.follow(day, isoOf(nowMs))
      },
      () => {
        // Read again by the next look.
        this.isReading = false
        this.last = { seq: -1, atMs: nowMs }
      },
    )
  }
}
