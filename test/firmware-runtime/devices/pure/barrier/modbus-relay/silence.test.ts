// Rule 7 after a lost link: a due close is given once after at most 2 s, on loops that are read anew and free for two polls;
// else the boom stays up and a person is called. On the board of board.ts; on-rtu.test.ts runs it on Modbus RTU.
import { describe, expect, it } from 'vitest'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import type { Bench } from './board.ts'
import { carPasses, closingBench, openedBench } from './scenes.ts'

const called = [{ type: 'barrierFault', fault: 'notLowered' }]

function blink(bench: Bench, forMs: number): Bench {
  bench.down()
  bench.run(forMs)
  return bench.up()
}

/** A boom that is up, its car gone for `sinceMs`, its close not yet given. */
function passedBench(sinceMs = 300): Bench {
  const bench = openedBench()
  carPasses(bench)
  bench.run(sinceMs)
  expect(bench.names()).toEqual(['open'])
  return bench
}

describe('between passage and close', () => {
  it.each([
    [100, 0],
    [300, 0],
    [300, 700],
    [1_000, 300],
    [1_900, 700],
  ])('%i ms of silence, %i ms after the car: closed once, no person', (forMs, sinceMs) => {
    const bench = blink(passedBench(sinceMs), forMs)
    const backMs = bench.nowMs
    bench.run(15_000)
    expect(bench.names()).toEqual(['open', 'close'])
    // The loops are read anew for the whole delay of the close: what was read before does not count.
    const afterMs = (bench.pulses[1]?.atMs ?? 0) - backMs
    expect(afterMs).toBeGreaterThanOrEqual(standardBarrier.closeDelayMs)
    expect(bench.state.position).toBe('closed')
    expect(bench.told('barrierFault')).toEqual([])
  })
  it.each([2_100, 3_500, 10_000, 3_600_000])('%i ms: the boom stays up, a person', (forMs) => {
    const bench = blink(passedBench(), forMs)
    bench.run(15_000)
    expect(bench.names()).toEqual(['open'])
    expect(bench.told('barrierFault')).toEqual(called)
  })
  it('a board that is silent for three polls and comes back at once is the same', () => {
    const bench = passedBench()
    bench.mood = 'silent'
    for (let i = 0; i < 200 && bench.drops.length === 0; i++) bench.run(10)
    bench.down()
    bench.mood = 'answers'
    bench.run(200)
    bench.up()
    bench.run(5_000)
    expect(bench.names()).toEqual(['open', 'close'])
    expect(bench.told('barrierFault')).toEqual([])
  })
  it.each([
    ['a car under it', 0, ['loopUnder']],
    ['a car before it', 0, ['loopArrive']],
    ['a car that comes at the second poll', 60, ['loopUnder']],
    ['a car that comes before it in the second of waiting', 700, ['loopArrive']],
    ['a car under it in the second of waiting', 900, ['loopUnder']],
  ] as const)('%s when it is back: not closed, also not when it is gone', (_name, atMs, on) => {
    const bench = blink(passedBench(), 300)
    bench.run(atMs)
    for (const loop of on) bench.inputs.add(loop)
    bench.run(60)
    for (const loop of on) bench.inputs.delete(loop)
    bench.run(15_000)
    expect(bench.names()).toEqual(['open'])
    expect(bench.told('barrierFault')).toEqual(called)
  })
  it('a loop that flickers when it is back: not closed', () => {
    const bench = blink(passedBench(), 300)
    for (let i = 0; i < 20; i++) {
      bench.inputs.add('loopUnder')
      bench.run(50)
      bench.inputs.delete('loopUnder')
      bench.run(50)
    }
    bench.run(15_000)
    expect(bench.names()).toEqual(['open'])
    expect(bench.told('barrierFault')).toEqual(called)
  })
  it('a car that stood before it when the link was lost may have driven: not closed', () => {
    const bench = passedBench()
    bench.inputs.add('loopArrive')
    bench.run(200)
    bench.down()
    bench.inputs.delete('loopArrive')
    bench.run(300)
    bench.up().run(15_000)
    expect(bench.names()).toEqual(['open'])
    expect(bench.told('barrierFault')).toEqual(called)
  })
  it('a board that refuses to read when it is back: not closed while it does, nor later', () => {
    const bench = blink(passedBench(), 300)
    bench.mood = 'refusesReads'
    bench.run(5_000)
    expect(bench.names()).toEqual(['open'])
    bench.mood = 'answers'
    bench.run(15_000)
    expect(bench.names()).toEqual(['open'])
    expect(bench.told('barrierFault')).toEqual(called)
  })
  it('inputs that all read 0, as of a board that has just started: not closed before the boom is read up', () => {
    const bench = passedBench()
    bench.down()
    bench.run(300)
    bench.set()
    bench.up().run(1_800)
    expect(bench.names()).toEqual(['open'])
    bench.set('limitOpen')
    bench.run(2_000)
    expect(bench.names()).toEqual(['open', 'close'])
  })
  it('a boom that somebody lowered meanwhile is left, and no person is called', () => {
    const bench = passedBench()
    bench.down()
    bench.set('limitClosed')
    bench.run(300)
    bench.up().run(15_000)
    expect(bench.names()).toEqual(['open'])
    expect(bench.told('barrierFault')).toEqual([])
  })
  it('a cable that is lost again and again: closed while it is 2 s in all, else a person', () => {
    const flutter = (times: number): Bench => {
      const bench = passedBench()
      for (let i = 0; i < times; i++) blink(bench, 300).run(300)
      bench.run(15_000)
      return bench
    }
    expect(flutter(3).names()).toEqual(['open', 'close'])
    expect(flutter(6).names()).toEqual(['open'])
    expect(flutter(6).told('barrierFault')).toEqual(called)
  })
  it('an unanswered close after a silence is not given a second time: the travel fault calls', () => {
    const bench = blink(passedBench(), 300)
    bench.run(900)
    bench.mood = 'refusesWrites'
    bench.run(15_000)
    expect(bench.names()).toEqual(['open', 'close'])
    expect(bench.told('barrierFault')).toEqual([{ type: 'barrierFault', fault: 'closeTimeout' }])
  })
})

describe('with a pass that is not used, or a person who decided', () => {
  it('the next pass of a car ends what was due: no close before its car is gone', () => {
    const bench = blink(passedBench(), 300)
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(15_000)
    expect(bench.names()).not.toContain('close')
    carPasses(bench)
    bench.run(5_000)
    expect(bench.names().filter((name) => name === 'close')).toHaveLength(1)
    expect(bench.told('barrierFault')).toEqual([])
  })
  it.each(['stop', 'lift', 'disarm', 'holdOpen'] as const)('%s: nothing is lowered', (act) => {
    const bench = blink(passedBench(), 300)
    bench.command(act === 'holdOpen' ? { do: act, authority: 'fire' } : { do: act })
    bench.run(15_000)
    expect(bench.names()).not.toContain('close')
    expect(bench.told('barrierFault')).toEqual([])
  })
  it('a cut before the open command: opened when it is back, closed behind the car', () => {
    const bench = openedBench()
    carPasses(bench)
    bench.run(5_000)
    bench.down()
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(1_900)
    bench.up().run(4_000)
    carPasses(bench)
    bench.run(5_000)
    expect(bench.names()).toEqual(['open', 'close', 'open', 'close'])
    expect(bench.told('barrierFault')).toEqual([])
  })
})

describe('a car under the boom when the link is lost', () => {
  it.each([
    [100, true],
    [300, true],
    [1_900, true],
    [2_100, false],
    [10_000, false],
  ])('gone after %i ms: its pass is used; closed: %s', (forMs, isClosed) => {
    const bench = openedBench()
    bench.inputs.add('loopUnder')
    bench.run(500)
    bench.down()
    bench.inputs.delete('loopUnder')
    bench.run(forMs)
    bench.up().run(15_000)
    expect(bench.told('passed')).toEqual([{ type: 'passed', passId: 'p1' }])
    expect(bench.names()).toEqual(isClosed ? ['open', 'close'] : ['open'])
    expect(bench.told('barrierFault')).toEqual(isClosed ? [] : called)
  })
  it.each([300, 10_000])(
    'still there after %i ms, and seen to leave: closed behind it',
    (forMs) => {
      const bench = openedBench()
      bench.inputs.add('loopUnder')
      bench.run(500)
      blink(bench, forMs).run(2_000)
      bench.inputs.delete('loopUnder')
      bench.run(5_000)
      expect(bench.names()).toEqual(['open', 'close'])
    },
  )
})

describe('during closing', () => {
  it.each([100, 300, 1_900, 2_100, 10_000])('down after %i ms: nothing is given', (forMs) => {
    const bench = blink(closingBench(), forMs)
    bench.run(15_000)
    expect(bench.names()).toEqual(['open', 'close'])
    expect(bench.state.position).toBe('closed')
    expect(bench.told('barrierFault')).toEqual([])
  })
  it.each([
    [300, true],
    [1_900, true],
    [2_100, false],
    [10_000, false],
  ])('up after %i ms, as turned round by the gate: closed once more: %s', (forMs, isClosed) => {
    const bench = closingBench()
    bench.down()
    bench.set('limitOpen')
    bench.run(forMs)
    bench.up().run(15_000)
    expect(bench.names()).toEqual(isClosed ? ['open', 'close', 'close'] : ['open', 'close'])
    expect(bench.told('barrierFault')).toEqual(isClosed ? [] : called)
  })
  it.each([300, 2_100])('a car under it while it still comes down after %i ms: raised', (forMs) => {
    const bench = closingBench()
    bench.travelMs = null
    bench.set()
    bench.down()
    bench.run(forMs)
    bench.inputs.add('loopUnder')
    bench.up().run(100)
    expect(bench.names().filter((name) => name !== 'releaseClose')).toEqual([
      'open',
      'close',
      'open',
    ])
    bench.set('limitOpen')
    bench.run(15_000)
    expect(bench.names().at(-1), 'not lowered behind a car that nobody knows').toBe('open')
    expect(bench.told('barrierFault')).toEqual(called)
  })
  it('a second loss while the owed close lowers it: given once, then a person', () => {
    const bench = closingBench()
    bench.down()
    bench.set('limitOpen')
    bench.run(300)
    bench.up().run(1_500)
    expect(bench.names()).toEqual(['open', 'close', 'close'])
    bench.down()
    bench.set('limitOpen')
    bench.run(300)
    bench.up().run(15_000)
    expect(bench.names()).toEqual(['open', 'close', 'close'])
    expect(bench.told('barrierFault')).toEqual(called)
  })
})
