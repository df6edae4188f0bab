// A new status list is put into a running lot's folder: the card on it paid before and is not
// debited afterwards, without a restart. Real site, simulator processes, the card's own record.
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { TrafficCar } from '#simulators/traffic/cars.ts'
import { LiveLot } from './kit/live-lot.ts'

const lot = new LiveLot('card')
beforeAll(() => lot.open())
afterAll(() => lot.close())

/** Written as people and programs do it: complete, by one rename. */
function put(version: string, cards: readonly string[]): void {
  const next = join(lot.dir, 'status-list.json.new')
  writeFileSync(next, JSON.stringify({ version, asOf: isoOf(lot.nowMs), cards }))
  renameSync(next, join(lot.dir, 'status-list.json'))
}

/** The debits of a card in the antenna's card store. */
async function debits({ obu }: TrafficCar): Promise<number> {
  const rsu = present(lot.harness.sims('exit').rsu, 'the exit has an RSU')
  const { cards } = await rsu.admin<{ cards: { cardNo: string; debits: unknown[] }[] }>(
    'GET',
    '/books',
  )
  return cards.find(({ cardNo }) => cardNo === obu?.cardNo)?.debits.length ?? 0
}

async function takes(version: string): Promise<void> {
  lot.mono.leap(11_000)
  await lot.until('the list is taken', () => lot.site.runtime.outboxMaker().listVersion === version)
}

it('refuses the card of a new list from the next car on, and takes it again when it is off the list', async () => {
  const { runtime } = lot.site
  const car = lot.inside()
  const cardNo = present(car.obu, 'the car has an OBU').cardNo
  expect(await lot.passes(car)).toBe('etc')
  expect(await debits(car)).toBe(1)

  // The number is also queried at the platform: a card on the platform's list stays refused.
  const platform = present(lot.harness.platform, 'the platform runs')
  await platform.admin('POST', '/blacklist', { cardNo, listed: true })
  put('list-2', [cardNo])
  await takes('list-2')
  lot.inside(car)
  await lot.antenna(car)
  await lot.loops(true, false)
  await lot.plate(car)
  await lot.until('a person is asked', () => lot.exit.name === 'manual')
  expect([lot.exit.car?.manual, lot.exit.position]).toEqual(['blacklisted', 'closed'])
  expect(await debits(car)).toBe(1)
  lot.settle('cash')
  expect(await lot.drivesOut(car)).toBe('other')

  // Another card still pays; and so does this one when a newer list no longer contains it.
  expect(await lot.passes()).toBe('etc')
  await platform.admin('POST', '/blacklist', { cardNo, listed: false })
  put('list-3', [])
  await takes('list-3')
  expect(await lot.passes(lot.inside(car))).toBe('etc')
  expect(await debits(car)).toBe(2)
  expect(lot.site.runtime, 'nothing was started again').toBe(runtime)
  await lot.drains()
  expect(await lot.judge()).toEqual({ violations: [], unequalFen: 0 })
})

it('charges a car in the lane whose card the platform cleared a moment ago, though the list here names it', async () => {
  const car = lot.inside()
  const cardNo = present(car.obu, 'the car has an OBU').cardNo
  put('list-4', [cardNo])
  await takes('list-4')
  expect(await lot.passes(car)).toBe('etc')
  expect(await debits(car)).toBe(1)
  await lot.drains()
  expect(await lot.judge()).toEqual({ violations: [], unequalFen: 0 })
})
