// A car with a pass under a disarmed boom: the display does not tell the driver to go.
// Only when a person opens by hand does the text change.
import { describe, expect, it } from 'vitest'
import { LaneBench, act, loop, plate, plateEvent } from './lane-bench.ts'

const letGo = (): LaneBench =>
  new LaneBench({ direction: 'entry' }).give(loop('arrive', 'on'), plateEvent(plate))

describe('a barrier that refuses because it is disarmed', () => {
  it('sends the driver to a person, and the fault to the service', () => {
    const bench = letGo()
    expect([bench.state.name, bench.onBoard]).toEqual(['opening', '欢迎光临 请入场'])
    bench.give({ type: 'barrierFault', fault: 'disarmed' })
    expect([bench.state.name, bench.onBoard]).toEqual(['opening', '道闸待确认 请联系值班员'])
    expect(bench.state.shown.tone).toBe('stop')
    expect(bench.faults).toContain('disarmed')
  })
  it('opened by hand it says go, and says so to the driver of the barrier', () => {
    const bench = letGo().give({ type: 'barrierFault', fault: 'disarmed' })
    expect(bench.openedByHand).toBe(0)
    bench.give({ type: 'openByHand', act: act() })
    expect(bench.openedByHand).toBe(1)
    expect(bench.onBoard).toBe('请通行 一路顺风')
  })
  it('any other fault leaves the words as they are', () => {
    const bench = letGo().give({ type: 'barrierFault', fault: 'openTimeout' })
    expect(bench.onBoard).toBe('欢迎光临 请入场')
  })
  it('in an empty lane a hand is a hand too', () => {
    const bench = new LaneBench({ direction: 'exit' })
    expect(bench.openedByHand).toBe(0)
    bench.give({ type: 'openByHand', act: act() })
    expect(bench.openedByHand).toBe(1)
  })
})

describe('a person who opens for a car that waits', () => {
  const open = { type: 'openByHand', act: act() } as const
  it.each([
    ['without an entry on record', plateEvent(plate)],
    ['whose plate nobody read', plateEvent(null)],
  ])('%s: the driver reads that he may go', (_which, read) => {
    const bench = new LaneBench().give(loop('arrive', 'on'), read)
    expect([bench.state.name, bench.state.shown.tone]).not.toContain('go')
    bench.give(open)
    expect([bench.state.name, bench.onBoard]).toEqual(['manual', '请通行 一路顺风'])
    bench.give({ type: 'barrierFault', fault: 'disarmed' })
    expect(bench.onBoard).toBe('道闸待确认 请联系值班员')
  })
  it('says nothing new where the barrier is out of reach', () => {
    const bench = new LaneBench().give(loop('arrive', 'on'), plateEvent(plate))
    const before = bench.onBoard
    bench.give({ type: 'barrierDown', reason: 'link' }, open)
    expect(bench.onBoard).toBe(before)
  })
  it('leaves an empty lane without words', () => {
    const bench = new LaneBench().give(open)
    expect(bench.onBoard).toBe('')
  })
})
