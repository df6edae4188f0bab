// A pile or handheld follows the rule of the lanes: while its car is unpaid it keeps trying, and decides once the obstacle
// is gone. Each row: the obstacle, what happens then, what is done.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { placeLane } from '#lane/pure/place-lane.ts'
import {
  cardReadEvent,
  LaneBench,
  otherPlate,
  plate,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'
import { answer, cash } from './exit-online-rows.ts'
import { violationsOf } from './lot/violations.ts'
import { b5Paid, barred, collect, online, rsuDown, rsuUp, where } from './effects-kit.ts'

type Happens = LaneEvent | ((bench: LaneBench) => void)

const retry = timerEvent('retry')
const at =
  (bar: LaneBench['placeBar']) =>
  (bench: LaneBench): void =>
    void (bench.placeBar = bar)
const platform =
  (isUp: boolean) =>
  (bench: LaneBench): void =>
    void (bench.platformUp = isUp)

const byCard = ['+payment etc 500', '+outbox exitUpload']
const byPlatform = ['+outcome paid platform paid', '+payment etc 500']

interface Row {
  readonly name: string
  readonly options?: BenchOptions
  readonly before: readonly Happens[]
  readonly manual: string
  readonly then: readonly Happens[]
  readonly paid?: readonly string[]
}

const rows: readonly Row[] = [
  {
    name: 'the tag is found later',
    before: [collect(), timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [cardReadEvent(), b5Paid],
  },
  {
    name: 'the tag is found later, online',
    options: online,
    before: [collect(), timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [cardReadEvent(), answer('paid')],
    paid: byPlatform,
  },
  {
    name: 'the antenna is cut off, and back',
    before: [collect(), rsuDown],
    manual: 'manual rsuGone',
    then: [rsuUp, cardReadEvent(), b5Paid],
  },
  {
    name: 'the platform is silent, and answers again',
    options: online,
    before: [platform(false), collect()],
    manual: 'manual platformDown',
    then: [platform(true), retry, cardReadEvent(), answer('paid')],
    paid: byPlatform,
  },
  {
    name: 'no sign-in, and one comes',
    before: [barred('notSignedIn'), collect(), cardReadEvent()],
    manual: 'manual notSignedIn',
    then: [barred(null), retry, cardReadEvent(), b5Paid],
  },
  {
    name: 'outside the fence, and back inside',
    before: [collect(), at('outside'), cardReadEvent()],
    manual: 'manual outsideFence',
    then: [at(null), retry, cardReadEvent(), b5Paid],
  },
  {
    name: 'outside for a moment, just when no tag was read',
    before: [collect(), at('outside'), timerEvent('obu'), at(null)],
    manual: 'manual obuNotRead',
    then: [retry, cardReadEvent(), b5Paid],
  },
  {
    name: 'nobody knows where it is, then it is outside, then inside',
    before: [collect(), at('stale'), cardReadEvent()],
    manual: 'manual positionUnknown',
    then: [at('outside'), retry, at(null), retry, cardReadEvent(), b5Paid],
  },
]

/** An antenna that is off reads no card. */
function give(bench: LaneBench, happens: readonly Happens[]): LaneBench {
  for (const one of happens) {
    if (typeof one === 'function') one(bench)
    else {
      if (one.type === 'cardRead' && !bench.state.antennaOn) bench.log.push('read while off')
      bench.give(one)
    }
  }
  return bench
}
const place = (options: BenchOptions = {}): LaneBench =>
  new LaneBench({ laneId: 'handheld', table: placeLane, ...options }).entered()

function judge(bench: LaneBench): void {
  expect(violationsOf(bench.rows)).toEqual([])
}

describe('a place whose car is unpaid', () => {
  it.each(rows)('$name: it charges', ({ options = {}, before, manual, then, paid = byCard }) => {
    const bench = give(place(options), before)
    expect(where(bench)).toBe(manual)
    bench.done()
    give(bench, then)
    expect(where(bench)).toBe('idle')
    expect(
      bench
        .done()
        .filter((word) => /payment|exitUpload|outcome paid platform|read while off/.test(word)),
    ).toEqual(paid)
    expect(bench.state.antennaOn).toBe(false)
    judge(bench)
  })

  it.each<[string, readonly Happens[]]>([
    ['a person took the money', [cash]],
    ['the car stands in a lane', [{ type: 'taken' }]],
    ['the next car is named', [collect(otherPlate, 'collect-2'), timerEvent('obu')]],
  ])('tries no more when %s', (_name, then) => {
    const bench = give(place().entered(50, otherPlate), [collect(), timerEvent('obu')])
    expect(bench.state.antennaOn).toBe(true)
    give(bench, then)
    bench.done()
    give(bench, [retry, cardReadEvent(), b5Paid])
    expect(bench.done().filter((word) => word === 'debit')).toEqual([])
    judge(bench)
  })

  it('keeps its antenna off and arms nothing while it is outside', () => {
    const bench = give(place(), [collect(), timerEvent('obu'), at('outside'), retry])
    expect([where(bench), bench.state.antennaOn]).toEqual(['manual outsideFence', false])
    give(bench, [cardReadEvent(), retry, cardReadEvent()])
    expect(bench.rows.filter(({ kind }) => kind === 'armed')).toEqual([])
    judge(bench)
  })

  it('looks for nobody any more once the next car turns out to be paid', () => {
    const bench = give(place(), [collect(), cardReadEvent(), b5Paid])
    give(bench.entered(50, otherPlate), [collect(otherPlate, 'collect-2'), timerEvent('obu')])
    expect([where(bench), bench.state.antennaOn]).toEqual(['manual obuNotRead', true])
    give(bench, [collect(plate, 'collect-3')])
    expect([where(bench), bench.state.antennaOn]).toEqual(['idle', false])
  })

  it('queries a charge whose outcome is unknown, with the same number', () => {
    const bench = give(place(online), [collect(), cardReadEvent(), answer('noAnswerTwice')])
    expect(bench.lot.unsettled.size).toBe(1)
    bench.done()
    give(bench, [retry, answer('paid')])
    expect(bench.done()).toContain('charge again')
    expect([bench.lot.unsettled.size, where(bench)]).toEqual([0, 'idle'])
    judge(bench)
  })
})
