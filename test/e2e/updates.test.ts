// The page of program updates in the real window, over the service of updates with a scripted child: a person names a
// folder, trusts its publisher, has the release prepared, says now, sees the trial, and finds a version that was taken back.
// Each state is pictured in both languages.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { UpdatesView } from '#runtime/calls/update-views.ts'
import { eventually } from '../kit/eventually.ts'
import { goodPrint } from '../kit/scripted-updates.ts'
import { updatesView } from '../renderer/pages/updates/updates-view.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
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
let runtime: ScriptedRuntime
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const stage = (name: string) => at(`stage-${name}`).getAttribute('data-state')
const updates = () => runtime.lot.updates

/** A reload begins at the first page. */
async function look(looks: Readonly<Record<string, string>>): Promise<void> {
  await setLooks(page, { attendant: '王', ...looks })
  await goTo(page, 'updates')
}
/** In Chinese on a small window, and in English on a dark one. */
async function shot(name: string): Promise<void> {
  for (const [language, theme, width, height] of [
    ['en', 'dark', 1366, 768],
    ['zh', 'light', 1024, 600],
  ] as const) {
    await setSize(studio, width, height)
    await look({ language, theme })
    await at('running').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await page.screenshot({ path: join(shotsDir, `updates-${name}-${language}.png`) })
  }
}
async function confirm(): Promise<void> {
  await page.locator('form.act input[name="reason"]').first().check()
  await at('do').click()
  await page.locator('form.act').waitFor({ state: 'detached' })
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  runtime = await startScripted(dir)
  updates().trusted = null
  studio = await startStudio({ dir, args: ['--attach', dir] })
  page = studio.page
  await look({ language: 'zh', theme: 'light' })
})
afterAll(async () => {
  await studio.close()
  await runtime.close()
  removeFolder(dir)
})

it('nobody is trusted at first; the fingerprint is compared before it is', async () => {
  await at('nobody').waitFor()
  await shot('nobody')
  await page.locator('input[name="trustFile"]').fill('/media/stick/1.root.json')
  await at('read-file').click()
  expect(await at('fingerprint').innerText()).toBe(goodPrint)
  await at('trust').click()
  await page.screenshot({ path: join(shotsDir, 'updates-trust-zh.png') })
  await confirm()
  await eventually(() => at('trusted').innerText()).toBe(goodPrint)
})

it('a release in a folder is prepared beside the lanes, step by step', async () => {
  await page.locator('input[name="updatesFrom"]').fill('/media/stick/release')
  await page.keyboard.press('Tab')
  await at('updates.prepare').focus()
  await page.keyboard.press('Enter')
  await confirm()
  for (const [step, name] of [
    ['look', 'seen'],
    ['fetch', 'fetched'],
    ['unpack', 'unpacked'],
    ['try', 'tried'],
  ] as const) {
    updates().run.say({ step, done: 31, of: 58 })
    await eventually(() => stage(name)).toBe('now')
    if (step === 'fetch') await shot('fetching')
  }
  expect(updates().run).toMatchObject({ verb: 'prepare', from: '/media/stick/release' })
  await updates().prepared()
  await eventually(() => stage('waits')).toBe('asks')
  await shot('tried')
})

it('now asks first, and says what happens to the cars', async () => {
  await at('updates.want').click()
  await page.locator('input[value="now"]').check()
  await page.screenshot({ path: join(shotsDir, 'updates-want-zh.png') })
  expect(updates().told).toEqual([])
  await confirm()
  await eventually(() => stage('waits')).toBe('now')
  expect(updates().told).toEqual(['look now'])
})

it('the trial says that no car came yet, and then how far it is', async () => {
  updates().begin()
  updates().started()
  await at('no-cars').waitFor()
  await shot('trial-no-cars')
  const { trial } = updates().slots
  if (trial !== null)
    updates().slots = {
      ...updates().slots,
      trial: { ...trial, passages: 7, ranMs: 5.2 * 3_600_000 },
    }
  await eventually(() => at('trial-cars').innerText()).toContain('7 / 20')
  await shot('trial')
  await at('updates.back').click()
  await confirm()
  expect(updates().told.at(-1)).toMatch(/^back 王 /)
})

it('a version that was taken back says why, and what was kept', async () => {
  updates().takeBack('crashed', 118)
  await at('why').waitFor()
  expect(await stage('trial')).toBe('bad')
  await shot('back')
})

it.each<[string, Partial<UpdatesView>]>([
  ['studio', { here: 'studio' }],
  ['no-service', { here: 'noService' }],
  ['refused', { failed: { code: 'UPDATE-05', note: '' }, from: null }],
])('%s', async (name, more) => {
  updates().shown = updatesView(more)
  await look({ language: 'zh' })
  await (name === 'refused' ? page.getByText('UPDATE-05').first() : at('not-here')).waitFor()
  await shot(name)
})

it('an answer that does not come leaves no half page', async () => {
  runtime.lot.refuses('updates.get', 'RUN-05')
  await look({ language: 'zh' })
  await page.getByText('RUN-05').first().waitFor()
  expect(await at('running').count()).toBe(0)
  await page.screenshot({ path: join(shotsDir, 'updates-error-zh.png') })
})
