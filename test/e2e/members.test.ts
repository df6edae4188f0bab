// The owner keeps the passes of a lot in the real window, on the real demo with its own ledger: adds one, gets the
// refusal of a second pass for one car, imports a table after reviewing its difference. Takes pictures.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
const field = (name: string) => page.locator(`[name="${name}"]`)
const shot = (name: string) => page.screenshot({ path: join(shotsDir, `members-${name}.png`) })
const list = '编号,类别,姓名,车牌,车位,区域,起始日,截止日'

beforeAll(async () => {
  studio = await startDemo(dir, '店主')
  page = studio.page
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

async function openMembers(): Promise<void> {
  await goTo(page, 'members')
  await named('members').waitFor()
}
async function fill(no: string, name: string, plates: string): Promise<void> {
  await named('add').click()
  await named('member-form').waitFor()
  await field('no').fill(no)
  await field('name').fill(name)
  await field('plates').fill(plates)
  await field('until').fill('2099-12-31')
}
const bring = async (lines: readonly string[]): Promise<void> => {
  const file = join(dir, 'list.csv')
  writeFileSync(file, [list, ...lines].join('\r\n'))
  await named('file').setInputFiles(file)
  await named('diff').waitFor()
}

it('an empty list says what will stand there; one is added, a second pass for its car is refused', async () => {
  await openMembers()
  await page.getByText('还没有名单').waitFor()
  await shot('none-light')
  await fill('M-1', '张三', '测A12345 测B12345')
  await shot('form-light')
  await named('do').click()
  await named('renew-M-1').waitFor()
  await fill('M-2', '李四', '测B12345')
  await named('do').click()
  await page.getByText('这辆车在同一时间已有同类的一项').waitFor()
  await shot('twice-light')
  await page.keyboard.press('Escape')
  await named('member-form').waitFor({ state: 'detached' })
})

it('a table with bad lines writes nothing; a good one shows what it changes first', async () => {
  await bring(['M-1,月租车,张三,坏,1,,2026-01-01,2099-12-31', 'M-9,年卡,王五,测C12345,,,,'])
  await page.getByText('有 2 行不合规定').waitFor()
  await shot('bad-light')
  await named('drop').click()
  const rows = ['W-1,白名单,物业,测D12345,,,2026-01-01,', 'E-1,应急,警车,*警,,,2026-01-01,']
  await bring(['M-1,月租车,张三,测A12345 测B12345,2,,2026-01-01,2099-12-31', ...rows])
  await named('diff-changed').waitFor()
  expect(await named('diff-added').innerText()).toContain('新增 2 项')
  await shot('diff-light')
  await named('write').click()
  await named('do').click()
  await named('renew-E-1').waitFor()
  await setSize(studio, 1024, 600)
  await shot('list-small')
})

it('in English and dark', async () => {
  await setLooks(page, { language: 'en', theme: 'dark' })
  await setSize(studio, 1366, 768)
  await openMembers()
  await page.getByText('Emergency vehicle').first().waitFor()
  await shot('list-dark')
})
