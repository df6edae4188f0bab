// A misread plate in the real window, on a running lot: the board names the cars inside that it may be, a person picks
// one by the photo of its entry, and its stay is priced. Takes pictures for review.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
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

const home = tempFolder()
const lot = new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree })
let started: Studio | undefined
let studio: Studio

const at = (name: string): Locator => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `${name}.png`) })
const blue = (plate: string) => ({ plate, colour: 'blue' })

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  await lot.startSims()
  await lot.start('exit')
  for (const plate of ['测A12345', '测A12B45', '测C77777']) {
    await lot.comes('entry', blue(plate))
    await lot.leaves('entry')
  }
  await lot.comes('exit', blue('测A12346'))
  started = await startStudio({ dir: home, args: ['--attach', lot.dir] })
  studio = started
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '测试员' })
  await setSize(studio, 1366, 768)
})

afterAll(async () => {
  // A window that did not start must not leave a running lot behind.
  await started?.close()
  await lot.close()
  removeFolder(home)
})

it('the car is picked from those that it may be, by keys, and its stay is found', async () => {
  const { page } = studio
  await at('pick').waitFor()
  await shot('plate-pick-board')
  await page.keyboard.press('F2')
  await at('candidates').waitFor()
  await eventually(() => page.evaluate('document.activeElement?.name')).toBe('candidate')
  await page.keyboard.press('1')
  expect(await at('do').innerText()).toContain('测A·12345')
  expect(await at('would-owe').first().innerText()).toContain('¥ 3.00')
  await shot('plate-pick')
  await page.keyboard.press('Enter')
  await at('do').waitFor({ state: 'detached' })
  await at('pick').waitFor({ state: 'detached' })
  await page.locator('[data-test="plate"]', { hasText: '测A·12345' }).waitFor()
  expect(await at('amount').innerText()).toContain('¥ 3.00')
  await shot('plate-picked')
  // The empty entry lane still shows its last car, also after the window was loaded anew.
  for (const times of [1, 2]) {
    await at('lane-entry').click()
    expect(await at('last-plate').innerText(), `look ${times}`).toContain('77777')
    await page.reload()
    await at('lane-entry').waitFor()
  }
})
