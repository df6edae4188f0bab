// Money that went back with the end of an item: by which means and how much. Cash of it came out of the drawer.
// Pure: what the act has to say, and what a day's rows know of it.
import { t } from '../values/fault-text.ts'
import type { GivenBack } from '../lot/refund-by-hand.ts'
import { LaneFault, type Why } from '../values/faults.ts'
import type { LedgerRow } from '../values/ledger-row.ts'
import type { Difference, ItemEnd } from '../values/tally-row.ts'
import type { RefundMeans } from '../values/refund-means.ts'
import type { DayItem } from './day-items.ts'

interface EndRefund {
  readonly refundMeans?: RefundMeans
  readonly refundFen?: number
}

const refused = (value: string, note: Why): LaneFault =>
  new LaneFault('DAY-01', { field: '/refundMeans', value, note })

/** What the row of an end says of the money: nothing, unless it went back. DAY-01 where that is not said, or is not so. */
export function endRefund(
  { kind, expectedFen, foundFen }: Pick<Difference, 'kind' | 'expectedFen' | 'foundFen'>,
  how: ItemEnd,
  means: RefundMeans | undefined,
): EndRefund {
  if (how !== 'refunded') {
    if (means === undefined) return {}
    throw refused(means, t('只有退过的钱才能退回', 'only what was refunded went back'))
  }
  if (means === undefined)
    throw refused(
      '',
      t('怎样退回:cash、transfer 或 issuer', 'how it went back: cash, transfer or issuer'),
    )
  // A payment of another amount, or of an unknown end, goes back as a whole.
  const whole = foundFen === 0 ? expectedFen : foundFen
  const refundFen = kind === 'payment' ? whole : foundFen - expectedFen
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

/** Ends of items behind the newest count of the drawer, and of those written while it was counted, by the numbers of the rows. */
export function endsSinceCount(books: readonly LedgerRow[], uptoSeq: number): readonly GivenBack[] {
  const counted = books.findLast(({ kind, body }) => kind === 'book' && body.row === 'counted')
  if (counted?.kind !== 'book' || counted.body.row !== 'counted') return []
  const { uptoSeq: fromSeq = counted.seq } = counted.body
  return books.flatMap(({ kind, seq, atMs, body }) => {
    if (kind !== 'book' || body.row !== 'end' || seq <= fromSeq || seq > uptoSeq) return []
    const { refundMeans: means, refundFen: amountFen } = body
    return means === undefined || amountFen === undefined ? [] : [{ atMs, means, amountFen }]
  })
}
