// The demo tariff and files of version 1 by hand-computed rows, the words of its lines, and stays that cannot be priced.
// The rules are those of ADR 10.
import { expect, test } from 'vitest'
import { price, stayMsMax } from '#money/pure/billing/price.ts'
import { graceEndsMs, unknownVehicle } from '#money/pure/billing/tariff.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { lifted } from './version-1.ts'

const at = (text: string): number => instantOfIso(`${text}+08:00`)
const day = 86_400_000

const rows: [string, string, string, number][] = [
  ['0 s', '2026-11-20T10:00:00', '2026-11-20T10:00:00', 0],
  ['exactly the free time', '2026-11-20T10:00:00', '2026-11-20T10:15:00', 0],
  ['1 ms more', '2026-11-20T10:00:00', '2026-11-20T10:15:00.001', 300],
  ['exactly one hour', '2026-11-20T10:00:00', '2026-11-20T11:00:00', 300],
  ['1 ms into the second hour', '2026-11-20T10:00:00', '2026-11-20T11:00:00.001', 500],
  ['nine hours, 3 + 8 x 2', '2026-11-20T10:00:00', '2026-11-20T19:00:00', 1900],
  ['ten hours reach the cap', '2026-11-20T10:00:00', '2026-11-20T20:00:00', 2000],
  ['over midnight, 3 + 2', '2026-11-20T23:00:00', '2026-11-21T01:00:00', 500],
  ['a period belongs to the day it starts in', '2026-11-20T23:30:00', '2026-11-21T00:30:00', 300],
  ['a full calendar day after 22:00', '2026-11-20T22:00:00', '2026-11-22T00:00:00', 2500],
  ['29 February', '2028-02-28T00:00:00', '2028-03-01T00:00:00', 4000],
  ['year end', '2026-12-31T12:00:00', '2027-01-01T12:00:00', 4000],
  ['366 days', '2027-06-01T00:00:00', '2028-06-01T00:00:00', 366 * 2000],
]

test.each(rows)('%s', (_name, from, to, wantedFen) => {
  expect(price(demoTariff, at(from), at(to)).amountFen).toBe(wantedFen)
})

test('a vehicle class pays its own rules, an unlisted one the common ones', () => {
  const [from, to] = [at('2026-11-20T10:00:00'), at('2026-11-20T12:00:00')]
  expect(price(demoTariff, from, to, { ...unknownVehicle, vehicleClass: 2 }).amountFen).toBe(1000)
  expect(price(demoTariff, from, to, { ...unknownVehicle, vehicleClass: 9 }).amountFen).toBe(500)
  expect(price(demoTariff, from, to).amountFen).toBe(500)
})

test('lines say in words what is charged', () => {
  const tariff = lifted({ freeMinutesCounted: false })
  const p = price(tariff, at('2026-11-20T22:00:00'), at('2026-11-22T00:00:00'))
  expect(p.lines.map((l) => [l.rule, l.amountFen, l.text.zh, l.text.en])).toEqual([
    ['free', 0, '免费时段 15 分钟', 'Free 15 min'],
    ['first', 300, '首时段 60 分钟', 'First 60 min'],
    ['next', 200, '续时段 60 分钟 × 1', 'Further 60 min × 1'],
    ['cap', 2000, '2026-11-21 当日封顶', 'Daily cap 2026-11-21'],
  ])
  const blocks = price(
    lifted({ dayBoundary: '24h' }),
    at('2026-11-20T22:00:00'),
    at('2026-11-22T22:00:00'),
  )
  expect(blocks.lines.map((l) => [l.text.zh, l.text.en])).toEqual([
    ['第 1 个 24 小时封顶', 'Cap of 24-hour day 1'],
    ['第 2 个 24 小时封顶', 'Cap of 24-hour day 2'],
  ])
})

// From 10:00 to 19:00: 300 fen and eight times 200.
test.each([
  [1901, 1900, ['first', 'next']],
  [1900, 1900, ['first', 'next']],
  [1899, 1899, ['cap']],
  [1898, 1898, ['cap']],
  [0, 0, ['cap']],
] as const)('a day of 1900 fen with a cap of %i costs %i', (dailyCapFen, fen, rules) => {
  const from = at('2026-11-20T10:00:00')
  const whole = { dailyCapFen, classes: {} }
  const ofClass = { classes: { '2': { dailyCapFen } } }
  const bus = { ...unknownVehicle, vehicleClass: 2 }
  for (const dayBoundary of ['calendar', '24h'] as const)
    for (const tariff of [whole, ofClass]) {
      const p = price(lifted({ ...tariff, dayBoundary }), from, from + 9 * 3_600_000, bus)
      expect([p.amountFen, p.lines.map((l) => l.rule)]).toEqual([fen, rules])
      // The next day begins anew: nothing of this day's cap carries over.
      const two = price(lifted({ ...tariff, dayBoundary }), from, from + 2 * day, bus)
      const whole24hFen = two.lines.filter((l) => l.rule === 'cap').map((l) => l.amountFen)
      expect(new Set(whole24hFen)).toEqual(new Set([dailyCapFen]))
    }
})

test('a day that comes to exactly the cap keeps its own lines; above it one cap line stands', () => {
  const tariff = lifted({ dailyCapFen: 1900 })
  const from = at('2026-11-20T10:00:00')
  const rulesUntil = (text: string): string[] =>
    price(tariff, from, at(text)).lines.map((l) => l.rule)
  expect(rulesUntil('2026-11-20T19:00:00')).toEqual(['first', 'next'])
  expect(rulesUntil('2026-11-20T19:00:00.001')).toEqual(['cap'])
})

test('lines stay bounded: one a day when capped, a handful without a cap', () => {
  const from = at('2026-01-01T00:00:00')
  expect(price(demoTariff, from, from + 366 * day).lines).toHaveLength(366)
  expect(price(demoTariff, from, from + stayMsMax).lines.length).toBeLessThanOrEqual(3654)
  const uncapped = lifted({ dailyCapFen: null })
  expect(price(uncapped, from, from + stayMsMax).lines).toHaveLength(2)
})

const refused: [string, number, number, string, RegExp][] = [
  [
    'end before start',
    at('2026-11-20T10:00:00'),
    at('2026-11-20T09:59:59.999'),
    '/to',
    /ends before it begins at 2026-11-20T10:00/,
  ],
  ['longer than ten years', 0, stayMsMax + 1, '/to', /longer than ten years/],
  ['a time that is not one', Number.NaN, 5, '/from', /not a time/],
  ['a fraction of a millisecond', 0, 0.5, '/to', /not a time/],
  ['an endless stay', 0, Number.POSITIVE_INFINITY, '/to', /not a time/],
]

test.each(refused)('refused: %s', (_name, from, to, field, note) => {
  let fault: unknown = null
  try {
    price(demoTariff, from, to)
  } catch (e) {
    fault = e
  }
  expect(fault).toBeInstanceOf(LaneFault)
  expect(fault).toMatchObject({
    code: 'TARIFF-02',
    detail: { field, note: { en: expect.stringMatching(note) as string } },
  })
})

test.each([
  ['first', { firstPeriodMin: 0 }],
  ['next', { nextPeriodMin: 0 }],
  ['first, though the other is there', { firstPeriodMin: -1 }],
])('a period of no length is never priced: %s', (_name, over) => {
  const from = at('2026-11-20T10:00:00')
  expect(() => price(lifted(over), from, from + day)).toThrow(/periods are checked on reading/)
})

test('an amount over the limit of one order is refused, never wrapped (T08)', () => {
  const dear = lifted({ nextPeriodMin: 1, nextFen: 1_000_000, dailyCapFen: null })
  const from = at('2026-01-01T00:00:00')
  expect(() => price(dear, from, from + 366 * day)).toThrow('TARIFF-02')
})

test('an order of exactly one million yuan is priced, one fen more is refused', () => {
  const once = (firstFen: number) => lifted({ firstFen, dailyCapFen: null, classes: {} })
  const from = at('2026-01-01T00:00:00')
  expect(price(once(fenMax), from, from + 3_600_000).amountFen).toBe(100_000_000)
  let fault: unknown = null
  try {
    price(once(fenMax + 1), from, from + 3_600_000)
  } catch (e) {
    fault = e
  }
  expect(fault).toMatchObject({
    code: 'TARIFF-02',
    detail: {
      field: '/amountFen',
      value: '100000001',
      note: { en: expect.stringMatching(/over the limit/) as string },
    },
  })
})

test('a driver who paid inside has the grace time to leave', () => {
  expect(graceEndsMs(demoTariff, at('2026-11-20T08:00:00'), at('2026-11-20T10:00:00'))).toBe(
    at('2026-11-20T10:15:00'),
  )
})
