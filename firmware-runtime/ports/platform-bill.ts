// The bill of a day as a platform has it: what it charged, line by line, what of it went back, and how it is split.
// A bill that was cut, is of another day or is not signed is none.
import type { Fen } from '../core/values/fen.ts'
import type { InstantMs } from '../core/values/instant.ts'

export interface BilledTrade {
  readonly outTradeNo: string
  readonly paidFen: Fen
  readonly refundedFen: Fen
  /** When it was charged; absent where the bill does not say. */
  readonly atMs?: InstantMs
  /** The day on which its money is cleared, `YYYY-MM-DD`; null: it is not. Absent where the bill does not say. */
  readonly clearedOn?: string | null
  /** Somebody disputes it: its money is held until that ends. */
  readonly isDisputed?: true
}

/** What one party gets of a trade (H.1 item 2). */
export interface SplitShare {
  readonly outTradeNo: string
  readonly partyId: string
  /** Basis points of what is left of the trade. */
  readonly shareBp: number
  readonly shareFen: Fen
}

/** `none`: it has no such interface. `notYet`: it makes the bill later. `silent`: nothing that can be trusted. */
export type DayBill<Row> =
  | { readonly kind: 'bill'; readonly day: string; readonly rows: readonly Row[] }
  | { readonly kind: 'none' | 'notYet' | 'silent'; readonly reason: string }

export type PlatformBill = DayBill<BilledTrade>
export type SplitBill = DayBill<SplitShare>

/** `day`: `YYYY-MM-DD`. Called back once. */
export interface PlatformBills {
  bill(day: string, done: (found: PlatformBill) => void): void
  /** Null where the province's platform has no split bill. */
  readonly split: ((day: string, done: (found: SplitBill) => void) => void) | null
}
