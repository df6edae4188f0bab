// Arrears that are owed again after a refund of the stay that paid them, as far as the remaining money does not cover them,
// for any means: a refund first reduces the stay itself, then the newest arrears.
import { describe, expect, test } from 'vitest'
import { arrearsOf } from '#money/pure/lot/arrears.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { ArrearsPart } from '#base/pure/rows/coupon-row.ts'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import { minuteMs, Rows, t0 } from '../../../lane/pure/lot/row-kit.ts'
import { violationsOf } from '../../../lane/pure/lot/violations.ts'

const after = ({ all }: Rows): LotState => {
  const lot = emptyLot()
  for (const row of all) foldRow(lot, row)
  return lot
}
const owed = (rows: Rows, stayId = 'n-S9'): number[] =>
  arrearsOf(after(rows).arrears, { plate: '测A12345', colour: 'blue', stayId }).map(
    ({ amountFen }) => amountFen,
  )

function asked(rows: Rows, n: number, ownFen: number, arrears: readonly ArrearsPart[]): Rows {
  const priced = { tariffId: 't', fromMs: t0, toMs: t0, plate: 'x', plateRaw: 'x' }
  const sumFen = arrears.reduce((sum, { amountFen }) => sum + amountFen, ownFen)
  const text = { zh: '', en: '' }
  const lines = [ownFen, ...arrears.map(({ amountFen }) => amountFen)].map((amountFen, i) => ({
    fromMs: t0,
    toMs: t0,
    rule: i === 0 ? ('first' as const) : ('arrears' as const),
    amountFen,
    text,
  }))
  const refs = { laneId: 'exit', stayId: `n-S${n}`, orderId: `n-O${n}`, amountFen: sumFen }
  return rows.stay(n).add('orderMade', refs, { ...priced, lines, arrears })
}

/** Stays 1 and 2 left 300 and 400 fen unpaid; stay 3 owes 500 itself and is charged both arrears as well. */
function third(): Rows {
  const rows = new Rows()
  for (const [n, fen] of [
    [1, 300],
    [2, 400],
  ] as const) {
    rows.stay(n).order(n, fen).closed(n, 'open')
    rows.atMs += minuteMs
  }
  return asked(rows, 3, 500, [
    { orderId: 'n-O1', amountFen: 300 },
    { orderId: 'n-O2', amountFen: 400 },
  ])
}
const left = (rows: Rows): Rows => rows.closed(3, 'other')

const paidTwice = (rows: Rows): string[] =>
  violationsOf(rows.all)
    .map(({ detail }) => detail)
    .filter((one) => one.includes('arrears'))

const byPlatform = (rows: Rows, fen: number): Rows => {
  const refundId = `n-R${rows.all.length + 700}`
  return rows.refund(3, fen).add('refundState', { stayId: 'n-S3' }, { refundId, state: 'success' })
}
const byCode = (rows: Rows, fen: number): Rows => {
  const refundNo = `P1R${rows.all.length}`
  const refs = { laneId: 'exit', stayId: 'n-S3', orderId: 'n-O3' }
  const who = { why: 'person', requestedBy: '甲', approvedBy: '乙' } as const
  const asks = { row: 'refund', refundNo, attemptNo: 'P1', amountFen: fen, ...who } as const
  return rows
    .add('pay', refs, asks)
    .add('pay', refs, { row: 'refundDone', refundNo, attemptNo: 'P1' })
}
const paidByCode = (rows: Rows): Rows => {
  const refs = { laneId: 'exit', stayId: 'n-S3', orderId: 'n-O3' }
  return rows
    .add('pay', refs, { row: 'made', attemptNo: 'P1', way: 'offer', amountFen: 1_200 })
    .add('pay', refs, { row: 'state', attemptNo: 'P1', state: 'paid', paidFen: 1_200, reason: '' })
    .add('pay', refs, { row: 'orderPaid', with: 'P1' })
    .pay(3, 'qr', 1_200)
}
/** A refund in cash, which is complete with its row. */
const byHand = (rows: Rows, fen: number): Rows => {
  const refundId = `n-R${rows.all.length + 700}`
  const ended = { refundId, state: 'success', means: 'cash' } as const
  return rows.refund(3, fen).add('refundState', { stayId: 'n-S3' }, ended)
}
const means = {
  cash: { paid: (rows: Rows) => rows.pay(3, 'cash', 1_200), back: byHand },
  ETC: { paid: (rows: Rows) => rows.pay(3, 'etc', 1_200), back: byPlatform },
  code: { paid: paidByCode, back: byCode },
} as const

describe.each(['cash', 'ETC', 'code'] as const)(
  'paid by %s, of 500 own and arrears of 300 and 400',
  (by) => {
    const { paid, back } = means[by]

    test.each([
      [[], []],
      [[500], []],
      [[600], [100]],
      [[900], [400]],
      [[1_000], [100, 400]],
      [[1_200], [300, 400]],
      [[600, 300], [400]],
      [
        [600, 600],
        [300, 400],
      ],
    ])('%j go back: %j are owed again', (parts, open) => {
      const rows = left(paid(third()))
      for (const fen of parts) back(rows, fen)
      expect(owed(rows)).toEqual(open)
    })

    test('what is owed again is asked, paid, and says where it came from', () => {
      const rows = back(left(paid(third())), 600)
      expect(after(rows).arrears.get('n-O2')).toMatchObject({ amountFen: 100, backFrom: 'n-S3' })
      asked(rows, 4, 200, [{ orderId: 'n-O2', amountFen: 100 }]).pay(4, 'cash', 300)
      rows.closed(4, 'other')
      expect(owed(rows)).toEqual([])
      expect(paidTwice(rows)).toEqual([])
      // Without a refund the checker reports arrears that were paid twice.
      const again = asked(left(paid(third())), 4, 200, [{ orderId: 'n-O2', amountFen: 100 }])
      expect(paidTwice(again.pay(4, 'cash', 300))).toEqual([
        expect.stringContaining('500 fen of arrears of n-O2 were paid by 2 stays, 400 were owed'),
      ])
      // A further refund of stay 3 does not affect what stay 4 paid.
      expect(owed(back(rows, 600))).toEqual([300, 300])
    })
  },
)

test.each([
  ['nothing more', [], []],
  ['50 more', [50], [50]],
  ['all the rest in two parts', [300, 300], [300, 300]],
])('100 are waived and %s goes back: what was not waived is owed', (_what, parts, open) => {
  const rows = byPlatform(left(third().pay(3, 'etc', 1_200)), 600)
  expect(owed(rows)).toEqual([100])
  rows.add('arrears', { stayId: 'n-S2', orderId: 'n-O2' }, { row: 'waived', orderId: 'n-O2' })
  expect(owed(rows)).toEqual([])
  for (const fen of parts) byPlatform(rows, fen)
  expect(owed(rows)).toEqual(open)
})

test('arrears that nobody had paid are gone when they are waived', () => {
  const rows = third()
  rows.closed(3, 'open')
  rows.add('arrears', { stayId: 'n-S2', orderId: 'n-O2' }, { row: 'waived', orderId: 'n-O2' })
  expect([...after(rows).arrears.keys()]).toEqual(['n-O1', 'n-O3'])
})

test.each([
  ['nothing', [], [300, 400, 500]],
  ['one of them', [1], [400, 500]],
  ['both', [1, 2], [500]],
])(
  '%s is waived while a charge of own and older arrears runs on: refused, it owes its own',
  (_, waived, open) => {
    const rows = third()
    const refs = { laneId: 'exit', stayId: 'n-S3', orderId: 'n-O3', deductionId: 'n-O3.D1' }
    const card = { plate: '测A12345', colour: 'blue', obuId: null, cardNo: 'card3' } as const
    rows.add(
      'intent',
      { ...refs, amountFen: 1_200 },
      { chargeMode: 'online', outTradeNo: 'P31', ...card },
    )
    rows.outcome(3, 'unknown').closed(3, 'open')
    expect(owed(rows)).toEqual([300, 400])
    for (const n of waived)
      rows.add(
        'arrears',
        { stayId: `n-S${n}`, orderId: `n-O${n}` },
        { row: 'waived', orderId: `n-O${n}` },
      )
    rows.outcome(3, 'refused')
    expect(owed(rows)).toEqual(open)
  },
)

test('money that goes back before its car left is no longer what they were paid with', () => {
  const rows = byCode(paidByCode(third()), 1_200)
  expect(owed(rows, 'n-S3')).toEqual([300, 400])
  expect(owed(left(rows))).toEqual([300, 400])
})

test('paid arrears are forgotten when no money of them can go back any more', () => {
  const rows = left(third().pay(3, 'cash', 1_200))
  rows.atMs += 399 * dayMs
  rows.stay(5).order(5, 100).closed(5, 'open')
  expect([...after(rows).arrears.keys()]).toEqual(['n-O1', 'n-O2', 'n-O5'])
  rows.atMs += dayMs
  rows.stay(6).order(6, 100).closed(6, 'open')
  expect([...after(rows).arrears.keys()]).toEqual(['n-O5', 'n-O6'])
})

/** Stay 3 paid all it was charged, returned, and left its next order of 250 fen unpaid. */
function again(): Rows {
  const rows = third().pay(3, 'etc', 1_200)
  const before = rows.all.find(({ kind, stayId }) => kind === 'orderMade' && stayId === 'n-S3')
  const body = before?.body as RowBodies['orderMade']
  const refs = { laneId: 'exit', stayId: 'n-S3', orderId: 'n-O4', amountFen: 250 }
  return rows.add('orderMade', refs, body)
}

describe('arrears that an earlier order of the stay paid', () => {
  test('hide nothing of what its later order leaves unpaid', () => {
    expect(owed(again().closed(3, 'open'))).toEqual([250])
  })

  test('are owed beside it when their money goes back', () => {
    expect(owed(byPlatform(again().closed(3, 'open'), 900))).toEqual([400, 250])
  })

  test('count as paid also where the charge of the later order is refused behind its car', () => {
    const charge = { chargeMode: 'online', outTradeNo: 'P41', colour: 'blue' } as const
    const car = { plate: '测A12345', obuId: null, cardNo: null }
    const refs = { laneId: 'exit', stayId: 'n-S3', orderId: 'n-O4', deductionId: 'n-O4.D1' }
    const rows = again().add('intent', { ...refs, amountFen: 250 }, { ...charge, ...car })
    rows.closed(3, 'open')
    expect(owed(rows)).toEqual([])
    expect(owed(rows.outcome(4, 'refused'))).toEqual([250])
  })

  test('are not taken for paid where they were waived', () => {
    const rows = third().add('arrears', {}, { row: 'waived', orderId: 'n-O1' })
    expect(owed(rows.closed(3, 'open')).toSorted((a, b) => a - b)).toEqual([400, 500])
  })
})
