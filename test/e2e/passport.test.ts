// A passport in the real window: made for the demo's exit, opened in the sandbox from its file, refused
// when a byte differs, and opened also after the runtime behind the window has ended.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeviceSettingsView } from '#devices/calls/settings-views.ts'
import { eventually } from '../kit/eventually.ts'
import { callOk } from './demo-sims.ts'
import {
  goTo,
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
const dataDir = join(dir, 'data')
const copy = join(dir, 'exit.etcpassport')
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  studio = await startStudio({ dir, args: ['--demo', '--data', dataDir] })
  page = studio.page
  await at('open').waitFor()
  await setLooks(page, { language: 'zh', theme: 'light', attendant: '装机员' })
  await goTo(page, 'passport')
})

afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

it('is made with name and reason, and the lane is then as in it', async () => {
  await eventually(
    async () =>
      (await callOk<DeviceSettingsView>(page, 'device.settings', { laneId: 'exit' })).identity,
  ).not.toBeNull()
  await eventually(() => at('drift').innerText()).toContain('还没有车道档案')
  await at('make').click()
  await page.locator('input[name="reason"]').first().check()
  await at('do').click()
  await eventually(() => at('drift').innerText()).toContain('与最近的车道档案一致')
  // The new passport is open at once and can be printed.
  await eventually(() => at('passport').innerText()).toContain('装机员')
  expect(await at('print').isEnabled()).toBe(true)
  const [name = ''] = readdirSync(join(dataDir, 'passports'))
  expect(name).toMatch(/^exit-\d{8}T\d{9}\.etcpassport$/)
  copyFileSync(join(dataDir, 'passports', name), copy)
})

it('opens from its file in the sandbox', async () => {
  await at('file').setInputFiles(copy)
  const text = await at('passport').innerText()
  for (const word of ['装机员', '设备自报', 'generic', '固件']) expect(text).toContain(word)
  for (const [width, height] of [
    [1024, 600],
    [1366, 768],
  ] as const) {
    await setSize(studio, width, height)
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(width)
    await page.screenshot({ path: join(shotsDir, `passport-${width}.png`) })
  }
})

it('a changed byte is refused and named', async () => {
  const bytes = readFileSync(copy)
  bytes.write('张', bytes.indexOf('装机员'))
  const changed = join(dir, 'changed.etcpassport')
  writeFileSync(changed, bytes)
  await at('file').setInputFiles(changed)
  const text = await at('refused').innerText()
  for (const word of ['PASSPORT-01', '概况']) expect(text).toContain(word)
  await setLooks(page, { language: 'en', theme: 'dark' })
  await goTo(page, 'passport')
  await at('file').setInputFiles(copy)
  await at('passport').waitFor()
  await page.screenshot({ path: join(shotsDir, 'passport-en-dark.png') })
})

it('is printed without the window around it, dark on white in every theme', async () => {
  await page.emulateMedia({ media: 'print' })
  try {
    for (const around of ['.top', '.nav', 'footer[aria-label]', '[data-test="make"]'])
      expect(await page.locator(around).isVisible(), around).toBe(false)
    for (const kept of ['h1', '[data-test="passport"]'])
      expect(await page.locator(kept).isVisible(), kept).toBe(true)
    const sheet = `getComputedStyle(document.body).backgroundColor`
    expect(await page.evaluate(sheet)).toBe('rgb(255, 255, 255)')
    await page.screenshot({ path: join(shotsDir, 'passport-print.png'), fullPage: true })
  } finally {
    await page.emulateMedia({ media: null })
  }
})

it('opens in a window that has no runtime behind it', async () => {
  const alone = tempFolder()
  const other = await startStudio({ dir: alone, args: ['--attach', join(alone, 'nothing')] })
  try {
    await setLooks(other.page, { language: 'zh', theme: 'light', attendant: '' })
    await goTo(other.page, 'passport')
    expect(await other.page.locator('[data-test="make"]').isDisabled()).toBe(true)
    await other.page.locator('[data-test="file"]').setInputFiles(copy)
    const sheet = other.page.locator('[data-test="passport"]')
    await sheet.waitFor()
    expect(await sheet.innerText()).toContain('装机员')
    await other.page.screenshot({ path: join(shotsDir, 'passport-no-runtime.png') })
  } finally {
    await other.close()
    removeFolder(alone)
  }
})
