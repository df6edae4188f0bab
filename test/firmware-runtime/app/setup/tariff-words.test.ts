// Changes of a tariff in words: each member of the schema has words, and a line names the edition, vehicles and part of the
// day that it concerns.
import { expect, it } from 'vitest'
import { z } from 'zod'
import { demoTariff } from '../../../../firmware-runtime/app/lot/demo-tariff.ts'
import { checkTariff, tariffJsonSchema } from '../../../../firmware-runtime/app/lot/tariff-file.ts'
import { judgeDraft } from '../../../../firmware-runtime/app/setup/judge.ts'
import { changesOf } from '../../../../firmware-runtime/app/setup/lot-words.ts'
import type { Tariff } from '../../../../firmware-runtime/core/billing/tariff.ts'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

const config = present(judgeDraft(wholeDraft, new MemoryPorts()).config, 'a lot')
const day = { name: { zh: '白天', en: 'Day' }, days: ['workday', 'weekend', 'holiday'] as const }
const everybody = {
  freeMin: 15,
  freeMinutesCounted: true,
  stepsRestart: 'never',
  bands: [{ from: '00:00', to: '24:00', steps: [{ min: 60, fen: 500 }] }],
  caps: { dayFen: 4000 },
} as const
const yellow = {
  ...everybody,
  stepsRestart: '24h',
  freeEach24h: true,
  tailMin: 10,
  first: { min: 60, fen: 800 },
  when: { classes: [2], colours: ['yellow'], newEnergy: false, areas: ['B1'] },
  bands: [
    {
      ...day,
      from: '08:00',
      to: '20:00',
      steps: [
        { min: 30, fen: 300, times: 1 },
        { min: 30, fen: 400, times: 2 },
        { min: 60, fen: 600 },
      ],
      capFen: 3000,
    },
    { from: '20:00', to: '08:00', visitFen: 1000 },
  ],
  caps: { stayFen: 9000, dayFen: 5000, day24hFen: 6000, later24hFen: [7000] },
  packages: [
    {
      name: { zh: '早鸟', en: 'Early bird' },
      days: ['workday'],
      enterFrom: '06:00',
      enterTo: '09:00',
      leaveAfterDays: 0,
      leaveFrom: '17:00',
      leaveTo: '20:00',
      fen: 2000,
    },
  ],
} as const
const counted = {
  ...everybody,
  when: { newEnergy: true },
  wholePeriods: true,
  periodsEndWithBand: true,
  dayVisits: { free: 'once', capTogether: true },
  caps: { dayFen: 4000 },
} as const
const points = { perYuan: 1, perVisit: 2, validDays: 30, fenPerPoint: 10, stayFenMax: 500 }
const first = {
  graceAfterPayMin: 15,
  noEntryFen: 2000,
  points,
  overstay: 'grace',
  plans: [yellow, counted, everybody],
}
const checked = (tariff: unknown): Tariff => checkTariff(tariff, '').tariff
const full = checked({
  ...demoTariff,
  days: { holidays: ['2027-01-01'], workdays: ['2027-01-09'] },
  editions: [first, { ...first, validFrom: '2027-02-01T00:00:00+08:00' }],
})
const said = (before: Tariff | null, after: Tariff): string[] =>
  changesOf(before === null ? null : { config, tariff: before }, { config, tariff: after }).map(
    ({ what, before: was, after: is }) => `${what.zh}: ${was?.zh ?? '-'} > ${is?.zh ?? '-'}`,
  )

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>> | undefined
  readonly items?: Shape | undefined
}
const shape: z.ZodType<Shape> = z.lazy(() =>
  z.object({ properties: z.record(z.string(), shape).optional(), items: shape.optional() }),
)

/** Members of the schema that occur nowhere in this value. */
function absent({ properties = {}, items }: Shape, values: readonly unknown[], at = ''): string[] {
  const inner = values.flatMap((one) => (Array.isArray(one) ? (one as unknown[]) : []))
  const ofItems = items === undefined ? [] : absent(items, inner, at)
  const own = Object.entries(properties).flatMap(([name, member]) => {
    const found = values.flatMap((one) => {
      const value = typeof one === 'object' && one !== null ? Reflect.get(one, name) : undefined
      return value === undefined ? [] : [value as unknown]
    })
    const here = `${at}/${name}`
    return found.length === 0 ? [here] : absent(member, found, here)
  })
  return [...ofItems, ...own]
}

it('every member of the schema has words, in both languages', () => {
  // A new member of the schema must be added to this tariff.
  expect(absent(shape.parse(tariffJsonSchema()), [full])).toEqual([])
  const lines = changesOf(null, { config, tariff: full })
  const raw = lines.filter(({ what }) => /tariff\/|\/\w+\//.test(what.zh + what.en))
  expect(raw).toEqual([])
  const tariffLines = lines.filter(({ what }) => what.zh.includes('起的版本'))
  expect(new Set(tariffLines.map(({ what, after }) => `${what.zh}${after?.zh ?? ''}`)).size).toBe(
    tariffLines.length,
  )
})

it('a line says which edition, vehicles and part of the day it is of', () => {
  const [old, next] = full.editions
  const dear = checked({
    ...full,
    editions: [
      old,
      {
        ...next,
        plans: [
          { ...yellow, bands: [{ ...yellow.bands[0], capFen: 3500 }, yellow.bands[1]] },
          counted,
          everybody,
        ],
      },
    ],
  })
  expect(said(full, dear)).toEqual([
    '2027-02-01 00:00 起的版本 · 2 型车、黄牌、非新能源车、区域 B1 · 白天、工作日、周末、节假日、08:00–20:00 · 这个时段最多: ¥ 30.00 > ¥ 35.00',
  ])
})

it('what is added moves nothing else: a plan before another, a date between two', () => {
  const [old] = full.editions
  const one = checked({ ...full, editions: [{ ...old, plans: [everybody] }] })
  const two = checked({
    ...one,
    days: { ...one.days, holidays: ['2026-12-31', '2027-01-01'] },
    editions: [{ ...old, plans: [{ ...everybody, when: { colours: ['green'] } }, everybody] }],
  })
  const lines = said(one, two)
  expect(lines).toContain('节假日: - > 2026-12-31')
  expect(lines).toContain('绿牌 · 每个时段收: - > ¥ 5.00')
  expect(lines.filter((line) => !line.startsWith('绿牌'))).toHaveLength(1)
})
