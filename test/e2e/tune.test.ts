// Tuning in the real window: from the devices page to a plan that is sent, a verdict that is kept, an
// undo by keyboard; charts are drawn under the strict policy; pictures in both languages, themes, two sizes.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tuneViews } from '../renderer/pages/tune/tune-views-kit.ts'
import { seriousFaults } from './axe.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import {
  goTo,
  removeFolder,
  setLooks,
  setSize,
  settled,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
let runtime: ScriptedRuntime
let studio: Studio

const settle = (): Promise<void> => settled(studio.page)
/** The other size: `npm run test:full`. */
const full = process.env['ETC_LANE_SCALE'] === 'full'
const sizes = [
  [1024, 600],
  [1366, 768],
] as const
const named = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const sent = (name: string) => runtime.lot.calls.filter((call) => call.name === name)

async function openTune(state: keyof typeof tuneViews): Promise<void> {
  runtime.lot.tune = tuneViews[state]
  const { page } = studio
  await goTo(page, 'tune')
  await page.locator('.chart canvas').first().waitFor()
  await settle()
}
async function sign(): Promise<void> {
  const { page } = studio
  await page.locator('form.act input[name="reason"]').first().check()
  await page.locator('form.act input[name="by"]').fill('装机员')
  await named('do').click()
  await page.locator('.el-dialog').waitFor({ state: 'hidden' })
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  runtime = await startScripted(dir)
  studio = await startStudio({ dir, args: ['--attach', dir] })
})
afterAll(async () => {
  await studio.close()
  await runtime.close()
  removeFolder(dir)
})

it('a step from the plan to the kept value and back, by keys', async () => {
  await setSize(studio, 1366, 768)
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '' })
  const { page } = studio
  await openTune('quiet')
  await page.locator('input[name="cars"]').fill('02001234')
  await page.keyboard.press('Control+Enter')
  await sign()
  expect(sent('tune.begin')[0]?.args).toMatchObject({ aim: 'moreReads', cars: ['02001234'] })
  await openTune('judged')
  await page.keyboard.press('Control+Enter')
  await sign()
  expect(sent('tune.decide')[0]?.args).toMatchObject({ keep: true, by: '装机员' })
  await openTune('done')
  await page.locator('h1').click()
  await page.keyboard.press('Control+z')
  await sign()
  expect(sent('tune.undo')).toHaveLength(1)
})

it('draws its charts on a canvas, and nothing breaks the policy, tips included', async () => {
  await studio.page.evaluate(
    `window.seen = []; document.addEventListener('securitypolicyviolation', (e) => seen.push(e.effectiveDirective))`,
  )
  await openTune('judged')
  const { page } = studio
  expect(await page.locator('.chart canvas').count()).toBe(2)
  const box = await page.locator('.chart').first().boundingBox()
  if (box !== null) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await settle()
  expect(await page.evaluate('seen')).toEqual([])
})

it('a survey that is chosen bounds the step, in sight and in what is sent', async () => {
  runtime.lot.replies.set('survey.list', {
    ok: true,
    data: { surveys: [{ name: 'gate', title: '南门', lane: '出口 1' }], unreadable: [] },
  })
  runtime.lot.replies.set('survey.assist', { ok: true, data: { powerSteps: { min: 4, max: 9 } } })
  const { page } = studio
  for (const language of ['zh', 'en'] as const) {
    await setLooks(page, { language, theme: 'light', attendant: '' })
    await openTune('quiet')
    await page.locator('select[name="survey"]').selectOption('gate')
    await named('bounded').waitFor()
    await page.screenshot({ path: join(shotsDir, `${language}-tune-survey.png`) })
  }
  await page.keyboard.press('Control+Enter')
  await sign()
  expect(sent('tune.begin').at(-1)?.args).toMatchObject({ powerSteps: { min: 4, max: 9 } })
})

describe.each([
  { language: 'zh', theme: 'light' },
  { language: 'en', theme: 'dark' },
])('in $language, $theme', ({ language, theme }) => {
  it.each(full ? sizes : sizes.slice(0, 1))(
    'has nothing serious for axe and no sideways scrolling at %i x %i',
    async (width, height) => {
      await setSize(studio, width, height)
      await setLooks(studio.page, { language, theme, attendant: '' })
      for (const state of Object.keys(tuneViews) as (keyof typeof tuneViews)[]) {
        await openTune(state)
        const { page } = studio
        const shot = (part: string): Promise<unknown> =>
          page.screenshot({
            path: join(shotsDir, `${language}-${theme}-${width}-tune-${state}${part}.png`),
          })
        await shot('')
        await page.evaluate(`document.querySelector('.body').scrollTo(0, 1e6)`)
        await shot('-below')
        const wide = await page.evaluate(
          `[...document.querySelectorAll('.screen, .body')].some((e) => e.scrollWidth > e.clientWidth)`,
        )
        expect(wide, state).toBe(false)
        expect(await seriousFaults(page), state).toEqual([])
      }
    },
  )
})
