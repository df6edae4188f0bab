// The news of a partner: events of its orders, and rows of the ledger about what its other rights cover, in the order of the
// rows. A row that was written while the partner was away is still there.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { changesSpaces } from '#ledger/pure/lot/space-rows.ts'
import {
  newsRows,
  type NewsAsked,
  type NewsRows,
  type RowRight,
} from '#ledger/pure/lot/news-rows.ts'
import type { PartnerRight } from '#base/pure/lot/published-members.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { Orders } from '../../ports/orders.ts'
import type { PartnerEvent, PartnerFeed, PartnerPorts } from '../../ports/partner.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { sharedMember } from './partner-members.ts'

export type FeedLot = Pick<LotRuntime, 'headSeq' | 'onRows' | 'rowsAfter'>

/** Rows that the lanes' thread reads for one answer: less than a millisecond. Of more, the reader is asked. */
const nearMax = 50

/** Reads rows off the lanes' thread; null while the lot opens. */
export type NewsReader = () => Pick<LedgerService, 'newsRows'> | null

type About = Pick<PartnerEvent, 'event'> & Partial<PartnerEvent>

/** What a row of `newsRows` tells a partner with a right; null: nothing. */
type News = (row: LedgerRow, ports: NewsPorts) => About | null | Promise<About | null>
interface NewsPorts extends Pick<PartnerPorts, 'invoices' | 'spaces'> {
  readonly orders: Pick<Orders, 'events' | 'onEvent'> | null
}

const newsOf: Readonly<Record<RowRight, News>> = {
  invoices: async (row, { invoices }) => {
    const invoice = (await invoices?.ofRow(row)) ?? null
    return invoice && { event: 'invoice', invoice }
  },
  members: (row) => {
    if (row.kind !== 'member') return null
    const { body } = row
    const member =
      body.row === 'issued'
        ? sharedMember(body.member.no, body.member)
        : sharedMember(body.no, null)
    return { event: 'member', member }
  },
  // With the number as it stands when it is fetched.
  spaces: (row) => (changesSpaces(row) ? { event: 'spaces' } : null),
}

/** Of all the news of free spaces the last one, with their number. */
function withSpaces(
  events: readonly PartnerEvent[],
  now: () => PartnerEvent['spaces'],
): readonly PartnerEvent[] {
  const last = events.findLast(({ event }) => event === 'spaces')
  return last === undefined
    ? events
    : events
        .filter((one) => one.event !== 'spaces' || one === last)
        .map((one) => (one === last ? { ...one, spaces: now() } : one))
}

const isOfRow = (right: PartnerRight): right is RowRight => right in newsOf

async function rowEvents(
  row: LedgerRow,
  rights: readonly RowRight[],
  ports: NewsPorts,
): Promise<readonly PartnerEvent[]> {
  const found: PartnerEvent[] = []
  for (const right of rights) {
    const about = await newsOf[right](row, ports)
    if (about !== null)
      found.push({ order: null, refund: null, ...about, no: row.seq, atIso: isoOf(row.atMs) })
  }
  return found
}

/** Throws ORDER-12 while nothing else than the lanes' thread could read so many rows. */
function read(lot: FeedLot, asked: NewsAsked, reader: NewsReader): NewsRows | Promise<NewsRows> {
  if (asked.lastNo - asked.after <= nearMax) return newsRows(lot.rowsAfter(asked.after), asked)
  const service = reader()
  if (service === null) throw new LaneFault('ORDER-12')
  return service.newsRows(asked)
}

/** Null: the partner has no right that anything is told about. */
export function partnerFeed(
  lot: FeedLot,
  ports: NewsPorts,
  rights: readonly PartnerRight[],
  reader: NewsReader,
): PartnerFeed | null {
  const { orders, spaces } = ports
  const ofRows = rights.filter(isOfRow).filter((one) => one !== 'spaces' || spaces !== null)
  if (ofRows.length === 0) return orders
  return {
    async events(after, limit) {
      const ofOrders = orders?.events(after, limit) ?? { events: [], next: after }
      const isFull = ofOrders.events.length >= limit
      // Up to the row that was the last one when the orders were read: rows are written meanwhile.
      const lastNo = Math.min(isFull ? ofOrders.next : lot.headSeq, lot.headSeq)
      const { rows, readNo } = await read(lot, { after, lastNo, rights: ofRows }, reader)
      const found: PartnerEvent[] = ofOrders.events.filter(({ no }) => no <= readNo)
      for (const row of rows) found.push(...(await rowEvents(row, ofRows, ports)))
      found.sort((a, b) => a.no - b.no)
      const cutNo = found.length > limit ? found[limit - 1]?.no : undefined
      // A row is told whole.
      const events = cutNo === undefined ? found : found.filter(({ no }) => no <= cutNo)
      return { events: withSpaces(events, () => spaces?.now()), next: cutNo ?? readNo }
    },
    onEvent(call) {
      lot.onRows.add(call)
      return () => lot.onRows.delete(call)
    },
  }
}
