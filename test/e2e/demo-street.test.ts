// The demo of a street from the start page: its 24 spaces are seen, a car is sent into one, and the one that has stood
// longest leaves and is charged by the gantry.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SpaceRow } from '#lane/calls/sensors-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { eventually } from '../kit/eventually.ts'
import { callOk } from './demo-sims.ts'
import {
  goTo,
  removeFolder,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

let dir: string
let studio: Studio
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`).first()
const rows = async (): Promise<readonly SpaceRow[]> =>
  (await callOk<{ rows: readonly SpaceRow[] }>(studio.page, 'spaces.list')).rows

beforeAll(async () => {
  dir = tempFolder()
  studio = await startStudio({ dir })
  mkdirSync(shotsDir, { recursive: true })
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

it('is a row of the start page, and opens with cars in half of the spaces', async () => {
  await named('start-street').waitFor()
  await setSize(studio, 1366, 768)
  await studio.page.screenshot({ path: join(shotsDir, 'street-start.png') })
  await named('start-street').click()
  await studio.page.locator('.mode.demo').waitFor()
  // The lot answers before its first cars are reported one by one: until then their spaces are free.
  const states = async (): Promise<readonly string[]> => (await rows()).map(({ state }) => state)
  const half = [...Array<string>(12).fill('free'), ...Array<string>(12).fill('occupied')]
  await eventually(async () => (await states()).toSorted()).toEqual(half)
  await goTo(studio.page, 'spaces')
  await named('tile-A24').waitFor()
  expect(await studio.page.locator('.tile').count()).toBe(24)
  await studio.page.screenshot({ path: join(shotsDir, 'street-spaces.png') })
})

it('takes a car, and charges one that leaves', async () => {
  const board = () => callOk<BoardView>(studio.page, 'board.get')
  const paidBefore = (await board()).status.today.paidFen
  await named('demo').click()
  await named('send-comes-etc').click()
  await studio.page.locator('[role="status"]').getByText('停进泊位').waitFor()
  // One of them is a car that a camera or a handheld has read: the gantry knows what it owes.
  for (let n = 0; n < 6; n++) {
    await named('send-leaves-etc').click()
    await studio.page.locator('[role="status"]').getByText('开走').waitFor()
    await named('send-leaves-etc').and(studio.page.locator(':enabled')).waitFor()
  }
  await studio.page.screenshot({ path: join(shotsDir, 'street-drawer.png') })
  await eventually(board, ({ status }) => status.today.paidFen > paidBefore)
})
