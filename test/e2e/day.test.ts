// The day in the real window, on a running lot with a gateway in its own process: a payment by code and one by ETC
// are refunded by two people, the bill is compared with the ledger, a difference ends, the drawer is counted at a shift
// change.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { runToEnd } from '../wire/kit/live-program.ts'
import { LotOfPeople, ownerConfirms, ownerSignsIn, pin } from './lot-of-people.ts'
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
const people = new LotOfPeople()
const { lot } = people
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const field = (name: string): Locator => page.locator(`[name="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  page.screenshot({ path: join(shotsDir, `day-${name}.png`) })
const gateway = people.gateway.bind(people)

/** Opens the refund dialog for one yuan of this car's only payment. */
async function asksBack(plate: string): Promise<void> {
  await goTo(page, 'ledger')
  await at('ledger-rows').locator('tbody tr', { hasText: plate }).click()
  await at('payments').waitFor()
  await at('refund').click()
  await field('refund-yuan').fill('1.00')
  // The second person is present; otherwise the request would wait for an answer at another window.
  await page.locator('[name="way"][value="here"]').check()
  await field('reason').first().check()
}
/** The second person approves, and the other side's answer is shown. */
async function agreedTo(): Promise<void> {
  await at('assent').locator('[name="secret"]').fill(pin)
  await at('back-done').waitFor()
  expect(await at('back-done').innerText()).toContain('王老板 申请，李四 批准')
  await at('payments').scrollIntoViewIfNeeded()
}

beforeAll(async () => {
  mkdirSync(shotsDir, { recursive: true })
  await people.start()
  studio = await startStudio({ dir, args: ['--data', lot.dir] })
  page = studio.page
  await setLooks(page, { language: 'zh', theme: 'light' })
  await setSize(studio, 1366, 768)
  await people.addPeople()
  await ownerSignsIn(page)
})
afterAll(async () => {
  await studio.close()
  await lot.close()
  removeFolder(dir)
})

it('a payment by code is refunded with two people, and the page shows how far it is', async () => {
  await asksBack('测A·12345')
  await shot('refund-light')
  await at('do').click()
  await at('assent').waitFor()
  await shot('second-person-light')
  const agree = at('assent').locator('button[type="submit"]')
  for (const [width, height, language] of [
    [1280, 800, 'en'],
    [1366, 768, 'en'],
    [1366, 768, 'zh'],
  ] as const) {
    await setSize(studio, width, height)
    // A reload would close the dialog.
    const words = 'config.globalProperties.$i18n'
    await page.evaluate(
      `document.querySelector('#app').__vue_app__.${words}.locale = '${language}'`,
    )
    const box = present(await agree.boundingBox(), 'a button')
    expect(box.y + box.height, `${width} ${language}`).toBeLessThanOrEqual(height)
    await shot(`second-person-${height}-${language}`)
  }
  await agreedTo()
  await shot('refunded-light')
  const books = (await (await fetch(`${people.admin}/books?limit=10`)).json()) as { rows: object[] }
  expect(books.rows).toMatchObject([{ paidFen: 300, refundedFen: 100 }])
})

it('the same car is saved as one file for a dispute, which the command accepts and makes again', async () => {
  const file = join(dir, 'car.etccar')
  await studio.app.evaluate(({ session }, path) => {
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
  }, file)
  await at('open-explain').click()
  await field('whole').check()
  await field('reason').first().check()
  await shot('explain-save-light')
  await at('do').click()
  await at('outcome').waitFor()
  await shot('explain-saved-light')
  const isWhole = (text: string): boolean => text.split('\n').length === 3
  await eventually(() => (existsSync(file) ? readFileSync(file, 'utf8') : ''), isWhole)
  await page.keyboard.press('Escape')
  const words = ['explain', 'check', file, '--data', lot.dir]
  expect(await runToEnd(words)).toMatchObject({ code: 0, json: { ok: true } })
  const again = await runToEnd(['replay', 'explained', file])
  expect(again).toMatchObject({ code: 0, json: { ok: true, differences: [] } })
  expect(again.json).toMatchObject({ prices: { left: 0, differences: [] } })
})

it('a charge by ETC is refunded by the platform alike', async () => {
  await asksBack('测B·12345')
  await shot('refund-etc-light')
  await at('do').click()
  await agreedTo()
  await shot('refunded-etc-light')
  const platform = present(lot.harness.platform, 'a platform')
  const books = await platform.admin<{ rows: object[] }>('GET', '/books?kind=refunds')
  expect(books.rows).toMatchObject([{ refundFee: 100, status: 'SUCCESS' }])
})

it('the bill is held against the ledger, and its difference ends by a person', async () => {
  await gateway('/bills', { add: ['FOREIGN-1'] })
  await goTo(page, 'day')
  await at('total').waitFor()
  await shot('before-light')
  await at('reconcile').click()
  await at('do').click()
  await at('item-open').waitFor()
  expect(await at('book-qr').innerText()).toContain('✗ 有差异待处理')
  await shot('open-light')
  await at('end-item').click()
  await page.locator('input[value="explained"]').check()
  await field('evidence').fill('网关工单 88')
  await field('reason').nth(1).check()
  await shot('end-light')
  await at('do').click()
  // No money moves, so the second person only confirms the words.
  await at('assent').locator('[name="secret"]').fill(pin)
  await at('item-ended').waitFor()
  const ended = await at('item-ended').innerText()
  for (const shown of ['已说明', '王老板, 李四', '网关工单 88']) expect(ended).toContain(shown)
  expect(await at('book-qr').innerText()).toContain('○ 当天没完时核对过，没有未处理的差异')
})

it('the drawer is counted at the end of a shift, and the next person signs in; in English and dark', async () => {
  const looks = { language: 'en', theme: 'dark' }
  await page.evaluate((values) => {
    for (const [name, value] of Object.entries(values))
      localStorage.setItem(`studio.${name}`, value)
  }, looks)
  await page.reload()
  await at('person-p1').or(at('shift')).waitFor()
  if (await at('person-p1').isVisible()) await ownerSignsIn(page)
  await goTo(page, 'day')
  await at('count').click()
  await field('counted-yuan').fill('20')
  await field('left-yuan').fill('20')
  await shot('count-dark')
  await at('do').click()
  await ownerConfirms(page)
  await at('person-p2').waitFor()
  await ownerSignsIn(page)
  await goTo(page, 'day')
  await at('shifts').waitFor()
  await at('item-open').waitFor()
  await shot('page-dark')
})
