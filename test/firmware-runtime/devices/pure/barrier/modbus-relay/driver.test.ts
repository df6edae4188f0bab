// Pass credits, positions, faults and lost answers of the barrier driver, on a board with virtual time.
// The safety rules have a file of their own, one test per number.
import { describe, expect, it } from 'vitest'
import { instantBarrier, standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { Bench } from './board.ts'
import { carPasses, closingBench, openedBench } from './scenes.ts'

describe('passages and loops', () => {
  it('a car without a credit gives loop events only', () => {
    const bench = new Bench(instantBarrier).up()
    bench.set('limitOpen')
    bench.run(50)
    carPasses(bench, 50)
    expect(
      bench.told('loop').map((e) => (e.type === 'loop' ? `${e.loop} ${e.state}` : '')),
    ).toEqual(['arrive off', 'under off', 'under on', 'under off'])
    expect(bench.told('passed')).toEqual([])
  })
  it('a car that goes from loop to loop between two polls was never off both', () => {
    const bench = new Bench(instantBarrier).up()
    const inputNames = (): string[] =>
      bench.told('loop').map((e) => (e.type === 'loop' ? `${e.loop} ${e.state}` : ''))
    bench.set('limitClosed', 'loopArrive')
    bench.run(50)
    bench.set('limitClosed', 'loopUnder')
    bench.run(50)
    expect(inputNames().slice(-2)).toEqual(['under on', 'arrive off'])
    bench.set('limitClosed', 'loopArrive')
    bench.run(50)
    expect(inputNames().slice(-2)).toEqual(['arrive on', 'under off'])
  })
  it('a loop under a closed boom uses no credit', () => {
    const bench = new Bench(instantBarrier).up()
    bench.run(50)
    bench.command({ do: 'open', passId: 'p1' })
    carPasses(bench, 50)
    expect(bench.state.credits).toEqual(['p1'])
  })
  it('a bounce shorter than the debounce is no car', () => {
    const bench = openedBench()
    for (let i = 0; i < 20; i++) {
      bench.inputs.add('loopUnder')
      bench.run(50)
      bench.inputs.delete('loopUnder')
      bench.run(50)
    }
    expect(bench.told('passed')).toEqual([])
    expect(bench.names()).toEqual(['open'])
  })
  it('close voids the passes of cars that did not come', () => {
    const bench = openedBench()
    bench.command({ do: 'close' })
    bench.run(1_500)
    expect(bench.names()).toEqual(['open', 'close'])
    expect(bench.state.credits).toEqual([])
  })
  it('close over a car waits for it and says so', () => {
    const bench = openedBench()
    bench.inputs.add('loopUnder')
    bench.run(200)
    bench.command({ do: 'close' })
    bench.run(5_000)
    expect(bench.told('closeBlocked')).toEqual([{ type: 'closeBlocked', why: 'loopUnder on' }])
    expect(bench.names()).toEqual(['open'])
  })
  it('in the instant profile a column at 20 cars a second uses every credit', () => {
    const bench = openedBench(instantBarrier, 0)
    for (let i = 1; i <= 50; i++) {
      bench.command({ do: 'open', passId: `p${i}` })
      bench.run(20)
      bench.inputs.add('loopUnder')
      bench.run(15)
      bench.inputs.delete('loopUnder')
      bench.run(15)
    }
    expect(bench.told('passed')).toHaveLength(50)
    expect(bench.names()).not.toContain('close')
    bench.run(400)
    expect(bench.names().filter((name) => name === 'close')).toHaveLength(1)
    expect(bench.pulses.filter((p) => p.name === 'close' && p.underWas)).toEqual([])
  })
})

describe('positions and faults', () => {
  it('positions of one passage follow the inputs', () => {
    const bench = closingBench()
    bench.run(3_000)
    expect(bench.positions()).toEqual(['closed', 'opening', 'open', 'closing', 'closed'])
  })
  it.each(['openTimeout', 'closeTimeout'] as const)('%s after twice the travel time', (fault) => {
    const bench = fault === 'closeTimeout' ? closingBench() : new Bench(standardBarrier).up()
    bench.travelMs = null
    bench.run(100)
    if (fault === 'openTimeout') bench.command({ do: 'open', passId: 'p1' })
    bench.set()
    bench.run(11_500)
    expect(bench.told('barrierFault')).toEqual([])
    const before = bench.names()
    bench.run(30_000)
    expect(bench.told('barrierFault')).toEqual([{ type: 'barrierFault', fault }])
    expect(bench.state.position).toBe('fault')
    expect(bench.names()).toEqual(before)
  })
  it('both limits at once are a fault, told once, and close nothing', () => {
    const bench = openedBench()
    bench.set('limitOpen', 'limitClosed')
    bench.run(200)
    bench.command({ do: 'close' })
    bench.run(10_000)
    expect(bench.told('barrierFault')).toEqual([{ type: 'barrierFault', fault: 'limitBoth' }])
    expect(bench.state.position).toBe('fault')
    expect(bench.names()).toEqual(['open'])
  })
  it('a boom that leaves closed without a command is openedAlone, and is not closed', () => {
    const bench = new Bench(standardBarrier).up()
    bench.run(500)
    bench.set()
    bench.run(500)
    bench.set('limitOpen')
    bench.run(30_000)
    expect(bench.told('barrierFault')).toEqual([{ type: 'barrierFault', fault: 'openedAlone' }])
    expect(bench.positions()).toEqual(['closed', 'unknown', 'open'])
    expect(bench.names()).toEqual([])
  })
})

describe('lost answers', () => {
  it('tries an open three times, then drops the link', () => {
    const bench = new Bench(standardBarrier).up()
    bench.run(500)
    bench.mood = 'silent'
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(2_000)
    expect(bench.names().filter((n) => n === 'open').length).toBeGreaterThanOrEqual(2)
    expect(bench.drops).toEqual(['requestsUnanswered 3'])
  })
  it('tries a refused open again, then leaves it to the travel fault', () => {
    const bench = new Bench(standardBarrier).up()
    bench.run(500)
    bench.mood = 'refusesWrites'
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(20_000)
    expect(bench.names()).toEqual(['open', 'open', 'open'])
    expect(bench.told('barrierFault')).toEqual([{ type: 'barrierFault', fault: 'openTimeout' }])
  })
  it('tries a refused close again only on clear inputs, and no more than three times', () => {
    const bench = openedBench()
    carPasses(bench)
    bench.mood = 'refusesWrites'
    bench.run(10_000)
    expect(bench.names()).toEqual(['open', 'close', 'close', 'close'])
  })
  it('tells up once per link, down once, and nothing for attempts that never came up', () => {
    const bench = new Bench(standardBarrier)
    bench.down()
    bench.down()
    bench.up().run(500)
    bench.down()
    bench.up().run(500)
    expect(bench.events.map((e) => e.type).filter((t) => /barrier(?:Up|Down)/.test(t))).toEqual([
      'barrierDown',
      'barrierUp',
      'barrierDown',
      'barrierUp',
    ])
  })
})
