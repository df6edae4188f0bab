// Read access to the ledger for display: queries, the timeline of one passage, totals and checks.
// Uses a read-only connection beside the writer; shapes are those of contract.md section 5.
import type { Unpaired } from '#base/pure/values/unpaired.ts'
import type { DebitProof, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'
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
  /** State of its outbox row; of several, the one furthest from done; null: no outbox row. */
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
  /** Cash handed over, where the attendant entered it; null for every other payment. */
  readonly givenFen: number | null
  readonly changeFen: number | null
}

/** A refund of any means: of ETC, of a payment taken by hand, or of a payment by code under its own number. */
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
  /** Means of the payment: `etc`, `qr`, `cash` and so on. */
  readonly means: string | null
  /** Means of the refund: `cash`, `transfer`, `etc` or `qr`; null: not refunded yet. */
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
  /** Normalised plate. */
  readonly plate?: string
  /** Part of a plate, in capitals and without blanks; not together with `plate`. */
  readonly platePart?: string
  readonly stayId?: string
  readonly laneId?: string
  /** Part of a name, for kinds whose rows name a person; other kinds return no rows. */
  readonly by?: string
  readonly amountFen?: number
  /** Means of payments; other kinds return no rows. */
  readonly means?: string
  /** Absent: oldest row first. */
  readonly newestFirst?: boolean
  /** `next` of the previous page. */
  readonly after?: number
  readonly limit?: number
}

export interface QueryPage<K extends QueryKind> {
  readonly rows: readonly QueryRows[K][]
  /** Pass it as `after` for the next page; null: last page. */
  readonly next: number | null
}

export interface SumOf {
  /** Means of a payment, or state of a refund. */
  readonly word: string
  readonly count: number
  readonly amountFen: number
}

/** Takings of a time span. */
export interface LedgerSums {
  readonly stays: number
  readonly payments: readonly SumOf[]
  readonly refunds: readonly SumOf[]
}

interface LeftSum {
  readonly end: string
  readonly count: number
  readonly orderFen: number
  readonly paidFen: number
}

export interface LedgerTotals {
  readonly rows: number
  readonly stays: number
  /** Closed stays by the word of their end. */
  readonly ordersByEnd: Readonly<Record<string, number>>
  /** Orders of cars that left a space of an open lot, by the end of the stay; `open`: it has none yet. */
  readonly left: readonly LeftSum[]
  readonly unpaired: Unpaired
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
  /** `paidFen`: by ETC; `takenFen`: by every means that takes money. */
  readonly sums: { readonly paidFen: number; readonly takenFen: number }
  readonly schemaVersion: number
  /** Signed checkpoints, each verified if the signing certificate is available. */
  readonly checkpoints: {
    /** Certificate of the lot's client, without which no checkpoint is verified. */
    readonly key: 'present' | 'absent' | 'unreadable'
    readonly rows: number
    readonly checked: number
  }
  readonly faults: readonly { readonly code: FaultCode; readonly seq: number | null }[]
}

/** Check of a file alone with the lot's certificate: what its signatures cover. The hash chain is not checked. */
export interface VouchedVerdict extends Pick<
  LedgerVerdict,
  'rows' | 'headSeq' | 'headHash' | 'schemaVersion' | 'sums' | 'faults'
> {
  /** Also false when no checkpoint is signed by the certificate. */
  readonly ok: boolean
  readonly nodeId: string
  readonly checkpoints: { readonly rows: number; readonly checked: number }
  /** Number of rows with signed text, the last of them, and the number of rows not signed yet. */
  readonly vouched: { readonly rows: number; readonly lastSeq: number; readonly notVouched: number }
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
