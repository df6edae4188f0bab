// The example of docs/tariffs.md: its file is read from the page, and each row of its table is priced.
// Hand-counted rows check what the page says about bands, runs, caps and packages.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readTariff } from '#lane/lot/files/tariff-file.ts'
import { price } from '#money/pure/billing/price.ts'
import {
  graceEndsMs,
  unknownVehicle,
  type Tariff,
  type TariffPlan,
} from '#money/pure/billing/tariff.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'

const page = readFileSync(
  fileURLToPath(new URL('../../../../../docs/tariffs.md', import.meta.url)),
  'utf8',
)
const source = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const { tariff, warnings } = readTariff(source, 'docs/tariffs.md')
const at = (text: string): number => {
  const [date = '', clock = ''] = text.split(' ')
  return instantOfIso(`${date}T${clock.padEnd(8, ':00')}+08:00`)
}
const rows = [...page.matchAll(/^\| (2026\S+ \S+) \| (2026\S+ \S+) \| (.*?) ?\| (\d+) \|/gm)]

test('the page has rows, and its file is taken without a warning', () => {
  expect(rows.length).toBeGreaterThan(9)
  expect(warnings).toEqual([])
})

test.each(
  rows.map(([, from = '', to = '', of = '', fen = '']) => [from, to, of, Number(fen)] as const),
)('%s to %s %s costs %i', (from, to, of, fen) => {
  const colour = of === 'green plate' ? 'green' : 'blue'
  const vehicle = { ...unknownVehicle, colour } as const
  expect(price(tariff, at(from), at(to), vehicle).amountFen).toBe(fen)
})

const plain: TariffPlan = {
  freeMin: 0,
  freeMinutesCounted: true,
  stepsRestart: 'never',
  bands: [{ from: '00:00', to: '24:00', steps: [{ min: 60, fen: 100 }] }],
  caps: {},
}
const of = (plan: Partial<TariffPlan>): Tariff => ({
  ...tariff,
  editions: [{ graceAfterPayMin: 15, plans: [{ ...plain, ...plan }] }],
})
const priced = (plan: Partial<TariffPlan>, from: string, to: string) =>
  price(of(plan), at(from), at(to))
const bands = (...pieces: [string, string, number, number?][]) =>
  pieces.map(([from, to, visitFen, capFen]) => ({ from, to, visitFen, capFen }))

test('a band is entered at its first millisecond, and left at its end', () => {
  const plan = { bands: bands(['08:00', '20:00', 100], ['20:00', '08:00', 7]) }
  const fen = (from: string, to: string) => priced(plan, from, to).amountFen
  expect(fen('2026-11-20 10:00', '2026-11-20 20:00')).toBe(100)
  expect(fen('2026-11-20 10:00', '2026-11-20 20:00:00.001')).toBe(107)
  expect(fen('2026-11-20 20:00', '2026-11-21 08:00')).toBe(7)
  expect(fen('2026-11-20 20:00', '2026-11-21 08:00:00.001')).toBe(107)
  expect(fen('2026-11-20 10:00', '2026-11-22 10:00')).toBe(100 + 7 + 100 + 7 + 100)
})

test('a run goes on behind midnight only where the next date has its band', () => {
  const night = { from: '20:00', to: '08:00', visitFen: 7 }
  const day = { from: '08:00', to: '20:00', visitFen: 100 }
  const weekend = { days: ['weekend'] as const, from: '00:00', to: '24:00', visitFen: 1000 }
  const plan = {
    bands: [
      { ...day, days: ['workday', 'holiday'] as const },
      { ...night, days: ['workday', 'holiday'] as const },
      weekend,
    ],
  }
  const thursday = priced(plan, '2026-11-19 21:00', '2026-11-20 07:00')
  expect(thursday.lines.map((l) => [l.rule, l.amountFen])).toEqual([['visit', 7]])
  const friday = priced(plan, '2026-11-20 21:00', '2026-11-21 07:00')
  expect(friday.lines.map((l) => [l.amountFen, l.text.zh])).toEqual([
    [7, '20:00-08:00 按次'],
    [1000, '00:00-24:00 按次'],
  ])
})

test.each([
  ['never', 9 + 1 + 1, 9 + 1 + 1],
  ['day', 9 + 1 + 1, 9 + 1 + 9],
  ['run', 9 + 1 + 9, 9 + 1 + 1],
] as const)('steps that restart %s', (stepsRestart, twoRunsFen, twoDatesFen) => {
  const steps = [
    { min: 60, fen: 9, times: 1 },
    { min: 60, fen: 1 },
  ]
  const night = { from: '20:00', to: '08:00', steps }
  const plan = { stepsRestart, bands: [night, { from: '08:00', to: '20:00', visitFen: 0 }] }
  expect(priced(plan, '2026-11-20 06:00', '2026-11-20 21:00').amountFen).toBe(twoRunsFen)
  expect(priced(plan, '2026-11-20 22:00', '2026-11-21 01:00').amountFen).toBe(twoDatesFen)
})

test('the cap of a band is of one run, that of the stay of all; a line says which cut', () => {
  const steps = [{ min: 60, fen: 100 }]
  const night = {
    from: '20:00',
    to: '08:00',
    steps,
    capFen: 250,
    name: { zh: '夜间', en: 'Night' },
  }
  const day = { from: '08:00', to: '20:00', steps, name: { zh: '白天', en: 'Day' } }
  const two = priced({ bands: [day, night] }, '2026-11-20 18:00', '2026-11-22 08:00')
  expect(two.lines.map((l) => [l.rule, l.amountFen, l.text.zh])).toEqual([
    ['next', 200, '白天 每 60 分钟 × 2'],
    ['cap', 250, '2026-11-20 夜间 封顶'],
    ['next', 1200, '白天 每 60 分钟 × 12'],
    ['cap', 250, '2026-11-21 夜间 封顶'],
  ])
  const caps = { stayFen: 1000 }
  const held = priced({ bands: [day, night], caps }, '2026-11-20 18:00', '2026-11-25 08:00')
  expect(held.lines.map((l) => [l.rule, l.amountFen, l.text.en])).toEqual([
    ['next', 200, 'Day: Every 60 min × 2'],
    ['cap', 250, 'Cap of Night 2026-11-20'],
    ['cap', 550, 'Cap of the stay'],
  ])
  expect(held.lines.at(-1)?.toMs).toBe(at('2026-11-25 08:00'))
})

test('of several packages the cheapest counts, only where it is lower, and only to its last ms', () => {
  const name = { zh: '夜场', en: 'Overnight' }
  const window = { enterFrom: '18:00', enterTo: '24:00', leaveFrom: '05:00', leaveTo: '09:00' }
  const night = { name, ...window, leaveAfterDays: 1 }
  const packages = [
    { ...night, fen: 600 },
    { ...night, fen: 500 },
    { ...night, fen: 500, name: { zh: '后', en: 'Later' } },
  ]
  const fen = (from: string, to: string) => priced({ packages }, from, to).amountFen
  const found = priced({ packages }, '2026-11-20 18:00', '2026-11-21 08:59:59.999')
  expect(found.lines).toEqual([
    {
      fromMs: at('2026-11-20 18:00'),
      toMs: at('2026-11-21 08:59:59.999'),
      rule: 'package',
      amountFen: 500,
      text: name,
    },
  ])
  expect(fen('2026-11-20 18:00', '2026-11-21 09:00')).toBe(1500)
  expect(fen('2026-11-20 17:59:59.999', '2026-11-21 08:00')).toBe(1500)
  expect(fen('2026-11-20 23:59:59.999', '2026-11-21 05:00')).toBe(500)
  expect(fen('2026-11-21 00:00', '2026-11-21 05:00')).toBe(500)
  expect(fen('2026-11-20 18:00', '2026-11-20 23:00')).toBe(500)
})

test('a filed non-commercial lot writes a record of nothing', () => {
  const free: Tariff = { ...tariff, use: 'nonCommercial', editions: [] }
  const [from, to] = [at('2026-11-20 18:00'), at('2026-11-22 18:00')]
  expect(price(free, from, to)).toEqual({
    amountFen: 0,
    lines: [
      {
        fromMs: from,
        toMs: to,
        rule: 'free',
        amountFen: 0,
        text: { zh: '非经营性停车场,不收费', en: 'Non-commercial lot, no charge' },
      },
    ],
  })
  expect(graceEndsMs(free, from, to)).toBe(to)
})

test('a plan is for who fits all that it asks; what is not known fits nothing', () => {
  const priceOf = (fen: number): Partial<TariffPlan> => ({ bands: bands(['00:00', '24:00', fen]) })
  const plans = [
    { ...plain, when: { classes: [2, 3], areas: ['B1'] }, ...priceOf(1) },
    { ...plain, when: { colours: ['yellow'] as const }, ...priceOf(2) },
    { ...plain, when: { newEnergy: true }, ...priceOf(3) },
    { ...plain, when: { newEnergy: false, areas: ['B2'] }, ...priceOf(4) },
    { ...plain, ...priceOf(5) },
  ]
  const many: Tariff = { ...tariff, editions: [{ graceAfterPayMin: 0, plans }] }
  const fen = (vehicle: Partial<typeof unknownVehicle>) =>
    price(many, 0, 1, { ...unknownVehicle, ...vehicle }).amountFen
  expect(fen({})).toBe(5)
  expect(fen({ vehicleClass: 2 })).toBe(5)
  expect(fen({ vehicleClass: 3, area: 'B1' })).toBe(1)
  expect(fen({ vehicleClass: 4, area: 'B1' })).toBe(5)
  expect(fen({ colour: 'yellow', area: 'B2' })).toBe(2)
  expect([fen({ colour: 'green' }), fen({ colour: 'yellowGreen' })]).toEqual([3, 3])
  expect([fen({ colour: 'blue', area: 'B2' }), fen({ area: 'B2' })]).toEqual([4, 5])
})

test('the time to leave is that of the edition in force', () => {
  const edition = { graceAfterPayMin: 10, plans: [plain] }
  const later = { ...edition, validFrom: '2026-11-20T12:00:00+08:00', graceAfterPayMin: 30 }
  const grace = (decidedBy: Tariff['decidedBy'], paid: string) =>
    graceEndsMs(
      { ...tariff, decidedBy, editions: [edition, later] },
      at('2026-11-20 08:00'),
      at(paid),
    )
  expect(grace('exit', '2026-11-20 11:00')).toBe(at('2026-11-20 11:10'))
  expect(grace('exit', '2026-11-20 12:00')).toBe(at('2026-11-20 12:30'))
  expect(grace('entry', '2026-11-20 12:00')).toBe(at('2026-11-20 12:10'))
})
