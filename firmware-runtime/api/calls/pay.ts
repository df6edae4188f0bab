// Calls about payments by code at a stay: where each stands and what goes back of it, and giving some back.
// One person asks and another one approves; the window shows how far it is (8.3.2).
import { z } from 'zod'
import { fenMax } from '../../core/values/fen.ts'
import { act, read, reply, said, who, type ActAnswer } from '../rows.ts'

export interface PayRefundView {
  readonly refundNo: string
  readonly amountFen: number
  /** `late`: the car had paid otherwise, and it went back by itself. */
  readonly why: 'late' | 'person'
  /** `unknown`: the gateway says nothing of it; it is queried, never asked for anew. */
  readonly state: 'sent' | 'unknown' | 'done' | 'refused'
  readonly requestedBy: string | null
  readonly approvedBy: string | null
  readonly askedAtIso: string
  /** Of the gateway, where it refused. */
  readonly reason: string
}

export interface PayAttemptView {
  readonly orderId: string
  readonly attemptNo: string
  readonly state: string
  readonly amountFen: number
  readonly paidFen: number
  /** What may still go back. */
  readonly leftFen: number
  readonly refunds: readonly PayRefundView[]
}

const stayId = z.string().min(1).max(40)

export const payCalls = {
  'pay.attempts': read(
    'books',
    z.strictObject({ stayId }),
    reply<{ readonly rows: readonly PayAttemptView[] }>(),
  ),
  /** `approvedBy` is of the session where one asks; a script names it. */
  'pay.refund': act(
    'till',
    z.strictObject({
      stayId,
      attemptNo: z.string().min(1).max(64),
      refundFen: z.int().min(1).max(fenMax),
      approvedBy: said(60).optional(),
      ...who,
    }),
    reply<ActAnswer>(),
  ),
} as const
