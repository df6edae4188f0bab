// The real window on a running lot with a receipt printer in its own process: a car pays, its receipt is opened on
// the page of its stay, printed, refused without paper, and saved as a PDF. Takes pictures of page and paper for
// review.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { receiptKeyFile } from '#money/desk/receipt/receipt-key.ts'
import { eventually } from '../kit/eventually.ts'
import { checkedByPage, codesInPdf } from '../wire/kit/codes.ts'
import { Program } from '../wire/kit/live-program.ts'
import { obu, plate } from '../wire/kit/one-car.ts'
import { nothingFree, RunLot } from '../wire/kit/run-lot.ts'
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

const home = tempFolder()
const lot = new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree })
let started: Studio | undefined
let studio: Studio
let admin = ''

const at = (name: string): Locator => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `${name}.png`) })
async function printer<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${admin}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await answer.json()) as T
}
const paper = () => printer<{ count: number; text: string; pngBase64: string }>('GET', '/paper')

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  const sim = new Program(['printer-sim', '--listen', 'tcp://127.0.0.1:0'])
  const { endpoints } = await sim.line(({ event }) => event === 'ready')
  const { link, admin: hands } = endpoints as Record<'link' | 'admin', string>
  admin = hands
  await lot.startSims()
  const file = join(lot.dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...config, printers: [{ id: 'exit-desk', link }] }))
  await lot.start('exit')
  await lot.comes('entry')
  await lot.leaves('entry')
  await lot.harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu, plate })
  await lot.comes('exit')
  await lot.leaves('exit')
  started = await startStudio({ dir: home, args: ['--attach', lot.dir] })
  studio = started
  await setLooks(studio.page, { language: 'zh', theme: 'light', attendant: '测试员' })
  await setSize(studio, 1366, 768)
})

afterAll(async () => {
  // A window that did not start must not leave a running lot behind.
  await started?.close()
  await lot.close()
  removeFolder(home)
})

it('a receipt is opened at its passage, printed as it is shown, and marked as a copy then', async () => {
  await goTo(studio.page, 'ledger')
  await at('ledger-rows').locator('tbody .link').first().click()
  await at('open-receipt').click()
  await at('print').waitFor()
  await studio.page.locator('.paper svg').waitFor()
  await shot('receipt-shown')
  const shown = await studio.page.locator('.paper').innerText()
  expect(shown).toContain('3.00 元')
  await at('print').click()
  await at('receipt-done').waitFor()
  const first = await paper()
  expect(first).toMatchObject({ count: 1 })
  expect(first.text).toContain('停车收费收据\n')
  writeFileSync(join(shotsDir, 'receipt-paper.png'), Buffer.from(first.pngBase64, 'base64'))
  await studio.page.locator('.paper', { hasText: '副本' }).waitFor()
})

it('without paper it says so and what to do; the records say what waits', async () => {
  await printer('POST', '/paper', { lines: 0 })
  const missing = at('printer-trouble').filter({ hasText: '打印机缺纸' })
  await missing.waitFor()
  await at('print').click()
  await studio.page.locator('.fault', { hasText: 'RECEIPT-04' }).waitFor()
  await shot('receipt-no-paper')
  await studio.page.keyboard.press('Escape')
  await goTo(studio.page, 'ledger')
  await at('receipts-waiting').waitFor()
  await shot('receipt-waiting')
  await at('attention-printer').filter({ hasText: '1 张收据没有印出' }).waitFor()
  await at('attention-go').click()
  await at('receipt-open').filter({ hasText: '打印机缺纸' }).waitFor()
  await shot('receipt-day')
  await goTo(studio.page, 'lane')
  await at('printer-note').filter({ hasText: '打印机缺纸' }).waitFor()
  await shot('receipt-lane')
  await printer('POST', '/paper', { lines: null })
  // Nothing had been sent to the printer, so it prints once, and the call ends.
  await at('printer-note').waitFor({ state: 'detached' })
  expect(await paper()).toMatchObject({ count: 2 })
  await goTo(studio.page, 'ledger')
})

it('is kept as a PDF', async () => {
  await at('ledger-rows').locator('tbody .link').first().click()
  await at('open-receipt').click()
  const file = join(home, 'receipt.pdf')
  await studio.app.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
  }, file)
  await at('save-pdf').click()
  await at('receipt-done').filter({ hasText: '.pdf' }).waitFor()
  await eventually(
    () => (existsSync(file) ? readFileSync(file) : Buffer.alloc(0)),
    (bytes) => bytes.subarray(-6).toString().includes('%%EOF'),
  )
  const [code = ''] = codesInPdf(file)
  expect(checkedByPage(receiptKeyFile(lot.dir), code)).toContain(' 300 etc ')
  writeFileSync(join(shotsDir, 'receipt.pdf'), readFileSync(file))
})

it('that somebody holds is checked by its code, as a scanner types it', async () => {
  const { rows } = await lot.run.call<{ rows: { stayId: string }[] }>('ledger.query', {
    kind: 'payment',
  })
  const { stayId } = present(rows[0], 'a car paid')
  const { qrText } = await lot.run.call<{ qrText: string }>('receipt.give', { stayId })
  await studio.page.keyboard.press('Escape')
  await goTo(studio.page, 'day')
  await at('part-receipt-check').locator('summary').click()
  const field = studio.page.locator('[name="receiptText"]')
  await field.fill(qrText)
  await field.press('Enter')
  await at('checked').filter({ hasText: '✓ 是本场开出的收据' }).waitFor()
  expect(await at('checked').innerText()).toContain('¥ 3.00')
  const verdict = present(await at('checked').boundingBox(), 'a verdict')
  const bar = present(await studio.page.locator('footer.bar').boundingBox(), 'the status bar')
  expect(verdict.y + verdict.height, 'the verdict is in sight').toBeLessThan(bar.y)
  await shot('receipt-checked')
  await field.fill(qrText.replace(/...$/, '000'))
  await field.press('Enter')
  await at('checked').filter({ hasText: '✕ 签名不对' }).waitFor()
  await shot('receipt-forged')
})

it('fits a small window, in English and dark: the paper is white and scrolls, its buttons stay in sight', async () => {
  await setLooks(studio.page, { language: 'en', theme: 'dark', attendant: 'Tester' })
  await setSize(studio, 1024, 600)
  await goTo(studio.page, 'ledger')
  await at('ledger-rows').locator('tbody .link').first().click()
  await at('open-receipt').click()
  await studio.page.locator('.paper svg').waitFor()
  await at('print').waitFor()
  await shot('receipt-small')
  const box = await at('print').boundingBox()
  expect((box?.y ?? 600) + (box?.height ?? 0)).toBeLessThanOrEqual(600)
})
