// State of an ETC refund at the platform, as the note of its record and as the state of the refund.
// A refund without a step has no answer yet.
import { t, type BilingualText } from '../words/fault-text.ts'
import type { RefundState } from '../rows/ledger-row.ts'

export const refundWords: Readonly<Record<RefundState, BilingualText>> = {
  pending: t('已申请', 'Requested'),
  approved: t('已批准', 'Approved'),
  abnormal: t('平台处理异常', 'Exception at the platform'),
  success: t('已退还', 'Refunded'),
  rejected: t('被拒绝', 'Refused'),
}

/** Steps that are no end. */
const refundSteps: readonly string[] = ['pending', 'approved', 'abnormal'] satisfies RefundState[]

export const isRefundStep = (note: string): note is 'pending' | 'approved' | 'abnormal' =>
  refundSteps.includes(note)
