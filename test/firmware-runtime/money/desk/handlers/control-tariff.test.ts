// The tariff calls on a lot in memory: every refusal names its member, the past is unchanged, a save is audited and applies
// to the next car, and a replay can be watched and stopped.
import { expect, test } from 'vitest'
import type { TariffReplayView, TariffView } from '#money/calls/tariff-views.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { carAtExit, makeLot, startMs, type TestLot } from '../../../runtime/control/control-kit.ts'
import { noSums } from '../../../runtime/control/tariff-kit.ts'

const settled = (): Promise<void> => new Promise((done) => setImmediate(done))
const hourMs = 3_600_000
const who = { commandId: 'tariff-000001', by: '店主', reason: '调价' }
const iso = (afterMs: number): string => isoOf(startMs + afterMs)
const [first] = demoTariff.editions
if (first === undefined) throw new Error('the demo tariff has an edition')

const flat = (fen: number) => ({
  freeMin: 0,
  freeMinutesCounted: true,
  stepsRestart: 'never' as const,
  bands: [{ from: '00:00', to: '24:00', visitFen: fen }],
  caps: {},
})
const later = (fen: number, afterMs = hourMs): Tariff => ({
  ...demoTariff,
  editions: [
    ...demoTariff.editions,
    { validFrom: iso(afterMs), graceAfterPayMin: 15, plans: [flat(fen)] },
  ],
})

async function data<T>(lot: TestLot, name: string, args: object = {}): Promise<T> {
  const reply = await lot.control.call(name, args, 'owner')
  if (!reply.ok) throw new Error(JSON.stringify(reply.error))
  return reply.data as T
}
const refusal = async (lot: TestLot, name: string, args: object, role: 'owner' | 'installer') => {
  const reply = await lot.control.call(name, args, role)
  return reply.ok ? null : reply.error
}
const saveArgs = async (lot: TestLot, tariff: Tariff) => ({
  tariff,
  digest: (await data<TariffView>(lot, 'tariff.get')).digest,
  ...who,
})

test('the lot says by what it prices, since when, and where its parts are', async () => {
  const lot = makeLot()
  expect(await data(lot, 'tariff.get')).toMatchObject({
    tariff: demoTariff,
    nowIso: iso(0),
    areas: ['B1'],
    versions: [],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('a draft is told everything that is wrong with it, in both languages', async () => {
  const lot = makeLot()
  const bad = { from: '08:00', to: '12:00', steps: [{ min: 0, fen: -1 }] }
  const plan = { ...flat(1), bands: [bad], freeMin: 2000 }
  const draft = { ...demoTariff, editions: [{ graceAfterPayMin: 15, plans: [plan] }] }
  const { refusals } = await data<{ refusals: { field: string; text: object }[] }>(
    lot,
    'tariff.check',
    { tariff: draft },
  )
  const at = '/editions/0/plans/0'
  expect(refusals).toEqual([
    expect.objectContaining({
      field: `${at}/freeMin`,
      text: expect.objectContaining({ zh: '不能大于 1440' }),
    }),
    expect.objectContaining({ field: `${at}/bands/0/steps/0/min` }),
    expect.objectContaining({ field: `${at}/bands/0/steps/0/fen` }),
    expect.objectContaining({ field: `${at}/bands` }),
  ])
})

test('a cap below the first period is a warning, and a gap names its minutes', async () => {
  const lot = makeLot()
  const checked = (bands: object[], caps = {}) => {
    const plans = [{ ...flat(1), bands, caps }]
    const tariff = { ...demoTariff, editions: [{ ...first, plans }] }
    return lot.control.call('tariff.check', { tariff }, 'owner')
  }
  const whole = { from: '00:00', to: '24:00', steps: [{ min: 60, fen: 300 }] }
  // The first edition has begun: a running lot may not change it, but still gets warnings.
  expect(await checked([whole], { dayFen: 200 })).toMatchObject({
    data: {
      refusals: [{ field: '/editions/0' }],
      warnings: [{ field: '/editions/0/plans/0/caps/dayFen' }],
    },
  })
  expect(await checked([{ ...whole, to: '20:00' }])).toMatchObject({
    data: {
      refusals: [
        { field: '/editions/0/plans/0/bands', text: { zh: '工作日 20:00 到 24:00 没有时段' } },
      ],
    },
  })
})

test('stays and a curve are priced by the draft', async () => {
  const lot = makeLot()
  const vehicle = { vehicleClass: null, colour: 'blue', area: null }
  const tariff = later(700, hourMs)
  const stays = [{ fromIso: iso(0), toIso: iso(2 * hourMs), vehicle }]
  expect(await data(lot, 'tariff.price', { tariff, stays })).toEqual({
    prices: [
      {
        amountFen: 700,
        lines: [
          expect.objectContaining({ rule: 'visit', fromIso: iso(0), toIso: iso(2 * hourMs) }),
        ],
      },
    ],
  })
  const curve = { tariff, fromIso: iso(2 * hourMs), minutes: 600, vehicle }
  const { stepMin, fen } = await data<{ stepMin: number; fen: number[] }>(
    lot,
    'tariff.curve',
    curve,
  )
  expect([stepMin, fen.length, fen[0], fen[1]]).toEqual([3, 201, 0, 700])
  const wrong = { tariff, stays: [{ fromIso: 'noon', toIso: iso(0), vehicle }] }
  expect(await refusal(lot, 'tariff.price', wrong, 'owner')).toMatchObject({
    code: 'API-01',
    field: '/stays/0/fromIso',
  })
})

test('a calendar comes as lines of CSV; a wrong line is named', async () => {
  const lot = makeLot()
  const file = 'days.csv'
  const given = { tariff: demoTariff, file, text: '2027-01-01,off\n2027-01-02,班\n' }
  expect(await data(lot, 'tariff.days', given)).toMatchObject({
    added: 2,
    removed: 0,
    tariff: { days: { holidays: ['2027-01-01'], workdays: ['2027-01-02'] } },
  })
  expect(await refusal(lot, 'tariff.days', { ...given, text: 'x' }, 'owner')).toMatchObject({
    code: 'TARIFF-01',
    field: 'line 1',
  })
})

test('what is saved is audited and prices the next car from its time on', async () => {
  const lot = makeLot()
  const args = await saveArgs(lot, later(700))
  expect(await data(lot, 'tariff.save', args)).toEqual({ ok: true, repeated: false })
  expect(lot.tariff.saved).toEqual([{ by: '店主', reason: '调价' }])
  expect(lot.ledger.list.at(-1)).toMatchObject({
    kind: 'audit',
    body: { act: expect.stringMatching(/^tariff\.save [0-9a-f]{16}$/), by: '店主' },
  })
  lot.clock.advance(hourMs)
  carAtExit(lot)
  expect(lot.ledger.list.findLast(({ kind }) => kind === 'orderMade')).toMatchObject({
    amountFen: 700,
  })
})

test.each([
  [
    'an edition that has begun',
    { ...demoTariff, editions: [{ ...first, graceAfterPayMin: 1 }] },
    '/editions/0',
  ],
  ['an edition in the past', later(700, 0), '/editions/1/validFrom'],
  ['which instant decides', { ...later(700), decidedBy: 'entry' as const }, '/decidedBy'],
  [
    'a day that is over',
    { ...later(700), days: { holidays: ['2026-01-01'], workdays: [] } },
    '/days/holidays',
  ],
  ['the id', { ...later(700), id: 'other' }, '/id'],
])('the past stays: %s', async (_what, tariff, field) => {
  const lot = makeLot()
  const args = await saveArgs(lot, tariff)
  expect(await refusal(lot, 'tariff.save', args, 'owner')).toMatchObject({
    code: 'TARIFF-03',
    field,
    // In the language of the preceding sentence.
    message: expect.stringMatching(/: .*[一-鿿]/),
    why: { en: expect.stringMatching(/^[ -~]+$/) },
  })
  expect(await data(lot, 'tariff.check', { tariff })).toMatchObject({ refusals: [{ field }] })
  expect(lot.tariff.current).toBe(demoTariff)
  expect(lot.ledger.list.filter(({ kind }) => kind === 'audit')).toEqual([])
})

test('refused and unwritten: a draft of an older tariff, an installer, a disk that is full', async () => {
  const lot = makeLot()
  const args = await saveArgs(lot, later(700))
  expect(await refusal(lot, 'tariff.save', args, 'installer')).toMatchObject({ code: 'API-02' })
  lot.tariff.full = new LaneFault('DATA-02')
  expect(await refusal(lot, 'tariff.save', args, 'owner')).toMatchObject({ code: 'DATA-02' })
  lot.tariff.full = null
  await data(lot, 'tariff.save', args)
  const stale = { ...args, commandId: 'tariff-000002' }
  expect(await refusal(lot, 'tariff.save', stale, 'owner')).toMatchObject({ code: 'TARIFF-04' })
  expect(lot.tariff.saved).toHaveLength(1)
})

test('a replay says how far it is, ends with its sums, and a stopped one says nothing more', async () => {
  const lot = makeLot()
  const state = () => data<TariffReplayView>(lot, 'tariff.replayState')
  expect(await state()).toMatchObject({ state: 'none' })
  await data(lot, 'tariff.replay', { tariff: later(1) })
  const [run] = lot.tariff.runs
  run?.rows(1)
  expect(await state()).toMatchObject({ state: 'running', rows: 1, ofRows: 1, sums: null })
  expect(await data(lot, 'tariff.replayStop')).toMatchObject({ state: 'stopped' })
  expect(run?.stopped).toBe(true)
  run?.done.reject(new LaneFault('RUN-03'))
  await data(lot, 'tariff.replay', { tariff: later(2), fromIso: iso(-hourMs) })
  expect(await state()).toMatchObject({ state: 'running', rows: 0 })
  const one = {
    stayId: 'n1-S1',
    fromMs: startMs,
    toMs: startMs + hourMs,
    beforeFen: 1,
    afterFen: 2,
  }
  lot.tariff.runs[1]?.done.resolve({ ...noSums, stays: 1, up: [one] })
  await settled()
  expect(await state()).toMatchObject({
    state: 'done',
    sums: { stays: 1, up: [{ stayId: 'n1-S1', fromIso: iso(0), toIso: iso(hourMs) }] },
  })
  await data(lot, 'tariff.replay', { tariff: later(3) })
  lot.tariff.runs[2]?.done.reject(new LaneFault('LEDGER-04'))
  await settled()
  expect(await state()).toMatchObject({ state: 'failed', error: { code: 'LEDGER-04' } })
})
