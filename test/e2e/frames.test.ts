// The frame console and the workshop in a real window: looked at in both languages, three themes and three
// sizes, and used by keyboard; axe must find nothing serious.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from './axe.ts'
import { startScripted, type ScriptedRuntime } from './scripted-runtime.ts'
import {
  removeFolder,
  setLooks,
  setSize,
  settled,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
  goTo,
} from './studio.ts'

const receivedLine = '< FFFF000100000011E12A0007000001F420231115061320BEEF9686'
const dir = tempFolder()
let runtime: ScriptedRuntime
let studio: Studio

const settle = (): Promise<void> => settled(studio.page)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `${name}.png`) })

async function open(): Promise<void> {
  await goTo(studio.page, 'frames')
  await studio.page.locator('[data-test="frame-list"]').waitFor()
  await settle()
}

/** Other sizes: `npm run test:full`. */
const full = process.env['ETC_LANE_SCALE'] === 'full'
const sizes = [
  [1024, 600],
  [1366, 768],
  [2560, 1440],
] as const

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

describe.each([
  { language: 'zh', theme: 'light' },
  { language: 'en', theme: 'dark' },
  { language: 'zh', theme: 'contrast' },
])('in $language, $theme', ({ language, theme }) => {
  it.each(full ? sizes : sizes.slice(0, 1))('at %i x %i', async (width, height) => {
    const { page } = studio
    await setSize(studio, width, height)
    await setLooks(page, { language, theme, attendant: '' })
    await open()
    await page.locator('[data-test="frame-list"]').press('End')
    await settle()
    await shot(`${language}-${theme}-${width}-frames-picked`)
    expect(await seriousFaults(studio.page)).toEqual([])
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(wide).toBe(0)
    await page.locator('[data-test="send"]').click()
    await page.locator('.el-dialog').waitFor()
    await settle()
    await shot(`${language}-${theme}-${width}-frames-send`)
    await page.keyboard.press('Escape')
    await settle()
  })

  it.each(full ? sizes.slice(0, 2) : sizes.slice(0, 1))(
    'barrier, display, loops and camera at %i x %i',
    async (width, height) => {
      const { page } = studio
      runtime.lot.console.withBoards()
      await setSize(studio, width, height)
      await setLooks(page, { language, theme, attendant: '' })
      await open()
      for (const [at, device] of ['barrier', 'display', 'sensors', 'camera'].entries()) {
        await page
          .locator('[data-test="frame-devices"] button')
          .nth(at + 1)
          .click()
        await page.locator('[data-test="not-sent"]').waitFor()
        await page.locator('[data-test="frame"]').first().waitFor()
        await page.locator('[data-test="frame-list"]').press('End')
        await settle()
        await shot(`${language}-${theme}-${width}-frames-${device}`)
        expect(await seriousFaults(studio.page)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      }
    },
  )

  it.each(full ? sizes.slice(0, 2) : sizes.slice(0, 1))(
    'the workshop at %i x %i',
    async (width, height) => {
      const { page } = studio
      await setSize(studio, width, height)
      await setLooks(page, { language, theme, attendant: '' })
      await goTo(page, 'workshop')
      await settle()
      await shot(`${language}-${theme}-${width}-workshop-empty`)
      await page.locator('textarea[name="capture"]').fill(`${receivedLine}\n${receivedLine}`)
      await page.locator('[data-test="byte"]').nth(2).click()
      await page.locator('[data-test="byte"]').nth(3).click()
      await page.locator('input[name="name"]').fill('obusSeen')
      await page.locator('[data-test="mark"]').click()
      await page.locator('.marks li').waitFor()
      await settle()
      await shot(`${language}-${theme}-${width}-workshop-marked`)
      expect(await seriousFaults(studio.page)).toEqual([])
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(wide).toBe(0)
    },
  )
})

it('by keyboard alone: pause, walk, save', async () => {
  const { page } = studio
  await open()
  await page.locator('[data-test="frame-list"]').press('Home')
  await page.keyboard.press('ArrowDown')
  await page.locator('[data-test="frame-full"]').waitFor()
  await page.keyboard.press(' ')
  await page.locator('[data-test="pause"][aria-pressed="true"]').waitFor()
  await page.keyboard.press('Control+s')
  await page.locator('[data-test="saved"]').waitFor()
})
