// Changes of a tariff in words: each member of the schema has words, and a line names the edition, vehicles and part of the
// day that it concerns.
import { expect, it } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { checkTariff, tariffJsonSchema } from '#lane/lot/files/tariff-file.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { changesOf } from '#lane/desk/setup/lot-words.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { present } from '#base/pure/values/must.ts'
import { missingMembers, type Shape } from '../../../../pins/variants.ts'
import {
  countedPlan,
  days,
  plainPlan as everybody,
  points,
  richPlan,
} from '../../lot/rich-plans.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

const config = present(judgeDraft(wholeDraft, new MemoryPorts()).config, 'a lot')
const [band, night] = richPlan.bands
const yellow = { ...richPlan, bands: [{ ...band, name: { zh: '白天', en: 'Day' } }, night] }
const counted = { ...countedPlan, dayVisits: { free: 'once', capTogether: true } }
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
  days,
  editions: [first, { ...first, validFrom: '2027-02-01T00:00:00+08:00' }],
})
const said = (before: Tariff | null, after: Tariff): string[] =>
  changesOf(before === null ? null : { config, tariff: before }, { config, tariff: after }).map(
    ({ what, before: was, after: is }) => `${what.zh}: ${was?.zh ?? '-'} > ${is?.zh ?? '-'}`,
  )

it('every member of the schema has words, in both languages', () => {
  // A new member of the schema must be added to this tariff.
  expect(missingMembers(tariffJsonSchema() as Shape, [full])).toEqual([])
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
