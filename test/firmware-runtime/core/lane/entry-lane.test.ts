// The entry lane: whoever comes is let in, read or not; no stay is in the lot before it is written.
// Each row: events in, rows and effects out in their order, where the lane stands.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '../../../../firmware-runtime/core/lane/lane.ts'
import { act, LaneBench, loop, plate, plateEvent, timerEvent } from './lane-bench.ts'

const letIn = ['+stayOpened', '+pass entry', 'barrier open', '+barrier']

const rows: readonly (readonly [string, readonly LaneEvent[], readonly string[], string])[] = [
  ['read', [loop('arrive', 'on'), plateEvent(plate)], letIn, 'opening'],
  ['read before the loop rises', [plateEvent(plate), loop('arrive', 'on')], letIn, 'opening'],
  ['without a plate', [loop('arrive', 'on'), timerEvent('plate')], letIn, 'opening'],
  ['not readable', [loop('arrive', 'on'), plateEvent(null, '?')], letIn, 'opening'],
  ['backs out', [loop('arrive', 'on'), loop('arrive', 'off'), plateEvent(plate)], [], 'idle'],
  [
    'opened by hand before it is read',
    [loop('arrive', 'on'), { type: 'openByHand', act: act() }],
    ['+audit', '+pass emergency', '+barrier', 'barrier open'],
    'reading',
  ],
  [
    'goes back in with its pass',
    [loop('arrive', 'on'), plateEvent(plate), loop('arrive', 'off'), timerEvent('gone')],
    [...letIn, '+event passUsed', '+stayClosed open', 'barrier close'],
    'idle',
  ],
  [
    'a charge or a debit result has no meaning here',
    [{ type: 'debitTooLate', deductionId: 'x' }],
    [],
    'idle',
  ],
]

describe('entry', () => {
  it.each(rows)('%s', (_name, events, done, end) => {
    const bench = new LaneBench({ direction: 'entry' })
    expect(bench.give(...events).done()).toEqual(done)
    expect(bench.state.name).toBe(end)
  })
  it('has the stay in the lot, and used its pass when the car is in', () => {
    const bench = new LaneBench({ direction: 'entry' })
    bench.give(loop('arrive', 'on'), plateEvent(plate))
    const passId = bench.state.car?.pass?.passId ?? ''
    expect(bench.lot.byPlate.has(plate)).toBe(true)
    expect(bench.lot.passByLane.size).toBe(1)
    bench.give(loop('under', 'on'), loop('arrive', 'off'), { type: 'passed', passId })
    expect(bench.state.name).toBe('idle')
    expect([bench.lot.passByLane.size, bench.lot.stays.size]).toEqual([0, 1])
  })
  it('on a full disk the car stays out, is told, and comes in with the next reading', () => {
    const bench = new LaneBench({ direction: 'entry' })
    bench.failAppends = 1
    bench.give(loop('arrive', 'on'), plateEvent(plate))
    expect(bench.done()).toEqual(['append failed'])
    expect([bench.state.name, bench.state.shown.zh]).toEqual([
      'reading',
      expect.stringContaining('系统暂停收费'),
    ])
    bench.give(plateEvent(plate))
    expect(bench.done()).toEqual(letIn)
  })
})
