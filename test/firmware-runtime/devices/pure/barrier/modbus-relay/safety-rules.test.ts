// The eight safety rules of lane-devices.md 2.4, each by its number, on a board with virtual time.
// Random traffic against the first of them is in safety.property.test.ts.
import { describe, expect, it } from 'vitest'
import { instantBarrier, standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { Bench } from './board.ts'
import { carPasses, closingBench, openedBench } from './scenes.ts'

describe('rule 1: never close while presence is active, unknown, stale or in fault', () => {
  it('waits while the loop is on, however long', () => {
    const bench = openedBench()
    carPasses(bench)
    bench.inputs.add('loopUnder')
    bench.run(60_000)
    expect(bench.names()).toEqual(['open'])
  })
  it('closes one second after the loop is clear, not before', () => {
    const bench = openedBench()
    bench.inputs.add('loopUnder')
    bench.run(500)
    bench.inputs.delete('loopUnder')
    const clearAtMs = bench.nowMs
    bench.run(5_000)
    const close = bench.pulses[1]
    expect(close?.name).toBe('close')
    expect((close?.atMs ?? 0) - clearAtMs).toBeGreaterThanOrEqual(1_000)
    expect((close?.atMs ?? 0) - clearAtMs).toBeLessThan(1_300)
  })
  it('a car coming back within the second starts it again', () => {
    const bench = openedBench()
    carPasses(bench)
    bench.run(500)
    bench.inputs.add('loopUnder')
    bench.run(60)
    bench.inputs.delete('loopUnder')
    bench.run(900)
    expect(bench.names()).toEqual(['open'])
    bench.run(600)
    expect(bench.names()).toEqual(['open', 'close'])
  })
  it('does not close on stale inputs, and starts the second anew when they come back', () => {
    const bench = openedBench()
    carPasses(bench)
    bench.mood = 'silent'
    bench.run(400)
    expect(bench.events.at(-1)).toMatchObject({ type: 'loop', loop: 'under', state: 'unknown' })
    bench.mood = 'answers'
    bench.run(900)
    expect(bench.names()).toEqual(['open'])
    bench.run(900)
    expect(bench.names()).toEqual(['open', 'close'])
  })
  it('does not close while the board refuses to read', () => {
    const bench = openedBench()
    carPasses(bench)
    bench.mood = 'refusesReads'
    bench.run(10_000)
    expect(bench.names()).toEqual(['open'])
    expect(bench.state.counters.exceptions).toBeGreaterThan(100)
    expect(bench.drops).toEqual([])
  })
  it('counts a further presence sensor like the loop, with its own polarity', () => {
    const wiring = { ...standardBarrier.wiring, presence: [{ di: 3, activeHigh: false }] }
    const bench = openedBench({ ...standardBarrier, wiring })
    carPasses(bench)
    bench.run(5_000)
    expect(bench.names()).toEqual(['open'])
    bench.inputs.add('loopArrive')
    bench.run(1_400)
    expect(bench.names()).toEqual(['open', 'close'])
  })
  it('is not held up by a car waiting before the boom', () => {
    const bench = openedBench()
    bench.inputs.add('loopArrive')
    carPasses(bench)
    bench.run(1_200)
    expect(bench.names()).toEqual(['open', 'close'])
  })
})

describe('rule 2: presence while closing reopens at once', () => {
  it('drives open without a stop and says why', () => {
    const bench = closingBench()
    bench.inputs.add('loopUnder')
    bench.run(60)
    expect(bench.names().slice(2)).toEqual(['releaseClose', 'open'])
    expect(bench.told('closeBlocked')).toEqual([{ type: 'closeBlocked', why: 'loopUnder on' }])
    bench.run(3_000)
    bench.inputs.delete('loopUnder')
    bench.run(5_000)
    expect(bench.names().slice(4)).toEqual(['close'])
    expect(bench.state.position).toBe('closed')
  })
  it('turns round within one poll, without waiting for the debounce or the gap', () => {
    const bench = closingBench()
    const atMs = bench.nowMs
    bench.inputs.add('loopUnder')
    bench.run(200)
    expect((bench.pulses.at(-1)?.atMs ?? 0) - atMs).toBeLessThanOrEqual(55)
  })
  it('lifts the boom off a car that the reading shows under a boom just down', () => {
    const bench = openedBench({ ...instantBarrier, closeDelayMs: 300 }, 2)
    carPasses(bench, 50)
    for (let i = 0; i < 500 && bench.names().length < 2; i++) bench.run(1)
    bench.run(1)
    bench.inputs.add('loopUnder')
    bench.run(20)
    expect(bench.names()).toEqual(['open', 'close', 'releaseClose', 'open'])
    bench.run(500)
    bench.inputs.delete('loopUnder')
    bench.run(1_000)
    expect(bench.state.position).toBe('closed')
  })
  it('turns round when a poll stays without answer', () => {
    const bench = closingBench()
    bench.mood = 'silent'
    bench.run(400)
    expect(bench.names()).toContain('open')
    expect(bench.told('closeBlocked')).toEqual([{ type: 'closeBlocked', why: 'inputsUnanswered' }])
  })
  it('turns round when the board refuses to read', () => {
    const bench = closingBench()
    bench.mood = 'refusesReads'
    bench.run(100)
    expect(bench.names().slice(2)).toEqual(['releaseClose', 'open'])
  })
})

describe('rule 3: never open and close at once, stop wins', () => {
  it('takes the close relay off before it drives open', () => {
    const bench = closingBench()
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(10)
    expect(bench.names().slice(2)).toEqual(['releaseClose', 'open'])
  })
  it('does not release a relay whose pulse is over', () => {
    const bench = closingBench()
    bench.run(400)
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(10)
    expect(bench.names().slice(2)).toEqual(['open'])
  })
  it('an open waiting for the link is forgotten when stop comes, and later opens wait too', () => {
    const bench = new Bench(standardBarrier).up()
    bench.command({ do: 'open', passId: 'p1' })
    bench.command({ do: 'stop' })
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(5_000)
    expect(bench.names()).toEqual(['stop'])
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(10)
    expect(bench.names()).toEqual(['stop', 'open'])
  })
  it('stop ends a closing, and nothing moves by itself after it', () => {
    const bench = closingBench()
    bench.command({ do: 'stop' })
    bench.run(100)
    expect(bench.state.position).toBe('stopped')
    bench.inputs.add('loopUnder')
    bench.run(3_000)
    bench.inputs.delete('loopUnder')
    bench.run(30_000)
    expect(bench.names().slice(2)).toEqual(['stop'])
    bench.command({ do: 'close' })
    bench.run(3_000)
    expect(bench.names().slice(2)).toEqual(['stop', 'close'])
  })
  it('keeps the gap between an open and the close after it', () => {
    const config = { ...standardBarrier, closeDelayMs: 0, debounceLoopMs: 0 }
    const bench = openedBench(config, 100)
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(20)
    bench.command({ do: 'close' })
    bench.run(3_000)
    const [, open, close] = bench.pulses
    expect(close?.name).toBe('close')
    expect((close?.atMs ?? 0) - (open?.atMs ?? 0)).toBeGreaterThanOrEqual(1_000)
  })
  it('keeps the gap between a finished close and the open after it', () => {
    const bench = openedBench(standardBarrier, 200)
    carPasses(bench)
    bench.run(1_500)
    expect(bench.state.position).toBe('closed')
    const close = bench.pulses[1]
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(2_000)
    const open = bench.pulses[2]
    expect((open?.atMs ?? 0) - (close?.atMs ?? 0)).toBeGreaterThanOrEqual(1_000)
  })
})

describe('rule 4: open is idempotent, each pass is one credit', () => {
  it('a pass named again adds no credit while it is open, and does nothing once used', () => {
    const bench = openedBench()
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(100)
    expect(bench.state.credits).toEqual(['p1'])
    carPasses(bench)
    bench.run(5_000)
    const before = bench.names().length
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(5_000)
    expect(bench.names()).toHaveLength(before)
    expect(bench.told('passed')).toEqual([{ type: 'passed', passId: 'p1' }])
  })
  it('a second open while closing reopens', () => {
    const bench = closingBench()
    bench.command({ do: 'open', passId: 'p2' })
    bench.run(10)
    expect(bench.names().at(-1)).toBe('open')
    expect(bench.state.credits).toEqual(['p2'])
  })
})

describe('rule 5: one automatic close, begun anew by each credit', () => {
  it('stays open for a column of cars and uses the credits in order', () => {
    const bench = openedBench()
    bench.command({ do: 'open', passId: 'p2' })
    carPasses(bench)
    bench.run(10_000)
    expect(bench.names()).toEqual(['open', 'open'])
    carPasses(bench)
    bench.run(1_500)
    expect(bench.names()).toEqual(['open', 'open', 'close'])
    expect(bench.told('passed').map((e) => (e.type === 'passed' ? e.passId : ''))).toEqual([
      'p1',
      'p2',
    ])
  })
})

describe('rule 6: a hold suppresses closing until its own authority releases it', () => {
  it('opens, stays open past every car, and closes after the release', () => {
    const bench = openedBench()
    bench.command({ do: 'holdOpen', authority: 'fire' })
    bench.command({ do: 'holdOpen', authority: 'tidal' })
    carPasses(bench)
    bench.command({ do: 'close' })
    bench.run(10_000)
    expect(bench.state.position).toBe('heldOpen')
    expect(bench.told('closeBlocked')).toEqual([
      { type: 'closeBlocked', why: 'heldBy fire, tidal' },
    ])
    bench.command({ do: 'releaseHold', authority: 'attendant' })
    bench.command({ do: 'releaseHold', authority: 'fire' })
    bench.run(10_000)
    expect(bench.names()).not.toContain('close')
    bench.command({ do: 'releaseHold', authority: 'tidal' })
    bench.run(3_000)
    expect(bench.names()).toContain('close')
  })
  it('survives a restart and a lost link', () => {
    const bench = new Bench(standardBarrier, ['fire']).up()
    bench.set('limitOpen')
    bench.run(1_000)
    bench.command({ do: 'close' })
    bench.down()
    bench.up()
    bench.run(10_000)
    expect(bench.state.position).toBe('heldOpen')
    expect(bench.names()).toEqual([])
  })
})

// A close that is due after a short silence: silence.test.ts.
describe('rule 7: after a restart or a lost link, read and do not move', () => {
  it.each([
    ['closed', ['limitClosed']],
    ['open', ['limitOpen']],
    ['between', []],
  ] as const)('a boom found %s is left as it is', (_name, found) => {
    const bench = new Bench(standardBarrier).up()
    bench.set(...found)
    bench.run(60_000)
    expect(bench.names()).toEqual([])
  })
  it('forgets a close that was on its way, tells unknown, and moves on the next command', () => {
    const bench = closingBench()
    bench.down()
    expect(bench.positions().at(-1)).toBe('unknown')
    expect(bench.events.at(-1)).toMatchObject({ type: 'barrierDown', reason: 'portAway' })
    const before = bench.names().length
    bench.travelMs = null
    bench.set('limitOpen')
    bench.run(5_000)
    bench.up()
    bench.run(30_000)
    expect(bench.names()).toHaveLength(before)
    bench.command({ do: 'close' })
    bench.run(3_000)
    expect(bench.names().slice(before)).toEqual(['close'])
  })
  it('a close told to a link that is down is not done later', () => {
    const bench = openedBench()
    bench.down()
    bench.command({ do: 'close' })
    bench.command({ do: 'stop' })
    bench.up()
    bench.run(30_000)
    expect(bench.names()).toEqual(['open'])
  })
  it('an open told to a link that is down is done when it comes back soon, after reading', () => {
    const bench = new Bench(standardBarrier)
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(4_000)
    bench.up()
    expect(bench.names()).toEqual([])
    bench.run(500)
    expect(bench.names()).toEqual(['open'])
  })
  it('and is not done when it comes back late', () => {
    const bench = new Bench(standardBarrier)
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(10_001)
    bench.up()
    bench.run(5_000)
    expect(bench.names()).toEqual([])
    expect(bench.state.credits).toEqual(['p1'])
  })
})

describe('rule 8: a loop that stays on', () => {
  it('is told once after ten minutes and still blocks closing', () => {
    const bench = openedBench()
    bench.inputs.add('loopUnder')
    bench.run(599_000)
    expect(bench.told('barrierFault')).toEqual([])
    bench.run(60_000)
    expect(bench.told('barrierFault')).toEqual([{ type: 'barrierFault', fault: 'loopStuck' }])
    expect(bench.names()).not.toContain('close')
  })
})
