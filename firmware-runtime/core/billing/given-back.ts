// Money that went back with the end of an item: by which means and how much. Cash of it came out of the drawer.
// Pure: what the act has to say, and what a day's rows know of it.
import { t } from '../values/fault-text.ts'
import type { GivenBack } from '../pay/refund-by-hand.ts'
import { LaneFault, type Why } from '../faults/faults.ts'
import type { LedgerRow } from '../values/rows/ledger-row.ts'
import { refundableFen, type Attempt } from '../pay/order.ts'
import { payOrdersOf } from '../pay/stay-orders.ts'
import type { Fen } from '../values/fen.ts'
import type { Difference, DifferenceKind, ItemEnd } from '../values/rows/tally-row.ts'
import type { RefundMeans } from '../values/refund-means.ts'
import type { DayItem } from './day-items.ts'

type EndedItem = Pick<Difference, 'kind' | 'means' | 'expectedFen' | 'foundFen'>

interface EndRefund {
  readonly refundMeans?: RefundMeans
  readonly refundFen?: number
}

const refused = (value: string, note: Why): LaneFault =>
  new LaneFault('DAY-01', { field: '/refundMeans', value, note })

/** Items of one payment by code, by its number. */
const ofPayment: readonly DifferenceKind[] = ['payment', 'late']

/** What went back of a payment by code with the ends of its items: the gateway gives none of that again. */
export const handBackFen = (items: Iterable<DayItem>, attemptNo: string): Fen =>
  [...items].reduce(
    (sum, { kind, ref, end }) =>
      ofPayment.includes(kind) && ref === attemptNo ? sum + (end?.refundFen ?? 0) : sum,
    0,
  )

/**
 * What of a payment by code may go back by hand: nothing before the gateway refused to give it, for it goes back by itself
 * or by its payment, and nothing while its car may still pay otherwise. `rows`: of its stay. Null: it is not known as paid.
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

/** The payment that an item is of; null where it is of none by code. */
export const paymentOfItem = ({ kind, ref }: Pick<Difference, 'kind' | 'ref'>): string | null =>
  ofPayment.includes(kind) ? ref : null

/**
 * What the row of an end says of the money: nothing, unless it went back. DAY-01 where that is not said, or is not so.
 * `leftFen`: what of its payment may go back by hand; null: it is of no payment that is known as paid.
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
  // A payment of another amount, or of an unknown end, goes back as a whole.
  const whole = foundFen === 0 ? expectedFen : foundFen
  // What one person did alone has its sums, and they have moved already.
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

/** Rows of before, and ends that the ledger found by itself, say no means. */
export const givenByEnds = (items: Iterable<DayItem>): readonly GivenBack[] =>
  [...items].flatMap(({ end }) =>
    end?.refundMeans === undefined || end.refundFen === undefined
      ? []
      : [{ atMs: end.atMs, means: end.refundMeans, amountFen: end.refundFen }],
  )

/** Behind which row nobody counted the drawer yet; 0: nobody ever did. */
function countedSeq(books: readonly LedgerRow[]): number {
  const counted = books.findLast(({ kind, body }) => kind === 'book' && body.row === 'counted')
  const isCount = counted?.kind === 'book' && counted.body.row === 'counted'
  return isCount ? (counted.body.uptoSeq ?? counted.seq) : 0
}

/** What was put into the drawer as a float since it was counted, by the numbers of the rows. */
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
 * Ends of items behind the newest count of the drawer, and of those written while it was counted, by the numbers of the rows;
 * of all where nobody ever counted.
 */
export function endsSinceCount(books: readonly LedgerRow[], uptoSeq: number): readonly GivenBack[] {
  const fromSeq = countedSeq(books)
  return books.flatMap(({ kind, seq, atMs, body }) => {
    if (kind !== 'book' || body.row !== 'end' || seq <= fromSeq || seq > uptoSeq) return []
    const { refundMeans: means, refundFen: amountFen } = body
    return means === undefined || amountFen === undefined ? [] : [{ atMs, means, amountFen }]
  })
}
