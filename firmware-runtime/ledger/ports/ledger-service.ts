// Read access to the ledger from the lanes' thread: a worker answers every request (design.md 2).
// Shapes are those of ledger/ports/ledger-reader.ts; the methods are asynchronous.
import type { ReportPart } from '#money/pure/billing/report-part.ts'
import type { RowSpan } from '#money/pure/billing/row-span.ts'
import type { GivenBack, RefundByHand } from '#money/pure/pay/refund-by-hand.ts'
import type { NewsAsked, NewsRows } from '../pure/lot/news-rows.ts'
import type { ExitWithoutEntry } from '../pure/lot/stays-to-check.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type {
  LedgerQuery,
  LedgerSums,
  LedgerVerdict,
  QueryKind,
  QueryRows,
} from './ledger-reader.ts'

import type { LedgerSheet, SheetPlan } from '#base/ports/ledger-sheet.ts'

interface LedgerPage {
  readonly rows: readonly QueryRows[QueryKind][]
  readonly next: number | null
}

/** One car that left, from the ledger. */
export interface PassageOfDay {
  readonly atMs: InstantMs
  readonly laneId: string
  readonly stayId: string | null
  readonly plate: string | null
  readonly end: string
  /** What the camera of its lane took; null: no photo. */
  readonly photoId: string | null
  /** Cost of the stay, and the fen received for it: 0 for a free or waived one. */
  readonly amountFen: number
  readonly takenFen: number
}

/** Data of the day from before this process started, for the board. */
export interface LedgerDay {
  readonly passages: number
  readonly paidFen: number
  /** Newest first; the newest of each lane is among them. */
  readonly last: readonly PassageOfDay[]
}

/**
 * Drawer movements since a count: payments, refunds and drawer openings, selected by row numbers, so that a clock that stepped
 * back changes nothing. Covers all rows when the drawer was never counted.
 */
export interface SinceCount {
  /** Last row included. */
  readonly uptoSeq: number
  readonly takenFen: Fen
  readonly given: readonly GivenBack[]
  /** Number of drawer pulses by final state. */
  readonly pulses: Readonly<Record<string, number>>
}

/** Input of the books of a day, in chronological order. */
export interface DayTally {
  /** Time of the first start of the ledger; null: never started. */
  readonly beganMs: InstantMs | null
  /**
   * Steps of payments by code from the previous day on; refunds that ended in the day even if requested earlier, and later
   * refunds of payments of the day.
   */
  readonly pays: readonly LedgerRow[]
  /** All rows of the books, of every day, by row number. */
  readonly books: readonly LedgerRow[]
  readonly sinceCount: SinceCount
  /** Refunds by people or the platform since the requested day; those of test cars are left out. */
  readonly given: readonly GivenBack[]
}

/** One day or shift of a report. */
export interface PartRequest {
  readonly span: RowSpan
  /** Start of validity of each tariff, oldest first. */
  readonly tariffsMs: readonly InstantMs[]
  /** Last row covered by a count of the drawer. */
  readonly countedSeq: number
}

/** An ETC charge that may appear in a bill of the platform. */
export interface EtcOfDay {
  readonly outTradeNo: string
  readonly stayId: string
  /** 0: not paid. */
  readonly paidFen: Fen
  readonly refundedFen: Fen
  readonly onItsWayFen: Fen
  readonly atMs: InstantMs
  /** Its exit record for the operator's platform, and whether that platform confirmed it; null: no record. */
  readonly record: { readonly fen: Fen; readonly isThere: boolean } | null
}

/** One hour of a day: cars through the lanes, and fen of all means. */
export interface HourOfDay {
  readonly entered: number
  readonly left: number
  readonly takenFen: Fen
}

/** Selects the payments of a sold pass, or one of them by its number. */
export type SaleRef = { readonly passNo: string } | { readonly paymentId: string }

export interface LedgerService {
  query(kind: QueryKind, filter: LedgerQuery): Promise<LedgerPage>
  sums(filter: LedgerQuery): Promise<LedgerSums>
  sheet(kind: QueryKind, filter: LedgerQuery, plan: SheetPlan): Promise<LedgerSheet>
  timeline(stayId: string): Promise<readonly LedgerRow[]>
  /** Payments of sold passes with their refunds; they have no stay. */
  saleRows(ref: SaleRef): Promise<readonly LedgerRow[]>
  /** Rows about invoices with this number, of every partner. */
  invoiceRows(invoiceNo: string): Promise<readonly LedgerRow[]>
  newsRows(asked: NewsAsked): Promise<NewsRows>
  verify(): Promise<LedgerVerdict>
  day(sinceMs: InstantMs): Promise<LedgerDay>
  /** The 24 hours of the day that begins then. */
  hoursOfDay(startMs: InstantMs): Promise<readonly HourOfDay[]>
  /** Rows of cars let out unpaid in a time span, for money/pure/billing/let-go.ts. */
  letGoRows(fromMs: InstantMs, toMs: InstantMs): Promise<readonly LedgerRow[]>
  exitsWithoutEntry(sinceMs: InstantMs): Promise<readonly ExitWithoutEntry[]>
  refundsByHand(): Promise<readonly RefundByHand[]>
  dayTally(sinceMs: InstantMs): Promise<DayTally>
  reportPart(request: PartRequest): Promise<ReportPart>
  /** Charges of the day that begins then, and of the adjacent days. */
  etcOfDay(startMs: InstantMs): Promise<readonly EtcOfDay[]>
  close(): Promise<void>
}
