// A boom that does not open for a car with a pass: reported after the time a boom needs, for every way in which it may stay
// down; a board without a position input, and a car that went back, give no report.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { present } from '#base/pure/values/must.ts'
import { makeLot } from '../../../runtime/control/control-kit.ts'
import { carAtExit, runMs, waitForCode, type World } from '../pay-lot.ts'
import { loop } from '../../pure/lane-bench.ts'

const position = (at: 'open' | 'closed' | 'opening' | 'unknown'): LaneEvent => ({
  type: 'position',
  position: at,
})

/** A car that paid by code; its boom was commanded to open a moment ago. */
function paid(): World {
  const world = carAtExit()
  world.dispatch({ type: 'barrierUp' })
  world.dispatch(loop('under', 'off'))
  world.dispatch(position('closed'))
  world.gateway.scan(waitForCode(world).text)
  world.time.runTo(world.time.nowUs + 60_000_000, () => world.lane.state.name === 'opening')
  expect(world.opens).toHaveLength(1)
  return world
}
const told = ({ runtime }: World): number =>
  runtime.events.since(0).events.filter(({ detail }) => detail === 'notOpened').length

describe('a boom that does not open for a car with a pass', () => {
  it.each<[string, readonly LaneEvent[], number]>([
    ['stays down', [], 1],
    ['stands still on its way', [position('opening')], 1],
    ['has a board that is gone', [{ type: 'barrierDown', reason: 'silent' }], 1],
    ['is up', [position('open')], 0],
    ['has no position input', [position('unknown')], 0],
    ['had a car that went back', [loop('arrive', 'off')], 0],
    ['has a car under it', [loop('under', 'on')], 0],
  ])('%s', (_how, events, times) => {
    const world = paid()
    for (const event of events) world.dispatch(event)
    runMs(world, 9_900)
    expect(told(world)).toBe(0)
    runMs(world, 15_000)
    expect(told(world)).toBe(times)
  })

  it('that is heard of later: the board is gone for a moment first', () => {
    const world = paid()
    world.dispatch(position('unknown'))
    runMs(world, 12_000)
    expect(told(world)).toBe(0)
    world.dispatch(position('closed'))
    runMs(world, 10_000)
    expect(told(world)).toBe(1)
    expect(world.opens).toHaveLength(1)
  })
})

describe('a boom that stands open over an empty lane', () => {
  it.each([
    ['calls a person each minute', false, 2],
    ['was raised by a test, which is a matter of its own', true, 0],
  ])('%s', (_what, isRaised, times) => {
    const { runtime, clock, control } = makeLot()
    const host = present(runtime.lanes.get('exit'), 'an exit')
    host.isRaisedByTest = isRaised
    runtime.dispatch('exit', { type: 'barrierUp' })
    runtime.dispatch('exit', position('open'))
    clock.advance(121_000)
    const left = runtime.events.since(0).events.filter(({ detail }) => detail === 'boomLeftOpen')
    expect(left).toHaveLength(times)
    const seen = control.board().lanes.find(({ laneId }) => laneId === 'exit')
    expect(seen?.leftUpAtIso !== undefined).toBe(times > 0)
    control.close()
  })
})
