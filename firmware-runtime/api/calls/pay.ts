// Calls about the payments of a stay, by whichever means: where each stands and what goes back of it, and giving
// some back. One person asks and another one approves; the window shows how far it is (8.3.2).
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { fenMax } from '../../core/values/fen.ts'
import type { RefundAskState } from '../../core/billing/refund-asks.ts'
import type { PaymentMeans } from '../../core/values/payment-means.ts'
import { refundAnswers } from '../../core/values/rows/tally-row.ts'
import { act, none, read, reply, said, who, type ActAnswer } from '../rows.ts'

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

/** A refund that one person asked for and another one answers, at whichever window of the lot. */
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
  /** Who may say yes to it; null where the lot has no people, and names are typed. */
  readonly second: readonly string[] | null
}

const stayId = z.string().min(1).max(40)
const back = {
  /** Absent: the price of a pass, which is of no stay. */
  stayId: stayId.optional(),
  attemptNo: z.string().min(1).max(64),
  refundFen: z.int().min(1).max(fenMax),
}

export const payCalls = {
  /** Of a stay, or of the pass of this number that was sold. */
  'pay.attempts': read(
    'desk',
    () =>
      z.strictObject({ stayId: stayId.optional(), passNo: z.string().min(1).max(40).optional() }),
    reply<{ readonly rows: readonly PayAttemptView[] }>(),
    { rest: 'folder', command: 'pay attempts' },
  ),
  /** `approvedBy` is of the session where one asks; a script names it. */
  'pay.refund': act(
    'till',
    () => z.strictObject({ ...back, approvedBy: said(60).optional(), ...who }),
    reply<ActAnswer>(),
    {
      words: t('退款', 'Payment given back'),
      guard: 'fourEyes',
      command: 'pay refund',
      flags: { refundFen: 'fen' },
    },
  ),
  /** Asks for it and gives nothing back: it waits in the list, over a restart too, until another person answers. */
  'refunds.ask': act('till', () => z.strictObject({ ...back, ...who }), reply<ActAnswer>(), {
    words: t('申请退款', 'Refund asked for'),
    command: 'pay ask',
    flags: { refundFen: 'fen' },
  }),
  /** What waits, then what was answered last. */
  'refunds.asked': read('desk', none, reply<{ readonly rows: readonly RefundAskView[] }>(), {
    rest: 'folder',
    command: 'pay asked',
  }),
  /** `yes` by another person than who asked, and it goes back; `no` by anybody who may, also by who asked. */
  'refunds.answer': act(
    'till',
    () => z.strictObject({ askId: who.commandId, answer: z.enum(refundAnswers), ...who }),
    reply<ActAnswer>(),
    // A second person's word over money that goes back.
    { words: t('答复退款申请', 'Refund answered'), guard: 'pin', command: 'pay answer' },
  ),
} as const
