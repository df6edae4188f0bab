// Which orders of a ledger are priced with another tariff: the last priced one of each stay, and no other.
// Rows are made as the lanes make them; the tariff takes one fen a minute, so that an amount is a length.
import { expect, test } from 'vitest'
import { replayTariff } from '#money/pure/lot/tariff-replay.ts'
import type { Tariff, TariffPlan } from '#money/pure/billing/tariff.ts'
import type { LedgerRow, RowBodies } from '#base/pure/rows/ledger-row.ts'
import { lifted, steadyPlan } from '../billing/version-1.ts'
import { minuteMs, Rows, t0 } from '../../../lane/pure/lot/row-kit.ts'

const aMinute = (fen: number): TariffPlan => steadyPlan(1, fen)
const tariff: Tariff = {
  ...lifted(),
  editions: [
    {
      graceAfterPayMin: 0,
      plans: [
        { when: { areas: ['B1'] }, ...aMinute(5) },
        { when: { colours: ['yellow'] }, ...aMinute(3) },
        aMinute(1),
      ],
    },
  ],
}

const whole = { fromMs: -Infinity, toMs: Infinity }
const text = { zh: '一', en: 'one' }

class Ordered extends Rows {
  priced(
    n: number,
    minutes: number,
    fen: number,
    over: Partial<RowBodies['orderMade']> = {},
  ): this {
    const span = { fromMs: t0, toMs: t0 + minutes * minuteMs }
    const line = { ...span, rule: 'next', amountFen: fen, text } as const
    const body = { tariffId: 't', ...span, lines: [line], plate: 'x', plateRaw: 'x', ...over }
    return this.add('orderMade', { stayId: `n-S${n}`, orderId: `n-O${n}`, amountFen: fen }, body)
  }
  test(n: number): this {
    const line = { fromMs: t0, toMs: t0, rule: 'first', amountFen: 1, text } as const
    const body = { tariffId: 't', fromMs: t0, toMs: t0, lines: [line], plate: 'x', plateRaw: 'x' }
    return this.add('orderMade', { stayId: `n-S${n}`, orderId: `n-T${n}`, amountFen: 1 }, body)
  }
}

const replayed = (rows: Ordered, window = whole) => {
  const all: readonly LedgerRow[] = rows.all
  return replayTariff(all, tariff, window)
}

test('a stay counts once, by its last priced order, closed or not', () => {
  const rows = new Ordered()
    .stay(1)
    .priced(1, 10, 7)
    .priced(1, 20, 25)
    .closed(1, 'other')
    .stay(2)
    .priced(2, 9, 9)
  expect(replayed(rows)).toEqual({
    stays: 2,
    changed: 1,
    before: 34,
    after: 29,
    up: [],
    down: [{ stayId: 'n-S1', fen: -5 }],
  })
})

test('what a person set, a first car and a stay without an order are left out', () => {
  const rows = new Ordered()
    .stay(1)
    .order(1)
    .closed(1, 'other')
    .stay(2)
    .test(2)
    .stay(3)
    .closed(3, 'other')
  expect(replayed(rows).stays).toBe(0)
  expect(replayed(new Ordered().stay(1).priced(1, 10, 7).order(1))).toMatchObject({ stays: 1 })
  expect(replayed(new Ordered().stay(1).priced(1, 10, 7).test(1))).toMatchObject({ before: 7 })
})

test('the vehicle is the one that the order was priced for', () => {
  const rows = new Ordered()
    .stay(1)
    .priced(1, 10, 10)
    .stay(2)
    .priced(2, 10, 10, { vehicle: { colour: 'yellow', area: null } })
    .stay(3)
    .priced(3, 10, 10, { vehicle: { colour: 'blue', area: 'B1' } })
  expect(replayed(rows).up).toEqual([
    { stayId: 'n-S2', fen: 20 },
    { stayId: 'n-S3', fen: 40 },
  ])
})

test('the window is half open', () => {
  const rows = new Ordered().stay(1).priced(1, 10, 10)
  const endMs = t0 + 10 * minuteMs
  expect(replayed(rows, { fromMs: endMs, toMs: endMs + 1 }).stays).toBe(1)
  expect(replayed(rows, { fromMs: endMs + 1, toMs: Infinity }).stays).toBe(0)
  expect(replayed(rows, { fromMs: -Infinity, toMs: endMs }).stays).toBe(0)
})
