// Kill -9 of the runtime of a street at work on real links (7.2.5): while its gantry charges a car that does not stop, and
// while its patrol car reads an OBU at a space. After the start nothing is lost, nothing is charged twice, what is unknown
// is asked of the card that returns or stays named, and the books of cards, ledger and platform are equal.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import type { ChargeMode } from '#base/pure/rows/ledger-row.ts'
import { patrolLane } from '#harness/lot/replay-street-sims.ts'
import { gantryLane } from '#harness/lot/street-sims.ts'
import type { KillPoint } from '../kill-links/points.ts'
import { owedFen, StreetScene, type StreetCar } from './scene.ts'

const folder = mkdtempSync(join(tmpdir(), 'etc-kill-street-'))
const scenes = new Map<ChargeMode, StreetScene>()
const sceneOf = (mode: ChargeMode): StreetScene => present(scenes.get(mode), mode)
beforeAll(async () => {
  for (const mode of ['card', 'online'] as const) {
    const scene = new StreetScene(mode, folder)
    scenes.set(mode, scene)
    await scene.open()
  }
})
afterAll(async () => {
  for (const scene of scenes.values()) await scene.close()
  rmSync(folder, { recursive: true, force: true })
})

const minuteMs = 60_000

/** What the car does while the runtime is down: it stands in the queue, it passes again, it is never seen again. */
type Then = 'waits' | 'returns' | 'isGone'

async function killed(scene: StreetScene, point: KillPoint, act: () => Promise<void>) {
  const isCut = point === 'CP10'
  const fault = { at: 'POST /v1/etc/exit-charges', when: 'after', do: 'cut' }
  if (isCut) await scene.platform.admin('POST', '/faults', fault)
  await scene.live.ask({ do: 'arm', point })
  await act()
  expect(await scene.live.ended(), point).toBe('SIGKILL')
  expect(readFileSync(scene.hitsFile, 'utf8').trim().split('\n').at(-1)).toBe(point)
  await scene.platform.admin('DELETE', '/faults')
}

const booksAgree = async (scene: StreetScene) => expect(await scene.judge()).toEqual([])

/** The stay of a car under the gantry ends by one payment, which all books have. */
async function paysOnce(scene: StreetScene, car: StreetCar): Promise<void> {
  await scene.goesOn(() => scene.rowsOf(car, 'stayClosed').length > 0, 'its stay ends')
  await scene.drivesOn(gantryLane, car)
  expect(await scene.settles(0)).toBe(true)
  await booksAgree(scene)
  expect(await scene.taken(car)).toEqual([owedFen])
  expect(scene.rowsOf(car, 'payment')).toHaveLength(1)
}

/** Points of a charge; true: a car that is never seen again leaves it without a result. */
const charges: readonly (readonly [ChargeMode, KillPoint, boolean])[] = [
  // The armed row is durable with the intent, so that only the card can show that nothing was taken.
  ['card', 'CP1', false],
  ['card', 'CP2', true],
  ['card', 'CP3', true],
  ['card', 'CP4', true],
  ['card', 'CP7', false],
  ['card', 'CP8', false],
  ['card', 'CP9', false],
  ['card', 'CP10', false],
  ['card', 'CP11', false],
  ['card', 'CP12', false],
  // The platform is asked: a result needs no car.
  ['online', 'CP1', false],
  ['online', 'CP2', false],
  ['online', 'CP3', false],
  ['online', 'CP4', false],
  ['online', 'CP7', false],
  ['online', 'CP8', false],
  ['online', 'CP9', false],
  ['online', 'CP10', false],
  ['online', 'CP11', false],
  ['online', 'CP12', false],
]
const thens: readonly Then[] = ['waits', 'returns', 'isGone']
const rows = charges.flatMap(([mode, point, isOpen]) =>
  thens.map((then) => ({ mode, point, then, isOpen })),
)

describe('the gantry is killed while it charges', () => {
  it.each(rows)('$mode at $point, and the car $then', async ({ mode, point, then, isOpen }) => {
    const scene = sceneOf(mode)
    const car = await scene.parks()
    await scene.leaves(car)
    await killed(scene, point, () => scene.underGantry(car))
    if (then !== 'waits') await scene.drivesOn(gantryLane, car)
    await scene.start()
    if (then === 'returns') await scene.underGantry(car)
    if (then === 'isGone' && (isOpen || point === 'CP1')) {
      // Nothing is guessed of a car that is not there: what is unknown stays named, and is asked when it comes again.
      expect(await scene.settles(isOpen ? 1 : 0)).toBe(true)
      await booksAgree(scene)
      expect((await scene.taken(car)).length).toBeLessThanOrEqual(isOpen ? 1 : 0)
      expect(scene.rowsOf(car, 'payment')).toEqual([])
      await scene.underGantry(car)
    }
    await paysOnce(scene, car)
  })
})

const readings: readonly (readonly [KillPoint, Then])[] = (['CP3', 'Z1', 'Z2'] as const).flatMap(
  (point) => thens.map((then) => [point, then] as const),
)

describe('the patrol car is killed while it reads an OBU', () => {
  it.each(readings)('at %s, and the car %s', async (point, then) => {
    const scene = sceneOf('card')
    const car = await scene.parks(minuteMs)
    await scene.sensed(car, true)
    const isRead = (): boolean => scene.rowsOf(car, 'zeroRecord').length > 0
    await scene.inZone(patrolLane, car)
    await killed(scene, point, () => scene.record(car))
    if (then === 'isGone') await scene.drivesOn(patrolLane, car)
    await scene.start()
    await scene.sensed(car, true)
    if (then === 'returns') await scene.record(car)
    if (then === 'returns') await scene.goesOn(isRead, 'its OBU is read')
    // A reading that was not written is taken by the next round, and no other way.
    expect(isRead()).toBe(then === 'returns' || point === 'Z2')
    await scene.drivesOn(patrolLane, car)
    await scene.leaves(car)
    await scene.sensed(car, false)
    await scene.underGantry(car)
    await paysOnce(scene, car)
    expect(scene.rowsOf(car, 'zeroRecord').length).toBeLessThanOrEqual(1)
  })
})
