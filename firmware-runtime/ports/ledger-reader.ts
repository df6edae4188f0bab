// Reading the ledger for people: queries, one passage's timeline, totals and checks.
// Runs on a read-only connection beside the writer; shapes are those of contract.md section 5.
import type { DebitProof, LedgerRow } from '../core/values/rows/ledger-row.ts'
import type { FaultCode } from '../core/faults/faults.ts'
import type { LedgerHead } from './ledger.ts'

export const queryKinds = ['stay', 'deduction', 'payment', 'refund', 'event'] as const
export type QueryKind = (typeof queryKinds)[number]

export interface StayView {
  readonly stayId: string
  readonly laneId: string | null
  readonly plate: string | null
  readonly colour: string
  readonly enteredAtIso: string
  readonly leftAtIso: string | null
  readonly exitLaneId: string | null
  readonly noEntry: boolean
  /** The last order made for the stay. */
  readonly orderId: string | null
  readonly amountFen: number | null
  readonly end: string | null
}

interface DeductionView {
  readonly deductionId: string
  readonly stayId: string
  readonly orderId: string
  readonly laneId: string | null
  readonly plate: string | null
  readonly obuId: string | null
  readonly cardNo: string | null
  readonly amountFen: number
  readonly means: 'etc'
  readonly state: string
  readonly intentAtIso: string
  readonly outcomeAtIso: string | null
  readonly proof: Pick<DebitProof, 'tac' | 'cardSerial' | 'psamTerminal' | 'psamSerial'> | null
  readonly outTradeNo: string
  /** State of its outbox row, the one furthest from done; null when there is none. */
  readonly upload: string | null
}

interface PaymentView {
  readonly paymentId: string
  readonly stayId: string | null
  /** Of its stay. */
  readonly plate: string | null
  readonly orderId: string | null
  readonly laneId: string | null
  readonly amountFen: number
  readonly means: string
  readonly by: string | null
  readonly reason: string | null
  readonly atIso: string
  /** Cash where the attendant said what was given; null of every other payment. */
  readonly givenFen: number | null
  readonly changeFen: number | null
}

/** Of every means: a refund of ETC, of what a person took, or of a payment by code under its own number. */
interface RefundView {
  readonly refundId: string
  readonly stayId: string | null
  /** Of its stay. */
  readonly plate: string | null
  readonly orderId: string | null
  readonly deductionId: string | null
  readonly laneId: string | null
  readonly amountFen: number
  readonly outTradeNo: string
  readonly reason: string
  readonly operator: string
  readonly approvedBy: string | null
  readonly state: string
  readonly askedAtIso: string
  readonly stateAtIso: string | null
  /** Of the payment: `etc`, `qr`, `cash` and so on. */
  readonly means: string | null
  /** By which it went back: `cash`, `transfer`, `etc` or `qr`; null while it did not. */
  readonly backMeans: string | null
}

interface EventView {
  readonly seq: number
  readonly atIso: string
  readonly laneId: string | null
  readonly stayId: string | null
  /** Of its stay. */
  readonly plate: string | null
  readonly type: string
  readonly detail: string
}

export interface QueryRows {
  readonly stay: StayView
  readonly deduction: DeductionView
  readonly payment: PaymentView
  readonly refund: RefundView
  readonly event: EventView
}

export interface LedgerQuery {
  /** Business time, half open: fromMs <= at < toMs. */
  readonly fromMs?: number
  readonly toMs?: number
  /** Normal form. */
  readonly plate?: string
  /** Part of a plate, in capitals and without blanks; not together with `plate`. */
  readonly platePart?: string
  readonly stayId?: string
  readonly laneId?: string
  /** Part of a name, of kinds whose rows name a person; others have no such row. */
  readonly by?: string
  readonly amountFen?: number
  /** Of payments; rows of other kinds name none. */
  readonly means?: string
  /** Else the oldest row comes first. */
  readonly newestFirst?: boolean
  /** `next` of the page before. */
  readonly after?: number
  readonly limit?: number
}

export interface QueryPage<K extends QueryKind> {
  readonly rows: readonly QueryRows[K][]
  /** Give it as `after` for the next page; null when this page is the last. */
  readonly next: number | null
}

export interface SumOf {
  /** Means of a payment, or state of a refund. */
  readonly word: string
  readonly count: number
  readonly amountFen: number
}

/** What a span of time brought in. */
export interface LedgerSums {
  readonly stays: number
  readonly payments: readonly SumOf[]
  readonly refunds: readonly SumOf[]
}

export interface LedgerTotals {
  readonly rows: number
  readonly stays: number
  /** Closed stays by the word of their end. */
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly deductions: Readonly<
    Record<string, { readonly count: number; readonly amountFen: number }>
  >
  readonly payments: Readonly<
    Record<string, { readonly count: number; readonly amountFen: number }>
  >
  readonly refunds: Readonly<Record<string, { readonly count: number; readonly amountFen: number }>>
  readonly outbox: Readonly<Record<string, number>>
  /** Fen paid by ETC. */
  readonly amountFen: number
}

export interface LedgerVerdict {
  readonly ok: boolean
  readonly rows: number
  readonly headSeq: number
  readonly headHash: string
  readonly headFile: LedgerHead | null
  readonly chain: 'ok' | 'broken'
  readonly firstBadSeq: number | null
  /** By ETC; by every means that takes money. */
  readonly sums: { readonly paidFen: number; readonly takenFen: number }
  readonly schemaVersion: number
  /** Signed checkpoints, each checked where the certificate that signed it is there. */
  readonly checkpoints: {
    /** Of the lot's client: without its certificate nothing is checked. */
    readonly key: 'present' | 'absent' | 'unreadable'
    readonly rows: number
    readonly checked: number
  }
  readonly faults: readonly { readonly code: FaultCode; readonly seq: number | null }[]
}

/** On a file alone, by the lot's certificate: what its signatures vouch for. Nothing is said of the chain. */
export interface VouchedVerdict {
  /** False as well where no checkpoint is signed by the certificate. */
  readonly ok: boolean
  readonly nodeId: string
  readonly rows: number
  readonly headSeq: number
  readonly headHash: string
  readonly schemaVersion: number
  readonly sums: LedgerVerdict['sums']
  readonly checkpoints: { readonly rows: number; readonly checked: number }
  /** Rows whose text was signed, up to which, and those that nobody signed yet. */
  readonly vouched: { readonly rows: number; readonly lastSeq: number; readonly notVouched: number }
  readonly faults: LedgerVerdict['faults']
}

export interface LedgerReader {
  query<K extends QueryKind>(kind: K, filter: LedgerQuery): QueryPage<K>
  sums(filter: LedgerQuery): LedgerSums
  /** Every row of one stay, in order. */
  timeline(stayId: string): readonly LedgerRow[]
  /** The whole chain, the head file, SQLite's own check and the sums. */
  verify(): LedgerVerdict
  totals(): LedgerTotals
  close(): void
}
