// A disarmed barrier: nothing moves by itself, a person's command still opens it, arming moves nothing.
// Runs on Modbus RTU as well; see on-rtu.test.ts.
import { describe, expect, it } from 'vitest'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { Bench } from './board.ts'
import { carPasses } from './scenes.ts'

function disarmed(): Bench {
  const bench = new Bench(standardBarrier)
  bench.command({ do: 'disarm' })
  bench.up()
  bench.travelMs = 2_000
  bench.run(500)
  return bench
}

describe('a disarmed barrier', () => {
  it('opens for no pass, says why each time, and still tells what its inputs show', () => {
    const bench = disarmed()
    bench.command({ do: 'open', passId: 'p1' })
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(5_000)
    expect(bench.names()).toEqual([])
    expect(bench.told('barrierFault')).toEqual([
      { type: 'barrierFault', fault: 'disarmed' },
      { type: 'barrierFault', fault: 'disarmed' },
    ])
    expect(bench.positions()).toEqual(['closed'])
    bench.inputs.add('loopUnder')
    bench.run(500)
    expect(bench.told('loop').at(-1)).toMatchObject({ loop: 'under', state: 'on' })
  })
  it('opens by hand, uses the pass, and never comes down by itself', () => {
    const bench = disarmed()
    bench.command({ do: 'open', passId: 'p1' })
    bench.command({ do: 'open', passId: 'p1', byHand: true })
    bench.run(3_000)
    expect(bench.positions().at(-1)).toBe('open')
    carPasses(bench)
    bench.run(60_000)
    expect(bench.told('passed')).toEqual([{ type: 'passed', passId: 'p1' }])
    expect(bench.names()).toEqual(['open'])
  })
  it('is not closed by a command either, and says so', () => {
    const bench = disarmed()
    bench.set('limitOpen')
    bench.run(500)
    bench.command({ do: 'close' })
    bench.run(10_000)
    expect(bench.names()).toEqual([])
    expect(bench.told('closeBlocked')).toEqual([{ type: 'closeBlocked', why: 'disarmed' }])
  })
  it('stays so when its link is lost and found', () => {
    const bench = disarmed()
    bench.down()
    bench.up().run(500)
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(3_000)
    expect(bench.names()).toEqual([])
  })
  it('armed, moves nothing by that: not for a pass of before, not down over an empty lane', () => {
    const bench = disarmed()
    bench.command({ do: 'open', passId: 'p1' })
    bench.command({ do: 'open', passId: 'p2', byHand: true })
    bench.run(3_000)
    carPasses(bench)
    bench.command({ do: 'arm' })
    bench.run(10_000)
    expect(bench.names()).toEqual(['open'])
    bench.command({ do: 'open', passId: 'p3' })
    bench.run(3_000)
    carPasses(bench)
    bench.run(5_000)
    expect(bench.names()).toEqual(['open', 'open', 'close'])
  })
  it('an open that waits for its turn is forgotten when it is disarmed', () => {
    const bench = new Bench(standardBarrier).up()
    bench.travelMs = 2_000
    bench.command({ do: 'open', passId: 'p1' })
    bench.command({ do: 'disarm' })
    bench.run(3_000)
    expect(bench.names()).toEqual([])
  })
})
