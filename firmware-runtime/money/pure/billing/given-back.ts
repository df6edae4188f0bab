// Refunds by hand that end an item: means and amount. A cash refund is taken out of the drawer.
// Pure: checks what the act must state and sums what the rows of a day record.
import { t } from '#base/pure/words/fault-text.ts'
import type { GivenBack } from '../pay/refund-by-hand.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { refundableFen, type Attempt } from '../pay/order.ts'
import { payOrdersOf } from '../pay/stay-orders.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { Difference, DifferenceKind, ItemEnd } from '#base/pure/rows/tally-row.ts'
import type { RefundMeans } from '#base/pure/values/refund-means.ts'
import type { DayItem } from './day-items.ts'

type EndedItem = Pick<Difference, 'kind' | 'means' | 'expectedFen' | 'foundFen'>

interface EndRefund {
  readonly refundMeans?: RefundMeans
  readonly refundFen?: number
}

const refused = (value: string, note: Why): LaneFault =>
  new LaneFault('DAY-01', { field: '/refundMeans', value, note })

/** Kinds of items whose `ref` is the number of one payment by code. */
const ofPayment: readonly DifferenceKind[] = ['payment', 'late']

/** Fen of a payment by code refunded by hand when its items were ended; the gateway must not refund these again. */
export const handBackFen = (items: Iterable<DayItem>, attemptNo: string): Fen =>
  [...items].reduce(
    (sum, { kind, ref, end }) =>
      ofPayment.includes(kind) && ref === attemptNo ? sum + (end?.refundFen ?? 0) : sum,
    0,
  )

/**
 * Fen of a payment by code that may be refunded by hand: 0 until the gateway has refused the refund, and 0 while the car may
 * still pay otherwise. `rows`: of its stay. Null: the payment is not known as paid.
 */
export function handLeftFen(
  rows: readonly LedgerRow[],
  items: Iterable<DayItem>,
  attemptNo: string,
): Fen | null {
  const isIt = (one: Attempt): boolean => one.attemptNo === attemptNo
  const orders = [...payOrdersOf(rows).values()].map(({ order }) => order)
  const order = orders.find(({ attempts }) => attempts.some(isIt))
  const attempt = order?.attempts.find(isIt)
  if (attempt === undefined || attempt.paidFen === 0) return null
  const isWaiting = order?.paidWith === null && rows.every(({ kind }) => kind !== 'stayClosed')
  if (isWaiting || attempt.refunds.every(({ state }) => state !== 'refused')) return 0
  return refundableFen(attempt) - handBackFen(items, attemptNo)
}

/** Number of the payment by code that an item is about; null for any other item. */
export const paymentOfItem = ({ kind, ref }: Pick<Difference, 'kind' | 'ref'>): string | null =>
  ofPayment.includes(kind) ? ref : null

/**
 * Refund members for the row that ends an item; none without a refund. Throws DAY-01 for a missing or wrong statement.
 * `leftFen`: fen of the payment that may be refunded by hand; null: no payment that is known as paid.
 */
export function endRefund(
  { kind, means: of, expectedFen, foundFen }: EndedItem,
  how: ItemEnd,
  means: RefundMeans | undefined,
  leftFen: Fen | null = null,
): EndRefund {
  if (how !== 'refunded') {
    if (means === undefined) return {}
    throw refused(means, t('只有退过的钱才能退回', 'only what was refunded went back'))
  }
  if (of === 'split' || of === 'operator')
    throw refused(
      means ?? '',
      t(
        '这是机构之间的账,车主没有多付,不能退给车主',
        'this is between platforms: no driver paid too much, so nothing goes back to one',
      ),
    )
  if (means === undefined)
    throw refused(
      '',
      t('怎样退回:cash、transfer 或 issuer', 'how it went back: cash, transfer or issuer'),
    )
  // A payment with a wrong amount, or with an unknown outcome, is refunded in full.
  const whole = foundFen === 0 ? expectedFen : foundFen
  // The amounts of an item of kind `alone` were already moved by that act.
  const ownFen = kind === 'alone' ? 0 : foundFen - expectedFen
  const fullFen = kind === 'payment' ? whole : ownFen
  const refundFen = leftFen === null ? fullFen : Math.min(fullFen, leftFen)
  if (fullFen > 0 && refundFen <= 0)
    throw refused(
      means,
      t(
        '按原路退回(付款页的退款);网关拒绝过的才能当面退',
        'it goes back by its payment, the way it came; by hand only what the gateway refused',
      ),
    )
  if (refundFen <= 0)
    throw refused(
      means,
      t('点到的不比应有的多,没有可退的', 'no more was found than is expected: nothing can go back'),
    )
  return { refundMeans: means, refundFen }
}

/** Rows from older versions, and ends that the ledger found without a person, name no means and are left out. */
export const givenByEnds = (items: Iterable<DayItem>): readonly GivenBack[] =>
  [...items].flatMap(({ end }) =>
    end?.refundMeans === undefined || end.refundFen === undefined
      ? []
      : [{ atMs: end.atMs, means: end.refundMeans, amountFen: end.refundFen }],
  )

/** Last row included in the newest count of the drawer; 0 when it was never counted. */
function countedSeq(books: readonly LedgerRow[]): number {
  const counted = books.findLast(({ kind, body }) => kind === 'book' && body.row === 'counted')
  const isCount = counted?.kind === 'book' && counted.body.row === 'counted'
  return isCount ? (counted.body.uptoSeq ?? counted.seq) : 0
}

/** Fen put into the drawer as a float since its newest count, by row numbers. */
export function floatSinceCount(books: readonly LedgerRow[], uptoSeq: number): Fen {
  const fromSeq = countedSeq(books)
  return books.reduce(
    (sum, { kind, seq, body }) =>
      kind === 'book' && body.row === 'float' && seq > fromSeq && seq <= uptoSeq
        ? sum + body.floatFen
        : sum,
    0,
  )
}

/**
 * Refunds by ended items since the newest count of the drawer, and those written during it, by row numbers; all of them
 * when the drawer was never counted.
 */
export function endsSinceCount(books: readonly LedgerRow[], uptoSeq: number): readonly GivenBack[] {
  const fromSeq = countedSeq(books)
  return books.flatMap(({ kind, seq, atMs, body }) => {
    if (kind !== 'book' || body.row !== 'end' || seq <= fromSeq || seq > uptoSeq) return []
    const { refundMeans: means, refundFen: amountFen } = body
    return means === undefined || amountFen === undefined ? [] : [{ atMs, means, amountFen }]
  })
}
