// Rows of acts that were done although the ledger refused them: an emergency open, a car that left, a late result. They
// are kept in memory, in order, and written as soon as the ledger accepts rows.
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { isLateTac } from '#ledger/pure/lot/not-uploaded.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

const againMs = 10_000
/** Limits the memory when a disk stays full for days. */
const groupsMax = 10_000

interface RowLedger {
  readonly lot: LotState
  append(rows: readonly RowDraft[]): unknown
}

interface PendingLot {
  /** Stays whose car is in a lane. */
  inLanes(): ReadonlySet<string>
  /** Called after a try that no event of a lane caused. */
  tried(): void
}

/** A pass written late would open the boom once more after a restart, so it is left out. */
const isKept = (row: RowDraft): boolean => row.kind !== 'pass' && row.kind !== 'barrier'

export class PendingRows {
  private readonly ledger: RowLedger
  private readonly mono: MonoClock
  private readonly lot: PendingLot
  private groups: (readonly RowDraft[])[] = []
  private cancel: (() => void) | null = null

  constructor(ledger: RowLedger, mono: MonoClock, lot: PendingLot) {
    this.ledger = ledger
    this.mono = mono
    this.lot = lot
  }

  /** Takes the rows of one failed transaction. */
  note(rows: readonly RowDraft[]): void {
    const kept = rows.filter(isKept)
    if (kept.length > 0 && this.groups.length < groupsMax) this.groups.push(kept)
    this.tryLater()
  }

  /** Writes pending rows. To be called before a turn, so that the turn uses the true state. */
  settle(): void {
    while (this.groups[0] !== undefined && this.written(this.groups[0])) this.groups.shift()
    this.tryLater()
  }

  /** The last try before the end of this process. */
  stop(): void {
    this.settle()
    this.cancel?.()
  }

  private tryLater(): void {
    if (this.groups.length === 0 || this.cancel !== null) return
    this.cancel = this.mono.after(againMs, () => {
      this.cancel = null
      this.settle()
      this.lot.tried()
    })
  }

  private written(group: readonly RowDraft[]): boolean {
    if (!this.stillTrue(group)) return true
    return orIfFault(() => {
      this.ledger.append(group)
      return true
    }, false)
  }

  /** The same may have been written another way since: a stay ends once, a deduction is settled once. */
  private stillTrue(group: readonly RowDraft[]): boolean {
    const { lot } = this.ledger
    const inLanes = this.lot.inLanes()
    return group.every((row) => {
      if (isLateTac(row)) return lot.notUploaded.get(row.deductionId ?? '')?.tac === null
      if (row.kind === 'outcome') return lot.unsettled.has(row.deductionId ?? '')
      if (row.kind !== 'stayClosed') return true
      return lot.stays.has(row.stayId ?? '') && !inLanes.has(row.stayId ?? '')
    })
  }
}
