// Bands that do not cover the day exactly once, each with its minutes and bands; and the words of price lines on a board.
// A file is refused by its first fault; these rows say which fault that is.
import { expect, test } from 'vitest'
import { bandFault } from '#money/pure/billing/bands.ts'
import { price } from '#money/pure/billing/price.ts'
import type { TariffBand, TariffPlan } from '#money/pure/billing/tariff.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { tariffOf } from './version-1.ts'

const band = (from: string, to: string, days?: TariffBand['days']): TariffBand => ({
  from,
  to,
  visitFen: 100,
  ...(days === undefined ? {} : { days }),
})

test.each<[string, TariffBand[], object | null]>([
  ['the whole day', [band('00:00', '24:00')], null],
  ['a day and its night', [band('08:00', '20:00'), band('20:00', '08:00')], null],
  ['a night up to midnight', [band('00:00', '20:00'), band('20:00', '00:00')], null],
  ['nothing', [], { day: 'workday', fromMin: 0, toMin: 1440, bands: null }],
  ['no morning', [band('06:00', '24:00')], { day: 'workday', fromMin: 0, toMin: 360, bands: null }],
  [
    'no evening',
    [band('00:00', '18:00')],
    { day: 'workday', fromMin: 1080, toMin: 1440, bands: null },
  ],
  [
    'a hole at noon',
    [band('13:00', '24:00'), band('00:00', '12:00')],
    { day: 'workday', fromMin: 720, toMin: 780, bands: null },
  ],
  [
    'an hour twice',
    [band('11:00', '24:00'), band('00:00', '12:00')],
    { day: 'workday', fromMin: 660, toMin: 720, bands: [0, 1] },
  ],
  [
    'a band within another',
    [band('00:00', '24:00'), band('09:00', '10:00')],
    { day: 'workday', fromMin: 540, toMin: 600, bands: [0, 1] },
  ],
  [
    'holidays alone',
    [band('00:00', '24:00', ['workday', 'weekend'])],
    { day: 'holiday', fromMin: 0, toMin: 1440, bands: null },
  ],
])('%s', (_what, bands, fault) => {
  expect(bandFault(bands)).toEqual(fault)
})

const at = (time: string): number => instantOfIso(`2026-11-20T${time}:00+08:00`)
const lines = (over: Partial<TariffPlan>, from: string, to: string) =>
  price(tariffOf({ bands: [band('00:00', '24:00')], ...over }), at(from), at(to)).lines.map(
    ({ rule, amountFen, text }) => [rule, amountFen, text.zh, text.en],
  )
const steps = [
  { min: 30, fen: 200, times: 2 },
  { min: 60, fen: 100 },
]

test('a visit, a first step of several periods, and bands without a name are told in words', () => {
  expect(lines({}, '10:00', '11:00')).toEqual([['visit', 100, '按次', 'Per visit']])
  expect(lines({ bands: [{ from: '00:00', to: '24:00', steps }] }, '10:00', '11:30')).toEqual([
    ['first', 400, '首时段 30 分钟 × 2', 'First 30 min × 2'],
    ['next', 100, '续时段 60 分钟 × 1', 'Further 60 min × 1'],
  ])
  const two = [band('08:00', '20:00'), band('20:00', '08:00')]
  expect(lines({ bands: two }, '19:00', '21:00')).toEqual([
    ['visit', 100, '08:00-20:00 按次', '08:00-20:00: Per visit'],
    ['visit', 100, '20:00-08:00 按次', '20:00-08:00: Per visit'],
  ])
})

test('a package of the same price as the ordinary one does not take its place', () => {
  const early = {
    name: { zh: '早鸟', en: 'Early' },
    enterFrom: '06:00',
    enterTo: '12:00',
    leaveAfterDays: 0,
    leaveFrom: '10:00',
    leaveTo: '24:00',
  }
  const byPrice = (fen: number) => lines({ packages: [{ ...early, fen }] }, '10:00', '11:00')
  expect(byPrice(100)).toEqual([['visit', 100, '按次', 'Per visit']])
  expect(byPrice(99)).toEqual([['package', 99, '早鸟', 'Early']])
})

test('of caps that leave the same, the line is named by the smallest stretch', () => {
  const bands = [{ from: '00:00', to: '24:00', steps: [{ min: 60, fen: 200 }], capFen: 300 }]
  const found = lines({ bands, caps: { dayFen: 300, stayFen: 300 } }, '10:00', '13:00')
  expect(found).toEqual([['cap', 300, '2026-11-20 00:00-24:00 封顶', expect.any(String)]])
})

test('caps of two bands of one name are one line with the sum of both', () => {
  const one = { name: { zh: '名', en: 'One' }, steps: [{ min: 60, fen: 200 }], capFen: 100 }
  const bands = [
    { ...one, from: '00:00', to: '12:00' },
    { ...one, from: '12:00', to: '24:00', capFen: 30 },
  ]
  expect(lines({ bands }, '11:00', '13:00')).toEqual([
    ['cap', 130, '2026-11-20 名 封顶', 'Cap of One 2026-11-20'],
  ])
})
