// The owner changes a lot's price from next Monday in the real window: sees the old and new curve, sees who
// pays more by the lot's own ledger, saves; a draft with a gap is refused at its field.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { eventually } from '../kit/eventually.ts'
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
const data = join(dir, 'data')
let studio: Studio
let page: Page

const named = (name: string) => page.locator(`[data-test="${name}"]`)
const field = (name: string) => page.locator(`[name="${name}"]`)
/** Charges that the lot has requested. */
const leftByEtc =
  "lane.call('ledger.query', { kind: 'deduction', limit: 9 }).then(({ data }) => data.rows.length)"
const onDisk = () => JSON.parse(readFileSync(join(data, 'tariff.json'), 'utf8')) as Tariff
/** In the demo's tariff the plan for every vehicle is the second. */
const plan = 'editions-1-plans-1'

async function type(name: string, text: string): Promise<void> {
  await field(name).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Tab')
}
/** A change of the look reloads the window, which begins with the lanes. */
async function openTariff(): Promise<void> {
  await goTo(page, 'tariff')
  await named('tariff-editor').waitFor()
}
async function shot(name: string): Promise<void> {
  mkdirSync(shotsDir, { recursive: true })
  await page.screenshot({ path: join(shotsDir, `tariff-${name}.png`) })
}

beforeAll(async () => {
  studio = await startStudio({ dir, args: ['--demo', '--data', data] })
  page = studio.page
  await named('open').waitFor()
  await setLooks(page, { language: 'zh', theme: 'light', attendant: '店主' })
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

it('what is in force is shown with its curve, and cannot be edited', async () => {
  await openTariff()
  await named('locked').waitFor()
  await named('example').getByText('¥ 9.00').waitFor()
  expect(await field('editions-0-plans-1-freeMin').isDisabled()).toBe(true)
  expect(await named('save').isDisabled()).toBe(true)
  await shot('in-force')
})

it('a new edition begins next Monday and is a form of four fields; the curve shows old and new', async () => {
  await named('add-edition').click()
  await named('simple').waitFor()
  expect(await field('validFrom').inputValue()).toMatch(/ 00:00$/)
  await type(`${plan}-bands-0-steps-0-fen`, '5')
  await type(`${plan}-bands-0-steps-1-fen`, '2.50')
  await named('example').getByText('¥ 12.50').waitFor()
  expect(await named('was').innerText()).toContain('¥ 9.00')
  await named('curve').focus()
  for (let n = 0; n < 3; n++) await page.keyboard.press('PageUp')
  await named('reading').getByText('¥ 20.00 (现行 ¥ 15.00)').waitFor()
  await named('was').getByText('¥ 15.00').waitFor()
  await shot('new-edition')
})

it('a step is taken back and done again by keys', async () => {
  await named('curve').focus()
  await page.keyboard.press('Control+z')
  await eventually(() => field(`${plan}-bands-0-steps-1-fen`).inputValue()).toBe('2.00')
  await page.keyboard.press('Control+y')
  await eventually(() => field(`${plan}-bands-0-steps-1-fen`).inputValue()).toBe('2.50')
})

it('a draft that leaves minutes without a band is refused where it is wrong, and cannot be saved', async () => {
  await named('more').click()
  await named('add-band').click()
  await named('band-1').waitFor()
  await shot('bands')
  await type(`${plan}-bands-1-to`, '06:00')
  await named('bands-wrong').getByText('06:00 到 08:00 没有时段').waitFor()
  expect(await named('gap').count()).toBe(3)
  await named('refused').waitFor()
  expect(await named('save').isDisabled()).toBe(true)
  await shot('refused')
  await type(`${plan}-freeMin`, '2000')
  await page.getByText('不能大于 1440').waitFor()
  await named('undo').click()
  await named('undo').click()
  await eventually(() => named('save').isEnabled()).toBe(true)
  await named('undo').click()
  await named('simple').waitFor({ state: 'detached' })
})

it('who pays more is read from the ledger of the lot', async () => {
  await page.evaluate("lane.call('demo.sendCar', { laneId: 'exit', kind: 'etc' })")
  await eventually(() => page.evaluate(leftByEtc)).toBeGreaterThan(0)
  await named('replay').click()
  await named('sums').waitFor()
  expect(await named('sums').innerText()).toMatch(/^[1-9]\d* 次停车/)
  expect(await named('who-pays').innerText()).toMatch(/[1-9]\d* 次多付.共 \+¥/)
  await named('who-pays').scrollIntoViewIfNeeded()
  await shot('who-pays')
})

it('saved: from then on, by whom and why, and what was in force stays to the letter', async () => {
  const before = onDisk()
  await named('save').click()
  await page.locator('form.act').waitFor()
  await page.locator('form.act input[type="radio"]').first().check()
  await shot('saving')
  await named('do').click()
  await page.getByText('已保存').waitFor()
  const [first, second] = onDisk().editions
  expect(first).toEqual(before.editions[0])
  expect(new Date(second?.validFrom ?? '').getUTCDay()).toBe(0)
  expect(second?.plans[1]?.bands[0]?.steps?.map(({ fen }) => fen)).toEqual([500, 250])
  await named('versions').getByText('店主').waitFor()
  await shot('saved')
})

it('fits a small window in both languages, light, dark and in the sun', async () => {
  await setSize(studio, 1024, 600)
  for (const [language, theme] of [
    ['zh', 'light'],
    ['en', 'dark'],
    ['en', 'sun'],
  ] as const) {
    await setLooks(page, { language, theme })
    await openTariff()
    await named('example').waitFor()
    await shot(`${language}-${theme}`)
    const wide = await page.evaluate(
      `[...document.querySelectorAll('.screen, .editor > *')]
        .filter((one) => one.scrollWidth > one.clientWidth).flatMap((one) =>
          [...one.querySelectorAll('*')].filter((part) =>
            part.getBoundingClientRect().right > one.getBoundingClientRect().left + one.clientWidth)
            .map((part) => part.tagName + ' ' + part.className + ' ' + part.textContent.slice(0, 30)))`,
    )
    expect(wide, `${language} ${theme}`).toEqual([])
  }
})
