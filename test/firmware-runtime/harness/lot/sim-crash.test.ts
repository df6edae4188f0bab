// Simulated crashes beside lanes of this process: a crash point ends the simulated runtime alone.
import { expect, it } from 'vitest'
import { endsWithBrokenTurn, wholeTurn } from '#base/pure/faults/whole-turn.ts'
import { CrashPlan, crashPoints, isWhole } from '#harness/lot/sim-crash.ts'

it('a crash at each point ends no process, and any other broken turn is thrown', () => {
  const ends: Error[] = []
  const release = endsWithBrokenTurn((error) => ends.push(error))
  try {
    for (const point of crashPoints) {
      const plan = new CrashPlan()
      plan.next = point
      const turn = () => wholeTurn(() => plan.at(point))
      expect([isWhole(turn), isWhole(turn), plan.hits]).toEqual([false, true, { [point]: 1 }])
    }
    const bug = new RangeError('planted')
    const breaks = () =>
      wholeTurn(() => {
        throw bug
      })
    expect(() => isWhole(breaks)).toThrow(bug)
    expect(ends).toEqual([])
  } finally {
    release()
  }
})
