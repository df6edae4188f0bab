// What the loops show about a pass that a restart found: still with its car, in doubt, or gone.
// Otherwise the next car at an exit could leave on the pass of the one before it.
import { describe, expect, it } from 'vitest'
import { fateOf, goneEvent, carOfPass } from '#lane/lot/queue/left-over.ts'
import { emptyLane, type LaneEnv } from '#lane/pure/lane.ts'
import type { Pass, Stay } from '#ledger/pure/lot/lot-state.ts'
import { newCar } from '#lane/pure/steps.ts'

const pass = (cause: Pass['cause'], told = true): Pass => ({
  passId: 'n1-P9',
  laneId: 'exit',
  stayId: 'n1-S1',
  cause,
  told,
})

describe('the fate of a pass', () => {
  it.each([
    ['a car waits before a closed boom: perhaps the next', 'etc', 'closed', 'arrive', 'inDoubt'],
    ['free as paid', 'free', 'closed', 'arrive', 'inDoubt'],
    ['a car waits before an open boom: perhaps the next', 'etc', 'open', 'arrive', 'inDoubt'],
    ['a car waits at the entry', 'entry', 'unknown', 'arrive', 'here'],
    ['a car under the boom was let go', 'etc', 'unknown', 'under', 'here'],
  ] as const)('%s', (_name, cause, position, name, fate) => {
    const lane = { ...emptyLane(), position }
    expect(fateOf(pass(cause), lane, { type: 'loop', loop: name, state: 'on' })).toBe(fate)
  })

  it.each([
    ['nobody there', 'off', 'under', 'off', 'gone'],
    ['nobody there, loops in the other order', 'off', 'arrive', 'off', 'gone'],
    ['half known', 'unknown', 'arrive', 'off', 'notKnown'],
    ['the link is gone', 'off', 'arrive', 'unknown', 'notKnown'],
  ] as const)('%s', (_name, other, name, state, fate) => {
    const lane = { ...emptyLane(), arrive: other, under: other }
    expect(fateOf(pass('etc'), lane, { type: 'loop', loop: name, state })).toBe(fate)
  })

  it('a busy lane has its own car', () => {
    const under = { type: 'loop', loop: 'under', state: 'on' } as const
    const off = { type: 'loop', loop: 'arrive', state: 'off' } as const
    for (const name of ['reading', 'manual'] as const) {
      const lane = { ...emptyLane(), name, arrive: 'on' as const }
      expect(fateOf(pass('etc'), lane, under)).toBe('inDoubt')
      expect(fateOf(pass('etc'), lane, off)).toBe('inDoubt')
    }
  })
})

it('a told pass was used, an untold one was not', () => {
  expect(goneEvent(pass('etc', true))).toEqual({ type: 'passed', passId: 'n1-P9' })
  expect(goneEvent(pass('etc', false))).toEqual({ type: 'timer', name: 'gone' })
})

it('gives the car of a pass its stay and newest order back', () => {
  const stay: Stay = {
    stayId: 'n1-S1',
    plate: '测A12345',
    colour: 'blue',
    enteredAtMs: 1000,
    noEntry: false,
    photo: null,
    timeUnsure: false,
    entryLaneId: 'entry',
    orders: [],
    pass: null,
    spaceId: null,
    record: null,
    oneLook: null,
    leftAtMs: null,
  }
  const empty = newCar({ nowMs: 5000 } as LaneEnv)
  expect(carOfPass(empty, stay, pass('etc'))).toMatchObject({
    plate: '测A12345',
    stayId: 'n1-S1',
    enteredAtMs: 1000,
    orderId: null,
    pass: { passId: 'n1-P9', cause: 'etc' },
  })
})
