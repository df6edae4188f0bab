// Many cars at once in the zone of one gantry over real links: each order is charged once, each stay ends, and the books of
// cards, ledger and platform are equal.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gantryLane } from '#harness/lot/street-sims.ts'
import { owedFen, StreetScene, type StreetCar } from './scene.ts'

describe.each(['card', 'online'] as const)('charged by %s', (mode) => {
  const folder = mkdtempSync(join(tmpdir(), 'etc-many-cars-'))
  const scene = new StreetScene(mode, folder)
  beforeAll(() => scene.open())
  afterAll(async () => {
    await scene.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const ended = (cars: readonly StreetCar[]): number =>
    cars.filter((car) => scene.rowsOf(car, 'stayClosed').length > 0).length

  /** Beside each second car drives one that never parked. */
  it.each([2, 8, 20])('%i cars in the zone', async (count) => {
    const cars: StreetCar[] = []
    for (let n = 0; n < count; n++) cars.push(await scene.parks())
    const passers: StreetCar[] = []
    for (let n = 0; n < count / 2; n++) passers.push(scene.passer())
    for (const car of cars) await scene.leaves(car)
    await Promise.all([...cars, ...passers].map((car) => scene.underGantry(car)))
    await scene.goesOn(() => ended(cars) === count, `${count} stays end`)
    await Promise.all([...cars, ...passers].map((car) => scene.drivesOn(gantryLane, car)))
    expect(await scene.settles(0)).toBe(true)
    expect(await scene.judge()).toEqual([])
    for (const car of cars) {
      expect(await scene.taken(car)).toEqual([owedFen])
      expect(scene.rowsOf(car, 'stayClosed').map(({ body }) => body)).toMatchObject([
        { end: 'etc' },
      ])
    }
    for (const car of passers) expect(await scene.taken(car)).toEqual([])
  })
})
