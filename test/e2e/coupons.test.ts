// The owner issues coupons and imports the cars of another system in the real window, on the real demo with its own
// ledger; an invalid coupon and an invalid car are refused in words. Takes pictures.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { goTo, removeFolder, shotsDir, startDemo, tempFolder, type Studio } from './studio.ts'

const dir = tempFolder()
let studio: Studio
let page: Page
const named = (name: string) => page.locator(`[data-test="${name}"]`)
const field = (name: string) => page.locator(`[name="${name}"]`)
const shot = (name: string) => page.screenshot({ path: join(shotsDir, `${name}.png`) })

beforeAll(async () => {
  studio = await startDemo(dir, '店主')
  page = studio.page
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

async function open(name: 'coupons' | 'inside' | 'members' | 'points'): Promise<void> {
  await goTo(page, name)
  await named(name).waitFor()
}
const sign = async (): Promise<void> => {
  await page.locator('form.act input[type="radio"]').first().click()
  await named('do').click()
  await named('do').waitFor({ state: 'detached' })
}

it('cars of another system are brought in, a bad line is named, and one is counted as gone', async () => {
  await open('inside')
  const file = join(dir, 'cars.csv')
  const lines = [
    '车牌,颜色,入场时间',
    '测A12345,蓝,2024-11-01 08:00',
    '测B12345,绿,2024-11-02 09:30',
  ]
  writeFileSync(file, [...lines, '测C12345,蓝,昨天'].join('\r\n'))
  await named('file').setInputFiles(file)
  await page.getByText('不是时间').waitFor()
  await shot('inside-bad')
  writeFileSync(file, lines.join('\r\n'))
  await named('file').setInputFiles(file)
  await named('write').click()
  await sign()
  await page.getByText('测A·12345').waitFor()
  await named('recount').click()
  await page.locator('tbody input[type="checkbox"]').first().click()
  await shot('inside-recount')
  await named('count-do').click()
  await sign()
  await page.getByText('测A·12345').waitFor({ state: 'detached' })
})

it('coupons are issued, and one of them is given for a car inside', async () => {
  await open('coupons')
  await named('issue').click()
  await field('merchant').fill('面馆')
  await field('value').fill('5')
  await field('count').fill('3')
  await sign()
  await page.getByText('已发 3 张').waitFor()
  await named('validate').click()
  await field('plate').fill('测B12345')
  await field('merchant').fill('电影院')
  await field('value').fill('2')
  await sign()
  await page.getByText('场内车辆已用').waitFor()
  expect(await page.locator('.scroll tbody tr').count()).toBe(4)
  await shot('coupons')
})

it('a merchant gets a limit, and one more coupon than that is refused in words', async () => {
  await named('limit-面馆').click()
  await field('dayCount').fill('3')
  await sign()
  await page.getByText('3，限 3').first().waitFor()
  await shot('merchants')
  await named('issue').click()
  await field('merchant').last().fill('面馆')
  await field('value').fill('5')
  await field('count').fill('1')
  await page.locator('form.act input[type="radio"]').first().click()
  await named('do').click()
  await page.getByText('超出这家商户的限额').waitFor()
  await page.keyboard.press('Escape')
  await named('do').waitFor({ state: 'detached' })
})

it('points of another system are brought in for a member, and stand in its statement', async () => {
  await open('members')
  await named('add').click()
  await field('no').fill('P-1')
  await field('kind').selectOption('points')
  await field('name').fill('赵')
  await field('plates').fill('测B12345')
  await field('until').fill('')
  await sign()
  await open('points')
  const file = join(dir, 'points.csv')
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  writeFileSync(file, ['编号,积分,截止日', `P-1,120,${until}`].join('\r\n'))
  await named('file').setInputFiles(file)
  await named('write').click()
  await sign()
  await named('statement-P-1').click()
  await page.getByText('+120').waitFor()
  await shot('points')
})
