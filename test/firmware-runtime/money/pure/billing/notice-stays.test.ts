// Public price notices with stays counted by hand (../shared/fixtures/field-2/tariff): each amount in fen. Also rules that cities
// publish: whole periods alone are charged, periods that end with their band, and what `tariff check` says of a free night.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkTariff, readTariff } from '#lane/lot/files/tariff-file.ts'
import { tariffRefusals } from '#lane/lot/files/tariff-refusals.ts'
import { price } from '#money/pure/billing/price.ts'
import { unknownVehicle, type Tariff } from '#money/pure/billing/tariff.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { fieldFile, noFieldFiles } from '../../../../kit/field-files.ts'

interface CountedStay {
  readonly from: string
  readonly to: string
  readonly want: number
  readonly colour?: PlateColour
}

const field2 = (path: string): URL => fieldFile(`../field-2/${path}`)
const notices: readonly { readonly file: string; readonly stays: readonly CountedStay[] }[] =
  noFieldFiles ? [] : JSON.parse(readFileSync(field2('tariff/stays.json'), 'utf8'))

/** A file of a notice, its only plan changed. */
function noticeOf(file: string, change: object = {}): ReturnType<typeof checkTariff> {
  const { tariff } = readTariff(readFileSync(field2(file), 'utf8'), file)
  return changed(tariff, change)
}
function changed(tariff: Tariff, change: object): ReturnType<typeof checkTariff> {
  const [edition] = tariff.editions
  const plans = edition?.plans.map((plan, i, all) =>
    i + 1 === all.length ? { ...plan, ...change } : plan,
  )
  return checkTariff({ ...tariff, editions: [{ ...edition, plans }] }, 'changed')
}
const withoutTail = (file: string, change: object): Tariff => {
  const { tariff } = readTariff(readFileSync(field2(file), 'utf8'), file)
  const [edition] = tariff.editions
  const plans = edition?.plans.map(({ tailMin: _tail, ...plan }) => ({ ...plan, ...change }))
  return checkTariff({ ...tariff, editions: [{ ...edition, plans }] }, file).tariff
}

/** How Beijing's rule is written: only whole periods are charged. */
const beijing = (change: object = {}): Tariff =>
  withoutTail('tariff/beijing-floor-nearest.json', { wholePeriods: true, ...change })
const exact: Readonly<Record<string, () => Tariff>> = {
  'tariff/beijing-floor-nearest.json': beijing,
}

const day = '2026-11-23'
const at = (clock: string, date = day) => instantOfIso(`${date}T${clock}:00+08:00`)

describe.skipIf(noFieldFiles)('stays counted by hand', () => {
  it('are 56, of eleven notices', () => {
    expect([notices.length, notices.flatMap(({ stays }) => stays).length]).toEqual([11, 56])
  })

  it.each(notices.flatMap(({ file, stays }) => stays.map((stay) => ({ file, ...stay }))))(
    '$file $from to $to: $want',
    ({ file, from, to, want, colour = 'blue' }) => {
      const tariff = exact[file]?.() ?? noticeOf(file).tariff
      const vehicle = { ...unknownVehicle, colour }
      expect(price(tariff, instantOfIso(from), instantOfIso(to), vehicle).amountFen).toBe(want)
    },
  )

  it.each<[string, string, string, number, string?]>([
    ['one ms before the first quarter is whole', '09:00', '09:14', 0],
    ['a night unit of 2 h that is not whole', '21:00', '22:59', 0],
    ['a whole one', '21:00', '23:00', 100],
    ['five of them', '21:00', '07:00', 500, '2026-11-24'],
    ['the fifth quarter is dearer', '09:00', '10:15', 1375],
    ['the fifth quarter is cut', '09:00', '10:14', 1000],
    ['a period that begins by day goes on into the night', '20:50', '21:05', 250],
    ['it is cut', '20:50', '21:04', 0],
  ])('whole periods alone: %s', (_name, from, to, fen, until = day) => {
    expect(price(beijing(), at(from), at(to, until)).amountFen).toBe(fen)
  })

  it('whole periods alone, to the millisecond', () => {
    const [fromMs, toMs] = [at('09:00'), at('09:15')]
    expect(price(beijing(), fromMs, toMs - 1).amountFen).toBe(0)
    expect(price(beijing(), fromMs, toMs).amountFen).toBe(250)
    expect(price(beijing(), fromMs, toMs + 1).lines).toMatchObject([
      { rule: 'first', amountFen: 250, toMs },
      { rule: 'free', amountFen: 0, fromMs: toMs, text: { zh: '不满 15 分钟不收' } },
    ])
  })

  it.each<[string, string, number, string?]>([
    // 10 min by day and 10 min by night are no whole period of either.
    ['20:50', '21:10', 0],
    ['20:40', '21:10', 250],
    ['20:30', '23:00', 600],
    // One night hour is cut, and the day begins its own quarters at 07:00.
    ['06:00', '07:50', 750],
    ['06:00', '08:00', 1000],
    ['20:00', '08:00', 2500, '2026-11-24'],
  ])('with periods that end with their band, %s to %s: %i', (from, to, fen, until = day) => {
    const tariff = beijing({ periodsEndWithBand: true })
    expect(price(tariff, at(from), at(to, until)).amountFen).toBe(fen)
  })

  it('each of the two is one member alone as well', () => {
    const split = noticeOf('tariff/nanjing-building.json', { periodsEndWithBand: true }).tariff
    // A quarter from 19:50 is cut at 20:00 and charged, then hours of the night.
    expect(price(split, at('19:50'), at('21:00')).amountFen).toBe(200 + 100)
    const plain = noticeOf('tariff/nanjing-building.json').tariff
    expect(price(plain, at('19:50'), at('21:06')).amountFen).toBe(200 + 200)
    expect(price(split, at('19:50'), at('21:06')).amountFen).toBe(200 + 200)
    const hours24 = noticeOf('tariff/hospital-bus.json', {
      wholePeriods: true,
      bands: [{ from: '00:00', to: '24:00', steps: [{ min: 300, fen: 1000 }] }],
    }).tariff
    // A block of 24 h is a stay of its own: four whole periods of five hours in each.
    expect(price(hours24, at('08:00'), at('12:59')).amountFen).toBe(0)
    expect(price(hours24, at('08:00'), at('08:00', '2026-11-25')).amountFen).toBe(8000)
  })
})

const base = { freeMin: 15, freeMinutesCounted: true, stepsRestart: 'never', caps: {} }
const dayBand = { from: '07:00', to: '21:00', steps: [{ min: 60, fen: 200 }] }
const night = { from: '21:00', to: '07:00' }
function checked(plan: object) {
  const name = { zh: '一', en: 'one' }
  const editions = [{ graceAfterPayMin: 15, plans: [{ ...base, ...plan }] }]
  const days = { holidays: [], workdays: [] }
  const use = { use: 'commercial', decidedBy: 'exit' }
  return { id: 'x', version: 2, name, ...use, days, editions }
}

describe('tariff check', () => {
  const field = '/editions/0/plans/0/bands'
  const free = (min: number) => ({ ...night, steps: [{ min, fen: 0 }] })
  it.each<[string, object, readonly string[]]>([
    ['a free night as steps of an hour', { bands: [dayBand, free(60)] }, [`${field}/1/steps/0`]],
    ['... of ten hours', { bands: [dayBand, free(600)] }, [`${field}/1/steps/0`]],
    [
      '... in two bands',
      {
        bands: [
          dayBand,
          { from: '21:00', to: '24:00', steps: [{ min: 30, fen: 0 }] },
          { from: '00:00', to: '07:00', steps: [{ min: 30, fen: 0 }] },
        ],
      },
      [`${field}/1/steps/0`, `${field}/2/steps/0`],
    ],
    [
      '... of several steps',
      {
        bands: [
          dayBand,
          {
            ...night,
            steps: [
              { min: 60, fen: 0, times: 2 },
              { min: 30, fen: 0 },
            ],
          },
        ],
      },
      [`${field}/1/steps/1`],
    ],
    [
      'two hours, then nothing for the rest of the night',
      {
        bands: [
          dayBand,
          {
            ...night,
            steps: [
              { min: 60, fen: 100, times: 2 },
              { min: 60, fen: 0 },
            ],
          },
        ],
      },
      [`${field}/1/steps/1`],
    ],
    [
      'a free weekend',
      {
        bands: [
          { ...dayBand, from: '00:00', to: '24:00', days: ['workday'] },
          {
            from: '00:00',
            to: '24:00',
            days: ['weekend', 'holiday'],
            steps: [{ min: 60, fen: 0 }],
          },
        ],
      },
      [`${field}/1/steps/0`],
    ],
    ['a free night as visitFen 0', { bands: [dayBand, { ...night, visitFen: 0 }] }, []],
    ['one that ends with its band', { bands: [dayBand, free(60)], periodsEndWithBand: true }, []],
  ])('of %s', (_name, plan, fields) => {
    expect(checkTariff(checked(plan), 'x').warnings.map((one) => one.field)).toEqual(fields)
  })

  const day = (...min: number[]) => ({
    ...dayBand,
    from: '00:00',
    to: '24:00',
    steps: min.map((one, i) => ({
      min: one,
      fen: 100,
      ...(i + 1 < min.length ? { times: 4 } : {}),
    })),
  })
  it.each<[string, object, boolean]>([
    ['14 of 15 min', { bands: [day(15)], tailMin: 14 }, true],
    ['14 of 15 min, then of 60', { bands: [day(15, 60)], tailMin: 14 }, true],
    ['119 of 2 h', { bands: [day(120)], tailMin: 119 }, true],
    ['29 of a first 30 min', { bands: [day(60)], first: { min: 30, fen: 500 }, tailMin: 29 }, true],
    ['15 of an hour, a lawful remainder', { bands: [day(60)], tailMin: 15 }, false],
    ['5 of 15 min', { bands: [day(15)], tailMin: 5 }, false],
    ['whole periods', { bands: [day(15)], wholePeriods: true }, false],
    ['neither', { bands: [day(15)] }, false],
  ])('of part units that are free as a remainder: %s', (_name, plan, isWarned) => {
    const { warnings } = checkTariff(checked(plan), 'x')
    const fields = isWarned ? ['/editions/0/plans/0/tailMin'] : []
    expect(warnings.map((one) => one.field)).toEqual(fields)
  })

  it.skipIf(noFieldFiles)("of the nearest form of Beijing's rule names the member", () => {
    const { warnings } = readTariff(
      readFileSync(field2('tariff/beijing-floor-nearest.json'), 'utf8'),
      'beijing',
    )
    expect(warnings.map(({ field, value }) => [field, value])).toEqual([
      ['/editions/0/plans/0/tailMin', '14'],
    ])
  })

  it.each<[object, string]>([
    [{ wholePeriods: true, tailMin: 10 }, 'tailMin'],
    [{ dayVisits: { free: 'each', capTogether: false } }, 'dayVisits/free'],
    [{ dayVisits: { free: 'once', capTogether: true } }, 'dayVisits/capTogether'],
    [
      { dayVisits: { free: 'shared', capTogether: false }, stepsRestart: '24h', freeEach24h: true },
      'dayVisits/free',
    ],
    [{ dayVisits: { free: 'always', capTogether: false } }, 'dayVisits/free'],
    [{ dayVisits: { free: 'once' } }, 'dayVisits/capTogether'],
    [{ wholePeriods: 'yes' }, 'wholePeriods'],
    [{ periodsEndWithBand: 1 }, 'periodsEndWithBand'],
  ])('refuses %o', (plan, member) => {
    const bands = [{ from: '00:00', to: '24:00', steps: [{ min: 60, fen: 100 }] }]
    const fields = tariffRefusals(checked({ bands, ...plan })).map((one) => one.field)
    expect(fields).toEqual([`/editions/0/plans/0/${member}`])
  })
})
