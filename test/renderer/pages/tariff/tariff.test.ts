// The page of the tariff: the edition in force is read-only, a new edition has four fields until more is asked for,
// refusals stand at their field, steps are undone, and saving takes the draft with who and why.
import { beforeEach, expect, it } from 'vitest'
import { nextMonday, putAt, withEdition } from '#renderer/components/tariff/tariff-draft.ts'
import { gapsOf, piecesOf } from '#renderer/components/tariff/day-strip.ts'
import { isoAfter } from '#renderer/components/tariff/trial-stay.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  fill,
  press,
  textOf,
  pick,
  sign,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
const plan = 'editions-1-plans-1'

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/tariff')
})

const value = (name: string): string => (one(`[name="${name}"]`) as HTMLInputElement).value
const isOff = (name: string): boolean => (one(named(name)) as HTMLButtonElement).disabled

it('what is in force is looked at, with its curve and one stay', () => {
  expect(textOf('locked')).toContain('已经生效')
  expect(textOf('example')).toBe('¥ 9.00')
  expect(all(named('was'))).toEqual([])
  expect(isOff('save')).toBe(true)
  expect(one('.nav .link.here').innerText.trim()).toBe('经营')
})

it('a new edition from next Monday, tried old against new, saved by name and reason', async () => {
  await press('add-edition')
  expect(value('validFrom')).toBe('2026-11-23 00:00')
  await fill(`${plan}-bands-0-steps-0-fen`, '5')
  expect(textOf('example')).toBe('¥ 11.00')
  expect(textOf('was')).toContain('¥ 9.00')
  await press('save')
  await sign('店主')
  expect(lot.tariff.memory.saved).toEqual([{ by: '店主', reason: '调价' }])
  expect(lot.tariff.memory.current.editions[1]).toMatchObject({
    validFrom: '2026-11-23T00:00:00+08:00',
    plans: [{}, { bands: [{ steps: [{ fen: 500 }, { fen: 200 }] }] }],
  })
  expect(one('[data-test="tariff"] [role="status"].ok').innerText).toContain(
    '2026-11-23 00:00:00 起按它计价',
  )
  expect(textOf('versions')).toContain('店主')
})

it('members get points by rules of an edition, and no more by another press', async () => {
  await press('add-edition')
  await press('add-points')
  await fill('editions-1-points-perYuan', '3')
  await fill('editions-1-points-fenPerPoint', '0.05')
  await press('save')
  await sign('店主')
  expect(lot.tariff.memory.current.editions[1]?.points).toEqual({
    perYuan: 3,
    perVisit: 0,
    validDays: 365,
    fenPerPoint: 5,
    stayFenMax: 500,
  })
  await press('remove-points')
  expect(all('[name="editions-1-points-perYuan"]')).toHaveLength(0)
})

it('a refusal stands at its field, nothing is priced or saved, and a step back takes it away', async () => {
  await press('add-edition')
  await fill(`${plan}-freeMin`, '2000')
  expect(one('.hint.bad').innerText).toContain('不能大于 1440')
  expect(isOff('save')).toBe(true)
  expect(all(named('refused'))).toHaveLength(1)
  await fill(`${plan}-bands-0-steps-0-fen`, 'x')
  expect(all('.hint.bad, small.bad').map((note) => note.innerText)).toHaveLength(2)
  await press('undo')
  await press('undo')
  expect([value(`${plan}-freeMin`), isOff('save')]).toEqual(['15', false])
  await press('redo')
  expect(value(`${plan}-freeMin`)).toBe('2000')
})

it('more opens bands on the drawn day; a gap is drawn and told', async () => {
  await press('add-edition')
  await press('more')
  await press('add-band')
  expect(all(named('band-1'))).toHaveLength(1)
  expect(all(named('gap'))).toEqual([])
  await fill(`${plan}-bands-1-to`, '6:00')
  expect(all(named('gap'))).toHaveLength(3)
  expect(textOf('bands-wrong')).toContain('06:00 到 08:00')
  await press('remove-band-1')
  expect(all(named('bands-wrong'))).toEqual([])
})

it('a kind of vehicle, an early bird and a cap are members of the draft', async () => {
  await press('add-edition')
  await press('add-plan')
  await fill('editions-1-plans-1-caps-stayFen', '50')
  await press('add-package')
  await press('save')
  await sign('店主')
  expect(lot.tariff.memory.current.editions[1]?.plans).toMatchObject([
    {},
    { when: { newEnergy: true }, caps: { stayFen: 5000 }, packages: [{ name: { zh: '早鸟' } }] },
    { caps: { dayFen: 2000 } },
  ])
})

it('arrow keys read a point of the curve', async () => {
  const curve = one(named('curve'))
  curve.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }))
  await settle()
  expect(textOf('reading')).toContain('¥ 0.00')
  curve.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true }))
  await settle()
  expect(textOf('reading')).toContain('¥ 3.00')
  expect(textOf('example')).toBe('¥ 3.00')
})

it('the curve is saved as a picture and as a table', async () => {
  const saved: Promise<string>[] = []
  const make = URL.createObjectURL
  URL.createObjectURL = (blob: Blob) => {
    saved.push(blob.text())
    return 'blob:x'
  }
  try {
    await press('svg-tariff-curve')
    await press('csv-tariff-curve')
  } finally {
    URL.createObjectURL = make
  }
  const [svg = '', csv = ''] = await Promise.all(saved)
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s)
  expect(csv).toContain('停车分钟,应收（元）\r\n0,0.00\r\n')
})

it('a replay is watched, and its sums are shown', async () => {
  lot.tariff.replay = { ...lot.tariff.replay, state: 'running', rows: 50, ofRows: 100 }
  await press('replay')
  expect(lot.sent('tariff.replay').at(-1)?.args).toMatchObject({
    fromIso: '2026-10-21T10:00:00+08:00',
    tariff: { editions: [{ graceAfterPayMin: 15 }] },
  })
  expect(textOf('who-pays')).toContain('50 / 100')
  const group = { toMin: 60, stays: 3, up: 2, down: 1, before: 900, after: 1400 }
  const stay = { stayId: 'n1-S7', beforeFen: 300, afterFen: 500 }
  lot.tariff.replay = {
    state: 'done',
    rows: 100,
    ofRows: 100,
    error: null,
    sums: {
      stays: 3,
      before: 900,
      after: 1400,
      upCount: 2,
      upFen: 600,
      downCount: 1,
      downFen: -100,
      groups: [group],
      up: [{ ...stay, fromIso: '2026-11-19T08:00:00+08:00', toIso: '2026-11-19T09:00:00+08:00' }],
      down: [],
    },
  }
  await press('stop-replay')
  const text = textOf('who-pays')
  expect(textOf('sums')).toContain('3 次停车')
  expect(text).toMatch(/2 次多付.共 \+¥ 6.00.1 次少付.共 -¥ 1.00/)
  expect(one('[data-test="who-pays"] a').getAttribute('href')).toContain('/ledger/n1-S7')
})

it.each([
  ['2026-11-20T10:00:00+08:00', '2026-11-23'],
  ['2026-11-22T23:59:59+08:00', '2026-11-23'],
  ['2026-11-23T00:00:00+08:00', '2026-11-30'],
])('the Monday after %s is %s', (now, monday) => {
  expect(nextMonday(now)).toBe(`${monday}T00:00:00+08:00`)
})

it('one more edition begins behind the last one', () => {
  const now = '2026-11-20T10:00:00+08:00'
  const three = withEdition(withEdition(demoTariff, now), now)
  expect(three.editions.map(({ validFrom }) => validFrom)).toEqual([
    undefined,
    '2026-11-23T00:00:00+08:00',
    '2026-11-30T00:00:00+08:00',
  ])
})

it('a member is put, replaced and taken away without touching another', () => {
  const before = { a: [{ b: 1 }, { b: 2 }], c: {} }
  expect(putAt(before, ['a', 1, 'b'], 3)).toEqual({ a: [{ b: 1 }, { b: 3 }], c: {} })
  expect(putAt(before, ['c', 'd'], 4)).toEqual({ ...before, c: { d: 4 } })
  expect(putAt(before, ['c'], undefined)).toEqual({ a: before.a })
  expect(before).toEqual({ a: [{ b: 1 }, { b: 2 }], c: {} })
})

it('a band over midnight has two pieces of a day, and what is left is a gap', () => {
  const bands = [
    { from: '20:00', to: '06:00', visitFen: 1 },
    { from: '08:00', to: '20:00', days: ['workday' as const], visitFen: 1 },
  ]
  const workday = piecesOf(bands, 'workday')
  expect(workday.map(({ band, fromMin }) => [band, fromMin])).toEqual([
    [0, 0],
    [1, 480],
    [0, 1200],
  ])
  expect(gapsOf(workday)).toEqual([{ fromMin: 360, toMin: 480 }])
  expect(gapsOf(piecesOf(bands, 'weekend'))).toEqual([{ fromMin: 360, toMin: 1200 }])
  expect(gapsOf([])).toEqual([{ fromMin: 0, toMin: 1440 }])
})

it('minutes behind a local time are counted across days', () => {
  expect(isoAfter('2026-11-20T23:30', 60)).toBe('2026-11-21T00:30:00+08:00')
  expect(isoAfter('2026-11-01T00:00', -1440)).toBe('2026-10-31T00:00:00+08:00')
})

it('what a notice says of 24 h, of a tail and of a first period is typed in the whole form', async () => {
  await press('add-edition')
  await press('more')
  await pick(`[name="${plan}-stepsRestart"]`, '24h')
  const free = one(`[name="${plan}-freeEach24h"]`) as HTMLSelectElement
  free.value = 'yes'
  free.dispatchEvent(new Event('change', { bubbles: true }))
  await fill(`${plan}-tailMin`, '15')
  await press('flat')
  await fill(`${plan}-first-fen`, '3')
  await fill(`${plan}-caps-day24hFen`, '30')
  await press('add-later')
  await press('add-later')
  await fill(`${plan}-caps-later24hFen-1`, '50')
  await press('save')
  await sign('店主')
  expect(lot.tariff.memory.current.editions[1]?.plans[1]).toMatchObject({
    stepsRestart: '24h',
    freeEach24h: true,
    tailMin: 15,
    first: { min: 60, fen: 300 },
    caps: { day24hFen: 3000, later24hFen: [3000, 5000] },
  })
})

const choose = (name: string, to: string): Promise<void> => pick(`[name="${name}"]`, to)
async function saved() {
  await press('save')
  await sign('店主')
  const edition = lot.tariff.memory.current.editions[1]
  return { overstay: edition?.overstay, plan: edition?.plans.at(-1) }
}

it('whole periods, periods by band, stays of one day and an overstay are chosen', async () => {
  await press('add-edition')
  await choose('editions-1-overstay', 'payment')
  await press('more')
  await press('add-band')
  await fill(`${plan}-tailMin`, '5')
  await choose(`${plan}-wholePeriods`, 'yes')
  expect(all(`[name="${plan}-tailMin"]`)).toEqual([])
  await choose(`${plan}-periodsEndWithBand`, 'yes')
  await fill(`${plan}-caps-dayFen`, '20')
  await choose(`${plan}-dayVisits-free`, 'once')
  await choose(`${plan}-dayVisits-capTogether`, 'yes')
  const { overstay, plan: now } = await saved()
  expect(overstay).toBe('payment')
  expect(now).toMatchObject({
    wholePeriods: true,
    periodsEndWithBand: true,
    dayVisits: { free: 'once', capTogether: true },
  })
  expect(now).not.toHaveProperty('tailMin')
})

it('... and what was chosen back is left out of the file', async () => {
  await press('add-edition')
  for (const to of ['grace', 'entry']) await choose('editions-1-overstay', to)
  await press('more')
  for (const to of ['yes', 'no']) await choose(`${plan}-wholePeriods`, to)
  await fill(`${plan}-caps-dayFen`, '20')
  for (const to of ['yes', 'no']) await choose(`${plan}-dayVisits-capTogether`, to)
  for (const to of ['shared', 'each']) await choose(`${plan}-dayVisits-free`, to)
  const { overstay, plan: now } = await saved()
  expect(overstay).toBeUndefined()
  expect(Object.keys(now ?? {})).not.toEqual(expect.arrayContaining(['wholePeriods']))
  expect(now).not.toHaveProperty('dayVisits')
})

it('steps that begin anew each day take the free time of each 24 h with them', async () => {
  await press('add-edition')
  await press('more')
  await choose(`${plan}-stepsRestart`, '24h')
  await choose(`${plan}-freeEach24h`, 'yes')
  await choose(`${plan}-stepsRestart`, 'day')
  const { plan: now } = await saved()
  expect(now).toMatchObject({ stepsRestart: 'day' })
  expect(now).not.toHaveProperty('freeEach24h')
})
