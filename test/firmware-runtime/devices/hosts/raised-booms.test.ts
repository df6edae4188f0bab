// The boom of a running lane that a test raises, for every kind of barrier: kept before it moves, a matter until it is seen
// down, and its lane is marked meanwhile.
import { describe, expect, it } from 'vitest'
import { RaisedBooms } from '#devices/hosts/raised-booms.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'
import { barrierKinds, KindBench, type KindName } from '../../lane/lot/barrier-kinds.ts'

class Kept {
  booms: readonly RaisedBoom[] = []
  isFull = false
  get raised(): RaisedBooms {
    return new RaisedBooms({
      read: () => this.booms,
      write: (booms) => {
        if (this.isFull) throw new LaneFault('DATA-02')
        this.booms = booms
      },
    })
  }
}
const lanesOf = ({ booms }: Kept): readonly string[] => booms.map(({ laneId }) => laneId)
const isMarked = ({ lot }: KindBench): boolean | undefined =>
  lot.runtime.lanes.get('exit')?.isRaisedByTest

describe.each(Object.keys(barrierKinds) as KindName[])('%s', (name) => {
  it('is kept before it is driven, and forgotten when it is seen down', () => {
    const kept = new Kept()
    const bench = new KindBench(name, kept.raised)
    bench.begin('open')
    expect(kept.booms).toMatchObject([{ laneId: 'exit', by: '装机员', of: 'lane' }])
    bench.run(8_000, 'test-0001')
    expect([bench.last?.end, lanesOf(kept), isMarked(bench)]).toEqual(['done', ['exit'], true])
    bench.whole('close')
    expect([lanesOf(kept), isMarked(bench)]).toEqual([[], false])
  })

  it.each([
    ['by a person', (bench: KindBench) => void bench.tests.stopTest('exit')],
    ['as nobody watches any more', (bench: KindBench) => void bench.run(3_000)],
    ['as a car came', (bench: KindBench) => void (bench.kind.loops(true), bench.run(500))],
    ['as the link was lost', (bench: KindBench) => void (bench.kind.silence(), bench.run(5_000))],
  ])('broken off %s, it is kept', (_what, breakOff) => {
    const kept = new Kept()
    const bench = new KindBench(name, kept.raised)
    bench.run(1_000, bench.begin('open'))
    breakOff(bench)
    expect(bench.last?.end).not.toBe(undefined)
    expect(lanesOf(kept)).toEqual(['exit'])
  })

  it('after a kill and a boom that is down, it is no matter as soon as its inputs are read', () => {
    const kept = new Kept()
    new KindBench(name, kept.raised).begin('open')
    expect(lanesOf(kept)).toEqual(['exit'])
    const next = new KindBench(name, kept.raised)
    next.run(1_000)
    expect(next.lane.position).toBe('closed')
    expect(lanesOf(kept)).toEqual([])
  })

  it('a close that ends with somebody below leaves it up, and that is kept too', () => {
    const kept = new Kept()
    const bench = new KindBench(name, kept.raised).whole('open')
    kept.booms = []
    bench.raised.isDown('exit')
    bench.comingDown()
    bench.kind.loops(true)
    bench.run(8_000)
    expect(bench.last?.end).toBe('occupied')
    expect(lanesOf(kept)).toEqual(['exit'])
  })

  it('that cannot be kept is not raised, and a boom above a person goes up all the same', () => {
    const kept = new Kept()
    const bench = new KindBench(name, kept.raised)
    kept.isFull = true
    expect(bench.refused('open')).toContain('DATA-02')
    bench.run(8_000)
    expect([bench.driven, bench.lane.position]).toEqual([[], 'closed'])
    kept.isFull = false
    bench.whole('open')
    bench.comingDown()
    kept.isFull = true
    bench.kind.loops(true)
    bench.run(8_000)
    expect(bench.driven.at(-1)).toBe('lift')
    expect(bench.lane.position).toBe('open')
  })
})
