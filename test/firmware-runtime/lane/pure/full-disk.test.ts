// A full disk while one car follows another, or while a car was read before its loop: the waiting car is detected, is told
// to call somebody, and proceeds with the next reading or by hand. The boom opens only after its row is written.
import { describe, expect, it } from 'vitest'
import { LaneBench, loop, otherPlate, plate, plateEvent, act } from './lane-bench.ts'

const paused = expect.stringContaining('系统暂停收费') as string
const early = [plateEvent(plate), loop('arrive', 'on')]
const byHand = { type: 'openByHand', act: act() } as const

function full(bench: LaneBench): LaneBench {
  bench.done()
  bench.failAppends = 1
  return bench
}

describe('a full disk', () => {
  it('when a car comes to the entry that was read before its loop: it is told, and then let in', () => {
    const bench = full(new LaneBench({ direction: 'entry' })).give(...early)
    expect(bench.done()).toEqual(['append failed'])
    expect([bench.state.name, bench.onBoard, bench.state.shown.zh]).toEqual([
      ...['reading', paused, paused],
    ])
    expect(bench.faults).toContain('ledgerStopped')
    bench.give(plateEvent(plate))
    expect([bench.state.name, bench.state.car?.plate]).toEqual(['opening', plate])
  })
  it('when a car comes to the exit that was read before its loop: it is told, and a person is asked', () => {
    const bench = full(new LaneBench().entered(70)).give(...early)
    expect([bench.state.name, bench.state.car?.manual, bench.onBoard]).toEqual([
      ...['manual', 'ledgerStopped', paused],
    ])
    bench.give(plateEvent(plate))
    expect([bench.state.name, bench.state.car?.stayId]).toEqual(['searching', 'gx1-S1'])
  })
  it.each([
    ['entry', 'reading'],
    ['exit', 'manual'],
  ] as const)('at the %s, when one drove out and the next stands there', (direction, end) => {
    const bench = new LaneBench({ direction })
    if (direction === 'exit') bench.entered(5).entered(70, otherPlate)
    bench.give(loop('arrive', 'on'), plateEvent(plate), loop('under', 'on'))
    bench.give(plateEvent(otherPlate))
    const passId = bench.state.car?.pass?.passId ?? ''
    // The row of the leaving car can be written; that of the following car is refused.
    bench.done()
    bench.refuses = direction === 'entry' ? 'stayOpened' : 'orderMade'
    bench.give({ type: 'passed', passId })
    bench.refuses = null
    expect([bench.state.name, bench.onBoard]).toEqual([end, paused])
    expect(bench.state.car?.pass).toBe(null)
    bench.done()
    bench.give(byHand)
    expect(bench.done()).toContain('+pass emergency')
    bench.give(plateEvent(otherPlate))
    expect([bench.state.car?.plate, bench.lot.passByLane.size]).toEqual([otherPlate, 1])
  })
})
