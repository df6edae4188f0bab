// Random cars, losses and commands against a simple boom: a close pulse is sent only in a step whose reading
// is fresh, not refused, and shows nothing under the boom; after a lost link only as rule 7 allows.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantBarrier, standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import type { BarrierConfig } from '#devices/pure/barrier/modbus-relay/config.ts'
import { Bench, type Mood } from './board.ts'

type Act =
  | { readonly act: 'car'; readonly on: boolean }
  | { readonly act: 'run'; readonly forMs: number }
  | { readonly act: 'mood'; readonly mood: Mood }
  | { readonly act: 'link'; readonly up: boolean }
  | { readonly act: 'open'; readonly pass: number }
  /** A car is admitted, drives under the boom and away. */
  | { readonly act: 'passage'; readonly underMs: number; readonly thenMs: number }
  | { readonly act: 'close' | 'stop' | 'hold' | 'release' }

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ act: fc.constant('run' as const), forMs: fc.nat(1_500) }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('car' as const), on: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('mood' as const),
      mood: fc.constantFrom<Mood>('answers', 'answers', 'silent', 'refusesReads', 'refusesWrites'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('passage' as const),
      underMs: fc.nat(400),
      thenMs: fc.integer({ min: 0, max: 2_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('link' as const), up: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('open' as const), pass: fc.nat(5) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom<'close' | 'stop' | 'hold' | 'release'>(
        'close',
        'close',
        'close',
        'stop',
        'hold',
        'release',
      ),
    }),
  },
)

function passage(bench: Bench, underMs: number, thenMs: number): void {
  bench.mood = 'answers'
  if (bench.state.link !== 'up') bench.up()
  bench.command({ do: 'open', passId: `q${bench.nowMs}` })
  bench.run(1_800)
  bench.inputs.add('loopUnder')
  bench.run(underMs)
  bench.inputs.delete('loopUnder')
  bench.run(thenMs)
}

function play(bench: Bench, one: Act): void {
  if (one.act === 'run') bench.run(one.forMs)
  else if (one.act === 'mood') bench.mood = one.mood
  else if (one.act === 'open') bench.command({ do: 'open', passId: `p${one.pass}` })
  else if (one.act === 'close' || one.act === 'stop') bench.command({ do: one.act })
  else if (one.act === 'passage') passage(bench, one.underMs, one.thenMs)
  else if (one.act === 'link' && one.up) bench.up()
  else if (one.act === 'link') bench.down()
  else if (one.act === 'hold') bench.command({ do: 'holdOpen', authority: 'fire' })
  else if (one.act === 'release') bench.command({ do: 'releaseHold', authority: 'fire' })
  else if (one.act === 'car' && one.on) bench.inputs.add('loopUnder')
  else bench.inputs.delete('loopUnder')
}

describe('random traffic on a boom', () => {
  it.each([
    ['standard', standardBarrier, 1_500, 200],
    ['no delay', { ...standardBarrier, closeDelayMs: 0, debounceLoopMs: 0 }, 1_500, 200],
    ['instant', instantBarrier, 0, 40],
  ] as const)(
    '%s profile: no close but on a clear reading',
    (_name, config: BarrierConfig, travel, runs) => {
      let closes = 0
      let reopens = 0
      fc.assert(
        fc.property(fc.array(acts, { minLength: 5, maxLength: 60 }), (script) => {
          const bench = new Bench(config).up()
          bench.travelMs = travel
          bench.watch = (reading, pulse) => {
            if (pulse !== 'close') return
            // The reading of this step as the board sent it; null when no reading came in it.
            expect(reading).not.toBeNull()
            expect((reading ?? 4) & 4).toBe(0)
            expect(bench.state.heldBy).toEqual([])
          }
          for (const one of script) play(bench, one)
          closes += bench.names().filter((name) => name === 'close').length
          reopens += bench.told('closeBlocked').length
        }),
        { numRuns: runs, seed: 20_261_120 },
      )
      // A run in which the boom never closes would prove nothing.
      expect(closes).toBeGreaterThan(runs / 4)
      expect(reopens).toBeGreaterThan(runs / 8)
    },
  )
})

interface Loss {
  /** Ms after the car, where the close is still due or just given. */
  readonly afterMs: number
  readonly forMs: number
  /** Changes of the loops after the link is back: when, which, on or off. */
  readonly cars: readonly {
    readonly atMs: number
    readonly loop: 'loopUnder' | 'loopArrive'
    readonly on: boolean
  }[]
  readonly again: boolean
}

const losses: fc.Arbitrary<Loss> = fc.record({
  afterMs: fc.nat(1_600),
  forMs: fc.oneof(fc.constantFrom(100, 300, 1_900, 2_100, 10_000), fc.nat(3_000)),
  cars: fc.array(
    fc.record({
      atMs: fc.nat(1_500),
      loop: fc.constantFrom('loopUnder' as const, 'loopArrive' as const),
      on: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  again: fc.boolean(),
})

describe('a link lost behind a car', () => {
  it.each([
    ['standard', standardBarrier, 1_500],
    ['no delay', { ...standardBarrier, closeDelayMs: 0, debounceLoopMs: 0 }, 1_500],
    ['instant', instantBarrier, 0],
  ] as const)(
    '%s profile: closed after a short silence on free loops alone',
    (_name, config, travel) => {
      let [closed, left] = [0, 0]
      fc.assert(
        fc.property(losses, (loss) => {
          const bench = new Bench(config as BarrierConfig).up()
          bench.travelMs = travel
          passage(bench, 200, loss.afterMs)
          let seen = bench.inputs.has('loopUnder')
          let isDown = bench.state.position === 'closed' || bench.state.motion === 'closing'
          bench.watch = (reading, pulse) => {
            if (pulse !== 'close') return
            expect((reading ?? 15) & 12, 'a loop is occupied').toBe(0)
            expect(seen, 'a car was seen since').toBe(false)
            expect(loss.forMs).toBeLessThanOrEqual(2_000)
            closed++
          }
          for (let i = 0; i < (loss.again ? 2 : 1); i++) {
            bench.down()
            bench.run(loss.forMs)
            bench.up()
          }
          const upMs = bench.nowMs
          for (const { atMs, loop, on } of loss.cars.toSorted((a, b) => a.atMs - b.atMs)) {
            bench.run(upMs + atMs - bench.nowMs)
            isDown ||= bench.state.position === 'closed' || bench.state.motion === 'closing'
            if (on) bench.inputs.add(loop)
            else bench.inputs.delete(loop)
            // Longer than a poll: what came and went between two polls cannot be known.
            bench.run(config.pollMs + 10)
            isDown ||= bench.state.motion === 'closing'
            // Under a boom that comes down it is rule 2 that raises it, and lowers it again.
            if (isDown) bench.watch = () => undefined
            seen ||= on
          }
          bench.run(15_000)
          if (bench.told('barrierFault').length > 0) left++
        }),
        { numRuns: 200, seed: 20_261_127 },
      )
      expect(closed).toBeGreaterThan(10)
      expect(left).toBeGreaterThan(20)
    },
  )
})
