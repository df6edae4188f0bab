// Tariff notices as displayed in the street (../shared/fixtures/field/tariff): the amounts they state, by tariff members
// that apply each rule to every stay, and what `tariff check` reports about a file that only approximates one.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkTariff, readTariff } from '#lane/lot/files/tariff-file.ts'
import { price } from '#money/pure/billing/price.ts'
import type { TariffPlan } from '#money/pure/billing/tariff.ts'
import { fieldFile, noFieldFiles } from '../../../../kit/field-files.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

const textOf = (name: string): string => readFileSync(fieldFile(`tariff/${name}.json`), 'utf8')

/** The notice as a file, changed where the plain file cannot express it. */
function noticeOf(name: string, change: object | ((plan: TariffPlan) => object) = {}) {
  const { tariff } = readTariff(textOf(name), name)
  const [edition] = tariff.editions
  const [plan] = edition?.plans ?? []
  if (edition === undefined || plan === undefined) throw new Error(name)
  const own = typeof change === 'function' ? change(plan) : change
  return checkTariff({ ...tariff, editions: [{ ...edition, plans: [{ ...plan, ...own }] }] }, name)
}
const priced = (name: string, change: Parameters<typeof noticeOf>[1], from: string) => {
  const { tariff } = noticeOf(name, change)
  const fromMs = instantOfIso(`2026-11-20T${from}:00+08:00`)
  return (ms: number) => price(tariff, fromMs, fromMs + ms)
}

const threeHours = { from: '00:00', to: '24:00' }
const tail = {
  tailMin: 15,
  bands: [
    {
      ...threeHours,
      steps: [
        { min: 180, fen: 500, times: 1 },
        { min: 60, fen: 100 },
      ],
    },
  ],
}
const hospital = (plan: TariffPlan): object => ({
  stepsRestart: '24h',
  first: { min: 120, fen: 300 },
  bands: plan.bands.map(({ steps = [], ...band }) =>
    steps.at(-1)?.fen === 0 ? { ...band, visitFen: 0 } : { ...band, steps: steps.slice(-1) },
  ),
})

describe.skipIf(noFieldFiles)('what a notice says', () => {
  it.each<[string, Parameters<typeof noticeOf>[1], string, number, number]>([
    // Counted anew after each 24 h, without the free minutes.
    ['station-24h-restart', { stepsRestart: '24h' }, '10:00', 24 * hourMs, 2000],
    ['station-24h-restart', { stepsRestart: '24h' }, '10:00', 24 * hourMs + 1, 2500],
    ['station-24h-restart', { stepsRestart: '24h' }, '10:00', 25 * hourMs, 2500],
    ['station-24h-restart', { stepsRestart: '24h' }, '10:00', 28 * hourMs, 2600],
    ['station-24h-restart', { stepsRestart: '24h' }, '00:00', 73 * hourMs, 6500],
    // ... and with them.
    ...([24.5, 24.51, 28] as const).map(
      (hours, i) =>
        [
          'station-24h-restart',
          { stepsRestart: '24h', freeEach24h: true },
          '10:00',
          hours * hourMs,
          [2000, 2500, 2600][i] ?? 0,
        ] as [string, object, string, number, number],
    ),
    ['station-tail-15-by-steps', {}, '10:00', 3 * hourMs + 10 * minuteMs, 500],
    ['station-tail-15-by-steps', tail, '10:00', 10 * minuteMs + 20 * minuteMs + 1, 500],
    ['station-tail-15-by-steps', tail, '10:00', 3 * hourMs + 10 * minuteMs, 500],
    ['station-tail-15-by-steps', tail, '10:00', 3 * hourMs + 15 * minuteMs, 500],
    ['station-tail-15-by-steps', tail, '10:00', 3 * hourMs + 15 * minuteMs + 1, 600],
    ['station-tail-15-by-steps', tail, '10:00', 17 * hourMs + 15 * minuteMs, 1900],
    ['airport-rising-caps', { caps: rising() }, '10:00', 24 * hourMs, 3000],
    ['airport-rising-caps', { caps: rising() }, '10:00', 48 * hourMs, 7000],
    ['airport-rising-caps', { caps: rising() }, '10:00', 72 * hourMs, 12_000],
    ['airport-rising-caps', { caps: rising() }, '10:00', 120 * hourMs, 22_000],
    ['hospital-night-free', hospital, '20:00', 2 * hourMs, 300],
    ['hospital-night-free', hospital, '20:00', 9 * hourMs, 300],
    ['hospital-night-free', hospital, '20:00', 25 * hourMs, 1300],
    ['hospital-night-free', hospital, '08:00', 25 * hourMs, 1300],
    ['hospital-night-free', hospital, '08:00', 3 * hourMs, 400],
    ['mountain-day-night', {}, '18:45', 45 * minuteMs, 150],
    ['mountain-day-night', {}, '10:00', 24 * hourMs, 2000],
  ])('%s %o from %s, %i ms: %i', (name, change, from, ms, fen) => {
    expect(priced(name, change, from)(ms).amountFen).toBe(fen)
  })

  it('has lines that say which rule', () => {
    const at = priced('station-24h-restart', { ...tail, stepsRestart: '24h' }, '10:00')
    expect(
      at(24 * hourMs + 10 * minuteMs).lines.map(({ rule, amountFen }) => [rule, amountFen]),
    ).toEqual([
      ['cap', 2000],
      ['free', 0],
    ])
    expect(at(27 * hourMs + 10 * minuteMs).lines.map(({ text }) => text.en)).toEqual([
      'Cap of 24-hour day 1',
      'First 180 min',
      'Up to 15 min not counted',
    ])
    const flat = priced('hospital-night-free', hospital, '20:00')
    expect(flat(3 * hourMs).lines.map(({ rule, amountFen }) => [rule, amountFen])).toEqual([
      ['first', 300],
      ['visit', 0],
    ])
  })
})

function rising() {
  return { day24hFen: 3000, later24hFen: [4000, 5000] }
}

describe.skipIf(noFieldFiles)('tariff check', () => {
  const at = '/editions/0/plans/0'
  it.each<[string, Parameters<typeof noticeOf>[1], readonly string[]]>([
    ['station-24h-restart', {}, [`${at}/stepsRestart`]],
    ['station-24h-restart', { stepsRestart: '24h' }, []],
    ['station-tail-15-by-steps', {}, [`${at}/stepsRestart`, `${at}/bands/0/steps/1`]],
    ['station-tail-15-by-steps', { ...tail, stepsRestart: '24h' }, []],
    ['airport-rising-caps', {}, [`${at}/stepsRestart`]],
    ['airport-rising-caps', { caps: rising(), stepsRestart: '24h' }, []],
    [
      'hospital-night-free',
      {},
      [`${at}/stepsRestart`, `${at}/bands/1/steps/0`, `${at}/bands/0/steps/0`],
    ],
    ['hospital-night-free', hospital, []],
    ['mountain-day-night', {}, []],
  ])('of %s with %o says where it only comes near', (name, change, fields) => {
    expect(noticeOf(name, change).warnings.map(({ field }) => field)).toEqual(fields)
  })

  it.each<[object, string]>([
    [{ freeEach24h: true }, `${at}/freeEach24h`],
    [{ stepsRestart: '24h', freeEach24h: true, freeMin: 1440 }, `${at}/freeEach24h`],
    [{ tailMin: 60 }, `${at}/tailMin`],
    [{ tailMin: 20, first: { min: 20, fen: 100 } }, `${at}/tailMin`],
    [{ caps: { later24hFen: [4000] } }, `${at}/caps/later24hFen`],
    [{ caps: { day24hFen: 3000, later24hFen: [] } }, `${at}/caps/later24hFen`],
  ])('refuses %o', (change, field) => {
    expect(() => noticeOf('station-24h-restart', change)).toThrowError(
      expect.objectContaining({ code: 'TARIFF-01', detail: expect.objectContaining({ field }) }),
    )
  })
})
