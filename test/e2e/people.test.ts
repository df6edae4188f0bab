// People in the real window, on the real demo with its own ledger and password hash: the first owner, an attendant's
// first sign-in, a change of shift, pages that a person may not see, and an exit opened with a PIN. Takes pictures.
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  goTo,
  removeFolder,
  setLooks,
  shotsDir,
  startDemo,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
let studio: Studio
let page: Page
const at = (name: string): Locator => page.locator(`[data-test="${name}"]`)
const field = (name: string): Locator => page.locator(`[name="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  page.screenshot({ path: join(shotsDir, `people-${name}.png`) })

beforeAll(async () => {
  studio = await startDemo(dir, '测试员')
  page = studio.page
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

/** Types the user's own secret for a change of an account; the field has the focus from the start. */
async function ownSecret(): Promise<void> {
  await at('assent').locator('[name="secret"]').waitFor()
  await page.keyboard.type('correct horse')
  await page.keyboard.press('Enter')
  await at('assent').waitFor({ state: 'detached' })
}

async function add(name: string, role: string | null, secret: string): Promise<void> {
  await field('name').fill(name)
  if (role !== null) await field('role').selectOption(role)
  await field('secret').fill(secret)
  await field('again').fill(secret)
  // The first person needs no reason.
  if (role !== null) await field('account-reason').fill('新员工')
  await at('save-person').click()
  if (role !== null) await ownSecret()
}

it('the first owner is added, and from then on the window asks who sits there', async () => {
  await goTo(page, 'people')
  await at('person-form').waitFor()
  await shot('none-light')
  await add('王老板', null, 'correct horse')
  await at('person-p1').waitFor()
  expect(await page.locator('.top').count()).toBe(0)
  await shot('sign-in-light')
  await at('person-p1').click()
  await field('secret').fill('wrong wrong')
  await page.keyboard.press('Enter')
  await at('refused').waitFor()
  await shot('refused-light')
  await field('secret').fill('correct horse')
  await page.keyboard.press('Enter')
  await at('shift').waitFor()
  expect(await at('shift').innerText()).toContain('王老板')
})

it('an attendant is added, and sets an own PIN at the first sign-in', async () => {
  await goTo(page, 'people')
  await at('person-form').waitFor()
  await add('李四', 'attendant', '274916')
  await page.locator('tbody', { hasText: '李四' }).waitFor()
  await shot('page-light')
  await at('shift').click()
  await at('person-p2').click()
  await page.locator('.pad').waitFor()
  await shot('pad-light')
  for (const digit of '274916') await page.keyboard.press(digit)
  await field('fresh').waitFor()
  await shot('own-first-light')
  await field('fresh').fill('507382')
  await field('again').fill('507382')
  await page.keyboard.press('Enter')
  await at('shift').waitFor()
  const entries = ['岗亭', '经营', expect.stringMatching(/^待办/)]
  expect(await page.locator('.nav .link').allInnerTexts()).toEqual(entries)
  await at('open').waitFor()
  await shot('attendant-light')
})

it('five wrong PINs lock, with the time left on the tile; in English and dark', async () => {
  await setLooks(page, { language: 'en', theme: 'dark' })
  await at('shift').click()
  await at('person-p2').click()
  for (let n = 0; n < 4; n++) {
    await field('secret').fill('000111')
    await page.getByText(`tries left: ${4 - n}`).waitFor()
  }
  await field('secret').fill('000111')
  await at('locked').waitFor()
  await shot('locked-dark')
  await at('person-p1').click()
  await field('secret').fill('correct horse')
  await page.keyboard.press('Enter')
  await at('shift').waitFor()
  await goTo(page, 'people')
  await page.getByRole('button', { name: 'Unlock' }).waitFor()
  await shot('page-dark')
  await at('unlock-p2').click()
  await field('account-reason').fill('typed it wrong')
  await shot('unlock-dark')
  await at('save-person').click()
  await ownSecret()
  await at('unlock-p2').waitFor({ state: 'detached' })
  expect(await at('changed-p2').innerText()).toContain('typed it wrong')
})
