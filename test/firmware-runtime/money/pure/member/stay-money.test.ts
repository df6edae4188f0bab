// Payments of stays with coupons or points, and what was refunded of them, row by row: which stays are tracked, which
// refunds count, and what is forgotten after four hundred days.
import { describe, expect, test } from 'vitest'
import { overchargedReason } from '#base/pure/values/refund-means.ts'
import {
  emptyMoney,
  foldMoney,
  forgetWhile,
  isAllBack,
  leftFen,
} from '#money/pure/member/stay-money.ts'
import { emptyOrder, type PayOrder } from '#money/pure/pay/order.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { Rows, t0 } from '../../../lane/pure/lot/row-kit.ts'

class Money {
  readonly list = emptyMoney()
  readonly pays = new Map<
    string,
    { order: PayOrder; laneId: string; stayId: string; lastAtMs: number }
  >()

  take(rows: Rows): (string | null)[] {
    return rows.all.map((row: LedgerRow) => foldMoney(this.list, row, this.pays))
  }
  get left(): number {
    return leftFen(this.list, 'n-S1')
  }
  get isAllBack(): boolean {
    return isAllBack(this.list, 'n-S1')
  }
}
const used = (rows = new Rows(), stayId = 'n-S1'): Rows =>
  rows.add('coupon', { stayId }, { row: 'used', code: 'YH1' })
const paid = (fen: number): Rows => used().pay(1, 'cash', fen)
function states(rows: Rows, ...all: readonly ('pending' | 'approved' | 'success' | 'rejected')[]) {
  const refundId = `n-R${rows.all.length - 1 + 700}`
  for (const state of all) rows.add('refundState', { stayId: 'n-S1' }, { refundId, state })
  return rows
}
const after = (rows: Rows): Money => {
  const money = new Money()
  money.take(rows)
  return money
}

describe('which stays are watched', () => {
  test('one that has a coupon, from then on; no other', () => {
    const money = after(new Rows().pay(1, 'cash', 300))
    expect([money.list.stays.size, money.left]).toEqual([0, 0])
    money.take(used().pay(1, 'cash', 500).pay(1, 'etc', 200))
    expect([money.left, money.isAllBack]).toEqual([700, false])
    expect(
      after(new Rows().add('coupon', { stayId: 'n-S1' }, { row: 'voided', code: 'YH1' })).list.stays
        .size,
    ).toBe(0)
  })

  test('one whose order earns points; not one that earns none', () => {
    expect(after(new Rows().order(1)).list.stays.size).toBe(0)
    const body = { tariffId: 't', fromMs: t0, toMs: t0, lines: [], plate: 'x', plateRaw: 'x' }
    const earns = { no: 'P-1', perYuan: 1, perVisit: 0, validDays: 30 }
    const rows = new Rows().add('orderMade', { stayId: 'n-S1' }, { ...body, earns })
    expect(after(rows.pay(1, 'cash', 400)).left).toBe(400)
  })

  test('a second coupon does not begin it anew', () => {
    expect(after(used(paid(500)).pay(1, 'cash', 100)).left).toBe(600)
  })

  test('for four hundred days, forgotten when the next one begins', () => {
    const rows = used()
    rows.atMs = t0 + 400 * dayMs - 1
    used(rows, 'n-S2')
    expect([...after(rows).list.stays.keys()]).toEqual(['n-S1', 'n-S2'])
    rows.atMs = t0 + 400 * dayMs
    used(rows, 'n-S3')
    expect([...after(rows).list.stays.keys()]).toEqual(['n-S2', 'n-S3'])
  })

  test('what is forgotten stands at the front: behind one that is not old nothing is looked at', () => {
    const map = new Map([
      ['a', 1],
      ['b', 9],
      ['c', 1],
    ])
    forgetWhile(map, (age) => age < 5)
    expect([...map.keys()]).toEqual(['b', 'c'])
  })
})

describe('money that people or the platform give back', () => {
  const refunded = (
    ...all: Parameters<typeof states> extends [Rows, ...infer S] ? S : never
  ): Rows => states(paid(500).refund(1, 500), ...all)

  test.each([
    [[], 500],
    [['pending'], 500],
    [['pending', 'approved'], 500],
    [['rejected'], 500],
    [['rejected', 'success'], 0],
    [['success'], 0],
    [['pending', 'approved', 'success'], 0],
    [['success', 'success'], 0],
  ] as const)('%j leaves %i', (all, left) => {
    const money = after(refunded(...all))
    expect([money.left, money.isAllBack]).toEqual([left, left === 0])
  })

  test('the stay is named once, by the row that ends it', () => {
    const found = new Money().take(refunded('pending', 'success', 'success'))
    expect(found).toEqual([null, null, null, null, 'n-S1', null])
  })

  test('a part leaves the rest, two parts all of it, and never less than nothing', () => {
    const rows = states(paid(500).refund(1, 200), 'success')
    expect([after(rows).left, after(rows).isAllBack]).toEqual([300, false])
    states(rows.refund(1, 300), 'success')
    expect([after(rows).left, after(rows).isAllBack]).toEqual([0, true])
    states(rows.refund(1, 50), 'success')
    expect([after(rows).left, after(rows).isAllBack]).toEqual([0, true])
  })

  test('of a stay that was never paid nothing is back, though there is nothing left', () => {
    expect([after(used()).left, after(used()).isAllBack]).toEqual([0, false])
    expect(after(states(used().refund(1, 0), 'success')).isAllBack).toBe(false)
  })

  test('what an antenna took too much was no part of it', () => {
    const rows = paid(500)
    const body = { refundId: 'n-R1', outTradeNo: 'P', operator: 'system', approvedBy: null }
    rows.add('refund', { stayId: 'n-S1', amountFen: 90 }, { ...body, reason: overchargedReason })
    rows.add('refundState', { stayId: 'n-S1' }, { refundId: 'n-R1', state: 'success' })
    expect(after(rows).left).toBe(500)
  })

  test('a stay that is not watched is let alone', () => {
    const money = new Money()
    const found = money.take(states(new Rows().pay(1, 'cash', 500).refund(1, 500), 'success'))
    expect([found, money.list.stays.size, money.list.refunds.size]).toEqual([
      [null, null, null],
      0,
      0,
    ])
  })
})

describe('money that a gateway gives back', () => {
  const attempt = {
    attemptNo: 'A1',
    way: 'offer',
    amountFen: 500,
    state: 'paid',
    paidFen: 500,
    item: null,
    sentAtMs: null,
    queriedAtMs: null,
    cancelAtMs: null,
    cancels: 0,
    watches: 0,
    refundAsks: 0,
  } as const
  const more = { isHeard: true, refusal: null, state: 'done' } as const
  const refunds = [
    { refundNo: 'A1R1', amountFen: 200, why: 'person', ...more },
    { refundNo: 'A1R2', amountFen: 300, why: 'late', ...more },
  ] as const
  function done(refundNo: string, paidWith: string | null = 'A1', attemptNo = 'A1') {
    const money = new Money()
    const order: PayOrder = {
      ...emptyOrder('O', 500),
      paidWith,
      attempts: [
        { ...attempt, attemptNo: 'A0', refunds: [] },
        { ...attempt, refunds },
      ],
    }
    money.pays.set('n-O1', { order, laneId: 'exit', stayId: 'n-S1', lastAtMs: t0 })
    const refs = { stayId: 'n-S1', orderId: 'n-O1' }
    const found = money.take(paid(500).add('pay', refs, { row: 'refundDone', refundNo, attemptNo }))
    return [found.at(-1), money.left]
  }

  test('by a person, of what paid the order: it is back', () => {
    expect(done('A1R1')).toEqual(['n-S1', 300])
  })
  test.each([
    ['a late one, beside the payment', ['A1R2']],
    ['of an attempt that did not pay the order', ['A1R1', 'A0']],
    ['of an order that another means paid', ['A1R1', 'cash']],
    ['of an attempt that nobody knows', ['A1R1', 'A1', 'A7']],
    ['of an attempt before, with nothing to give back', ['A1R1', 'A1', 'A0']],
    ['a number that nobody knows', ['A1R9']],
  ] as const)('not %s', (_name, [refundNo, paidWith, attemptNo]) => {
    expect(done(refundNo, paidWith, attemptNo)).toEqual([null, 500])
  })

  test('nor while it is only asked for, or where the order is not known', () => {
    const money = new Money()
    const refs = { stayId: 'n-S1', orderId: 'n-O1' }
    const rows = paid(500).add('pay', refs, { row: 'refundDone', refundNo: 'x', attemptNo: 'A1' })
    rows.add('pay', refs, { row: 'refundRefused', refundNo: 'x', attemptNo: 'A1', reason: 'no' })
    expect([money.take(rows).slice(-2), money.left]).toEqual([[null, null], 500])
  })
})
