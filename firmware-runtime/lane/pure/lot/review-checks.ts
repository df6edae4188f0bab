// A charge that another billing system has to agree to first is confirmed by the platform only after its review: agreed, or
// not answered in time (8.1.2.2 d). Part of the checker of invariants.ts (M2).
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Checker } from './invariant-cases.ts'

export class ReviewChecks {
  /** The last record of a charge: its review is a row of the same transaction. */
  private last: { readonly deductionId: string; readonly outboxId: string } | null = null
  /** Records that wait, by deduction, and their deductions. */
  private readonly waiting = new Map<string, string>()

  take(c: Checker, row: LedgerRow): void {
    if (row.kind === 'outbox' && row.deductionId !== undefined) {
      const { deductionId } = row
      this.last = { deductionId, outboxId: row.body.outboxId }
      return
    }
    if (row.kind === 'review') this.reviewed(c, row)
    if (row.kind !== 'outboxState' || row.body.state !== 'confirmed') return
    const { outboxId } = row.body
    const waits = [...this.waiting.values()].includes(outboxId)
    if (this.waiting.size > 0) c.check('M2', !waits, row, `${outboxId} went up before its review`)
  }

  private reviewed(c: Checker, row: Extract<LedgerRow, { kind: 'review' }>): void {
    const { deductionId = '', body } = row
    if (body.result === 'agreed' || body.result === 'silent') this.waiting.delete(deductionId)
    if (body.result !== 'asked') return
    const isOfLast = this.last?.deductionId === deductionId
    c.check('M2', isOfLast, row, `a review of ${deductionId} without its record`)
    if (isOfLast) this.waiting.set(deductionId, this.last?.outboxId ?? '')
  }
}
