// An outage rehearsal in the real window: exposure beside its caps, a disconnection started with minutes and reason,
// shown on the page and in the bar below, ended early, and graded. On a running lot.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { nothingFree, RunLot } from '../wire/kit/run-lot.ts'
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
const lot = new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree })
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const field = (name: string): Locator => page.locator(`[name="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  page.screenshot({ path: join(shotsDir, `rehearsal-${name}.png`) })

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  await lot.startSims()
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

it('is begun by a person, said while it runs, ended early and graded', async () => {
  await goTo(page, 'rehearsal')
  await at('exposure-dial').waitFor()
  await at('rehearsal-none').waitFor()
  await shot('none-zh-light')
  await at('rehearse').click()
  await shot('begin-zh-light')
  await field('by').fill('王老板')
  await field('reason').first().check()
  await at('do').click()
  await at('rehearsal-running').waitFor()
  // An answer from before the disconnection must not keep a light green.
  expect(await at('platform').innerText()).toContain('失联')
  await shot('running-zh-light')
  await setLooks(page, { language: 'en', theme: 'dark' })
  await goTo(page, 'rehearsal')
  await at('rehearsal-running').waitFor()
  await shot('running-en-dark')
  await at('rehearse-end').click()
  await field('by').fill('王老板')
  await field('reason').first().check()
  await at('do').click()
  await at('rehearsal-last').waitFor()
  await shot('graded-en-dark')
  expect(await at('rehearsal-last').innerText()).toContain('0.00')
})
