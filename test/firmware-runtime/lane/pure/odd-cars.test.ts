// Cars that leave in unusual ways (clause 8.3, lots of 7.1): each has an end, in the lanes of every layout. The ledger
// names cars that neither a stay nor a pass would show; the stay of a car that did not come in is closed again.
import { describe, expect, it } from 'vitest'
import { laneOf, layoutNames } from '#lane/pure/layouts/index.ts'
import { standardTimes, type LaneEvent } from '#lane/pure/lane.ts'
import { present } from '#base/pure/values/must.ts'
import {
  cardReadEvent,
  LaneBench,
  loop,
  otherPlate,
  plate,
  plateEvent,
  timerEvent,
} from './lane-bench.ts'
import { ReusedBench } from './reused-bench.ts'

const ways = ['entry', 'exit'] as const
const open: LaneEvent = { type: 'position', position: 'open' }

function benchOf(layout: string, direction: (typeof ways)[number]): LaneBench {
  const { table } = present(laneOf(layout, direction), `${layout} has an ${direction}`)
  const bench = new LaneBench({ direction, table, chargeMode: 'online' })
  bench.give({ type: 'barrierUp' }, loop('arrive', 'off'), loop('under', 'off'))
  return direction === 'exit' ? bench.entered(5).entered(70, otherPlate) : bench
}
const passed = (bench: LaneBench): LaneEvent => ({
  type: 'passed',
  passId: bench.state.car?.pass?.passId ?? '',
})
const eventsOf = (bench: LaneBench): string[] =>
  bench.rows.flatMap((row) => (row.kind === 'event' ? [`${row.body.type} ${row.body.detail}`] : []))

describe.each(layoutNames.flatMap((name) => ways.map((way) => [name, way] as const)))(
  'layout %s, its %s',
  (layout, way) => {
    const bench = (): LaneBench => benchOf(layout, way)
    const arrived = (b: LaneBench): LaneBench =>
      b.give(loop('arrive', 'on'), plateEvent(plate), open)

    it('a tailgater under the same boom is named, once, and the car before is a passage', () => {
      const b = arrived(bench()).give(loop('under', 'on'), loop('arrive', 'off'))
      b.give(loop('arrive', 'on'), loop('arrive', 'off'), loop('under', 'off'))
      b.give(passed(b))
      expect(b.state.name).toBe('idle')
      expect(eventsOf(b).filter((one) => one.startsWith('tailgated'))).toHaveLength(1)
    })

    it('a column of cars is no tailgate: who stands on the trigger at the end is the next', () => {
      const b = arrived(bench()).give(loop('under', 'on'), loop('arrive', 'off'))
      b.give(loop('arrive', 'on'), loop('under', 'off'))
      b.give(passed(b))
      expect(b.state.name).toBe('reading')
      expect(eventsOf(b).join()).not.toContain('tailgated')
    })

    it('one that follows unread, and goes under the boom that is still open, is named', () => {
      const b = bench().give(loop('arrive', 'on'), open, loop('under', 'on'), loop('arrive', 'off'))
      b.give(loop('under', 'off'))
      expect([b.state.name, eventsOf(b)]).toEqual(['idle', ['wentUnread ']])
    })

    it('one that comes in reverse, over the loop under the boom, is named and is let in by nobody', () => {
      const b = bench().give(open, loop('under', 'on'), loop('arrive', 'on'))
      b.give(loop('under', 'off'), plateEvent('测W00001'), loop('arrive', 'off'))
      expect(b.state.name).toBe('idle')
      expect(eventsOf(b)).toEqual(['wrongWay 测W00001'])
      expect(b.rows.filter(({ kind }) => kind === 'pass')).toEqual([])
    })

    it('one that stops and leaves backwards with its pass has no pass and no stay that nobody has', () => {
      const b = arrived(bench())
      expect(b.state.name).toBe('opening')
      b.give(loop('arrive', 'off'), timerEvent('gone'))
      expect(b.state.name).toBe('idle')
      expect(eventsOf(b)).toEqual(['passUsed offTheLoops'])
      expect([...b.lot.stays.values()].map((stay) => stay.plate)).toEqual(
        way === 'entry' ? [] : [plate, otherPlate],
      )
    })

    it('a plate read twice, the second time when its car has left, is not that of the next car', () => {
      const b = arrived(bench()).give(plateEvent(plate), loop('under', 'on'), loop('arrive', 'off'))
      b.give(loop('under', 'off'))
      b.give(passed(b))
      b.give(plateEvent(plate), loop('arrive', 'on'), plateEvent(plate))
      expect([b.state.name, b.state.car?.plate]).toEqual(['reading', null])
      b.give(plateEvent(otherPlate))
      expect(b.state.car?.plate).toBe(otherPlate)
    })

    it('a plate that was read twice is, later, that of a car like any other', () => {
      const b = arrived(bench()).give(loop('under', 'on'), loop('arrive', 'off'))
      b.give(loop('under', 'off'))
      b.give(passed(b))
      const { echoMs } = standardTimes
      b.nowMs += echoMs - 1
      b.give(loop('arrive', 'on'), plateEvent(plate))
      expect([b.state.name, b.state.car?.plate]).toEqual(['reading', null])
      b.nowMs += 1
      b.give(plateEvent(plate))
      // It returns to the lane; at the exit its stay has ended, and a person is asked.
      expect([b.state.name, b.state.car?.plate, b.state.car?.manual]).toEqual(
        way === 'entry' ? ['opening', plate, null] : ['manual', plate, 'noStay'],
      )
    })

    it('a pedestrian on the loop is nobody, and opens nothing', () => {
      const b = bench().give(loop('arrive', 'on'), loop('arrive', 'off'))
      expect([b.state.name, b.state.car]).toEqual(['idle', null])
      expect(b.rows.some(({ kind }) => kind === 'pass')).toBe(false)
    })

    it('a motorcycle without a plate is let in or shown to a person, and leaves nothing behind', () => {
      const b = bench().give(loop('arrive', 'on'), plateEvent(null))
      expect(b.state.name).toBe(way === 'entry' ? 'opening' : 'manual')
      b.give(loop('arrive', 'off'), ...(way === 'entry' ? [timerEvent('gone')] : []))
      expect(b.state.name).toBe('idle')
      expect([...b.lot.stays.values()].filter((stay) => stay.plate === null)).toEqual([])
    })
  },
)

describe.each(layoutNames)('the exit of %s', (layout) => {
  it('charges no OBU of a neighbour, and none of the car behind: the search goes on for its own', () => {
    const b = benchOf(layout, 'exit').give(loop('arrive', 'on'), plateEvent(otherPlate))
    expect(b.state.name).toBe('searching')
    b.give(cardReadEvent({ plate: '测N00001', obuId: '22222222' }))
    b.give(cardReadEvent({ plate: '测N00002', obuId: '33333333' }))
    expect([b.state.name, b.rows.some(({ kind }) => kind === 'intent')]).toEqual([
      'searching',
      false,
    ])
    b.give(cardReadEvent({ plate: otherPlate }))
    expect(b.state.name).toBe('charging')
    b.give({ type: 'rsuDown', reason: 'link' })
  })

  it('asks a person where nobody but the neighbour is heard', () => {
    const b = benchOf(layout, 'exit').give(loop('arrive', 'on'), plateEvent(otherPlate))
    b.give(cardReadEvent({ plate: '测N00001', obuId: '22222222' }), timerEvent('obu'))
    expect([b.state.name, b.state.car?.manual]).toEqual(['manual', 'plateMismatch'])
  })
})

it('under the boom of a reused lane that no direction has, a car is named by the trigger that it leaves by', () => {
  const bench = new ReusedBench()
    .under('on')
    .trigger('exit', 'on')
    .under('off')
    .trigger('exit', 'off')
  expect([bench.state.holder, bench.nameOf('entry'), bench.nameOf('exit')]).toEqual([
    null,
    'idle',
    'idle',
  ])
  const named = bench.rows.filter((row) => row.kind === 'event')
  expect(named.map(({ laneId, body }) => [laneId, body])).toEqual([
    ['entry', { type: 'wentUnread', detail: '' }],
  ])
})

it('a car of a reused lane that backs out and comes again is read again', () => {
  const bench = new ReusedBench()
    .trigger('entry', 'on')
    .reads('entry', plate)
    .trigger('entry', 'off')
  bench.lanes.entry.give(timerEvent('gone'))
  bench.trigger('exit', 'off').trigger('entry', 'on').reads('entry', plate)
  expect(bench.lanes.entry.state.car?.plate).toBe(plate)
})
