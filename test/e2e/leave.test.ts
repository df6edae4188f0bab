// The last page of a set-up in the real window, on the demo's lot: the checks, used by keyboard, in both languages
// and two sizes. Takes pictures for review.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
let studio: Studio
const at = (name: string) => studio.page.locator(`[data-test="${name}"]`)

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  studio = await startStudio({ dir, args: ['--demo', '--data', join(dir, 'data')] })
  await at('open').waitFor()
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

it.each([
  ['zh', 'light', 1366, 768],
  ['en', 'dark', 1024, 600],
  ['zh', 'dark', 1024, 600],
] as const)('says what is open of a demo in %s, %s, at %i x %i', async (language, theme, w, h) => {
  const { page } = studio
  await setLooks(page, { language, theme, attendant: '安装员' })
  await setSize(studio, w, h)
  await goTo(page, 'leave')
  await at('line-tests').waitFor()
  await page.screenshot({ path: join(shotsDir, `leave-${language}-${theme}-${w}.png`) })
  expect(await at('verdict').innerText()).toContain('✕')
  expect(await at('simulated').isVisible()).toBe(true)
  const wide = await page.evaluate('document.scrollingElement.scrollWidth - window.innerWidth')
  expect(wide).toBeLessThanOrEqual(0)
})

it('is read and left by keyboard alone', async () => {
  const { page } = studio
  await at('go-copy').focus()
  await page.keyboard.press('Enter')
  await at('tested').waitFor()
})
