// In the real window a worker lays out a report of 60 x 60 readings while the page makes calls: after a second the page
// shows that it is being made, Esc stops it, nothing is saved, and the same report can be made afterwards.
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import { writeLargeSurvey } from '../kit/large-survey.ts'
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
const surveys = join(dir, 'home', '.local', 'state', 'etc-lane', 'surveys')
const file = join(dir, 'report.pdf')
let studio: Studio
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string) =>
  studio.page.screenshot({ path: join(shotsDir, `making-${name}.png`) })

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  mkdirSync(surveys, { recursive: true, mode: 0o700 })
  writeLargeSurvey(join(surveys, '20260302-090000000.etcsurvey'))
  studio = await startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] })
  await studio.page.locator('nav a').first().waitFor()
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '安装员甲' })
  await setSize(studio, 1024, 600)
  await openResults()
  await studio.app.evaluate(({ session }, path) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(path))
  }, file)
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

/** Fully visible between the page's head and its bottom line. */
const isInSight = (what: Locator): Promise<boolean> =>
  what.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect()
    const at = document.elementFromPoint((left + right) / 2, bottom - 2)
    return top > 0 && at !== null && element.contains(at)
  })

async function openResults(): Promise<void> {
  // The workbench opens its own page after its first search, which may be after the first press.
  await eventually(async () => {
    await goTo(studio.page, 'survey')
    return named('open').count()
  }).toBe(1)
  await named('open').click()
  await named('part-results').click()
}

it('shows that it is made, and is cancelled by Esc', async () => {
  await named('report-pdf').click()
  await named('making').waitFor()
  await named('making').filter({ hasText: '正在排版' }).waitFor()
  await eventually(() => isInSight(named('making-cancel'))).toBe(true)
  await shot('zh')
  await studio.page.keyboard.press('Escape')
  await named('making-cancelled').waitFor()
  expect(await named('making').count()).toBe(0)
  expect(await named('report-pdf').isEnabled()).toBe(true)
  expect(await studio.page.locator('[role="alert"]').count()).toBe(0)
  expect(existsSync(file)).toBe(false)
  await shot('cancelled')
})

it('is cancelled by its button, dark and in English', async () => {
  await setLooks(studio.page, { language: 'en', theme: 'dark', attendant: '安装员甲' })
  await openResults()
  await named('report-docx').click()
  await named('making').waitFor()
  await shot('en-dark')
  await named('making-cancel').click()
  await named('making-cancelled').waitFor()
  expect(existsSync(file)).toBe(false)
})

it('is made again', async () => {
  await named('report-pdf').click()
  await eventually(() => existsSync(file) && statSync(file).size > 0).toBe(true)
  expect(readFileSync(file).toString('latin1', 0, 5)).toBe('%PDF-')
  expect(await named('making-cancelled').count()).toBe(0)
})
