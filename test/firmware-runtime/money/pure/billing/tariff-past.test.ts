// What a new tariff may change on a running lot: only the future. Each changed member of the past is refused by its path; a
// start now or earlier today counts as past.
import { describe, expect, it } from 'vitest'
import { pastChange } from '#money/pure/billing/tariff-past.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'

const nowMs = instantOfIso('2026-06-15T12:00:00+08:00')
const edition = present(demoTariff.editions[0], 'it has one')
const { validFrom: _, ...always } = edition
const at = (validFrom: string) => ({ ...edition, validFrom })
const days = { holidays: ['2026-05-01', '2026-10-01'], workdays: ['2026-05-09'] }
const before: Tariff = {
  ...demoTariff,
  days,
  editions: [always, at('2026-06-15T12:00:00+08:00'), at('2026-07-01T00:00:00+08:00')],
}
const change = (over: Partial<Tariff>) => pastChange(before, { ...before, ...over }, nowMs)
const [first, second, third] = before.editions.map((one) => present(one, 'an edition'))
const editions = (...list: (typeof first)[]) => ({
  editions: list.map((one) => present(one, 'one')),
})

describe('is refused by its path', () => {
  it.each([
    ['its id', { id: 'other' }, ['id'], 'The id'],
    ['what it is used for', { use: 'nonCommercial' }, ['use'], 'Commercial'],
    [
      'what picks the edition',
      { decidedBy: before.decidedBy === 'exit' ? 'entry' : 'exit' },
      ['decidedBy'],
      'entry or exit',
    ],
    [
      'an edition without a beginning',
      editions({ ...always, name: 'x' } as never, second, third),
      ['editions', 0],
      'has begun',
    ],
    [
      'an edition that begins now',
      editions(first, at('2026-06-16T00:00:00+08:00'), third),
      ['editions', 1],
      'has begun',
    ],
    ['an edition that is left out', editions(first), ['editions', 1], 'has begun'],
    [
      'a new one that begins now',
      editions(first, second, at('2026-06-15T12:00:00+08:00')),
      ['editions', 2, 'validFrom'],
      'later than now',
    ],
    [
      'a new one without a beginning',
      editions(first, second, third, always),
      ['editions', 3, 'validFrom'],
      'later than now',
    ],
    [
      'a holiday that is gone',
      { days: { ...days, holidays: ['2026-10-01'] } },
      ['days', 'holidays'],
      'Today',
    ],
    [
      'a holiday of today',
      { days: { ...days, holidays: [...days.holidays, '2026-06-15'] } },
      ['days', 'holidays'],
      'Today',
    ],
    ['a working day of before', { days: { ...days, workdays: [] } }, ['days', 'workdays'], 'Today'],
  ] as const)('%s', (_what, over, path, text) => {
    const found = change(over as Partial<Tariff>)
    expect(found?.path).toEqual(path)
    expect(found?.text.en).toContain(text)
    expect(found?.text.zh).toMatch(/不能改|从以后的时间起|不能在这里改/)
  })
})

it.each([
  ['nothing', {}],
  ['an edition that has not begun', editions(first, second, at('2026-08-01T00:00:00+08:00'))],
  ['one that is added for later', editions(first, second, third, at('2026-06-15T12:00:01+08:00'))],
  ['one that is taken out before it began', editions(first, second)],
  [
    'days from tomorrow on',
    { days: { holidays: ['2026-05-01', '2026-06-16'], workdays: ['2026-05-09', '2026-12-05'] } },
  ],
  ['the order of days', { days: { ...days, holidays: days.holidays.toReversed() } }],
] as const)('%s may change', (_what, over) => {
  expect(change(over as Partial<Tariff>)).toBeNull()
})
