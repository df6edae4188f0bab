// A survey in the real window, on the workbench: made, walked by keyboard, a point taken back, checks
// answered, judged; what stands in the file is what the screen says. Looked at in every look.
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSurvey } from '../../firmware-runtime/cli/survey/open-survey.ts'
import { projectOf } from '../../firmware-runtime/core/survey/project.ts'
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
const data = join(dir, 'home', '.local', 'state', 'etc-lane', 'surveys')
let studio: Studio
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `survey-${name}.png`) })

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  studio = await startStudio({ dir, args: ['--workbench', '--data', join(dir, 'data')] })
  await studio.page.locator('nav a').first().waitFor()
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '' })
  await setSize(studio, 1024, 600)
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

async function capture(level: string, taken: number): Promise<void> {
  await studio.page.keyboard.type(level)
  await studio.page.keyboard.press('Space')
  await named('taken')
    .filter({ hasText: ` ${taken} /` })
    .waitFor()
}

it('goes from an empty list to a judged field by keyboard alone', async () => {
  const { page } = studio
  await page.locator('nav a', { hasText: '勘测' }).click()
  await named('new').waitFor()
  await shot('empty')
  await named('new').press('Enter')
  await page.locator('input[name="site"]').fill('演示停车场')
  await page.locator('input[name="lane"]').fill('出口 1')
  await page.locator('input[name="by"]').fill('安装员甲')
  await shot('new')
  await page.locator('input[name="by"]').press('Enter')
  await named('level').waitFor()
  expect(await named('point').textContent()).toContain('0.00')

  await capture('-41.2', 1)
  await capture('-40.8', 2)
  await page.keyboard.type('abc')
  await page.keyboard.press('Space')
  await page.locator('[role="alert"]').waitFor()
  for (let i = 0; i < 3; i++) await page.keyboard.press('Backspace')
  await capture('-39.9', 3)
  // With nothing typed, Backspace takes back the last point.
  await page.keyboard.press('Backspace')
  await named('taken').filter({ hasText: ' 2 /' }).waitFor()
  expect(await named('point').textContent()).toContain('0.50')
  await capture('-47', 3)
  await shot('walk')

  await named('part-checks').click()
  await named('answer-D1-signs-no').click()
  await page.locator('[data-test="answer-D1-signs-no"][aria-pressed="true"]').waitFor()
  await shot('checks')
  await named('part-results').click()
  await named('results').waitFor()
  const rows = await named('results').locator('tbody tr').allTextContents()
  expect(rows).toHaveLength(15)
  expect(rows[0]).toContain('不符合')
  expect(rows[4]).toContain('区域内 1 点低于 -45 dBm')
  await shot('results')

  const [file = ''] = readdirSync(data)
  const { records } = readSurvey(join(data, file))
  const survey = projectOf(records)
  expect(survey.fields.map(({ levelsDbm }) => levelsDbm)).toEqual([[-41.2], [-40.8], [-47]])
  expect(records.every(({ by }) => by === '安装员甲')).toBe(true)
})

it('shows it again after the page was left, in other looks', async () => {
  const { page } = studio
  await named('back').click()
  await named('surveys').waitFor()
  await shot('list')
  await named('open').first().click()
  await named('heat-map').waitFor()
  expect(await named('taken').textContent()).toContain('3 /')
  await setLooks(page, { language: 'en', theme: 'dark', attendant: '' })
  await setSize(studio, 1366, 768)
  await page.locator('nav a', { hasText: 'Survey' }).click()
  await named('open').first().click()
  await named('heat-map').waitFor()
  await shot('walk-en-dark')
})
