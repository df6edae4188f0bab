// Groups the receipts of a fast backlog: one transaction and one sync for all that arrived while others were in flight.
// Until then their records stay in the queue, and a crash only causes a repeat under the same number.
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'

/** Longest wait of the first receipt of a group. */
const groupMs = 50
/** Rows in one transaction: some milliseconds of the 50 within which an antenna is answered. */
const rowsMax = 50

interface GroupPorts {
  readonly mono: Pick<MonoClock, 'after'>
  /** Tries of the backlog whose answers may still join. */
  underWay(): number
  /** Writes one transaction, in this order. */
  write(rows: readonly RowDraft[]): void
  /** Called after rows were written outside a turn. */
  afterwards(): void
}

export class ReceiptGroup {
  private readonly own: GroupPorts
  private rows: RowDraft[] = []
  private wake: Cancel | null = null

  constructor(own: GroupPorts) {
    this.own = own
  }

  add(rows: readonly RowDraft[]): void {
    this.rows.push(...rows)
    if (this.rows.length >= rowsMax || this.own.underWay() === 0) this.flush()
    else if (this.rows.length > 0) this.wake ??= this.own.mono.after(groupMs, () => this.due())
  }

  private due(): void {
    this.flush()
    this.own.afterwards()
  }

  /** Writes the group now, so that later rows come after it. */
  flush(): void {
    this.wake?.()
    this.wake = null
    const { rows } = this
    if (rows.length === 0) return
    this.rows = []
    this.own.write(rows)
  }
}
