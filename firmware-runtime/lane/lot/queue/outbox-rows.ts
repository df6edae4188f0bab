// Outbox rows: the body of a business act, stored in the transaction that makes the act durable. Every retry sends
// exactly these bytes; the number was made before the first try (D.2 rules 1 to 3).
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { ChargeFreeze, FreezeRow } from '#devices/pure/charge/freeze-row.ts'
import { stoppedBy, type FilterPolicy } from '#devices/pure/etc/quality-filters.ts'
import type { ExceptionReport } from '#ledger/pure/lot/exception-reports.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { Order } from '#ledger/pure/lot/lot-state.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type {
  DestinationName,
  LedgerRow,
  OrderLine,
  OutboxKind,
  RowBodies,
  RowDraft,
} from '#base/pure/rows/ledger-row.ts'
import { note } from '#base/pure/words/notes.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'

/** The expansion platform; another destination has rows of its own (D.2 rule 13). */
export const platformDestination: DestinationName = 'platform'

export interface OutboxMaker {
  readonly config: LotConfig
  /** Dialect of the expansion platform. */
  readonly dialect: Dialect
  dialectAt(destination: string): Dialect
  readonly crypto: Crypto
  readonly listVersion: string
  /** False: nothing is uploaded and no row is made. A platform that is joined later counts as a destination. */
  readonly hasDestination: boolean
  mint(letter: string): string
  /** The order as priced; undefined: not known any more. */
  orderOf(orderId: string): Pick<Order, 'lines' | 'coupons'> | undefined
  /** Filters that hold back a card's record before its upload. */
  readonly policy: FilterPolicy
}

export interface Act {
  /** Absent: the expansion platform. */
  readonly destination?: DestinationName
  readonly op: OutboxKind
  readonly businessNo: string
  readonly body: string
  readonly amountFen: number
  readonly atMs: number
  readonly laneId: string
  readonly stayId: string
  readonly orderId: string | null
  readonly deductionId: string | null
  readonly counted?: RowBodies['outbox']['counted']
  readonly batch?: RowBodies['outbox']['batch']
  /** The card that paid, for an upload. */
  readonly cardNo?: string | undefined
}

export function outboxRow(maker: OutboxMaker, act: Act, outboxId = maker.mint('U')): RowDraft {
  const { op, businessNo, body } = act
  return {
    kind: 'outbox',
    atMs: act.atMs,
    ...(act.laneId === '' ? {} : { laneId: act.laneId }),
    ...(act.stayId === '' ? {} : { stayId: act.stayId }),
    ...(act.orderId === null ? {} : { orderId: act.orderId }),
    ...(act.deductionId === null ? {} : { deductionId: act.deductionId }),
    amountFen: act.amountFen,
    body: {
      outboxId,
      destination: act.destination ?? platformDestination,
      op,
      businessNo,
      ...(act.cardNo === undefined ? {} : { cardNo: act.cardNo }),
      ...(act.counted === undefined ? {} : { counted: act.counted }),
      ...(act.batch === undefined ? {} : { batch: act.batch }),
      body,
      bodySm3: hexOf(maker.crypto.sm3(new TextEncoder().encode(body))).toLowerCase(),
    },
  }
}

const takesOff: readonly OrderLine['rule'][] = ['coupon', 'points']

/** Discounts of coupons and points on the order of a charge: its record contains them (P12). */
function takenOff(
  { orderOf }: OutboxMaker,
  { orderId }: ChargeFacts,
): Pick<ChargeFacts, 'discountFen' | 'couponNo'> {
  const { lines, coupons } = orderOf(orderId ?? '') ?? { lines: [], coupons: [] }
  const discountFen = lines.reduce(
    (sum, { rule, amountFen }) => (takesOff.includes(rule) ? sum - amountFen : sum),
    0,
  )
  if (discountFen <= 0) return {}
  const [couponNo] = coupons
  return { discountFen, ...(couponNo === undefined ? {} : { couponNo }) }
}

function chargeAct(maker: OutboxMaker, op: ChargeFreeze['op'], facts: ChargeFacts): Act {
  const known = { ...facts, ...takenOff(maker, facts) }
  const body = maker.dialect.chargeBody(maker.config, op, known, maker.listVersion)
  const cardNo = op === 'exitUpload' ? facts.obu?.cardNo : undefined
  return { ...facts, op, body, cardNo }
}

/** The record that a state machine requested. Throws UPLOAD-01 or UPLOAD-02 for facts that cannot be sent. */
function frozenRow(maker: OutboxMaker, row: FreezeRow): RowDraft {
  const { atMs, outboxId } = row
  if (row.op !== 'refund')
    return outboxRow(maker, { ...chargeAct(maker, row.op, row.facts), atMs }, outboxId)
  const { deduction, refundId, amountFen } = row.facts
  const body = maker.dialect.refundBody(row.facts)
  const act: Act = { ...deduction, op: 'refund', businessNo: refundId, body, amountFen, atMs }
  return outboxRow(maker, act, outboxId)
}

/** The row that holds back a record, with the filter: a work item for a person, and at risk until it ends. */
export function heldRow(
  { policy }: OutboxMaker,
  facts: Pick<ChargeFacts, 'obu' | 'atMs'>,
  outbox: RowDraft,
): RowDraft | null {
  if (outbox.kind !== 'outbox' || outbox.body.op !== 'exitUpload') return null
  const filter = stoppedBy(facts, policy)
  if (filter === null) return null
  const { outboxId } = outbox.body
  return {
    kind: 'outboxState',
    atMs: outbox.atMs,
    ...(outbox.stayId === undefined ? {} : { stayId: outbox.stayId }),
    ...(outbox.deductionId === undefined ? {} : { deductionId: outbox.deductionId }),
    body: {
      outboxId,
      state: 'held',
      attempt: 0,
      httpStatus: null,
      respCode: null,
      requestId: null,
      tradeNo: null,
      note: note('filterStops', filter.id, filter.clause),
    },
  }
}

/** The record, with the row that holds it back when a filter applies. */
export function frozenRows(maker: OutboxMaker, row: FreezeRow): RowDraft[] {
  const outbox = frozenRow(maker, row)
  const held = row.op === 'exitUpload' ? heldRow(maker, row.facts, outbox) : null
  return held === null ? [outbox] : [outbox, held]
}

/** The record of an ended exception: it reports money and moves none. */
export function reportOutboxRow(
  maker: OutboxMaker,
  report: ExceptionReport,
  atMs: number,
): RowDraft {
  const { laneId, stayId, orderId, exceptionNo } = report
  return outboxRow(maker, {
    op: 'exception',
    businessNo: exceptionNo,
    body: maker.dialect.exceptionBody(maker.config, report),
    amountFen: 0,
    atMs,
    laneId,
    stayId: stayId ?? '',
    orderId,
    deductionId: null,
  })
}

type Named = Pick<ChargeFacts, 'atMs' | 'laneId' | 'stayId' | 'orderId' | 'deductionId'>

/** A charge whose record cannot be encoded: named with the reason for a person (M11). */
export const poisonRow = (facts: Named, detail: string): RowDraft => ({
  kind: 'exception',
  atMs: facts.atMs,
  laneId: facts.laneId,
  stayId: facts.stayId,
  ...(facts.orderId === null ? {} : { orderId: facts.orderId }),
  ...(facts.deductionId === null ? {} : { deductionId: facts.deductionId }),
  body: { exceptionType: 'noTac', reason: 'notEncoded', detail },
})

/** What is wrong with the facts of a record; rethrows other errors. */
export function notEncoded(error: unknown): string {
  if (!(error instanceof LaneFault) || !error.code.startsWith('UPLOAD-')) throw error
  const { field = '', value = '' } = error.detail
  return `${error.code} ${field} ${value}`
}

export function uploadOrPoison(maker: OutboxMaker, facts: ChargeFacts): RowDraft {
  try {
    return outboxRow(maker, chargeAct(maker, 'exitUpload', facts))
  } catch (error) {
    return poisonRow(facts, notEncoded(error))
  }
}

export type OutboxRow = Extract<LedgerRow, { kind: 'outbox' }>

/** The outbox row at that place of the ledger. */
export function outboxRowAt(ledger: Ledger, seq: number): OutboxRow {
  for (const row of ledger.rows(seq - 1)) {
    if (row.kind === 'outbox') return row
    break
  }
  throw new Error(`assertion failed: row ${seq} is an outbox row`)
}
