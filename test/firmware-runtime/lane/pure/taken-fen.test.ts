// The amount that a car really paid, as a lane reports it: the board's total of the day and the passage use it.
// Only payments count, each once: no outcome, no upload, no waived or owed amount.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import {
  act,
  b5,
  cardReadEvent,
  LaneBench,
  loop,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'
import { answer } from './exit-online-rows.ts'
import { arriving, online } from './effects-kit.ts'

type Means = Extract<LaneEvent, { type: 'settle' }>['means']
const settled = (means: Means, amountFen: number | null = null): LaneEvent => ({
  type: 'settle',
  means,
  amountFen,
  act: act(),
})
const unread = timerEvent('obu')

const rows: readonly (readonly [string, number, BenchOptions, readonly LaneEvent[]])[] = [
  ['by its card', 500, {}, [cardReadEvent(), b5('paid')]],
  ['by the platform', 500, online, [cardReadEvent(), answer('paid')]],
  ['in cash', 500, {}, [unread, settled('cash')]],
  ['in cash, by the word of a person', 300, {}, [unread, settled('cash', 300)]],
  ['nothing: it was waived', 0, {}, [unread, settled('free')]],
  ['nothing: it is owed', 0, {}, [unread, settled('later')]],
]

describe('a car that drives out has paid', () => {
  it.each(rows)('%s', (_how, takenFen, options, events) => {
    const bench = new LaneBench(options).entered(70).give(...arriving, ...events)
    expect([bench.state.name, bench.state.car?.takenFen]).toEqual(['opening', takenFen])
  })
})

it('a car without a plate that goes unpaid did not end by ETC: nothing charged it', () => {
  const bench = new LaneBench().give(loop('arrive', 'on'), timerEvent('plate'), settled('later'))
  bench.give(loop('under', 'on'))
  const passId = bench.state.car?.pass?.passId ?? ''
  bench.done()
  bench.give({ type: 'passed', passId })
  expect(bench.done()).toContain('+stayClosed later')
})
