// The bill of a day from a platform: its charges, line by line, their refunds, and their split.
// A truncated or unsigned bill, or one of another day, is treated as missing.
import type { BillLine } from '#money/pure/billing/day-tally.ts'
import type { Fen } from '#base/pure/values/fen.ts'

export interface BilledTrade extends Omit<BillLine, 'attemptNo'> {
  readonly outTradeNo: string
}

/** Share of one party in a trade (H.1 item 2). */
export interface SplitShare {
  readonly outTradeNo: string
  readonly partyId: string
  /** Basis points of the trade after refunds. */
  readonly shareBp: number
  readonly shareFen: Fen
}

/** `none`: no such interface. `notYet`: the bill is not ready. `silent`: no trustworthy answer. */
export type DayBill<Row> =
  | { readonly kind: 'bill'; readonly day: string; readonly rows: readonly Row[] }
  | { readonly kind: 'none' | 'notYet' | 'silent'; readonly reason: string }

export type PlatformBill = DayBill<BilledTrade>
export type SplitBill = DayBill<SplitShare>

/** `day`: `YYYY-MM-DD`. Called back once. */
export interface PlatformBills {
  bill(day: string, done: (found: PlatformBill) => void): void
  /** Null where the platform has no split bill. */
  readonly split: ((day: string, done: (found: SplitBill) => void) => void) | null
}
