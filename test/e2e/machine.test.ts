// The machine of a lot, in the real window: a clock that contradicts the ledger holds the cars until the owner confirms
// it, and the waiting car is then priced.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeAudit } from '#lane/folder/offline-audit.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { nothingFree, RunLot } from '../wire/kit/run-lot.ts'
import {
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
const lot = new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree })
const car = { plate: '测A12345', colour: 'blue' }
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const field = (name: string): Locator => page.locator(`[name="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  page.screenshot({ path: join(shotsDir, `machine-${name}.png`) })

/** A row dated three hours ahead, as a clock that was set ahead would have written it. */
function rowOfLater(): void {
  const { config } = loadLot(lot.dir)
  const atMs = Date.now() + 3 * 3_600_000
  const body = { type: 'photosBack', detail: '' } as const
  writeAudit(lot.dir, config, { by: '测试员', reason: '时钟拨快' }, 'lot.undo', [
    { kind: 'event', atMs, body },
  ])
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  await lot.startSims()
  await lot.start('exit')
  await lot.comes('entry', car)
  await lot.leaves('entry')
  expect(await lot.run.stop()).toBe(0)
  rowOfLater()
  await lot.start('exit')
  studio = await startStudio({ dir, args: ['--data', lot.dir] })
  page = studio.page
  await setLooks(page, { language: 'zh', theme: 'light' })
  await setSize(studio, 1366, 768)
})
afterAll(async () => {
  await studio.close()
  await lot.close()
  removeFolder(dir)
})

it('a clock behind the ledger is said on the page of the lane, and its car waits', async () => {
  await lot.comes('exit', car)
  await lot.until('exit', ({ state }) => state === 'manual')
  await at('clock-doubt').first().waitFor()
  await shot('clock-light')
  expect(await at('clock-doubt').first().innerText()).toMatch(/时钟/)
  await setLooks(page, { language: 'en', theme: 'dark' })
  await shot('clock-en-dark')
  await setLooks(page, { language: 'zh', theme: 'light' })
})

it('the owner says that it is right, and types the plate that nobody could date: the car is priced', async () => {
  await at('clock-confirm').first().click()
  await field('by').fill('王老板')
  await field('reason').first().check()
  await shot('confirm-light')
  await at('do').click()
  await at('clock-doubt').first().waitFor({ state: 'detached' })
  await at('correct-plate').first().click()
  await field('plate').fill(car.plate)
  await field('by').fill('王老板')
  await field('reason').first().check()
  await at('do').click()
  await page.getByText('¥ 3.00').first().waitFor()
  await shot('confirmed-light')
})
