// Reports in the real window, on the real demo with its own ledger: the report of the present day says that it is
// open, other kinds follow, and each file is saved. Takes pictures.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import {
  goTo,
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startDemo,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
let studio: Studio
let page: Page
const named = (name: string) => page.locator(`[data-test="${name}"]`)
const shot = (name: string) => page.screenshot({ path: join(shotsDir, `report-${name}.png`) })

beforeAll(async () => {
  studio = await startDemo(dir, '店主')
  page = studio.page
  await open()
})
async function open(): Promise<void> {
  await goTo(page, 'report')
  await named('facts').waitFor()
}

afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

it('the day is shown with what is open, and every kind after it', async () => {
  expect(await named('notices').textContent()).toContain('未结束')
  expect(await named('facts').textContent()).toMatch(/账本摘要[0-9a-f]{64}/)
  await shot('day')
  const kinds = { month: '按日', shift: '按班次', tariff: '按费率', means: '按车道和方式' }
  for (const [kind, table] of Object.entries(kinds)) {
    await page.locator('[name="kind"]').selectOption(kind)
    await named(`table-${table}`).waitFor()
    await shot(kind)
  }
  await page.locator('[name="kind"]').selectOption('exceptions')
  await named('table-异常明细').waitFor()
  await shot('exceptions')
})

it('each format is saved as what it says', async () => {
  const begins = { pdf: '%PDF-', xlsx: 'PK', csv: '\uFEFF' }
  for (const [format, begin] of Object.entries(begins)) {
    const file = join(dir, `report.${format}`)
    await studio.app.evaluate(({ session }, path) => {
      session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
    }, file)
    await named(`save-${format}`).click()
    await named('saved')
      .filter({ hasText: `.${format}` })
      .waitFor()
    await eventually(
      () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
      (text) => text.startsWith(begin),
    )
  }
})

it('stands in a small window, dark and in English', async () => {
  await setLooks(page, { language: 'en', theme: 'dark', attendant: '店主' })
  await setSize(studio, 1024, 600)
  await open()
  expect(await named('notices').textContent()).toContain('Not finished')
  await shot('small-dark')
})
