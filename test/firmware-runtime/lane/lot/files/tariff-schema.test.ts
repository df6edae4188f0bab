// Every reason to refuse a tariff file of version 2, with the member and value that the error names.
// The file is a small one with two bands; each row changes one place in it.
import { expect, test } from 'vitest'
import { checkTariff } from '#lane/lot/files/tariff-file.ts'
import { whyIn } from '#base/pure/faults/faults.ts'
import { faultOf } from '../../../../kit/refusals.ts'

const name = { zh: '名', en: 'Name' }
const steps = [
  { min: 60, fen: 300, times: 1 },
  { min: 60, fen: 200 },
]
const day = { from: '08:00', to: '20:00', steps }
const night = { from: '20:00', to: '08:00', visitFen: 500 }
const plan = {
  freeMin: 15,
  freeMinutesCounted: true,
  stepsRestart: 'never',
  bands: [day, night],
  caps: {},
}
const edition = { graceAfterPayMin: 15, plans: [plan] }
const good = {
  id: 'two-bands',
  version: 2,
  name,
  use: 'commercial',
  decidedBy: 'exit',
  days: { holidays: ['2026-10-01'], workdays: ['2026-10-10'] },
  editions: [edition],
}
const early = {
  name,
  enterFrom: '06:00',
  enterTo: '09:00',
  leaveAfterDays: 0,
  leaveFrom: '15:00',
  leaveTo: '24:00',
  fen: 900,
}
const withEdition = (over: object) => ({ ...good, editions: [{ ...edition, ...over }] })
const withPlan = (over: object) => withEdition({ plans: [{ ...plan, ...over }] })
const withBand = (over: object) => withPlan({ bands: [{ ...day, ...over }, night] })
const withPackage = (over: object) => withPlan({ packages: [{ ...early, ...over }] })
const at = '/editions/0/plans/0'
const eleven = (n: number) => Array.from({ length: n }, () => ({ ...plan, when: { classes: [1] } }))

test('the good file is taken, and a non-commercial one without editions', () => {
  expect(checkTariff(good, 'f')).toEqual({ tariff: good, warnings: [] })
  expect(checkTariff(withPackage({}), 'f').warnings).toEqual([])
  const filed = { ...good, use: 'nonCommercial', editions: [] }
  expect(checkTariff(filed, 'f').tariff).toEqual(filed)
})

const refused: [string, unknown, string, string, RegExp?][] = [
  [
    'bands that overlap',
    withBand({ to: '20:01' }),
    `${at}/bands/1/from`,
    '"20:00"',
    /overlaps bands\/0 from 20:00 to 20:01 on a workday/,
  ],
  [
    'bands that overlap over midnight',
    withPlan({ bands: [{ ...day, from: '07:30' }, night] }),
    `${at}/bands/1/from`,
    '"20:00"',
    /bands\/0 from 07:30 to 08:00/,
  ],
  [
    'a band inside another',
    withPlan({ bands: [day, night, { ...day, from: '10:00', to: '11:00' }] }),
    `${at}/bands/2/from`,
    '"10:00"',
    /bands\/0 from 10:00 to 11:00/,
  ],
  [
    'a gap',
    withBand({ to: '19:59' }),
    `${at}/bands`,
    '[{"from":"08:00","to":"19:59"',
    /no band has 19:59 to 20:00 on a workday/,
  ],
  ['a gap before midnight', withPlan({ bands: [{ ...day, from: '00:00' }] }), `${at}/bands`, '[{'],
  [
    'weekends that nobody priced',
    withPlan({ bands: [{ ...day, days: ['workday', 'holiday'] }, night] }),
    `${at}/bands`,
    '[{',
    /no band has 08:00 to 20:00 on a weekend/,
  ],
  ['no band', withPlan({ bands: [] }), `${at}/bands`, '[]'],
  ['a band of no length', withBand({ to: '08:00' }), `${at}/bands/0/to`, '"08:00"', /no length/],
  ['a time that is none', withBand({ from: '8:00' }), `${at}/bands/0/from`, '"8:00"'],
  ['24:00 as a beginning', withBand({ from: '24:00' }), `${at}/bands/0/from`, '"24:00"'],
  ['25:00', withBand({ to: '25:00' }), `${at}/bands/0/to`, '"25:00"'],
  ['neither steps nor a visit', withBand({ steps: undefined }), `${at}/bands/0/steps`, 'missing'],
  ['steps and a visit', withBand({ visitFen: 1 }), `${at}/bands/0/visitFen`, '1'],
  [
    'a last step that ends',
    withBand({ steps: [{ min: 60, fen: 1, times: 1 }] }),
    `${at}/bands/0/steps/0/times`,
    '1',
  ],
  [
    'a first step that does not',
    withBand({ steps: [{ min: 60, fen: 1 }, ...steps] }),
    `${at}/bands/0/steps/0/times`,
    'missing',
  ],
  [
    'a step of no length',
    withBand({ steps: [{ min: 0, fen: 1 }] }),
    `${at}/bands/0/steps/0/min`,
    '0',
  ],
  ['half a fen', withBand({ steps: [{ min: 5, fen: 0.5 }] }), `${at}/bands/0/steps/0/fen`, '0.5'],
  ['a cap below zero', withBand({ capFen: -1 }), `${at}/bands/0/capFen`, '-1'],
  ['an unknown kind of day', withBand({ days: ['sunday'] }), `${at}/bands/0/days/0`, '"sunday"'],
  ['no kind of day', withBand({ days: [] }), `${at}/bands/0/days`, '[]'],
  ['an unknown cap', withPlan({ caps: { weekFen: 1 } }), `${at}/caps/weekFen`, '1'],
  [
    'a package that ends before it begins',
    withPackage({ enterTo: '06:00' }),
    `${at}/packages/0/enterTo`,
    '"06:00"',
  ],
  [
    'a leave window without length',
    withPackage({ leaveTo: '15:00' }),
    `${at}/packages/0/leaveTo`,
    '"15:00"',
  ],
  [
    'a leave window before the entry',
    withPackage({ leaveFrom: '03:00', leaveTo: '06:00' }),
    `${at}/packages/0/leaveTo`,
    '"06:00"',
  ],
  ['no plan', withEdition({ plans: [] }), '/editions/0/plans', '[]'],
  [
    'nobody’s plan last',
    withEdition({ plans: [{ ...plan, when: { newEnergy: true } }] }),
    `${at}/when`,
    '{"newEnergy":true}',
  ],
  ['everybody’s plan first', withEdition({ plans: [plan, plan] }), `${at}/when`, 'missing'],
  [
    'a when that asks nothing',
    withEdition({ plans: [{ ...plan, when: {} }, plan] }),
    `${at}/when`,
    '{}',
  ],
  [
    'an unknown colour as a condition',
    withEdition({ plans: [{ ...plan, when: { colours: ['unknown'] } }, plan] }),
    `${at}/when/colours/0`,
    '"unknown"',
  ],
  ['too many plans', withEdition({ plans: [...eleven(32), plan] }), '/editions/0/plans', '[{'],
  ['a commercial lot without editions', { ...good, editions: [] }, '/editions', '[]'],
  ['a filed lot with prices', { ...good, use: 'nonCommercial' }, '/editions', '[{'],
  [
    'a first edition with a beginning',
    withEdition({ validFrom: '2026-01-01T00:00:00+08:00' }),
    '/editions/0/validFrom',
    '"2026-01-01',
  ],
  [
    'a second one without',
    { ...good, editions: [edition, edition] },
    '/editions/1/validFrom',
    'missing',
  ],
  ...(
    [
      ['2026-02-30T00:00:00+08:00', /not a time/],
      ['2026-02-01', /not a time/],
      ['2025-12-31T00:00:00+08:00', /not behind/],
      ['2026-01-01T00:00:00+08:00', /not behind/],
    ] as const
  ).map(([validFrom, note]): [string, unknown, string, string, RegExp] => [
    `a third edition from ${validFrom}`,
    {
      ...good,
      editions: [
        edition,
        { ...edition, validFrom: '2026-01-01T00:00:00+08:00' },
        { ...edition, validFrom },
      ],
    },
    '/editions/2/validFrom',
    `"${validFrom}"`,
    note,
  ]),
  [
    'a date that is none',
    { ...good, days: { holidays: ['2026-02-30'], workdays: [] } },
    '/days/holidays/0',
    '"2026-02-30"',
    /no such date/,
  ],
  [
    'a date that is both',
    { ...good, days: { holidays: ['2026-10-01'], workdays: ['2026-10-01'] } },
    '/days/workdays/0',
    '"2026-10-01"',
    /twice/,
  ],
  ['a member of version 1', { ...good, freeMin: 15 }, '/freeMin', '15'],
  ['an unknown use', { ...good, use: 'free' }, '/use', '"free"'],
]

test.each(refused)('refuses %s', (_what, file, field, value, note = /./) => {
  const written: unknown = JSON.parse(JSON.stringify(file))
  const fault = faultOf(() => checkTariff(written, 'tariff.json'))
  expect(fault).toMatchObject({ code: 'TARIFF-01', detail: { file: 'tariff.json', field } })
  const { detail } = fault
  expect(String(detail.value).startsWith(value), String(detail.value)).toBe(true)
  expect(whyIn(detail.note ?? '')).toMatch(note)
})

test('warns of caps below the first period of every band, and of prices that are all nought', () => {
  const of = (over: object) =>
    checkTariff(withPlan(over), 'f').warnings.map((w) => [w.field, w.value])
  expect(of({ caps: { dayFen: 299 } })).toEqual([[`${at}/caps/dayFen`, '299']])
  expect(of({ caps: { dayFen: 300, stayFen: 10, day24hFen: 20 } })).toEqual([
    [`${at}/caps/stayFen`, '10'],
    [`${at}/caps/day24hFen`, '20'],
  ])
  const nothing = [
    { ...day, steps: [{ min: 60, fen: 0 }] },
    { ...night, visitFen: 0 },
  ]
  expect(of({ bands: nothing })).toEqual([[`${at}/bands`, '0']])
})
