// What the people of a lot do most, in the real window on a running lot, each counted: a press, a choice or a field filled in
// is one act. More acts than the limit fail, and the counts are kept in docs/usability.md.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import { LotOfPeople, ownerSignsIn, pin } from './lot-of-people.ts'
import {
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'
import { keepJobs } from './walk-kept.ts'

const dir = tempFolder()
const people = new LotOfPeople()
let studio: Studio
let page: Page
let acts = 0
const counts: { does: string; acts: number; limit: number }[] = []

const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
async function press(target: string | Locator): Promise<void> {
  acts++
  await (typeof target === 'string' ? at(target) : target).click()
}
async function fill(name: string, text: string): Promise<void> {
  acts++
  await page.locator(`[name="${name}"]`).fill(text)
}
async function key(keys: string): Promise<void> {
  acts++
  await page.keyboard.press(keys)
}
/** The own secret, or that of the second person, for an act on money. */
async function secret(text: string): Promise<void> {
  acts++
  await at('assent').locator('[name="secret"]').fill(text)
  await page.keyboard.press('Enter')
}
function job(does: string, limit: number, run: () => Promise<void>): void {
  it(does, async () => {
    acts = 0
    await run()
    await page.screenshot({ path: join(shotsDir, `job-${counts.length + 1}.png`) })
    counts.push({ does, acts, limit })
    expect(acts, does).toBeLessThanOrEqual(limit)
  })
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  await people.start()
  studio = await startStudio({ dir, args: ['--data', people.lot.dir] })
  page = studio.page
  await setLooks(page, { language: 'zh', theme: 'light' })
  await setSize(studio, 1366, 768)
  await people.addPeople()
  await ownerSignsIn(page)
})
afterAll(async () => {
  await studio.close()
  await people.lot.close()
  removeFolder(dir)
})

job('Find a car by some characters of its plate, and read why it paid what it did', 4, async () => {
  await key('Control+k')
  acts++
  await page.locator('[role="combobox"]').fill('A123')
  await page.locator('#palette-rows li').filter({ hasText: '测A' }).first().waitFor()
  await key('Enter')
  await at('why').waitFor()
})

job('Refund a part of its payment, approved by a second person', 8, async () => {
  await press('refund')
  await fill('refund-yuan', '1.00')
  await press(page.locator('[name="way"][value="here"]'))
  await press(page.locator('[name="reason"]').first())
  await press('do')
  await secret(pin)
  await at('back-done').waitFor()
})

job('Take three passes from the table of another program', 6, async () => {
  const file = join(dir, 'passes.csv')
  const lines = ['C', 'D', 'E'].map(
    (letter, n) => `M-${n + 1},月租车,车主${n + 1},测${letter}12345,1,,2026-01-01,2099-12-31`,
  )
  writeFileSync(file, ['编号,类别,姓名,车牌,车位,区域,起始日,截止日', ...lines].join('\r\n'))
  await press('page-members')
  // The button, and the file in the dialog of the system.
  acts += 2
  await at('file').setInputFiles(file)
  await at('diff').waitFor()
  await press('write')
  await press('do')
  await secret('correct horse')
  await at('renew-M-3').waitFor()
})

job(
  'Change the price from next Monday, seeing who of the past month would pay more',
  6,
  async () => {
    await press('page-tariff')
    await press('add-edition')
    acts++
    const price = page.locator('[name$="-bands-0-steps-0-fen"]').last()
    await price.fill('6')
    await price.blur()
    await at('sums').waitFor()
    await press('save')
    await press('do')
    await secret('correct horse')
    await page.getByText('已保存').waitFor()
  },
)

job('Save the report of the month as a PDF', 4, async () => {
  const file = join(dir, 'month.pdf')
  await studio.app.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
  }, file)
  await press('page-report')
  acts++
  await page.locator('[name="kind"]').selectOption('month')
  await press('save-pdf')
  await at('saved').filter({ hasText: '.pdf' }).waitFor()
})

job('Try the antenna with two more steps of power for a minute', 8, async () => {
  await press('entry-devices')
  await press('gear-exit rsu')
  await press('part-devices')
  const power = page.locator('[name="powerStep"]')
  const before = Number(await power.inputValue())
  acts++
  await power.fill(String(before + 2))
  await eventually(() => at('changes').innerText()).toContain('要改 1 项')
  await press('write')
  await press(page.locator('input[name="reason"]').first())
  await press('do')
  await at('trial').waitFor()
})

it('the counts do not grow', () => keepJobs(counts))
