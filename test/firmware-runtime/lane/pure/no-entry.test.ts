// A car without an entry record and a fixed price: when the price is requested, what pays it, and what never does.
// Also the cars that wait for a person as usual.
import { expect, it } from 'vitest'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { arriving, effectNames, online } from './effects-kit.ts'
import {
  act,
  cardReadEvent,
  LaneBench,
  loop,
  plate,
  plateEvent,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'

const fixedFen = 1500
const priced: Tariff = {
  ...demoTariff,
  editions: demoTariff.editions.map((edition) => ({ ...edition, noEntryFen: fixedFen })),
}
const rowsOf = (bench: LaneBench, kind: string) => bench.rows.filter((row) => row.kind === kind)

function stranger(tariff: Tariff = priced, options: BenchOptions = online): LaneBench {
  const bench = new LaneBench(options)
  bench.tariff = tariff
  bench.give(...arriving)
  expect(bench.state.car?.manual).toBe('noStay')
  return bench
}
function asked(options: BenchOptions = online): LaneBench {
  const bench = stranger(priced, options)
  bench.nowMs += 15_000
  bench.give(timerEvent('retry'))
  return bench
}

it('is asked for the fixed price after 15 s: a stay without entry, one line, a code', () => {
  const bench = stranger()
  expect(effectNames(bench)).toContain('timer retry 15000')
  expect(rowsOf(bench, 'orderMade')).toEqual([])
  bench.nowMs += 15_000
  bench.give(timerEvent('retry'))
  expect(rowsOf(bench, 'stayOpened')).toMatchObject([{ body: { noEntry: true, plate } }])
  const line = { rule: 'noEntry', amountFen: fixedFen }
  expect(rowsOf(bench, 'orderMade')).toMatchObject([
    { amountFen: fixedFen, body: { lines: [line] } },
  ])
  expect(bench.state).toMatchObject({ name: 'manual', car: { dueFen: fixedFen, manual: 'noStay' } })
  expect(bench.offersCode).toBe(true)
  expect(effectNames(bench)).toContain('timer retry 300')
})

it('a second reading of the plate does not make it wait anew', () => {
  const bench = stranger()
  bench.nowMs += 9_000
  effectNames(bench)
  bench.give(plateEvent(plate))
  expect(effectNames(bench)).toContain('timer retry 6000')
})

it('a clock that was set back makes no longer wait', () => {
  const bench = stranger()
  bench.nowMs -= 3_600_000
  effectNames(bench)
  bench.give(plateEvent(plate))
  expect(effectNames(bench)).toContain('timer retry 15000')
})

it.each([
  ['without a price in the tariff', demoTariff],
  ['in a lot that charges nothing', { ...priced, use: 'nonCommercial' }],
] as const)('%s it waits for a person', (_what, tariff) => {
  const bench = stranger(tariff)
  expect(effectNames(bench).filter((one) => one.startsWith('timer retry 1'))).toEqual([])
  bench.nowMs += 60_000
  bench.give(timerEvent('retry'))
  expect(rowsOf(bench, 'orderMade')).toEqual([])
})

it('a car whose plate was not read has no price', () => {
  const bench = new LaneBench(online)
  bench.tariff = priced
  bench.give(loop('arrive', 'on'), plateEvent(null))
  bench.nowMs += 60_000
  bench.give(timerEvent('retry'))
  expect(rowsOf(bench, 'orderMade')).toEqual([])
})

it.each([['online', online] as const, ['card', {}] as const])(
  'its card is never charged, %s: the antenna stays off, a card that is read is let go',
  (_mode, options) => {
    const bench = asked(options)
    const looks = effectNames(bench).filter((one) => one.startsWith('rsu search on'))
    expect(looks).toEqual([])
    bench.give(cardReadEvent(), timerEvent('retry'), {
      type: 'rsuUp',
      psamTerminals: [],
      rsuId: '',
    })
    expect(rowsOf(bench, 'intent')).toEqual([])
    expect(bench.state.name).toBe('manual')
  },
)

it('opens once its code is paid', () => {
  const bench = asked()
  effectNames(bench)
  bench.give(timerEvent('retry'))
  expect(effectNames(bench)).toEqual(['timer retry 300'])
  const { stayId, orderId } = bench.state.car ?? {}
  const refs = { atMs: bench.nowMs, laneId: 'exit', stayId: stayId ?? '', orderId: orderId ?? '' }
  const body = { paymentId: 'gx1-M9', means: 'qr', by: null, reason: null } as const
  bench.append([{ kind: 'payment', ...refs, amountFen: fixedFen, body }])
  bench.give(timerEvent('retry'))
  expect(bench.state.name).toBe('opening')
  // The length of the stay is unknown, so the text does not name it.
  expect(bench.state.shown?.zh).not.toContain('停')
})

it('a driver who backs out and returns owes the same, also the next day', () => {
  const bench = asked()
  bench.give(loop('arrive', 'off'))
  expect(bench.state.name).toBe('idle')
  bench.nowMs += 86_400_000
  bench.give(...arriving)
  expect(bench.state).toMatchObject({ name: 'manual', car: { manual: 'noStay', dueFen: fixedFen } })
  expect(rowsOf(bench, 'orderMade')).toHaveLength(1)
})

it('a person settles it for what is right', () => {
  const bench = asked()
  bench.give({ type: 'settle', means: 'cash', amountFen: 700, act: act() })
  expect(rowsOf(bench, 'payment')).toMatchObject([{ amountFen: 700, body: { means: 'cash' } }])
  expect(bench.state.shown?.zh).toBe(`${plate} ¥ 7.00 一路顺风`)
  expect(bench.state.name).toBe('opening')
})
