// Calls about the payments of a stay, by whichever means: where each stands and what goes back of it, and giving
// some back. One person asks and another one approves; the window shows how far it is (8.3.2).
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { fenMax } from '../../core/values/fen.ts'
import type { PaymentMeans } from '../../core/values/payment-means.ts'
import { act, read, reply, said, who, type ActAnswer } from '../rows.ts'

/**
 * `waiting`: behind its charge, or for the network. `unknown`: nothing answers; it is queried, never asked for anew.
 * `review`, `approved`, `abnormal`: steps of the platform. `held`: the platform did not take the request. `byHand`:
 * the platform never had the charge, people give the money.
 */
export type RefundProgress =
  | 'waiting'
  | 'sent'
  | 'unknown'
  | 'review'
  | 'approved'
  | 'abnormal'
  | 'held'
  | 'byHand'
  | 'done'
  | 'refused'

export interface PayRefundView {
  readonly refundNo: string
  readonly amountFen: number
  /** `late`: a rule gives it back by itself, for the car had paid otherwise. */
  readonly why: 'late' | 'person'
  readonly state: RefundProgress
  readonly requestedBy: string | null
  readonly approvedBy: string | null
  readonly askedAtIso: string
  /** With which people asked for it. */
  readonly reason: string
  /** Words of the gateway or the platform, where it refused. */
  readonly refusal: string
}

export interface PayAttemptView {
  readonly orderId: string
  /** By code its number at the gateway, of ETC its trade number, else the number of the payment. */
  readonly attemptNo: string
  readonly means: PaymentMeans
  readonly state: string
  readonly amountFen: number
  readonly paidFen: number
  /** What may still go back. */
  readonly leftFen: number
  readonly refunds: readonly PayRefundView[]
}

const stayId = z.string().min(1).max(40)

export const payCalls = {
  /** Of a stay, or of the pass of this number that was sold. */
  'pay.attempts': read(
    'desk',
    z.strictObject({ stayId: stayId.optional(), passNo: z.string().min(1).max(40).optional() }),
    reply<{ readonly rows: readonly PayAttemptView[] }>(),
    { rest: 'folder' },
  ),
  /** `approvedBy` is of the session where one asks; a script names it. */
  'pay.refund': act(
    'till',
    z.strictObject({
      /** Absent: the price of a pass, which is of no stay. */
      stayId: stayId.optional(),
      attemptNo: z.string().min(1).max(64),
      refundFen: z.int().min(1).max(fenMax),
      approvedBy: said(60).optional(),
      ...who,
    }),
    reply<ActAnswer>(),
    { words: t('退款', 'Payment given back'), guard: 'fourEyes' },
  ),
} as const
