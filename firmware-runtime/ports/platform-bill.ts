// The bill of a day as a platform has it: what it charged, line by line, and what of it went back.
// A bill that was cut, is of another day or is not signed is none.
import type { Fen } from '../core/values/fen.ts'

export interface BilledTrade {
  readonly outTradeNo: string
  readonly paidFen: Fen
  readonly refundedFen: Fen
}

export type PlatformBill =
  | { readonly kind: 'bill'; readonly day: string; readonly rows: readonly BilledTrade[] }
  /** `none`: it has no such interface. `notYet`: it makes the bill later. `silent`: nothing that can be trusted. */
  | { readonly kind: 'none' | 'notYet' | 'silent'; readonly reason: string }

export interface PlatformBills {
  /** `day`: `YYYY-MM-DD`. Called back once. */
  bill(day: string, done: (found: PlatformBill) => void): void
}
