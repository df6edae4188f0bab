// What an exit lane asks for at each step, all of it and in order: timers and how long they run, what is
// traced and for which stay, what the board over the lane says. Rows in full are in exit-rows.test.ts.
import { describe, expect, it } from 'vitest'
import { cardToldRows } from './exit-told-card-rows.ts'
import { onlineToldRows } from './exit-told-rows.ts'
import { LaneBench } from './lane-bench.ts'
import { told, type Happening } from './told-kit.ts'

describe('an exit lane', () => {
  it.each([...cardToldRows, ...onlineToldRows])('$name', (row) => {
    const bench = new LaneBench(row.options).entered()
    const run = (steps: readonly Happening[]): void => {
      for (const step of steps)
        if (typeof step === 'function') step(bench)
        else bench.give(step)
    }
    run(row.before)
    told(bench)
    run(row.then)
    expect(told(bench)).toEqual(row.told)
    const { name, car } = bench.state
    expect([name, car?.manual].filter(Boolean).join(' ')).toBe(row.where)
  })
})
