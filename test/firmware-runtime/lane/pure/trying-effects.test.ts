// How a waiting car is looked at again, down to the last effect: each look requests only what changed, and an unrelated
// event changes nothing (design.md 4.16).
import { describe, expect, it } from 'vitest'
import { emptyLane, type LaneEvent } from '#lane/pure/lane.ts'
import { placeLane } from '#lane/pure/place-lane.ts'
import { act, cardNo, cardReadEvent, LaneBench, loop, obuId, timerEvent } from './lane-bench.ts'
import type { BenchOptions } from './lane-bench.ts'
import { arriving, online, effectNames, collect, rsuDown, rsuUp } from './effects-kit.ts'
import { driverReasons } from '#base/pure/words/manual-reason.ts'

const retry = timerEvent('retry')
const place: BenchOptions = { table: placeLane, laneId: 'pile' }

function waits(manual: string, options: BenchOptions, ...events: readonly LaneEvent[]): LaneBench {
  const bench = new LaneBench(options).entered().give(...events)
  expect([bench.state.name, bench.state.car?.manual]).toEqual(['manual', manual])
  effectNames(bench)
  bench.done()
  return bench
}
const barredBy = (bar: string): LaneBench => {
  const bench = new LaneBench().entered()
  bench.bar = bar
  bench.give(...arriving, cardReadEvent())
  expect(bench.state.name).toBe('manual')
  effectNames(bench)
  bench.done()
  return bench
}
function paidElsewhere(bench: LaneBench): void {
  const { stayId, orderId } = bench.state.car ?? {}
  const refs = { atMs: bench.nowMs, laneId: 'pile', stayId: stayId ?? '', orderId: orderId ?? '' }
  const body = { paymentId: 'gx1-M9', means: 'qr', by: 'anna', reason: 'asked' } as const
  bench.append([{ kind: 'payment', ...refs, amountFen: 500, body }])
}
const manualOf = (bench: LaneBench): unknown => bench.state.car?.manual

describe('a look at a bar', () => {
  it('that still holds says nothing new', () => {
    const bench = barredBy('notSignedIn')
    bench.give(retry)
    expect(effectNames(bench)).toEqual(['timer retry 300'])
  })

  it('that is another one now says that one, once', () => {
    const bench = barredBy('notSignedIn')
    bench.bar = 'listTooOld'
    bench.give(retry)
    expect(manualOf(bench)).toBe('listTooOld')
    effectNames(bench)
    bench.give(retry)
    expect(effectNames(bench)).toEqual(['timer retry 300'])
  })

  it('that is gone while the antenna is out waits for the antenna', () => {
    const bench = barredBy('notSignedIn')
    bench.give(rsuDown)
    bench.bar = null
    bench.give(retry)
    expect([manualOf(bench), bench.state.name]).toEqual(['rsuGone', 'manual'])
    expect(effectNames(bench)).not.toContain('rsu search on')
  })
})

describe('a look at a place', () => {
  it('that is still outside says nothing new', () => {
    const bench = new LaneBench(place).entered().give(collect())
    bench.placeBar = 'outside'
    bench.give(cardReadEvent())
    expect(manualOf(bench)).toBe('outsideFence')
    effectNames(bench)
    bench.give(retry)
    expect(effectNames(bench)).toEqual(['timer retry 300'])
  })

  it.each([
    ['outside', 'outsideFence'],
    ['stale', 'positionUnknown'],
  ] as const)('%s, and back: the tag is looked for, and the driver told so', (bar, reason) => {
    const bench = new LaneBench(place).entered().give(collect())
    bench.placeBar = bar
    bench.give(cardReadEvent())
    expect(manualOf(bench)).toBe(reason)
    effectNames(bench)
    bench.placeBar = null
    bench.give(retry)
    const said = effectNames(bench)
    expect(said.filter((one) => one.startsWith('timer'))).toEqual([
      'timer obu 5000',
      'timer retry 300',
    ])
    expect(said).toContain('rsu search on')
    expect(said.at(-1)).toMatch(/^show /)
  })

  it('and back, but its platform is silent by now', () => {
    const bench = new LaneBench({ ...place, ...online }).entered().give(collect())
    bench.placeBar = 'outside'
    bench.give(cardReadEvent())
    expect(manualOf(bench)).toBe('outsideFence')
    bench.placeBar = null
    bench.platformUp = false
    bench.give(retry)
    expect(manualOf(bench)).toBe('platformDown')
  })
})

it('a card that is read while the platform is silent is let go, and the car is told why', () => {
  const bench = waits('obuNotRead', online, ...arriving, timerEvent('obu'))
  bench.platformUp = false
  bench.give(cardReadEvent())
  expect(manualOf(bench)).toBe('platformDown')
  expect(bench.done().filter((word) => word.startsWith('rsu'))).toEqual([
    'rsu release',
    'rsu search off',
  ])
})

describe('what is none of its business', () => {
  const large: BenchOptions = { ...online, largeAmountFen: 499 }

  it('is a timer of another moment, or the time of the tag where nothing may pay', () => {
    const bench = waits('obuNotRead', online, ...arriving, timerEvent('obu'))
    bench.give(timerEvent('suspect'))
    expect(effectNames(bench)).toEqual([])
    const other = waits('largeAmount', large, ...arriving)
    other.give(timerEvent('obu'))
    expect([effectNames(other), manualOf(other)]).toEqual([[], 'largeAmount'])
  })

  it('is an antenna that goes or comes, for a car that waits for something else', () => {
    const bench = barredBy('notSignedIn')
    bench.give(rsuDown, rsuUp)
    expect([effectNames(bench), manualOf(bench)]).toEqual([[], 'notSignedIn'])
    const other = waits('largeAmount', large, ...arriving)
    other.give(rsuDown, rsuUp)
    expect([effectNames(other), manualOf(other)]).toEqual([[], 'largeAmount'])
  })

  it('is an antenna, for a car that was paid elsewhere', () => {
    const bench = waits('obuNotRead', online, ...arriving, timerEvent('obu'))
    paidElsewhere(bench)
    bench.give(rsuDown)
    expect([effectNames(bench), manualOf(bench)]).toEqual([[], 'obuNotRead'])
    const gone = waits('rsuGone', online, ...arriving, rsuDown)
    paidElsewhere(gone)
    gone.give(rsuUp)
    expect([effectNames(gone), manualOf(gone)]).toEqual([[], 'rsuGone'])
  })
})

it('a lane without an antenna is not out of order: its driver reads so, and no exception is made', () => {
  const found = (hasRsu: boolean) => {
    const bench = new LaneBench({ ...online, hasRsu }).entered().give(rsuDown, ...arriving, retry)
    const exceptions = bench.rows.filter(({ kind }) => kind === 'exception')
    return [manualOf(bench), bench.state.shown.zh.split(' 请')[0], exceptions.length]
  }
  expect(found(true)).toEqual(['rsuGone', driverReasons.rsuGone.zh, 1])
  expect(found(false)).toEqual(['noRsu', driverReasons.noRsu.zh, 0])
})

it('a starting lane waits ten seconds for its antenna', () => {
  const bench = new LaneBench(online).entered()
  bench.state = { ...emptyLane(), arrive: 'off', under: 'off' }
  effectNames(bench)
  bench.give(...arriving)
  const said = effectNames(bench)
  expect(said).toContain('timer obu 10000')
  expect(said.filter((one) => one.startsWith('trace orderMade gx1-S1'))).toHaveLength(1)
})

it('a card that nobody can be asked about turns the antenna off for its charge, and on again', () => {
  const bench = new LaneBench({ ...online, hasPlatform: false }).entered().give(...arriving)
  effectNames(bench)
  bench.give(cardReadEvent())
  expect([bench.state.name, manualOf(bench)]).toEqual(['manual', 'platformDown'])
  expect(effectNames(bench).filter((one) => one.startsWith('rsu'))).toEqual([
    `rsu release ${obuId}`,
    'rsu search off',
    'rsu search on',
  ])
  expect(bench.state.antennaOn).toBe(true)
})

it('a boom that a person opens for a car without a stay ends nothing that goes on', () => {
  const bench = new LaneBench(online).give(...arriving)
  expect(manualOf(bench)).toBe('noStay')
  effectNames(bench)
  bench.give({ type: 'openByHand', act: act() })
  expect(bench.state.name).toBe('manual')
  expect(effectNames(bench).filter((one) => /search|timer/.test(one))).toEqual([])
})

it('a car that was paid elsewhere is claimed anew, once', () => {
  const bench = waits('obuNotRead', online, ...arriving, timerEvent('obu'))
  paidElsewhere(bench)
  bench.give(retry)
  expect(effectNames(bench).filter((one) => one.startsWith('claim'))).toHaveLength(1)
})

it('a card that is wrong says so, also where it was charged a moment ago', () => {
  const bench = new LaneBench().entered()
  bench.lot.chargedAtMs.set(cardNo, bench.nowMs - 60_000)
  bench.blacklist.add(cardNo)
  bench.give(...arriving, cardReadEvent())
  expect(manualOf(bench)).toBe('blacklisted')
})

it('of a car that left, an antenna and a timer say nothing', () => {
  const bench = waits('obuNotRead', online, ...arriving, timerEvent('obu'))
  bench.give(loop('arrive', 'off'))
  effectNames(bench)
  bench.give(retry, timerEvent('obu'))
  expect(bench.state.name).toBe('idle')
  expect(effectNames(bench)).toEqual([])
})
