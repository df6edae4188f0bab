// What an answer of a destination means to the queue, as the dialect judges it.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Refusal } from '#base/pure/words/refusals.ts'
import type { RefundState } from '#base/pure/rows/ledger-row.ts'

/** Answer of a platform to an hourly batch: its own count, and the numbers that it misses. */
export interface BatchAnswer {
  readonly count: number
  readonly missing: readonly string[]
}

/** Verdict of the dialect on an answer. */
export type QueueVerdict =
  | {
      readonly kind: 'confirmed'
      readonly tradeNo: string | null
      readonly batch?: BatchAnswer | undefined
    }
  /** A final business refusal: no retry; the car pays by other means or a person decides. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** A refusal for format or permission: stays in the queue as `held` until a person corrects it. */
  | {
      readonly kind: 'held'
      readonly reason: string
      readonly refusal?: Refusal
      /** The platform accepts no such request at all: others of the kind need not be tried. */
      readonly endsKind?: boolean
    }
  /** `step`: state of a refund at the platform. `why`: reason why an order is not paid by ETC yet. */
  | { readonly kind: 'processing'; readonly step?: RefundState; readonly why?: string }
  | { readonly kind: 'notFound' }
  /** The application may be confirmed until then; nothing is charged yet. */
  | { readonly kind: 'allowed'; readonly untilMs: InstantMs }
  /** The application has ended without a charge. */
  | { readonly kind: 'lapsed' }
  /** Retry after the stated time. */
  | { readonly kind: 'busy'; readonly afterMs: number | null; readonly reason: string }
  /**
   * An inconclusive answer (D.2 rule 8): unknown as after silence, but the link works. `refusal`: the platform did not
   * accept the record, for a reason that the program itself can remove.
   */
  | { readonly kind: 'unclear'; readonly reason: string; readonly refusal?: Refusal }
  /** No certain answer: the request may have had its effect (M6). */
  | { readonly kind: 'silence'; readonly reason: string; readonly sent: boolean }

export interface AnswerMeta {
  readonly httpStatus: number | null
  readonly respCode: string | null
  readonly requestId: string | null
}
