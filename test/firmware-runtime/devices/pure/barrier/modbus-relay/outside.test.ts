// Loops and radars wired to another device, under the barrier's rules: unknown counts as occupied, a car reverses the boom,
// and the closing loop uses the pass wherever it is wired.
import { describe, expect, it } from 'vitest'
import type { Sensor } from '#base/pure/lot/sensor.ts'
import { contractWiring, standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { BoardBench } from './bench.ts'

const radar: Sensor = { name: 'radar 1', role: 'presence' }

function withRadar(): BoardBench {
  return new BoardBench('tcp', { outside: [radar] }).ready()
}

function tell(bench: BoardBench, name: string, seen: boolean | null): void {
  bench.command({ do: 'sensor', seen: { name, raw: seen, stable: seen } })
}

describe('a radar that is read elsewhere', () => {
  it.each([
    ['before it was ever told', undefined],
    ['unknown', null],
    ['on', true],
  ])('%s: nothing is closed', (_name, seen) => {
    const bench = withRadar()
    if (seen !== undefined) tell(bench, radar.name, seen)
    bench.passage('p1')
    bench.run(20_000)
    expect(bench.judged).toMatchObject({ opens: 1, closePulses: 0 })
    tell(bench, radar.name, false)
    bench.run(6_000)
    expect(bench.judged).toMatchObject({ position: 'closed', closesOnPresence: 0 })
  })

  it('clear for less than the delay closes nothing', () => {
    const bench = withRadar()
    tell(bench, radar.name, false)
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(2_500)
    bench.loops(true)
    bench.run(700)
    tell(bench, radar.name, true)
    bench.loops(false)
    bench.run(5_000)
    tell(bench, radar.name, false)
    bench.run(standardBarrier.closeDelayMs - 100)
    expect(bench.judged).toMatchObject({ closePulses: 0 })
    bench.run(3_000)
    expect(bench.judged).toMatchObject({ closePulses: 1 })
  })

  it.each([
    ['sees something', true],
    ['is not known any more', null],
  ])('that %s under a boom on its way down sends it up', (_name, seen) => {
    const bench = withRadar()
    tell(bench, radar.name, false)
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(2_500)
    bench.loops(true)
    bench.run(700)
    bench.loops(false)
    bench.run(2_000)
    expect(bench.judged.position).toBe('closing')
    tell(bench, radar.name, seen)
    bench.run(4_000)
    expect(bench.judged.position).toBe('open')
    expect(bench.told('closeBlocked').length).toBeGreaterThan(0)
  })

  it('that is too old to know after a stall of ours turns no boom round, and closes none', () => {
    const bench = withRadar()
    const old = { name: radar.name, raw: null, stable: null, aged: true } as const
    tell(bench, radar.name, false)
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(2_500)
    bench.loops(true)
    bench.run(700)
    bench.loops(false)
    bench.command({ do: 'sensor', seen: old })
    bench.run(5_000)
    expect(bench.judged).toMatchObject({ position: 'open', closePulses: 0 })
    tell(bench, radar.name, false)
    for (let i = 0; i < 300 && bench.judged.position !== 'closing'; i++) bench.run(10)
    bench.command({ do: 'sensor', seen: old })
    bench.run(200)
    expect(bench.judged).toMatchObject({ position: 'closing', openPulses: 1 })
    tell(bench, radar.name, null)
    bench.run(4_000)
    expect(bench.judged.position, 'lost is not old').toBe('open')
  })

  it('of another name says nothing', () => {
    const bench = withRadar()
    tell(bench, 'radar 2', false)
    bench.passage('p1')
    expect(bench.judged).toMatchObject({ closePulses: 0 })
  })
})

describe('loops that are read elsewhere', () => {
  const inputs = { ...contractWiring.inputs, loopUnder: null, loopArrive: null }
  const outside: readonly Sensor[] = [
    { name: 'loop 1', role: 'under' },
    { name: 'loop 2', role: 'arrive' },
  ]
  const make = (): BoardBench =>
    new BoardBench('tcp', { wiring: { ...contractWiring, inputs }, outside }).ready()

  it('use the pass and close behind the car', () => {
    const bench = make()
    tell(bench, 'loop 1', false)
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(2_500)
    bench.loops(true)
    tell(bench, 'loop 1', true)
    bench.run(700)
    bench.loops(false)
    tell(bench, 'loop 1', false)
    bench.run(5_000)
    expect(bench.told('passed')).toEqual([{ type: 'passed', passId: 'p1' }])
    expect(bench.judged).toMatchObject({ position: 'closed', closesOnPresence: 0 })
  })

  it('are told to the lane, also while the barrier is gone', () => {
    const bench = make()
    tell(bench, 'loop 2', true)
    expect(bench.events).toContainEqual({ type: 'loop', loop: 'arrive', state: 'on' })
    bench.disconnect()
    bench.run(2_000)
    expect(bench.told('loop').at(-1)).toEqual({ type: 'loop', loop: 'arrive', state: 'on' })
    tell(bench, 'loop 2', null)
    expect(bench.told('loop').at(-1)).toEqual({ type: 'loop', loop: 'arrive', state: 'unknown' })
  })

  it('that are lost under an open boom keep it open', () => {
    const bench = make()
    tell(bench, 'loop 1', false)
    bench.command({ do: 'open', passId: 'p1' })
    bench.run(2_500)
    tell(bench, 'loop 1', true)
    bench.run(700)
    tell(bench, 'loop 1', null)
    bench.run(20_000)
    expect(bench.judged).toMatchObject({ closePulses: 0, position: 'open' })
  })
})
