// The lane's own process stands still for a moment, as with a slow disk, while answers wait in the socket. That is no loss
// and reverses no boom; a reading from before the stall does not clear the lane either.
import { describe, expect, it } from 'vitest'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import type { Bench } from './board.ts'
import { carPasses, closingBench, openedBench } from './scenes.ts'

/** Runs until a poll is on the link whose answer is not yet read. */
function requestedBench(bench: Bench): Bench {
  for (let i = 0; i < 100 && bench.state.request?.kind !== 'inputs'; i++) bench.run(1)
  expect(bench.state.request?.kind).toBe('inputs')
  return bench
}

/** Runs until nothing is on the link, so that the next poll comes after the test's change. */
function unasked(bench: Bench): Bench {
  for (let i = 0; i < 100 && bench.state.request !== null; i++) bench.run(1)
  expect(bench.state.request).toBeNull()
  return bench
}

describe('a stall of this process', () => {
  it.each([310, 350, 900, 5_000])('of %i ms turns no boom round: the answer waits', (ms) => {
    const bench = requestedBench(closingBench())
    const { timeouts } = bench.state.counters
    bench.stall(ms)
    bench.run(3_000)
    expect(bench.names()).toEqual(['open', 'close'])
    expect(bench.told('closeBlocked')).toEqual([])
    expect(bench.drops).toEqual([])
    expect(bench.state.counters.timeouts).toBe(timeouts)
    expect(bench.state.position).toBe('closed')
  })
  it('in the middle of a pulse sends no second one', () => {
    const bench = openedBench()
    bench.command({ do: 'open', passId: 'p2' })
    for (let i = 0; i < 100 && bench.state.request?.kind !== 'pulse'; i++) bench.run(1)
    expect(bench.state.request?.kind).toBe('pulse')
    bench.stall(900)
    bench.run(2_000)
    expect(bench.names()).toEqual(['open', 'open'])
  })
  it('does not make an old reading a fresh one: a car that came meanwhile is not closed on', () => {
    const bench = openedBench()
    carPasses(bench)
    bench.run(600)
    requestedBench(bench)
    bench.inputs.add('loopUnder')
    bench.stall(2_000)
    bench.run(2_000)
    expect(bench.names()).toEqual(['open'])
    bench.inputs.delete('loopUnder')
    bench.run(900)
    expect(bench.names(), 'clear for less than a second').toEqual(['open'])
    bench.run(900)
    expect(bench.names()).toEqual(['open', 'close'])
  })
  it('does so neither where a boom comes down the moment nobody is under it', () => {
    const none = { debounceLoopMs: 0, debounceLimitMs: 0, closeDelayMs: 0, oppositeGapMs: 0 }
    const bench = openedBench({ ...standardBarrier, ...none })
    bench.inputs.add('loopUnder')
    bench.run(500)
    unasked(bench).inputs.delete('loopUnder')
    requestedBench(bench).inputs.add('loopUnder')
    bench.stall(2_000)
    bench.run(1_000)
    expect(bench.names(), 'clear was two seconds ago').toEqual(['open'])
    bench.inputs.delete('loopUnder')
    bench.run(200)
    expect(bench.names()).toEqual(['open', 'close'])
  })
  it('and a car that the old reading saw under a boom on its way down turns it round at once', () => {
    const bench = unasked(closingBench())
    bench.inputs.add('loopUnder')
    requestedBench(bench)
    bench.stall(900)
    expect(bench.told('closeBlocked')).toEqual([{ type: 'closeBlocked', why: 'loopUnder on' }])
    bench.run(10)
    expect(bench.names().at(-1)).toBe('open')
  })
  it('a board that was silent meanwhile is lost a moment later all the same', () => {
    const bench = unasked(closingBench())
    bench.mood = 'silent'
    requestedBench(bench)
    bench.stall(900)
    bench.run(29)
    expect(bench.told('closeBlocked')).toEqual([])
    bench.run(10)
    expect(bench.told('closeBlocked')).toEqual([{ type: 'closeBlocked', why: 'inputsUnanswered' }])
    expect(bench.names().at(-1)).toBe('open')
  })
})
