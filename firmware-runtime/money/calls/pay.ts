// Calls about the payments of a stay, by any means: their state and refunds, and paying back. One person requests and
// another one approves; the window shows the progress (8.3.2).
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { fenMax } from '#base/pure/values/fen.ts'
import type { RefundAskState } from '../pure/billing/refund-asks.ts'
import type { PaymentMeans } from '#base/pure/values/payment-means.ts'
import { refundAnswers } from '#base/pure/rows/tally-row.ts'
import { none, plainAct, read, reply, said, who } from '#base/calls/rows.ts'

/**
 * `waiting`: for its charge, or for the network. `unknown`: no answer; it is queried, never requested again. `review`,
 * `approved`, `abnormal`: steps of the platform. `held`: the platform refused the request. `byHand`: the platform never
 * had the charge, and people pay back.
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
  /** `late`: paid back by rule, because the car had paid by other means. */
  readonly why: 'late' | 'person'
  readonly state: RefundProgress
  readonly requestedBy: string | null
  readonly approvedBy: string | null
  readonly askedAtIso: string
  /** The reason given by the person who requested it. */
  readonly reason: string
  /** Text of the refusal by gateway or platform. */
  readonly refusal: string
}

export interface PayAttemptView {
  readonly orderId: string
  /** Payment by code: its number at the gateway; ETC: its trade number; else the number of the payment. */
  readonly attemptNo: string
  readonly means: PaymentMeans
  readonly state: string
  readonly amountFen: number
  readonly paidFen: number
  /** Amount that may still be refunded. */
  readonly leftFen: number
  readonly refunds: readonly PayRefundView[]
}

/** A refund that one person requested and another one answers, at any window of the lot. */
export interface RefundAskView {
  readonly askId: string
  /** Null: the price of a pass. */
  readonly stayId: string | null
  readonly plate: string | null
  readonly attemptNo: string
  readonly means: PaymentMeans
  readonly amountFen: number
  readonly by: string
  readonly reason: string
  readonly askedAtIso: string
  readonly state: RefundAskState
  readonly answered: { readonly by: string; readonly reason: string; readonly atIso: string } | null
  /** People who may approve it; null: the lot has no accounts, and names are typed. */
  readonly second: readonly string[] | null
}

const stayId = z.string().min(1).max(40)
const back = {
  /** Absent: the price of a pass, which belongs to no stay. */
  stayId: stayId.optional(),
  attemptNo: z.string().min(1).max(64),
  refundFen: z.int().min(1).max(fenMax),
}

export const payCalls = {
  /** Payments of a stay, or of the sold pass with this number. */
  'pay.attempts': read(
    'desk',
    () =>
      z.strictObject({ stayId: stayId.optional(), passNo: z.string().min(1).max(40).optional() }),
    reply<{ readonly rows: readonly PayAttemptView[] }>(),
    { rest: 'folder', command: 'pay attempts' },
  ),
  /** `approvedBy` comes from the session where there is one; a script names it. */
  'pay.refund': plainAct('till', () => ({ ...back, approvedBy: said(60).optional() }), {
    words: t('退款', 'Payment given back'),
    guard: 'fourEyes',
    command: 'pay refund',
    flags: { refundFen: 'fen' },
  }),
  /** Requests a refund without paying back: it waits in the list, also over a restart, until another person answers. */
  'refunds.ask': plainAct('till', () => ({ ...back }), {
    words: t('申请退款', 'Refund asked for'),
    command: 'pay ask',
    flags: { refundFen: 'fen' },
  }),
  /** Waiting requests, then those answered last. */
  'refunds.asked': read('desk', none, reply<{ readonly rows: readonly RefundAskView[] }>(), {
    rest: 'folder',
    command: 'pay asked',
  }),
  /**
   * `yes` by another person than the one who requested: the money is paid back; `no` by any person with the right, also
   * the one who requested.
   */
  'refunds.answer': plainAct(
    'till',
    () => ({ askId: who.commandId, answer: z.enum(refundAnswers) }),
    // A second person approves money that is paid back.
    { words: t('答复退款申请', 'Refund answered'), guard: 'pin', command: 'pay answer' },
  ),
} as const
