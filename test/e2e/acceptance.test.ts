// The acceptance page in the real window, on the demo's lot: locked, unlocked by a named person's override, run, and
// its evidence opened. Takes pictures for review.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import {
  goTo,
  removeFolder,
  setLooks,
  setSize,
  settled,
  shotsDir,
  startDemo,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
let studio: Studio
const at = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `${name}.png`) })

/** Rows of the list of items that are seen whole when the page opens in the smallest window. */
const rowsSeen = `(() => {
  const bottom = document.querySelector('.panel.scroll').getBoundingClientRect().bottom
  const rows = [...document.querySelectorAll('[data-test="items"] tbody tr')]
  return rows.filter((row) => row.getBoundingClientRect().bottom <= bottom).length
})()`
async function seenSmall(language: 'zh' | 'en', name: string): Promise<unknown> {
  await setLooks(studio.page, { language, theme: 'light', attendant: '验收员' })
  await setSize(studio, 1024, 600)
  await goTo(studio.page, 'acceptance')
  await at('items').waitFor()
  await settled(studio.page)
  await shot(`acceptance-${name}-${language}-1024`)
  return studio.page.evaluate(rowsSeen)
}

beforeAll(async () => {
  studio = await startDemo(dir, '验收员')
  await setSize(studio, 1280, 800)
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

it('begins with an override, judges every item, and marks it as simulated', async () => {
  await goTo(studio.page, 'acceptance')
  await at('items').waitFor()
  expect(await at('run-all').isDisabled()).toBe(true)
  for (const language of ['en', 'zh'] as const)
    expect(await seenSmall(language, 'locked'), language).toBeGreaterThanOrEqual(6)
  await setSize(studio, 1280, 800)
  await shot('acceptance-locked')
  await at('override').click()
  await studio.page.locator('input[name="reason"]').first().check({ force: true })
  await shot('acceptance-override')
  await studio.page.locator('form.act button[type="submit"]').click()
  await eventually(() => at('run-all').isDisabled()).toBe(false)
  await at('run-all').click()
  await eventually(() => at('item-R3').innerText()).toContain('7 天')
  await at('open-F3').click()
  await at('evidence-F3').waitFor()
  await shot('acceptance-run')
  expect(await at('item-F3').innerText()).toContain('模拟')
  // Evidence is read in words; what was recorded is folded away.
  const evidence = studio.page.locator('[data-test="evidence-F3"] [data-test="evidence"]')
  expect(await evidence.innerText()).not.toMatch(/[{}]/)
  expect(await evidence.innerText()).toContain('PSAM 签到')
  for (const language of ['zh', 'en'] as const)
    expect(await seenSmall(language, 'run'), language).toBeGreaterThanOrEqual(6)
  await setSize(studio, 1280, 800)
  await setLooks(studio.page, { language: 'en', theme: 'dark', attendant: '验收员' })
  await goTo(studio.page, 'acceptance')
  await at('items').waitFor()
  await shot('acceptance-en-dark')
})

it('plants a fault first where asked, says what it waits for, and stops', async () => {
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '验收员' })
  await goTo(studio.page, 'acceptance')
  await at('run-red').click()
  await at('planting').waitFor()
  await shot('acceptance-red')
  await eventually(() => at('progress').innerText()).toContain('第 3 项，共 39 项：E3')
  await at('skip').click()
  await eventually(() => at('item-E3').innerText()).toContain('没有运行：验收员 跳过')
  await at('skip-F1').click()
  await eventually(() => at('item-F1').innerText()).toContain('没有运行：验收员 跳过')
  await eventually(() => at('progress').innerText()).toContain('第 4 项，共 39 项：E4')
  await at('stop').click()
  await at('run-red').waitFor()
  await eventually(() => at('planting').count()).toBe(0)
  await setLooks(studio.page, { language: 'en', theme: 'dark', attendant: '验收员' })
  await goTo(studio.page, 'acceptance')
  await at('part-basis').locator('summary').click()
  await at('declare-obu').click()
  await studio.page.locator('input[name="obuId"]').fill('1A2B3C4D')
  await studio.page.locator('input[name="pieces"][value="one"]').check({ force: true })
  await shot('acceptance-obu-en-dark')
  await studio.page.locator('form.act button[type="submit"]').click()
  await eventually(() => at('test-obus').innerText()).toContain('1A2B3C4D')
  await shot('acceptance-skipped-en-dark')
})

it('the papers are filled in, reviewed by another person, and say what nobody wrote', async () => {
  const { page } = studio
  await setLooks(page, { language: 'zh', theme: 'light', attendant: '验收员' })
  await goTo(page, 'papers')
  await at('papers').waitFor()
  await at('open-K6').click()
  await page.locator('textarea[name="public"]').fill('由值班经理在出口公告')
  await page.locator('textarea[name="public"]').blur()
  await eventually(() => at('paper-K6').innerText()).toContain('待评审')
  await shot('papers-filled')
  await at('accept-K6').click()
  await page.locator('input[name="by"]').fill('业主')
  await page.locator('input[name="reason"]').first().check({ force: true })
  await shot('papers-review')
  await page.locator('form.act button[type="submit"]').click()
  await eventually(() => at('paper-K6').innerText()).toContain('✓')
  await setLooks(page, { language: 'en', theme: 'dark', attendant: '验收员' })
  await goTo(page, 'papers')
  await at('papers').waitFor()
  await at('open-N3').click()
  await shot('papers-en-dark')
  expect(await at('sheet-N3').innerText()).toContain('not filled in yet')
})
