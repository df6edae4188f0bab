// The reused lane (clause 7.1.3): the order of its triggers gives the direction, and one direction holds the lane until it
// is clear. In no order of events do both machines have a car.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { driverText } from '#devices/pure/lane/driver-text.ts'
import { reusedTimes, startReused } from '#lane/pure/reused-lane.ts'
import type { LaneDirection } from '#base/pure/lot/config.ts'
import { otherPlate, plate, timerEvent } from './lane-bench.ts'
import { opposite, ReusedBench } from './reused-bench.ts'
import { violationsOf } from './lot/violations.ts'

const third = '测C30303'
const ways = ['entry', 'exit'] as const
const stays = (bench: ReusedBench): number =>
  bench.rows.filter(({ kind }) => kind === 'stayOpened').length
const closed = (bench: ReusedBench): number =>
  bench.rows.filter(({ kind }) => kind === 'stayClosed').length

function judge(bench: ReusedBench): void {
  expect(violationsOf(bench.rows)).toEqual([])
}

describe('a car', () => {
  it.each([
    ['entry', true],
    ['entry', false],
    ['exit', true],
    ['exit', false],
  ] as const)('by the %s, long %s, is one passage and leaves the lane free', (way, long) => {
    const bench = parked()
    if (way === 'exit') bench.drive('exit', plate, long)
    else bench.drive('entry', otherPlate, long)
    expect([stays(bench), closed(bench)]).toEqual(way === 'exit' ? [1, 1] : [2, 0])
    expect([bench.state.holder, bench.nameOf('entry'), bench.nameOf('exit')]).toEqual([
      null,
      'idle',
      'idle',
    ])
    expect(bench.runs).toBe(false)
    judge(bench)
  })

  it('that never reaches the far trigger leaves the lane free by its time', () => {
    const bench = new ReusedBench().trigger('entry', 'on').reads('entry', plate)
    bench.under('on').trigger('entry', 'off').under('off').passed()
    expect([bench.state.holder, bench.state.tail]).toEqual(['entry', 'toCome'])
    bench.timeIsOver()
    expect(bench.state.holder).toBe(null)
  })

  it('that goes back frees the lane at once', () => {
    const bench = new ReusedBench().trigger('entry', 'on').trigger('entry', 'off')
    expect([bench.state.holder, stays(bench)]).toEqual([null, 0])
  })
})

/** A car is in the lot, and the lane has been quiet since. */
function parked(): ReusedBench {
  const bench = new ReusedBench().drive('entry', plate, true)
  bench.nowMs += reusedTimes.echoMs
  return bench
}

describe('the other direction', () => {
  const taken = (): ReusedBench => parked().trigger('exit', 'on').reads('exit', plate)

  it('is told to wait, and its car is no car yet', () => {
    const bench = taken().trigger('entry', 'on').reads('entry', otherPlate)
    expect(bench.lanes.entry.state.shown).toEqual(driverText.oncoming)
    expect([bench.nameOf('entry'), stays(bench)]).toEqual(['idle', 1])
  })

  it('is let in with the plate that was read meanwhile, once the lane is clear', () => {
    const bench = taken().trigger('entry', 'on').reads('entry', otherPlate)
    // Only one car can go: the leaving one backs up, and its pass is void after its time.
    bench.trigger('exit', 'off').give('exit', timerEvent('gone'))
    expect([bench.state.holder, bench.nameOf('entry')]).toEqual(['entry', 'opening'])
    expect(bench.lanes.entry.state.car?.plate).toBe(otherPlate)
  })

  it('is forgotten with its plate when it goes away again', () => {
    const bench = taken().trigger('entry', 'on').reads('entry', otherPlate).trigger('entry', 'off')
    bench.trigger('exit', 'off').give('exit', timerEvent('gone')).trigger('entry', 'on')
    expect([bench.state.holder, bench.nameOf('entry')]).toEqual(['entry', 'reading'])
  })

  it('waits while a tail that was read stands on its trigger, and begins when it is off', () => {
    const bench = taken().under('on').trigger('exit', 'off').trigger('entry', 'on')
    bench.under('off').passed().reads('entry', plate)
    bench.timeIsOver()
    expect([bench.state.holder, bench.state.tail, bench.runs]).toEqual(['exit', 'far', true])
    bench.trigger('entry', 'off')
    expect([bench.state.holder, stays(bench)]).toEqual([null, 1])
  })

  it('is taken for a car that comes when it stands there long and nobody read the tail', () => {
    const bench = taken().under('on').trigger('exit', 'off').under('off').passed()
    bench.trigger('entry', 'on').timeIsOver()
    expect([bench.state.holder, bench.nameOf('entry')]).toEqual(['entry', 'reading'])
  })

  it('goes second where both come at once: who leaves goes first', () => {
    const bench = new ReusedBench()
    bench.give('entry', { type: 'barrierDown', reason: 'link' })
    // With both states unknown, both triggers report `on` after the link returns, before anything is off.
    bench.under('on').trigger('entry', 'on').trigger('exit', 'on')
    expect(bench.state.holder).toBe(null)
    bench.under('off')
    expect(bench.state.holder).toBe('exit')
  })
})

describe('a plate told once more', () => {
  it('is not that of the next car, which stands on the trigger already', () => {
    const bench = new ReusedBench().drive('entry', plate, true).trigger('exit', 'on')
    // The exit camera saw the entering car from behind: this reading would close the stay that just began.
    bench.reads('exit', plate)
    expect([bench.nameOf('exit'), closed(bench)]).toEqual(['reading', 0])
    bench.reads('exit', otherPlate)
    expect(bench.lanes.exit.state.car?.plate).toBe(otherPlate)
  })

  it.each(ways)('by the %s, after its car has gone, is no car of the next direction', (way) => {
    const bench = new ReusedBench().drive('entry', plate, true).reads(way, plate)
    bench.trigger(way, 'on')
    expect(bench.lanes[way].state.car?.plate ?? null).toBe(null)
  })

  it('is a car again after a while', () => {
    const bench = new ReusedBench().drive('entry', plate, true)
    bench.nowMs += reusedTimes.echoMs
    bench.reads('exit', plate).trigger('exit', 'on')
    expect(bench.lanes.exit.state.car?.plate).toBe(plate)
  })
})

it('after a restart the direction whose pass is unused has the lane, whatever its tail stands on', () => {
  expect(startReused('exit').holder).toBe('exit')
  const again = new ReusedBench()
  again.give('entry', { type: 'barrierDown', reason: 'restart' }).under('on').trigger('entry', 'on')
  again.under('off')
  expect([again.state.holder, again.state.tail, again.nameOf('entry')]).toEqual([
    'exit',
    'far',
    'idle',
  ])
})

type Act = (bench: ReusedBench, n: number) => void
const plates = [plate, otherPlate, third, null] as const
const acts: Readonly<Record<string, Act>> = {
  entryOn: (b) => b.trigger('entry', 'on'),
  entryOff: (b) => b.trigger('entry', 'off'),
  exitOn: (b) => b.trigger('exit', 'on'),
  exitOff: (b) => b.trigger('exit', 'off'),
  underOn: (b) => b.under('on'),
  underOff: (b) => b.under('off'),
  entryReads: (b, n) => b.reads('entry', plates[n % 4] ?? null),
  exitReads: (b, n) => b.reads('exit', plates[n % 4] ?? null),
  passed: (b) => b.passed(),
  road: (b) => b.timeIsOver(),
  later: (b, n) => void (b.nowMs += n * 1000),
  down: (b) => b.give('entry', { type: 'barrierDown', reason: 'link' }),
  timers: (b, n) => {
    for (const way of ways) {
      const lane = b.lanes[way]
      const name = [...lane.timers][n % Math.max(1, lane.timers.size)]
      if (name === undefined) continue
      lane.timers.delete(name)
      b.give(way, { type: 'timer', name })
    }
  },
}

describe('in any order of events', () => {
  const sequence = fc.array(fc.tuple(fc.constantFrom(...Object.keys(acts)), fc.nat({ max: 40 })), {
    minLength: 10,
    maxLength: 120,
  })
  const runs = Number(process.env['ETC_LANE_PROPERTY_RUNS'] ?? 600)
  const reached = new Set<string>()

  it('one direction has the lane, and no other machine has a car', () => {
    fc.assert(
      fc.property(sequence, (events) => {
        const bench = new ReusedBench()
        for (const [name, n] of events) {
          acts[name]?.(bench, n)
          const busy = ways.filter((way) => bench.nameOf(way) !== 'idle')
          expect(busy.length).toBeLessThanOrEqual(1)
          if (busy[0] !== undefined) expect(bench.state.holder).toBe(busy[0])
          reached.add(`${bench.state.holder ?? 'free'} ${bench.state.tail} ${busy[0] ?? ''}`)
        }
        judge(bench)
      }),
      { numRuns: runs },
    )
  })

  it('a clear lane is free in the end', () => {
    fc.assert(
      fc.property(sequence, (events) => {
        const bench = new ReusedBench()
        for (const [name, n] of events) acts[name]?.(bench, n)
        bench.passed().trigger('entry', 'off').trigger('exit', 'off').under('off')
        for (let n = 0; n < 20; n++) {
          acts['timers']?.(bench, n)
          bench.timeIsOver()
        }
        expect([bench.state.holder, bench.state.tail]).toEqual([null, 'none'])
      }),
      { numRuns: runs },
    )
  })

  it('cars one after another are as many passages, none of them twice', () => {
    const car = fc.tuple(fc.boolean(), fc.boolean())
    fc.assert(
      fc.property(fc.array(car, { maxLength: 20 }), (cars) => {
        const bench = new ReusedBench()
        const inside: string[] = []
        let left = 0
        cars.forEach(([comes, long], i) => {
          bench.nowMs += 60_000
          const out = comes ? undefined : inside.shift()
          const way: LaneDirection = out === undefined ? 'entry' : 'exit'
          const its = out ?? `测D${String(10_000 + i * 111)}`
          bench.drive(way, its, long)
          if (out === undefined) inside.push(its)
          else left++
          expect(bench.nameOf(opposite(way))).toBe('idle')
        })
        expect([stays(bench), closed(bench)]).toEqual([inside.length + left, left])
        judge(bench)
      }),
      { numRuns: runs },
    )
  })

  it('gets everywhere in these sequences', () => {
    for (const at of [
      'free none ',
      'entry none entry',
      'exit none exit',
      'entry toCome ',
      'exit far ',
      'exit toCome ',
    ])
      expect([...reached], at).toContain(at)
  })
})
