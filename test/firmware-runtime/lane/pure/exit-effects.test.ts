// Every effect that an exit lane requests at each step, in order: timers with their durations, traces with their stay, the
// text of the board. Full rows are in exit-rows.test.ts.
import { describe, expect, it } from 'vitest'
import { cardEffectRows } from './exit-card-effect-rows.ts'
import { onlineEffectRows } from './exit-online-effect-rows.ts'
import { LaneBench } from './lane-bench.ts'
import { effectNames, type Happening } from './effects-kit.ts'

describe('an exit lane', () => {
  it.each([...cardEffectRows, ...onlineEffectRows])('$name', (row) => {
    const bench = new LaneBench(row.options).entered()
    const run = (steps: readonly Happening[]): void => {
      for (const step of steps)
        if (typeof step === 'function') step(bench)
        else bench.give(step)
    }
    run(row.before)
    effectNames(bench)
    run(row.then)
    expect(effectNames(bench)).toEqual(row.told)
    const { name, car } = bench.state
    expect([name, car?.manual].filter(Boolean).join(' ')).toBe(row.where)
  })
})
