// Reading the ledger from the hot thread: every question is answered by the worker (design.md 2).
// Shapes are those of ports/ledger-reader.ts; only the waiting differs.
import type { ReportPart } from '../core/billing/report-part.ts'
import type { RowSpan } from '../core/billing/row-span.ts'
import type { GivenBack, RefundByHand } from '../core/pay/refund-by-hand.ts'
import type { ExitWithoutEntry } from '../core/lot/stays-to-check.ts'
import type { Fen } from '../core/values/fen.ts'
import type { InstantMs } from '../core/values/instant.ts'
import type { LedgerRow } from '../core/values/rows/ledger-row.ts'
import type {
  LedgerQuery,
  LedgerSums,
  LedgerVerdict,
  QueryKind,
  QueryRows,
} from './ledger-reader.ts'

import type { LedgerSheet, SheetPlan } from './ledger-sheet.ts'

interface LedgerPage {
  readonly rows: readonly QueryRows[QueryKind][]
  readonly next: number | null
}

/** One car that left, as the ledger has it. */
export interface PassageOfDay {
  readonly atMs: InstantMs
  readonly laneId: string
  readonly stayId: string | null
  readonly plate: string | null
  readonly end: string
  /** What the stay cost, and what was really taken of it: nothing of a free or waived one. */
  readonly amountFen: number
  readonly takenFen: number
}

/** What a board shows of the time before this process started. */
export interface LedgerDay {
  readonly passages: number
  readonly paidFen: number
  /** Newest first. */
  readonly last: readonly PassageOfDay[]
}

/**
 * What came into the drawer, went back and opened it behind a count, by the numbers of the rows: a clock that stepped back
 * moves none of it. Of all rows where nobody ever counted.
 */
export interface SinceCount {
  /** The last row that was looked at. */
  readonly uptoSeq: number
  readonly takenFen: Fen
  readonly given: readonly GivenBack[]
  /** How many pulses ended in each state. */
  readonly pulses: Readonly<Record<string, number>>
}

/** What the books of a day are made of, in the order of time. */
export interface DayTally {
  /** When the ledger began: its first start. Null: it has none yet. */
  readonly beganMs: InstantMs | null
  /**
   * Steps of payments by code, from the day before on; refunds that ended in it also where they were asked earlier, and
   * whenever later where they are of what was paid in it.
   */
  readonly pays: readonly LedgerRow[]
  /** All rows of the books, of every day, by their numbers. */
  readonly books: readonly LedgerRow[]
  readonly sinceCount: SinceCount
  /** What people, or the platform, gave back from the day asked for on; that of first cars counts nowhere. */
  readonly given: readonly GivenBack[]
}

/** One stretch of a report. */
export interface PartRequest {
  readonly span: RowSpan
  /** Since when each tariff was in force, oldest first. */
  readonly tariffsMs: readonly InstantMs[]
  /** The last row that a count of the drawer has counted. */
  readonly countedSeq: number
}

/** A charge of ETC that a platform's bill may name. */
export interface EtcOfDay {
  readonly outTradeNo: string
  readonly stayId: string
  /** Nothing where it is not paid. */
  readonly paidFen: Fen
  readonly refundedFen: Fen
  readonly onItsWayFen: Fen
  readonly atMs: InstantMs
  /** Its exit record for the platform of the lot's operator, and whether that platform said that it has it; null: none. */
  readonly record: { readonly fen: Fen; readonly isThere: boolean } | null
}

/** What an hour of a day brought: cars through lanes, and fen of all means. */
export interface HourOfDay {
  readonly entered: number
  readonly left: number
  readonly takenFen: Fen
}

/** Payments of a pass that was sold, or one of them by its number. */
export type SaleRef = { readonly passNo: string } | { readonly paymentId: string }

export interface LedgerService {
  query(kind: QueryKind, filter: LedgerQuery): Promise<LedgerPage>
  sums(filter: LedgerQuery): Promise<LedgerSums>
  sheet(kind: QueryKind, filter: LedgerQuery, plan: SheetPlan): Promise<LedgerSheet>
  timeline(stayId: string): Promise<readonly LedgerRow[]>
  /** Payments of sold passes with what went back of each: they are of no stay. */
  saleRows(ref: SaleRef): Promise<readonly LedgerRow[]>
  verify(): Promise<LedgerVerdict>
  day(sinceMs: InstantMs): Promise<LedgerDay>
  /** The 24 hours of the day that begins then. */
  hoursOfDay(startMs: InstantMs): Promise<readonly HourOfDay[]>
  /** Rows of the cars that were let go in a stretch of time, for core/billing/let-go.ts. */
  letGoRows(fromMs: InstantMs, toMs: InstantMs): Promise<readonly LedgerRow[]>
  exitsWithoutEntry(sinceMs: InstantMs): Promise<readonly ExitWithoutEntry[]>
  refundsByHand(): Promise<readonly RefundByHand[]>
  dayTally(sinceMs: InstantMs): Promise<DayTally>
  reportPart(request: PartRequest): Promise<ReportPart>
  /** Charges of the day that begins then, and of the days beside it. */
  etcOfDay(startMs: InstantMs): Promise<readonly EtcOfDay[]>
  close(): Promise<void>
}
