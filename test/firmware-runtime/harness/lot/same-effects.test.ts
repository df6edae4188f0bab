// The same event on the same state has the same effects: every step of two simulated days with all faults is run twice, and
// so is every claim and every late charge.
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type * as LateCharge from '#lane/pure/etc/late-charge.ts'
import type * as Steps from '#lane/pure/steps.ts'
import type * as Claim from '#lane/pure/lot/claim.ts'
import { runOf } from '#harness/sim.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import { differs, done, freeze, twice, type Given } from './twice.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

vi.mock('#lane/pure/steps.ts', async (original) => {
  const real = await original<typeof Steps>()
  const kit = await import('./twice.ts')
  return {
    ...real,
    stepTable: kit.twice('lane', real.stepTable, (table, state, event, view) => {
      // An answer to a claim refers to a deduction of the lot, which keeps changing, so the event is copied.
      const frozenEvent = kit.freeze(structuredClone(event))
      Object.freeze(view)
      const first: Parameters<typeof Steps.stepTable> = [
        table,
        kit.freeze(state),
        frozenEvent,
        view,
      ]
      const second: typeof first = [table, kit.freeze(structuredClone(state)), frozenEvent, view]
      return { first, second }
    }),
  }
})
vi.mock('#lane/pure/lot/claim.ts', async (original) => {
  const real = await original<typeof Claim>()
  const kit = await import('./twice.ts')
  return {
    ...real,
    claim: kit.twice('claim', real.claim, (...args) => ({ first: args, second: args })),
  }
})
vi.mock('#lane/pure/etc/late-charge.ts', async (original) => {
  const real = await original<typeof LateCharge>()
  const kit = await import('./twice.ts')
  return {
    ...real,
    lateChargeRows: kit.twice('late', real.lateChargeRows, (...args) => ({
      first: args,
      second: args,
    })),
  }
})

const dir = folderOfFile('etc-lane-twice-')

describe('a day with all faults on', () => {
  it.each([0, 1])('lot %i, whose every step is done twice', (index) => {
    const choice = { seed: 21, lots: 2, lanes: 2, days: 1, faults: 'all' } as const
    simulate(runOf(choice, index, join(dir, `lot-${index}`)), (_lot, outcome) => {
      expect(outcome.report.violations).toEqual([])
    })
    expect([...differs]).toEqual([])
  })
  it('has enough of each', () => {
    const { lane = 0, claim = 0, late = 0 } = Object.fromEntries(done)
    expect([lane > 1000, claim > 100, late > 0]).toEqual([true, true, true])
  })
})

describe('what is caught', () => {
  it('is a step that keeps something of its own', () => {
    let n = 0
    const counts = (_state: object): number => ++n
    const given = (state: object): Given<[object]> => ({ first: [state], second: [state] })
    twice('counts', counts, given)({})
    expect([...differs]).toEqual(['counts'])
    differs.clear()
  })
  it('is a step that changes what it is given', () => {
    const changes = (state: { car: { tries: number } }) => state.car.tries++
    const state = freeze({ car: { tries: 0 } })
    const given = (one: typeof state): Given<[typeof state]> => ({ first: [one], second: [one] })
    expect(() => twice('changes', changes, given)(state)).toThrow(TypeError)
  })
})
