// The streams of the control API: snapshot, order, resume, back-pressure, conflation, bounds.
// Time is moved by hand.
import { expect, test } from 'vitest'
import type { StreamItem } from '#runtime/api/table.ts'
import { EventLog } from '#lane/lot/event-log.ts'
import { ControlStreams } from '#runtime/control/control-streams.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { carAtExit, HandClock, makeLot, startMs } from './control-kit.ts'

const turn = (): Promise<void> => new Promise((done) => queueMicrotask(done))

function setUp(lastSeq = 0) {
  const clock = new HandClock()
  const events = new EventLog(lastSeq)
  let boards = 0
  const board = (): BoardView => ({ made: ++boards }) as unknown as BoardView
  const streams = new ControlStreams({ mono: clock, events, board })
  const add = (n = 1): void => {
    for (let i = 0; i < n; i++)
      events.add(startMs, 0, { laneId: 'exit', stayId: null, type: 'fault', detail: '' })
  }
  const follow = (name: 'board' | 'events', since = 0) => {
    const got: StreamItem[] = []
    const state = { open: true, ended: false }
    const handle = streams.subscribe(
      name,
      since,
      (item) => {
        got.push(item as StreamItem)
        return state.open
      },
      () => (state.ended = true),
    )
    return { got, state, handle, seqs: () => got.map((item) => item.seq) }
  }
  return { clock, events, streams, add, follow, boards: () => boards }
}

test('events: what was kept, then what comes, in order and once', async () => {
  const { add, follow } = setUp()
  add(3)
  const one = follow('events')
  await turn()
  add(2)
  expect(one.seqs()).toEqual([1, 2, 3, 4, 5])
  const two = follow('events', 3)
  await turn()
  expect(two.seqs()).toEqual([4, 5])
  expect(two.got.every((item) => item.dropped === 0)).toBe(true)
})

test('events: a number of another life means everything of this one', async () => {
  const { add, follow } = setUp()
  add(2)
  const one = follow('events', 900)
  await turn()
  expect(one.seqs()).toEqual([1, 2])
})

test('events: a slow reader is not queued for; it resumes and learns what it missed', async () => {
  const { add, follow } = setUp()
  const slow = follow('events')
  slow.state.open = false
  await turn()
  add(1)
  add(9000)
  expect(slow.seqs()).toEqual([1])
  slow.state.open = true
  slow.handle.resume()
  expect(slow.got[1]?.dropped).toBe((slow.got[1]?.seq ?? 0) - 2)
  expect(slow.got.at(-1)?.seq).toBe(9001)
  expect(slow.got.length).toBeLessThanOrEqual(5001)
  expect(slow.got.slice(2).every((item) => item.dropped === 0)).toBe(true)
})

test('events: a sink that is full in the middle of a burst gets no more of it', async () => {
  const { add, follow } = setUp()
  add(5)
  const slow = follow('events')
  slow.state.open = false
  await turn()
  expect(slow.seqs()).toEqual([1])
  slow.handle.resume()
  expect(slow.seqs()).toEqual([1, 2])
})

test('events: nothing after the end', async () => {
  const { add, follow } = setUp()
  const one = follow('events')
  await turn()
  one.handle.end()
  add(1)
  one.handle.resume()
  expect(one.got).toEqual([])
})

test('board: a snapshot at once, then at most ten a second while something changes', async () => {
  const { clock, streams, follow, boards } = setUp()
  const one = follow('board')
  await turn()
  expect(one.seqs()).toEqual([1])
  for (let ms = 0; ms < 1000; ms++) {
    streams.changed()
    clock.advance(1)
  }
  expect(one.got.length).toBeGreaterThanOrEqual(10)
  expect(one.got.length).toBeLessThanOrEqual(12)
  expect(boards()).toBe(one.got.length)
})

test('board: a change after a quiet time is shown at once', async () => {
  const { clock, streams, follow } = setUp()
  const one = follow('board')
  await turn()
  clock.advance(500)
  streams.changed()
  clock.advance(1)
  expect(one.seqs()).toEqual([1, 2])
})

test('board: one a second for clocks and ages when nothing changes, none without a reader', async () => {
  const { clock, streams, follow, boards } = setUp()
  streams.changed()
  clock.advance(10_000)
  expect(boards()).toBe(0)
  const one = follow('board')
  await turn()
  clock.advance(5000)
  expect(one.seqs()).toEqual([1, 2, 3, 4, 5, 6])
  one.handle.end()
  clock.advance(5000)
  expect(boards()).toBe(6)
})

test('board: a slow reader gets the newest one, not the ones between', async () => {
  const { clock, streams, follow } = setUp()
  const one = follow('board')
  one.state.open = false
  await turn()
  for (let n = 0; n < 20; n++) {
    streams.changed()
    clock.advance(100)
  }
  expect(one.seqs()).toEqual([1])
  one.state.open = true
  one.handle.resume()
  expect(one.seqs()).toHaveLength(2)
  expect(one.got[1]?.seq).toBeGreaterThan(19)
})

test('the end of the runtime ends every stream', async () => {
  const { streams, follow } = setUp()
  const [one, two] = [follow('board'), follow('events')]
  await turn()
  streams.close()
  expect([one.state.ended, two.state.ended]).toEqual([true, true])
})

test('a car that comes is on the board stream within a tenth of a second', async () => {
  const lot = makeLot()
  const got: { data: BoardView }[] = []
  const sink = (item: unknown): boolean => got.push(item as { data: BoardView }) > 0
  const session = lot.control.session('auditor')
  expect(session.subscribe('nope', 0, sink, () => undefined)).toBe('noStream')
  session.subscribe('board', 0, sink, () => undefined)
  await turn()
  carAtExit(lot)
  lot.clock.advance(100)
  expect(got.at(-1)?.data.lanes[1]).toMatchObject({ state: 'manual', car: { plate: '测A12345' } })
})
