// Takings of one time range, computed from its ledger rows alone: payments, prices, ends, acts by hand.
// The parts of adjacent ranges add up to that of both; every fen of a payment is in exactly one line.
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type {
  LedgerRow,
  OrderLine,
  RefundState,
  RowBodies,
  RowKind,
} from '#base/pure/rows/ledger-row.ts'
import { takesOf, type PaymentMeans } from '#base/pure/values/payment-means.ts'
import { wentBy, type BackMeans } from '#base/pure/values/refund-means.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { nothingUnpaired, type Unpaired } from '#base/pure/values/unpaired.ts'
import { codesBack } from './day-codes.ts'
import { isIn, type RowSpan } from './row-span.ts'

/** Input of a part; each list in chronological order. */
export interface ReportRows {
  /** Kind `payment` of the span. */
  readonly payments: readonly LedgerRow[]
  /** Kind `orderMade` of the stays of these payments and of those that ended. */
  readonly orders: readonly LedgerRow[]
  /** Kind `stayClosed` of the span. */
  readonly closes: readonly LedgerRow[]
  /** Kind `payment` of the stays of these ends that are `other`, of any time. */
  readonly settled: readonly LedgerRow[]
  /** Kind `refund` of the span, with every `refundState` and `payment` of those. */
  readonly refunds: readonly LedgerRow[]
  /** Kind `book` of the span: ends of items with a refund. */
  readonly ends: readonly LedgerRow[]
  /** Refunds of payments by code, from the previous day on; those that ended in the span also if requested earlier. */
  readonly pays: readonly LedgerRow[]
  /** Kinds `exception` and `audit` of the span, of acts also the hour before; stays that began without an entry. */
  readonly acts: readonly LedgerRow[]
  /** Cars that came in through a lane in the span. */
  readonly entered: number
  /** Of the stays that began in the span. */
  readonly unpaired: Unpaired
}

interface ReportSetting {
  /** Start of validity of each tariff, oldest first. */
  readonly tariffsMs: readonly InstantMs[]
  /** The last row that a count of the drawer has counted. */
  readonly countedSeq: number
}

interface Taking {
  readonly laneId: string
  readonly means: string
  readonly count: number
  readonly amountFen: Fen
}

/** `unpriced`: paid without a priced line, or more or less than its lines say. */
export type PricedRule = OrderLine['rule'] | 'unpriced'

interface Priced {
  /** Empty: paid without an order. */
  readonly tariffId: string
  /** Start of validity of that tariff; null: version not kept. */
  readonly sinceMs: InstantMs | null
  readonly rule: PricedRule
  readonly count: number
  readonly amountFen: Fen
}

interface ExceptionLine {
  readonly atMs: InstantMs
  readonly kind: 'exception' | 'act' | 'noEntry'
  /** Type of an exception, or name of an act. */
  readonly word: string
  /** Object of the act. */
  readonly detail: string
  readonly laneId: string
  readonly stayId: string
  readonly by: string
  readonly reason: string
}

interface Refunded {
  readonly laneId: string
  /** Means of the refunded payment; `difference`: an item of a day. */
  readonly of: PaymentMeans | 'difference'
  readonly state: RefundState
  /** Means of the refund; null: not refunded. */
  readonly means: BackMeans | null
  readonly count: number
  readonly amountFen: Fen
}

interface Counted {
  readonly word: string
  readonly count: number
  readonly amountFen: Fen
}

export interface ReportPart {
  readonly entered: number
  readonly unpaired: Unpaired
  /** Cars that left through a lane, by the end of their order; `waived`: a person waived the amount due. */
  readonly left: readonly Counted[]
  readonly takings: readonly Taking[]
  readonly priced: readonly Priced[]
  /** Refunds, each on the day of its last step; a completed one on the day of the refund. */
  readonly refunds: readonly Refunded[]
  /** Fen taken and not counted yet. */
  readonly uncountedFen: Fen
  readonly lines: readonly ExceptionLine[]
}

export const emptyPart: ReportPart = {
  entered: 0,
  unpaired: nothingUnpaired,
  left: [],
  takings: [],
  priced: [],
  refunds: [],
  uncountedFen: 0,
  lines: [],
}

type RowOf<K extends RowKind> = Extract<LedgerRow, { kind: K }>

interface Sum {
  readonly count: number
  readonly amountFen: Fen
}

/** Sums under a key of all their other members. */
class Sums<T extends Sum> {
  private readonly sums = new Map<string, T>()
  /** Cache of keys with sorted member names; most rows have the same member order. */
  private readonly keys = new Map<string, string>()

  add(one: T): void {
    const { count: _count, amountFen: _fen, ...rest } = one
    const text = JSON.stringify(rest)
    const key =
      this.keys.get(text) ??
      JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)))
    this.keys.set(text, key)
    const before = this.sums.get(key)
    const count = one.count + (before?.count ?? 0)
    const amountFen = one.amountFen + (before?.amountFen ?? 0)
    this.sums.set(key, { ...one, count, amountFen })
  }

  /** Sums in an order that is independent of the order of the rows. */
  all(): readonly T[] {
    return [...this.sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
  }
}

const added = <T extends Sum>(lists: readonly (readonly T[])[]): readonly T[] => {
  const sums = new Sums<T>()
  for (const list of lists) for (const one of list) sums.add(one)
  return sums.all()
}

const rowsOf = <K extends RowKind>(rows: readonly LedgerRow[], kind: K): readonly RowOf<K>[] =>
  rows.filter((row): row is RowOf<K> => row.kind === kind && !isTestOrder(row.orderId))

/** The lines of an order and, where they differ from the payment, the difference: together exactly the payment. */
function pricedLines(
  order: RowOf<'orderMade'> | undefined,
  paidFen: Fen,
  { tariffsMs }: ReportSetting,
): readonly Priced[] {
  if (order === undefined)
    return [{ tariffId: '', sinceMs: null, rule: 'unpriced', count: 1, amountFen: paidFen }]
  const { tariffId, lines } = order.body
  const sinceMs = tariffsMs.findLast((one) => one <= order.atMs) ?? null
  const linesFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const ofLines = lines.map(({ rule, amountFen }) => ({
    tariffId,
    sinceMs,
    rule,
    count: 1,
    amountFen,
  }))
  const restFen = paidFen - linesFen
  if (restFen === 0) return ofLines
  return [...ofLines, { tariffId, sinceMs, rule: 'unpriced', count: 1, amountFen: restFen }]
}

/** A period pass: by no tariff. */
const saleLine = (amountFen: Fen): Priced => ({
  tariffId: '',
  sinceMs: null,
  rule: 'member',
  count: 1,
  amountFen,
})

function exceptionLine(row: LedgerRow, failed: ReadonlySet<string>): readonly ExceptionLine[] {
  const { atMs, laneId = '', stayId = '' } = row
  const refs = { atMs, laneId, stayId }
  if (row.kind === 'stayOpened')
    return [{ ...refs, kind: 'noEntry', word: 'noEntry', detail: '', by: '', reason: '' }]
  if (row.kind === 'exception') {
    const { exceptionType, detail } = row.body
    const word = String(exceptionType)
    return [{ ...refs, kind: 'exception', word, detail, by: '', reason: row.body.reason }]
  }
  if (row.kind !== 'audit' || !ofMoney.test(row.body.act)) return []
  const [act = '', ...rest] = row.body.act.split(' ')
  const { by, reason } = row.body
  const word = failed.has(actKey(row.body)) ? `${act}.failed` : act
  return [{ ...refs, kind: 'act', word, detail: rest.join(' '), by, reason }]
}

/** Acts that let a car out or change an amount owed; acts on devices are reported elsewhere. */
const ofMoney =
  /^(?:lane|first|stays|charges|refunds|pay|place|coupons|merchants|points|arrears|inside|members|day|boom|clock)\./

const actKey = ({ commandId, act }: RowBodies['audit']): string => `${commandId} ${act}`

/** Acts whose last word is that they were not done: a barrier that did not rise. */
function failedActs(acts: readonly LedgerRow[]): ReadonlySet<string> {
  const failed = new Set<string>()
  for (const row of [...acts].sort((a, b) => a.seq - b.seq)) {
    if (row.kind !== 'audit') continue
    if (row.body.result === 'failed') failed.add(actKey(row.body))
    else failed.delete(actKey(row.body))
  }
  return failed
}

/** A commanded act has a second row with its outcome: the same act, also when midnight is between them. */
function firstOfEach(acts: readonly LedgerRow[]): readonly LedgerRow[] {
  const seen = new Set<string>()
  return acts.filter((row) => {
    if (row.kind !== 'audit') return true
    const key = actKey(row.body)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** Stays whose payments all took nothing. */
function waivedStays(settled: readonly LedgerRow[]): ReadonlySet<string> {
  const waived = new Set<string>()
  const paid = new Set<string>()
  for (const { stayId = '', body } of rowsOf(settled, 'payment'))
    (takesOf(body.means) === 'nothing' ? waived : paid).add(stayId)
  for (const stayId of paid) waived.delete(stayId)
  return waived
}

/** Refunds from rows, payments by code and ends of items, under the means of the refund. */
function refundsOf(rows: ReportRows, span: RowSpan): readonly Refunded[] {
  const refunds = new Sums<Refunded>()
  // The row written last is the last step, whatever its time.
  const states = rowsOf(rows.refunds, 'refundState').toSorted((a, b) => a.seq - b.seq)
  const steps = new Map(states.map((row) => [row.body.refundId, row]))
  const paidBy = new Map(
    rowsOf(rows.refunds, 'payment').map(({ body }) => [body.paymentId, body.means]),
  )
  for (const row of rowsOf(rows.refunds, 'refund')) {
    const { laneId = '', amountFen = 0, body } = row
    const step = steps.get(body.refundId)
    if (!isIn(span, step ?? row)) continue
    const { state = 'pending', means: given = null } = step?.body ?? {}
    const of = body.paymentId === undefined ? 'etc' : (paidBy.get(body.paymentId) ?? 'transfer')
    const means = state === 'success' ? wentBy(given) : null
    refunds.add({ laneId, of, state, means, count: 1, amountFen })
  }
  const back = { state: 'success', count: 1 } as const
  for (const { laneId, amountFen } of codesBack(rows.pays, span))
    refunds.add({ ...back, laneId, of: 'qr', means: 'qr', amountFen })
  for (const row of rowsOf(rows.ends, 'book')) {
    const { body } = row
    if (body.row !== 'end' || body.refundMeans === undefined || !isIn(span, row)) continue
    const { refundMeans, refundFen: amountFen = 0 } = body
    refunds.add({ ...back, laneId: '', of: 'difference', means: wentBy(refundMeans), amountFen })
  }
  return refunds.all()
}

export function reportPart(rows: ReportRows, span: RowSpan, setting: ReportSetting): ReportPart {
  const orders = new Map(rowsOf(rows.orders, 'orderMade').map((row) => [row.orderId, row]))
  const payments = rowsOf(rows.payments, 'payment')
  const closes = rowsOf(rows.closes, 'stayClosed').filter(({ laneId }) => laneId !== undefined)
  const [left, takings, priced] = [new Sums<Counted>(), new Sums<Taking>(), new Sums<Priced>()]
  let uncountedFen = 0
  for (const { seq, laneId = '', orderId, amountFen = 0, body } of payments) {
    takings.add({ laneId, means: body.means, count: 1, amountFen })
    for (const line of body.sold === undefined
      ? pricedLines(orders.get(orderId), amountFen, setting)
      : [saleLine(amountFen)])
      priced.add(line)
    if (body.means === 'cash' && seq > setting.countedSeq) uncountedFen += amountFen
  }
  const waived = waivedStays(rows.settled)
  const failed = failedActs(rows.acts)
  for (const { orderId, stayId = '', body } of closes) {
    const { end } = body
    const order = orders.get(orderId)
    const word = end === 'other' && waived.has(stayId) ? 'waived' : end
    left.add({ word, count: 1, amountFen: order?.amountFen ?? 0 })
    if (end === 'free' && order?.amountFen === 0)
      for (const line of pricedLines(order, 0, setting)) priced.add(line)
  }
  return {
    entered: rows.entered,
    unpaired: rows.unpaired,
    left: left.all(),
    takings: takings.all(),
    priced: priced.all(),
    refunds: refundsOf(rows, span),
    uncountedFen,
    lines: firstOfEach(rows.acts)
      .filter((row) => isIn(span, row))
      .flatMap((row) => exceptionLine(row, failed)),
  }
}

const sum = (parts: readonly ReportPart[], of: (part: ReportPart) => number): number =>
  parts.reduce((total, part) => total + of(part), 0)

const unpairedOf = (parts: readonly ReportPart[], word: keyof Unpaired): Sum => ({
  count: sum(parts, ({ unpaired }) => unpaired[word].count),
  amountFen: sum(parts, ({ unpaired }) => unpaired[word].amountFen),
})

/** Adds the parts of consecutive spans. */
export const addParts = (parts: readonly ReportPart[]): ReportPart => ({
  entered: sum(parts, ({ entered }) => entered),
  unpaired: {
    entriesWithoutExit: unpairedOf(parts, 'entriesWithoutExit'),
    exitsWithoutEntry: unpairedOf(parts, 'exitsWithoutEntry'),
  },
  left: added(parts.map(({ left }) => left)),
  takings: added(parts.map(({ takings }) => takings)),
  priced: added(parts.map(({ priced }) => priced)),
  refunds: added(parts.map(({ refunds }) => refunds)),
  uncountedFen: sum(parts, ({ uncountedFen }) => uncountedFen),
  lines: parts.flatMap(({ lines }) => lines),
})

export const takenFen = (
  { takings }: Pick<ReportPart, 'takings'>,
  fits: (taking: Taking) => boolean = () => true,
): Fen => takings.filter(fits).reduce((total, { amountFen }) => total + amountFen, 0)

/** Fen refunded, filtered by means. */
export const givenFen = (
  { refunds }: Pick<ReportPart, 'refunds'>,
  fits: (refund: Refunded) => boolean = () => true,
): Fen =>
  refunds
    .filter((one) => one.means !== null && fits(one))
    .reduce((total, { amountFen }) => total + amountFen, 0)
