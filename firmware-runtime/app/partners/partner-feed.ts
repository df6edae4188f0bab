// The news of a partner: events of its orders, and rows of the ledger about what its other rights cover, in the order of the
// rows. A row that was written while the partner was away is still there.
import type { LedgerRow } from '../../core/values/rows/ledger-row.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { changesSpaces, countsCars } from '../../core/lot/free-spaces.ts'
import type { PartnerRight } from '../../core/values/published-members.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { Orders } from '../../ports/orders.ts'
import type { PartnerEvent, PartnerFeed } from '../../ports/partner.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import { sharedMember } from './partner-members.ts'
import { spacesNow, type SpacesLot } from './partner-spaces.ts'

export type FeedLot = SpacesLot & Pick<LotRuntime, 'onChange' | 'rowsAfter'>

/** Rows read for one answer: a few milliseconds of the lanes' thread. */
const rowsMax = 500

type About = Pick<PartnerEvent, 'event'> & Partial<PartnerEvent>

/** What a row tells a partner with a right; null: nothing. */
const newsOf: Readonly<Record<Exclude<PartnerRight, 'orders'>, (row: LedgerRow) => About | null>> =
  {
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

function rowEvents(row: LedgerRow, rights: readonly (keyof typeof newsOf)[]): PartnerEvent[] {
  return rights.flatMap((right) => {
    const about = newsOf[right](row)
    if (about === null) return []
    return [{ order: null, refund: null, ...about, no: row.seq, atIso: isoOf(row.atMs) }]
  })
}

/** Null: the partner has no right that anything is told about. */
export function partnerFeed(
  lot: FeedLot,
  orders: Orders | null,
  rights: readonly PartnerRight[],
  config: LotConfig,
): PartnerFeed | null {
  const ofRows = rights.filter(isOfRow).filter((one) => one !== 'spaces' || countsCars(config))
  if (ofRows.length === 0) return orders
  return {
    events(after, limit) {
      const ofOrders = orders?.events(after, limit) ?? { events: [], next: after }
      const isFull = ofOrders.events.length >= limit
      const lastNo = Math.min(after + rowsMax, isFull ? ofOrders.next : lot.headSeq, lot.headSeq)
      const found: PartnerEvent[] = ofOrders.events.filter(({ no }) => no <= lastNo)
      for (const row of lot.rowsAfter(after)) {
        if (row.seq > lastNo) break
        found.push(...rowEvents(row, ofRows))
      }
      found.sort((a, b) => a.no - b.no)
      const cutNo = found.length > limit ? found[limit - 1]?.no : undefined
      // A row is told whole.
      const events = cutNo === undefined ? found : found.filter(({ no }) => no <= cutNo)
      return {
        events: withSpaces(events, () => spacesNow(lot, config)),
        next: cutNo ?? Math.max(after, lastNo),
      }
    },
    onEvent(call) {
      lot.onChange.add(call)
      return () => lot.onChange.delete(call)
    },
  }
}
