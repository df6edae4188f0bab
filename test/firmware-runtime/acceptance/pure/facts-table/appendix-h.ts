// Tables H.1 and I.1: bills of the expansion platform, and the services of the issuer.
import { expect } from 'vitest'
import type { AccessFact, IssuerFact, IssuerKind } from '#ledger/pure/facts.ts'
import type { ItemId } from '#acceptance/pure/items/ids.ts'
import { issuerKinds } from '../issuer-books.ts'
import { cardFacts } from '../scene.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { TallyRow } from '#base/pure/rows/tally-row.ts'
import { access, body, both, facts, kind, rowOver, without, type Change } from './change.ts'
import type { Demand } from './example.ts'

const itemId = 'etc P1'
/** A row behind all others. */
export const booked =
  (row: TallyRow): Change =>
  (all) => {
    const last = all.rows.at(-1)
    const own = { ...last, kind: 'book', seq: (last?.seq ?? 0) + 1, body: row }
    return facts({ rows: [...all.rows, own as LedgerRow] })(all)
  }
/** The bill of the day has one line less than the ledger. */
export const differing = (means: 'etc' | 'split'): Change =>
  body(
    kind('book', (of) => of.row === 'reconciled' && of.means === means),
    { foundFen: 4_700, differences: 1 },
  )
export const difference = (means: 'etc' | 'split'): Change =>
  booked({
    row: 'item',
    owner: '',
    itemId,
    day: '2026-03-02',
    means,
    kind: 'amountDiffers',
    ref: 'P1',
    expectedFen: 300,
    foundFen: 200,
  })
export const ended = (over: Partial<Extract<TallyRow, { row: 'end' }>>): Change =>
  booked({
    row: 'end',
    itemId,
    how: 'explained',
    by: '甲',
    approvedBy: '乙',
    reason: '账单当日漏一笔,次日补上',
    ...over,
  })

const bills = (item: ItemId, interfaceId: string, means: 'etc' | 'split'): Demand => {
  const own = (one: AccessFact): boolean => one.interfaceId === interfaceId
  const book = kind('book', (of) => of.row === 'reconciled' && of.means === means)
  const differs = differing(means)
  return {
    item,
    demands: `the ${means} bill of each day with charges comes from the expansion platform`,
    lot: cardFacts,
    wrong: {
      'answered 403': access(own, { status: 403, respCode: '400001' }),
      'answered 503': access(own, { status: 503, respCode: null }),
      'refused in an answer with 200': access(own, { isRefused: true }),
      'answered by the operator': access(own, { destination: 'operator' }),
      'answered by the ETC operator': access(own, { destination: 'etcOperator' }),
      'of another day': body(book, { day: '2026-03-01' }),
      'of other means': body(book, { means: 'operator' }),
      'an empty bill for a day with charges': body(book, { foundFen: 0, differences: 16 }),
      'compared before the day was over': rowOver(book, {
        atMs: Date.parse('2026-03-02T09:00:00+08:00'),
      }),
    },
    absent: {
      'an end of its difference': both(differs, difference(means)),
      'the item of its difference': differs,
      'a second person who ended its difference': both(
        differs,
        difference(means),
        ended({ by: '甲', approvedBy: null }),
      ),
      'a second person other than the first': both(
        differs,
        difference(means),
        ended({ by: '甲', approvedBy: ' 甲 ' }),
      ),
      'a reason of the end': both(
        differs,
        difference(means),
        ended({ by: '甲', approvedBy: '乙', reason: ' ' }),
      ),
      'the reason of another sum': body(book, { foundFen: 4_700 }),
      'the bill': without(book),
      'the access': access(own, null),
      'the answer': access(own, { status: null, respCode: null, requestId: null }),
    },
  }
}

/** Members of the first record of a kind, or of all of them. */
const record =
  (of: IssuerKind, members: Partial<IssuerFact>, which: 'first' | 'all' = 'first'): Change =>
  (all) => {
    const books = all.issuer ?? []
    const first = books.find(({ kind: each }) => each === of)
    expect(first).toBeDefined()
    const is = (one: IssuerFact): boolean => one.kind === of && (which === 'all' || one === first)
    return facts({ issuer: books.map((one) => (is(one) ? { ...one, ...members } : one)) })(all)
  }
/** The first record of a kind a second time. */
const doubled =
  (of: IssuerKind): Change =>
  (all) => {
    const books = all.issuer ?? []
    return facts({ issuer: [...books, ...books.filter((one) => one.kind === of).slice(0, 1)] })(all)
  }
/** Without the first record of a kind. */
const dropped =
  (of: IssuerKind): Change =>
  (all) => {
    const books = all.issuer ?? []
    const first = books.find(({ kind: each }) => each === of)
    return facts({ issuer: books.filter((one) => one !== first) })(all)
  }

const answer = (of: IssuerKind, item: ItemId): Demand => ({
  item,
  demands: `each ${of} is answered by the issuer, one with success`,
  lot: cardFacts,
  wrong: {
    'answered 503': record(of, { status: 503 }),
    'a fault in place of an answer': record(of, { answer: 'fault' }),
    'a refusal of the business alone': record(of, { answer: 'refused' }, 'all'),
  },
  absent: { 'the kind of the answer': record(of, { answer: undefined }, 'all') },
})

const books: readonly Demand[] = [
  {
    item: 'I1',
    demands: 'card and OBU of a user lead to the same contract',
    lot: cardFacts,
    wrong: {
      'the card leads to another contract': record('contractNo', { contractNos: ['C2', 'C1'] }),
      'the OBU leads to another contract': record('contractNo', { contractNos: ['C1', 'C2'] }),
      'the OBU leads to none': record('contractNo', { contractNos: ['C1', null] }),
      'another contract than it names': record('contractNo', { ref: 'C9' }),
    },
    absent: {
      'the look-up by OBU': record('contractNo', { contractNos: ['C1'] }),
      'both look-ups': record('contractNo', { contractNos: undefined }),
    },
  },
  answer('statusCheck', 'I2'),
  answer('charge', 'I3'),
  answer('refund', 'I4'),
  answer('query', 'I5'),
  {
    item: 'I6',
    demands: 'each charge is booked once with its amount',
    lot: cardFacts,
    wrong: {
      'booked a fen more': record('bookkeeping', { bookedFen: 301 }),
      'booked as nothing': record('bookkeeping', { bookedFen: 0 }, 'all'),
      'charged and booked with another amount than the ledger': (all) => {
        const refunded = new Set(
          all.rows.flatMap(({ kind: each, stayId = '' }) => (each === 'refund' ? [stayId] : [])),
        )
        const no = all.rows.flatMap((row) =>
          row.kind === 'intent' && !refunded.has(row.stayId ?? '') ? [row.body.outTradeNo] : [],
        )
        const own = (all.issuer ?? []).map((one) =>
          no.includes(one.ref) ? { ...one, chargedFen: 1, bookedFen: 1 } : one,
        )
        return facts({ issuer: own })(all)
      },
      'charged and booked with a fen more than the ledger': (all) =>
        facts({
          issuer: (all.issuer ?? []).map((one) => {
            const fen = (one.bookedFen ?? 0) + 1
            return one.kind === 'bookkeeping' ? { ...one, chargedFen: fen, bookedFen: fen } : one
          }),
        })(all),
      'booked twice': doubled('bookkeeping'),
      'under another number': record('bookkeeping', { ref: 'other' }),
    },
    absent: {
      'one of the charges': dropped('bookkeeping'),
      'what was booked': record('bookkeeping', { bookedFen: undefined }),
      'what was charged': record('bookkeeping', { chargedFen: undefined }),
    },
  },
  answer('bill', 'I7'),
  {
    item: 'I8',
    demands: 'each day of bookings is compared, and both sums agree',
    lot: cardFacts,
    wrong: {
      'the sums differ': record('reconciliation', { bookedFen: 1 }),
      'both sums are those of another day': record('reconciliation', {
        chargedFen: 1,
        bookedFen: 1,
      }),
      'of another day': record('reconciliation', { ref: '2026-03-01' }),
      'of no day': record('reconciliation', { ref: 'monday' }),
      'the day twice': doubled('reconciliation'),
    },
    absent: {
      'a sum': record('reconciliation', { chargedFen: undefined }),
      'both sums': record('reconciliation', { chargedFen: undefined, bookedFen: undefined }),
    },
  },
]

const issuer: readonly Demand[] = issuerKinds.map((of, i) => ({
  item: `I${i + 1}` as ItemId,
  demands: `the books of the issuer have ${of}`,
  lot: cardFacts,
  wrong: {
    'one failed': (all) =>
      facts({
        issuer: (all.issuer ?? []).map((one) => (one.kind === of ? { ...one, ok: false } : one)),
      })(all),
    'one failed behind one that succeeded': (all) =>
      facts({
        issuer: [...(all.issuer ?? []), { kind: of, ok: false, ref: 'later', text: '500' }],
      })(all),
  },
  absent: {
    'its record': (all) =>
      facts({ issuer: (all.issuer ?? []).filter((one) => one.kind !== of) })(all),
    'what it is about': (all) =>
      facts({
        issuer: (all.issuer ?? []).map((one) => (one.kind === of ? { ...one, ref: '' } : one)),
      })(all),
    'the books': facts({ issuer: null }),
  },
}))

export const appendixH: readonly Demand[] = [
  bills('H1', 'bill', 'etc'),
  bills('H2', 'splitBill', 'split'),
  ...issuer,
  ...books,
]
