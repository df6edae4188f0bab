// Input of the invariant checks: the cases of a ledger, the records of other parties, and the counts of the checker.
// Types and the counter only; the rules are invariants.ts and outside-checks.ts.
import type { Fen } from '#base/pure/values/fen.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type {
  DestinationName,
  LedgerRow,
  OrderEnd,
  PassCause,
  RowBodies,
} from '#base/pure/rows/ledger-row.ts'
import type { Shelf, ShelfMaker } from '#base/pure/values/shelf.ts'

export const invariantIds = [
  ...(['M1', 'M2', 'M3', 'M4', 'M5', 'M6'] as const),
  ...(['M7', 'M8', 'M9', 'M10', 'M11'] as const),
] as const
export type InvariantId = (typeof invariantIds)[number]

export interface Violation {
  readonly id: InvariantId
  readonly atIso: string
  readonly stayId: string | null
  readonly detail: string
}

/** Records of table G.1 that move no money, by the operation of the outbox that carries them. */
export const recordOps = ['entryRecord', 'plateRecord', 'exitRecord', 'shiftRecord'] as const
export type RecordOp = (typeof recordOps)[number]

/** Records of other parties, read once from their start. Null: unknown. */
export interface OutsideRecords {
  readonly charges: Iterable<{
    readonly outTradeNo: string
    readonly realFee: Fen
    readonly status: string
    readonly bodySm3: string
  }> | null
  readonly refunds: Iterable<{ readonly outRefundNo: string; readonly refundFee: Fen }> | null
  /** Exceptions (P14) with their handling. */
  readonly exceptions?: Iterable<{ readonly exceptionNo: string; readonly handling: number }>
  /** Records at each destination (table G.1); absent: not available. */
  readonly records?: Iterable<{
    readonly destination: DestinationName
    readonly op: RecordOp
    readonly businessNo: string
    readonly bodySm3: string
  }>
  /** Debits that really happened on cards (`card` mode). */
  readonly cardDebits: Iterable<{
    readonly cardNo: string
    readonly amountFen: Fen
    readonly psamSerial: number
    readonly tac: string
  }> | null
}

export interface LiveFacts {
  /** Grounds on which a lane may let a car pass; absent where nothing says which layout its lanes have. */
  readonly passesOf?: (laneId: string) => readonly PassCause[]
  /** Above it a person decides; absent where nothing says which limit held. */
  readonly largeAmountFen?: Fen
  /** Rows of the chain verify and the head is not behind its outside copies. */
  readonly chainOk: boolean
  readonly unsent: number
  readonly unknown: number
  readonly lanesReady: boolean
  /** Money at risk as displayed; absent when nothing displays it. */
  readonly exposureFen?: Fen
  /** False while faults are active: M9 is checked only without faults. */
  readonly healed: boolean
}

export interface InvariantReport {
  readonly checked: Record<InvariantId, number>
  readonly violations: Violation[]
  /** Fen paid that the platform's settlement records do not have, each named in the ledger (M4). */
  readonly openFen: Fen
}

/** The needed members of a row, because a year of rows is checked at once. */
export interface KeptRow {
  readonly seq: number
  readonly atMs: LedgerRow['atMs']
  readonly stayId: string | undefined
  readonly orderId: string | undefined
  readonly deductionId: string | undefined
  readonly amountFen: Fen | undefined
}

type Members<K extends keyof RowBodies, M extends keyof RowBodies[K]> = KeptRow & {
  readonly body: Pick<RowBodies[K], M>
}

export interface DeductionCase {
  readonly intent: Members<'intent', 'outTradeNo' | 'chargeMode'>
  /** Card number of the armed row; null while not armed. */
  armed: string | null
  readonly outcomes: (Members<'outcome', 'state' | 'source'> & { readonly tac: string | null })[]
}

/** The needed members of an upload row, without its frozen body, which is the longest text of a ledger. */
interface UploadCase extends Pick<RowBodies['outbox'], 'outboxId' | 'op' | 'bodySm3'> {
  /** Key in its store. */
  readonly no: string
  readonly amountFen: Fen
}

export interface OrderCase {
  readonly order: KeptRow
  /** Sum of its lines. */
  readonly costsFen: Fen
  /** Ids of its deductions. */
  readonly deductionIds: string[]
  etcFen: Fen
  etcCount: number
  otherFen: Fen
  otherCount: number
  refundFen: Fen
  refundCount: number
}

/** Each thing lies once, under its own number; who belongs to it is found by that. */
export interface Ledgered {
  readonly orders: Shelf<OrderCase>
  /** Numbers of the orders of a stay. */
  readonly byStay: Shelf<readonly string[]>
  readonly deductions: Shelf<DeductionCase>
  readonly passes: Shelf<true>
  readonly outbox: Shelf<UploadCase>
  readonly uploadState: Shelf<RowBodies['outboxState']['state']>
  /** Records that ended for another one; null: it was made. */
  readonly replaced: Shelf<KeptRow | null>
  readonly refunds: Shelf<KeptRow>
  /** Fen by refund, and how many refunds by deduction. */
  readonly refundFen: Shelf<Fen>
  readonly refundTimes: Shelf<number>
  /** Exceptions to be reported to the platform, by number. */
  readonly reports: Shelf<KeptRow>
  readonly stayEnds: Shelf<OrderEnd>
  /** Orders whose debit is proven, but without a TAC (P14 type 10). */
  readonly noTac: Shelf<true>
  /** Deductions that a person ended: booked by the clearing side, or written off. */
  readonly booked: Shelf<true>
  /** Consumptions of nothing that a record of an open lot proves, by card. */
  readonly zeroRecords: Shelf<{ readonly cardNo: string; readonly times: number }>
  passages: number
}

/** One number is one record a destination. */
export const uploadNo = ({
  destination,
  businessNo,
}: Pick<RowBodies['outbox'], 'destination' | 'businessNo'>): string =>
  destination === 'platform' ? businessNo : `${destination} ${businessNo}`

export const emptyCases = (shelf: ShelfMaker): Ledgered => ({
  orders: shelf(),
  byStay: shelf(),
  deductions: shelf(),
  passes: shelf(),
  outbox: shelf(),
  uploadState: shelf(),
  replaced: shelf(),
  refunds: shelf(),
  refundFen: shelf(),
  refundTimes: shelf(),
  reports: shelf(),
  stayEnds: shelf(),
  noTac: shelf(),
  booked: shelf(),
  zeroRecords: shelf(),
  passages: 0,
})

export const ordersOf = (ledger: Ledgered, stayId: string): readonly OrderCase[] =>
  (ledger.byStay.get(stayId) ?? []).flatMap((id) => ledger.orders.get(id) ?? [])

export const deductionsOf = (ledger: Ledgered, order: OrderCase): readonly DeductionCase[] =>
  order.deductionIds.flatMap((id) => ledger.deductions.get(id) ?? [])

export class Checker {
  readonly checked = Object.fromEntries(invariantIds.map((id) => [id, 0])) as Record<
    InvariantId,
    number
  >
  readonly violations: Violation[] = []
  openFen: Fen = 0

  /** One thing looked at. */
  check(
    id: InvariantId,
    ok: boolean,
    row: (Pick<LedgerRow, 'seq' | 'atMs'> & { readonly stayId?: string | undefined }) | null,
    detail: string,
  ): void {
    this.checked[id]++
    if (ok) return
    this.violations.push({
      id,
      atIso: row === null ? '' : isoOf(row.atMs),
      stayId: row?.stayId ?? null,
      detail: row === null ? detail : `row ${row.seq}: ${detail}`,
    })
  }
}

/** Members kept of each row: its references, and its position for a violation. */
export const kept = ({
  seq,
  atMs,
  stayId,
  orderId,
  deductionId,
  amountFen,
}: LedgerRow): KeptRow => ({ seq, atMs, stayId, orderId, deductionId, amountFen })

export const lastState = (d: DeductionCase): string => d.outcomes.at(-1)?.body.state ?? 'intent'
/** Fen taken by a deduction: a card may have lost more than the requested amount. */
export const bookedFen = ({ intent, outcomes }: DeductionCase): Fen => {
  const last = outcomes.at(-1)
  return (last?.body.state === 'paid' ? last.amountFen : intent.amountFen) ?? 0
}
export const isFinal = (d: DeductionCase): boolean => ['paid', 'refused'].includes(lastState(d))
