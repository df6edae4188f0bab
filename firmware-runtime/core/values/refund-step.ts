// How far a refund of ETC is at the platform, as the note of its record and as the state of the refund.
// A refund without a step was not answered yet.
import type { RefundState } from './rows/ledger-row.ts'

/** Steps that are no end. */
const refundSteps: readonly string[] = ['pending', 'approved', 'abnormal'] satisfies RefundState[]

export const isRefundStep = (note: string): note is 'pending' | 'approved' | 'abnormal' =>
  refundSteps.includes(note)
