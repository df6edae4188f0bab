// The entry lane admits every car, with or without a plate; no stay exists in the lot before its row is written.
// Each row: events in, rows and effects out in order, and the final state of the lane.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { act, LaneBench, loop, otherPlate, plate, plateEvent, timerEvent } from './lane-bench.ts'

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

const unread: readonly LaneEvent[] = [loop('arrive', 'on'), timerEvent('plate')]
const late: readonly (readonly [string, readonly LaneEvent[], string | null])[] = [
  ['while it stands before the boom', [plateEvent(plate)], plate],
  ['no plate again', [plateEvent(null, '?'), plateEvent(plate)], plate],
  ['then another one', [plateEvent(plate), plateEvent(otherPlate)], plate],
  // Once the car drives in, the lane cannot tell whose plate this is.
  ['when it drives in', [loop('under', 'on'), plateEvent(plate)], null],
  ['when it is in', [loop('under', 'on'), loop('arrive', 'off'), plateEvent(plate)], null],
  ['when it went back', [loop('arrive', 'off'), plateEvent(plate)], null],
  [
    'when it went back and one came',
    [loop('arrive', 'off'), loop('arrive', 'on'), plateEvent(plate)],
    null,
  ],
  ['after the board was lost', [{ type: 'barrierDown', reason: 'x' }, plateEvent(plate)], null],
]

describe('a plate that is read late', () => {
  it.each(late)('%s', (_name, events, known) => {
    const bench = new LaneBench({ direction: 'entry' })
    bench.give(...unread)
    const stayId = bench.state.car?.stayId ?? ''
    bench.give(...events)
    const rows = bench.rows.filter(({ kind }) => kind === 'plateRead')
    expect(rows.map((row) => row.stayId)).toEqual(known === null ? [] : [stayId])
    expect(bench.lot.stays.get(stayId)?.plate).toBe(known)
    expect(bench.lot.byPlate.get(plate)).toBe(known === null ? undefined : stayId)
  })
  it('that a full disk does not take is taken when it is told again', () => {
    const bench = new LaneBench({ direction: 'entry' })
    bench.give(...unread)
    bench.failAppends = 1
    bench.give(plateEvent(plate))
    expect([bench.state.name, bench.state.car?.plate]).toEqual(['opening', null])
    bench.give(plateEvent(plate))
    expect([bench.state.car?.plate, bench.lot.byPlate.size]).toEqual([plate, 1])
    const passId = bench.state.car?.pass?.passId ?? ''
    bench.give(loop('under', 'on'), loop('arrive', 'off'), { type: 'passed', passId })
    expect([bench.state.name, bench.lot.stays.size]).toEqual(['idle', 1])
    // The exit finds the stay by the plate that was read late.
    const exit = new LaneBench({ lot: bench.lot, rows: bench.rows, laneId: 'exit' })
    exit.nowMs += 60_000
    exit.give(loop('arrive', 'on'), plateEvent(plate))
    expect(exit.state.car?.stayId).toBe([...bench.lot.stays.keys()][0])
    expect(exit.lot.stays.size).toBe(1)
  })
})

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

describe('a reading of which nobody knows when it was made', () => {
  const undated = (): LaneEvent => ({
    ...(plateEvent(null, plate) as Extract<LaneEvent, { type: 'plate' }>),
    isUndated: true,
  })
  const held = ['reading', 'clockUnsure', []] as const
  const seen = (bench: LaneBench) => [bench.state.name, bench.state.car?.manual, bench.done()]
  it.each<[string, readonly LaneEvent[]]>([
    ['at the loop', [loop('arrive', 'on'), undated()]],
    ['before the loop', [undated(), loop('arrive', 'on')]],
    ['twice, and the time for a plate is over', [loop('arrive', 'on'), undated(), undated()]],
  ])('%s: the car waits for a person, whose plate lets it in', (_name, events) => {
    const bench = new LaneBench({ direction: 'entry' })
    bench.give(...events)
    expect(seen(bench)).toEqual(held)
    expect(bench.state.shown.zh).toContain('请联系值班员')
    bench.give(plateEvent(otherPlate))
    expect(bench.done()).toEqual(letIn)
    expect(bench.lot.byPlate.has(otherPlate)).toBe(true)
  })
  it('the doubt ends: it is read again, or let in unread', () => {
    const bench = new LaneBench({ direction: 'entry' })
    bench.give(loop('arrive', 'on'), undated(), { type: 'clockSure' })
    expect([bench.state.car?.manual, bench.done()]).toEqual([null, []])
    bench.give(timerEvent('plate'))
    expect(bench.done()).toEqual(letIn)
    expect(bench.lot.byPlate.has(plate)).toBe(false)
  })
  it('at the exit it is a car without a plate: a person decides, and no stay ends', () => {
    const bench = new LaneBench({ direction: 'exit' })
    bench.give(loop('arrive', 'on'), undated())
    expect([bench.state.name, bench.state.car?.manual]).toEqual(['manual', 'plateNotRead'])
    expect(bench.done().filter((word) => /barrier|stayClosed|pass/.test(word))).toEqual([])
  })
})
