// The news of a partner: events of its orders, and rows of the ledger about what its other rights cover, in the order of the
// rows. A row that was written while the partner was away is still there.
import type { LedgerRow } from '../../core/values/rows/ledger-row.ts'
import { changesSpaces } from '../../core/lot/free-spaces.ts'
import type { PartnerRight } from '../../core/values/published-members.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { Orders } from '../../ports/orders.ts'
import type { PartnerEvent, PartnerFeed, PartnerPorts } from '../../ports/partner.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import { sharedMember } from './partner-members.ts'

export type FeedLot = Pick<LotRuntime, 'headSeq' | 'onRows' | 'rowsAfter'>

/** Rows read for one answer: a few milliseconds of the lanes' thread. */
const rowsMax = 500

type About = Pick<PartnerEvent, 'event'> & Partial<PartnerEvent>

/** What a row tells a partner with a right; null: nothing. */
type News = (row: LedgerRow, ports: NewsPorts) => About | null | Promise<About | null>
interface NewsPorts extends Pick<PartnerPorts, 'invoices' | 'spaces'> {
  readonly orders: Pick<Orders, 'events' | 'onEvent'> | null
}

const newsOf: Readonly<Record<Exclude<PartnerRight, 'orders'>, News>> = {
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

const isOfRow = (right: PartnerRight): right is keyof typeof newsOf => right in newsOf

async function rowEvents(
  row: LedgerRow,
  rights: readonly (keyof typeof newsOf)[],
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

function* until<T extends { readonly seq: number }>(rows: Iterable<T>, lastNo: number) {
  for (const row of rows) {
    if (row.seq > lastNo) return
    yield row
  }
}

/** Null: the partner has no right that anything is told about. */
export function partnerFeed(
  lot: FeedLot,
  ports: NewsPorts,
  rights: readonly PartnerRight[],
): PartnerFeed | null {
  const { orders, spaces } = ports
  const ofRows = rights.filter(isOfRow).filter((one) => one !== 'spaces' || spaces !== null)
  if (ofRows.length === 0) return orders
  return {
    async events(after, limit) {
      const ofOrders = orders?.events(after, limit) ?? { events: [], next: after }
      const isFull = ofOrders.events.length >= limit
      const lastNo = Math.min(after + rowsMax, isFull ? ofOrders.next : lot.headSeq, lot.headSeq)
      const found: PartnerEvent[] = ofOrders.events.filter(({ no }) => no <= lastNo)
      // Read before the first wait: rows are written meanwhile.
      for (const row of [...until(lot.rowsAfter(after), lastNo)])
        found.push(...(await rowEvents(row, ofRows, ports)))
      found.sort((a, b) => a.no - b.no)
      const cutNo = found.length > limit ? found[limit - 1]?.no : undefined
      // A row is told whole.
      const events = cutNo === undefined ? found : found.filter(({ no }) => no <= cutNo)
      return {
        events: withSpaces(events, () => spaces?.now()),
        next: cutNo ?? Math.max(after, lastNo),
      }
    },
    onEvent(call) {
      lot.onRows.add(call)
      return () => lot.onRows.delete(call)
    },
  }
}
