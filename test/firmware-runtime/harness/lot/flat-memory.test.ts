// What a car leaves in memory: a year must not need more than a week. The test compares objects and entries held after two
// numbers of cars, not time or heap size. test/sim/memory.test.ts checks the size of a whole simulation.
import { beforeAll, expect, it } from 'vitest'
import { simulate } from '#harness/lot/replay-sim.ts'
import { runOf } from '#harness/sim.ts'
import { inThread } from '../../../kit/in-thread.ts'
import type { FlatWork } from './flat-work.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-flat-')
let work: FlatWork
beforeAll(async () => {
  work = await inThread<FlatWork>(new URL('flat-work.ts', import.meta.url))
})

it('the check of a ledger: no object and no entry of a stay is kept, where Maps keep 11 and 9', () => {
  const { check, checkInMaps } = work
  expect([check.violations, checkInMaps.violations]).toEqual([0, 0])
  expect(check.objects).toBeLessThan(0.1)
  expect(check.entries).toBeLessThan(0.1)
  expect([checkInMaps.objects, checkInMaps.entries].map(Math.round)).toEqual([11, 9])
})

it('records of the platform and cards of the antenna: no object and no entry of a car is kept, where Maps keep 10 and 9', () => {
  const { models, modelsInMaps } = work
  expect([models.charges, models.cards]).toEqual([6_500, 6_500])
  expect(models.objects).toBeLessThan(0.1)
  expect(models.entries).toBeLessThan(0.1)
  expect([modelsInMaps.objects, modelsInMaps.entries].map(Math.round)).toEqual([10, 9])
})

it('a simulation has both on such shelves', () => {
  simulate(
    runOf({ seed: 5, lots: 1, lanes: 2, days: 0.25, faults: 'none' }, 0, dir),
    (lot, { report }) => {
      expect(report.violations).toEqual([])
      expect(lot.options.shelf).toBeDefined()
      expect(lot.platform.state.acts.get('exit-charges')).not.toBeInstanceOf(Map)
    },
  )
})
