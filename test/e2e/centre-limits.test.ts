// The page of the limits of a centre in a browser, in both languages: nothing measured yet, all of it fits, figures over
// their limits, and a restore that a person enters.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noCalls, type HourFigures } from '../../centre/limits/figures.ts'
import { must } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { ownSecret, startMs, testDesk, type TestDesk } from '../kit/test-desk.ts'
import { startBrowser } from './browser.ts'
import { electronBinary, removeFolder, root, setSize, shotsDir, tempFolder } from './studio.ts'

const sizes = [
  [1366, 768],
  [1920, 1080],
  [3840, 2160],
] as const
const hourMs = 3_600_000
const fine: HourFigures = {
  atMs: startMs - 20_000,
  lots: 12,
  hotBytes: 84e9,
  databaseBytes: 91e9,
  cores: 4,
  standbys: 0,
  calls: noCalls.with(2, 400).with(3, 12),
  measuredS: 3_600,
  processorS: 1_300,
  diskS: 310,
  isBehind: false,
}

describe.skipIf(electronBinary === '')('the page of the limits of a centre', () => {
  const dir = tempFolder()
  let desk: TestDesk | null = null
  let browser: Awaited<ReturnType<typeof startBrowser>> | null = null
  const open = () => {
    must(browser !== null, 'the browser runs')
    return browser.page
  }
  const at = (name: string) => open().locator(`[data-test="${name}"]`)
  const text = (name: string) => eventually(() => at(name).innerText())

  /** Hours before the present one, oldest first. */
  async function sample(...changes: readonly Partial<HourFigures>[]): Promise<void> {
    for (const [index, change] of changes.entries())
      await desk?.centre.owner(
        `INSERT INTO desk.sample VALUES ($1, $2) ON CONFLICT (hour) DO UPDATE SET figures = $2`,
        [
          new Date(startMs - (changes.length - 1 - index) * hourMs),
          JSON.stringify({ ...fine, ...change }),
        ],
      )
    await open().reload()
  }

  async function shots(name: string): Promise<void> {
    must(browser !== null, 'the browser runs')
    for (const language of ['zh', 'en']) {
      for (const [width, height] of sizes) {
        await setSize(browser, width, height)
        await open().screenshot({
          path: join(shotsDir, `centre-limits-${name}-${language}-${width}.png`),
        })
        const over = () => document.documentElement.scrollWidth - window.innerWidth
        expect(await open().evaluate(over), `${name} at ${width}`).toBeLessThanOrEqual(0)
      }
      await at('language').click()
    }
  }

  beforeAll(async () => {
    mkdirSync(shotsDir, { recursive: true })
    desk = await testDesk({ pageDir: join(root, 'dist', 'runtime', 'centre-page') })
    browser = await startBrowser(dir)
    const { signIn, url } = desk.desk
    must(signIn !== null, 'the first start has a one-time password')
    await open().goto(url)
    await at('name').fill(signIn.name)
    await at('password').fill(signIn.password)
    await at('sign-in').click()
    await at('secret-new').fill(ownSecret)
    await at('secret-again').fill(ownSecret)
    await at('secret-do').click()
    await at('entry-limits').click()
  })
  afterAll(async () => {
    await browser?.app.close()
    await desk?.close()
    removeFolder(dir)
  })

  it('says that nothing is measured yet', async () => {
    await text('stage').toContain('还没有测量值')
    await text('limit-lots').toContain('没有测量')
    await shots('empty')
  })

  it('says that one machine is enough', async () => {
    await sample({}, { processorS: 2_100 })
    await text('stage').toContain('目前够用')
    await text('limit-processor').toContain('15%')
    await text('limit-restore').toContain('没有试过恢复')
    await shots('fits')
  })

  it('names the figures that are over, since when, and the next step', async () => {
    const late = { isBehind: true }
    const slow = { calls: noCalls.with(3, 80).with(11, 20) }
    const many = { lots: 64, hotBytes: 2.4e12, databaseBytes: 2.5e12 }
    await sample(
      { ...late },
      { ...late, ...many, ...slow },
      { ...late, ...many, processorS: 6_200 },
    )
    await text('stage').toContain('下一步')
    await text('limit-lots').toContain('超过上限')
    await text('limit-processor').toContain('接近上限')
    await shots('over')
  })

  it('takes the time of a restore, and scales it by the size', async () => {
    await at('enter').click()
    await at('minutes').fill('95')
    await open().screenshot({ path: join(shotsDir, 'centre-limits-enter.png') })
    await at('act-do').click()
    await text('limit-restore').toContain('超过上限')
  })
})
