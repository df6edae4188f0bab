// Reading the news of a partner from a long ledger: few rows on the lanes' thread, and each event once, whatever is written
// while a reader elsewhere answers.
import { describe, expect, it } from 'vitest'
import { type NewsReader, partnerFeed } from '#money/desk/partners/partner-feed.ts'
import { newsRows } from '#ledger/pure/lot/news-rows.ts'
import { present } from '#base/pure/values/must.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Orders } from '#money/ports/orders.ts'
import { ListLedger } from '../../../runtime/control/control-kit.ts'

const note: RowDraft = { kind: 'event', atMs: 1, body: { type: 'photosBack', detail: '' } }
const ended = (no: string): RowDraft => ({ kind: 'member', atMs: 1, body: { row: 'reversed', no } })
const notes = (count: number): readonly RowDraft[] => Array.from({ length: count }, () => note)
/** A member's end behind each `every` - 1 other rows. */
const mixed = (count: number, every: number): readonly RowDraft[] =>
  notes(count).map((row, i) => ((i + 1) % every === 0 ? ended(`M-${i + 1}`) : row))

class LongLot {
  readonly ledger = new ListLedger()
  readonly onRows = new Set<() => void>()
  /** Rows read by the lanes' thread. */
  readHere = 0
  asked = 0
  /** Written after a reader was asked and before it answers. */
  meanwhile: readonly RowDraft[] = []

  get headSeq(): number {
    return this.ledger.head.seq
  }

  *rowsAfter(seq: number) {
    for (const row of this.ledger.rows(seq)) {
      this.readHere++
      yield row
    }
  }

  readonly reader: NewsReader = () => ({
    newsRows: async (asked) => {
      this.asked++
      this.ledger.append(this.meanwhile)
      await Promise.resolve()
      return newsRows(this.ledger.rows(asked.after), asked)
    },
  })

  feed(orders: Pick<Orders, 'events' | 'onEvent'> | null = null, reader = this.reader) {
    const rights = orders === null ? (['members'] as const) : (['orders', 'members'] as const)
    return present(partnerFeed(this, { orders, invoices: null, spaces: null }, rights, reader), '')
  }

  /** Numbers of the rows that have news. */
  get news(): readonly number[] {
    return this.ledger.list.flatMap(({ kind, seq }) => (kind === 'member' ? [seq] : []))
  }
}

async function readOn(lot: LongLot, limit: number, feed = lot.feed()): Promise<readonly number[]> {
  const nos: number[] = []
  for (let after = 0; after < lot.headSeq;) {
    // The lot writes for so long as the rows of its beginning are read.
    if (lot.asked > 3) lot.meanwhile = []
    const before = lot.readHere
    const { events, next } = await feed.events(after, limit)
    expect(lot.readHere - before).toBeLessThanOrEqual(51)
    expect(events.length).toBeLessThanOrEqual(limit)
    expect(next).toBeGreaterThan(after)
    nos.push(...events.map(({ no }) => no))
    after = next
  }
  return nos
}

describe('a ledger of 50 000 rows', () => {
  it.each([
    ['no news', 60_000, 200],
    ['news rarely', 9_001, 200],
    ['news often', 7, 200],
    ['news often, by small pages', 97, 1],
    ['news alone', 1, 200],
  ])('with %s is not read by the thread of the lanes', async (_, every, limit) => {
    const lot = new LongLot()
    lot.ledger.append(mixed(50_000, every))
    expect(await readOn(lot, limit)).toEqual(lot.news)
    expect(lot.readHere).toBeLessThanOrEqual(51)
    expect(lot.asked).toBeGreaterThanOrEqual(10)
  })
})

describe('rows that are written while others are read', () => {
  it.each([
    ['one with news', [ended('M')]],
    ['some', mixed(40, 3)],
    ['many', mixed(700, 5)],
    ['more than one reading passes over', mixed(6_000, 1_000)],
  ])('are told once, behind the others: %s', async (_, meanwhile) => {
    const lot = new LongLot()
    lot.ledger.append(mixed(1_200, 11))
    lot.meanwhile = meanwhile
    expect(await readOn(lot, 50)).toEqual(lot.news)
  })

  it.each([
    [1_200, 11, 10],
    [12_000, 17, 4_000],
    [11_000, 6_000, 900],
  ])('are told in their order with the news of orders: %i, %i, %i', async (count, every, step) => {
    const lot = new LongLot()
    lot.ledger.append(mixed(count, every))
    lot.meanwhile = mixed(40, 3)
    const opened = (no: number) => ({ no, event: 'opened', order: null, refund: null, atIso: '' })
    const orders = {
      // An order at each `step`th row, as far as there are rows now.
      events: (after: number, limit: number) => {
        const nos = lot.ledger.list.flatMap(({ seq }) =>
          seq > after && seq % step === 0 ? [seq] : [],
        )
        const events = nos.slice(0, limit).map(opened)
        return { events, next: nos.length > limit ? (nos[limit - 1] ?? 0) : lot.headSeq }
      },
      onEvent: () => () => undefined,
    } as unknown as Orders
    const nos = await readOn(lot, 50, lot.feed(orders))
    const all = lot.ledger.list.flatMap(({ seq }) => (seq % step === 0 ? [seq] : []))
    expect(nos).toEqual([...all, ...lot.news].sort((a, b) => a - b))
  })
})

describe('while nothing else than the lanes can read', () => {
  it('the last rows are read, and more are refused', async () => {
    const lot = new LongLot()
    lot.ledger.append(mixed(200, 10))
    const feed = lot.feed(null, () => null)
    expect((await feed.events(150, 200)).events.map(({ no }) => no)).toEqual(
      lot.news.filter((no) => no > 150),
    )
    await expect(feed.events(149, 200)).rejects.toMatchObject({ code: 'ORDER-12' })
    expect(lot.readHere).toBe(50)
  })
})
