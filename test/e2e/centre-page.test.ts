// The built pages of the centre in a browser, served by its desk from a real database: a person signs in with the one-time
// password, changes it, accepts a lot by its digits, sees it, lets a row pass, and revokes keys. In both languages.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { must } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import {
  addAside,
  addBatch,
  addLot,
  addMatter,
  addPairing,
  ownSecret,
  startMs,
  testDesk,
  type TestDesk,
} from '../kit/test-desk.ts'
import { startBrowser } from './browser.ts'
import { electronBinary, removeFolder, root, setSize, shotsDir, tempFolder } from './studio.ts'

const widths = [1366, 1920, 3840] as const

describe.skipIf(electronBinary === '')('the pages of the centre', () => {
  const dir = tempFolder()
  let desk: TestDesk | null = null
  let browser: Awaited<ReturnType<typeof startBrowser>> | null = null
  const test = (): TestDesk => {
    must(desk !== null, 'the desk runs')
    return desk
  }
  const open = (): Page => {
    must(browser !== null, 'the browser runs')
    return browser.page
  }
  const at = (name: string) => open().locator(`[data-test="${name}"]`)
  const text = (name: string) => eventually(() => at(name).innerText())
  const errors: string[] = []
  let aheadMs = -performance.now()

  /** A page in both languages and the given widths, a dialog in the present one; nothing is wider than the window. */
  async function shots(name: string, sizes: readonly number[] = widths.slice(0, 2)): Promise<void> {
    must(browser !== null, 'the browser runs')
    const isDialog = (await at('act').count()) > 0
    const now = (await at('language').innerText()) === 'English' ? 'zh' : 'en'
    for (const language of isDialog ? [now] : ['zh', 'en']) {
      for (const width of sizes) {
        await setSize(browser, width, width === 3840 ? 2160 : width === 1920 ? 1080 : 768)
        const path = join(shotsDir, `centre-${name}-${language}-${width}.png`)
        await open().screenshot({ path })
        const over = () => document.documentElement.scrollWidth - window.innerWidth
        expect(await open().evaluate(over), `${name} at ${width}`).toBeLessThanOrEqual(0)
      }
      if (!isDialog) await at('language').click()
    }
  }

  beforeAll(async () => {
    mkdirSync(shotsDir, { recursive: true })
    const pageDir = join(root, 'dist', 'runtime', 'centre-page')
    desk = await testDesk({
      pageDir,
      clock: { nowMs: () => startMs + performance.now() + aheadMs },
    })
    browser = await startBrowser(dir)
    open().on('console', (said) => said.type() === 'error' && errors.push(said.text()))
  })
  afterAll(async () => {
    await browser?.app.close()
    await desk?.close()
    removeFolder(dir)
  })

  it('asks for a name and a password, says what is wrong, and has the one-time password changed', async () => {
    const { signIn, url } = test().desk
    must(signIn !== null, 'the first start has a one-time password')
    await open().goto(url)
    await at('name').fill(signIn.name)
    await at('password').fill('wrong')
    await open().keyboard.press('Enter')
    await text('fault').toContain('CENTRE-32')
    await shots('sign-in')
    await at('password').fill(signIn.password)
    await at('sign-in').click()
    await at('secret-new').fill('short')
    await text('secret-rule').toContain('还差 5 个字符')
    expect(await at('secret-do').isDisabled()).toBe(true)
    await at('secret-new').fill(ownSecret)
    await at('secret-again').fill(ownSecret)
    await shots('one-time')
    await at('secret-do').click()
    await text('empty').toContain('还没有停车场')
    await text('person').toBe(signIn.name)
    await at('entry-lots').click()
    await text('empty').toContain('停车场自己来加入')
    await shots('empty')
  })

  it('shows a request within two seconds, and the lot once its digits were accepted', async () => {
    await addPairing(test().centre, 'L001', '047113')
    await text('pairing-L001').toContain('047 113')
    await text('count-lots').toBe('1')
    await at('accept').click()
    await text('act').toContain('047 113')
    await shots('accept', [1366])
    await open().keyboard.press('Escape')
    await eventually(() => at('act').count()).toBe(0)
    await at('accept').click()
    await at('act-do').click()
    await text('lot-L001').toContain('新停车场 L001')
    await eventually(() => at('pairing-L001').count()).toBe(0)
  })

  it('shows many lots with their states, newest figures and what waits', async () => {
    const { centre } = test()
    const day = 86_400_000
    for (const [lotId, zh, en, more] of [
      ['L002', '测试东路停车场', 'Test East Road', { lastSeq: 1_284_220, heardMs: 2_000 }],
      ['L003', '测试地下停车场', 'Test Basement', { lastSeq: 88_412, heardMs: 95 * 60_000 }],
      ['L004', '测试医院停车场', 'Test Hospital', { lastSeq: 5_120, heardMs: 4_000 }],
      ['L005', '测试商场停车场', 'Test Mall', { lastSeq: 412_907, heardMs: 1_000, days: 12 }],
      ['L006', '测试车站停车场', 'Test Station', { lastSeq: 0 }],
      ['L007', '测试体育馆停车场', 'Test Stadium', { lastSeq: 9_001, heardMs: 3 * day, days: -1 }],
    ] as const)
      await addLot(centre, lotId, { ...more, zh, en })
    const row = (seq: number): string =>
      JSON.stringify({
        amountFen: 1200,
        atMs: startMs - 60_000 + seq,
        body: JSON.stringify({ means: 'etc', note: '出口 1'.repeat(12) }),
        kind: seq % 3 === 0 ? 'payment' : 'plateRead',
        laneId: 'exit',
        nodeId: 'n1',
        seq,
        stayId: `s${seq}`,
      })
    for (let batch = 0; batch < 12; batch++)
      await addBatch(
        centre,
        'L002',
        1_284_101 + batch * 10,
        Array.from({ length: 10 }, (_, at) => row(1_284_101 + batch * 10 + at)),
      )
    await addAside(centre, 'L004', 5_121)
    await addMatter(centre, 'L005', 'forked', { last: 412_907 }, 3_600_000)
    await addMatter(centre, 'L002', 'oddClock', { seq: 4, atMs: startMs + 70 * 365 * day })
    await addPairing(centre, 'L008', '900021', 40_000)
    await addPairing(centre, 'L003', '318204', 400_000)
    await eventually(() => at('lots').locator('tbody tr').count()).toBe(7)
    await text('lot-L004').toContain('停在待办')
    await text('count-inbox').toBe('3')
    await shots('lots', widths)
  })

  it('shows one lot, its batches, and the rows of one beside them', async () => {
    await open().getByText('测试东路停车场').click()
    await text('lot-name').toBe('测试东路停车场')
    await text('never').toContain('还没有收到它的报告')
    await at('part-feed').click()
    await shots('lot')
    await at('batch-n1-1284220').click()
    await eventually(() => at('lines').locator('tbody tr').count()).toBe(10)
    await at('line-1284211').locator('button').click()
    await shots('batch', widths)
    await at('language').click()
    await at('revoke').click()
    expect(await at('act-do').isDisabled()).toBe(true)
    await at('reason').fill('电脑被盗')
    await shots('revoke', [1366])
    await at('act-do').click()
    await at('language').click()
    await text('keys').toContain('由 admin 吊销')
  })

  it('lets a row pass with a reason, and ends a fork', async () => {
    await at('entry-inbox').click()
    await eventually(() => open().locator('[data-test="matter-do"]').count()).toBe(3)
    await shots('inbox', widths)
    await at('matter-aside').locator('[data-test="matter-do"]').click()
    await at('reason').fill('看过停车场的原文')
    await at('act-do').click()
    await eventually(() => at('matter-aside').count()).toBe(0)
    await text('ended').toContain('有一行记录读不懂')
    const { rows } = await test().centre.owner('SELECT passed_by FROM desk.aside_row')
    expect(rows).toEqual([{ passed_by: 'admin' }])
  })

  it('shows alarms, which a person takes or makes quiet, and where they go', async () => {
    const { centre } = test()
    const what = { zh: '东入口的相机', en: 'camera of East entry' }
    const silent = await addMatter(centre, 'L003', 'silent', {}, 400_000)
    await addMatter(centre, 'L002', 'deviceDown', { what }, 900_000)
    await addMatter(centre, 'L006', 'certificateEnds', {
      what: { zh: '拓展平台', en: 'expansion platform' },
    })
    await text('matter-silent').toContain('停车场没有消息')
    await at('matter-deviceDown').locator('[data-test="matter-take"]').click()
    await text('matter-deviceDown').toContain('admin')
    await at('matter-certificateEnds').locator('[data-test="matter-quiet"]').click()
    await at('reason').fill('已在办理')
    await shots('quiet', [1366])
    await at('act-do').click()
    await text('matter-certificateEnds').toContain('静音到')
    await at('entry-alarms').click()
    await text('no-ways').toContain('还没有')
    await at('way-address').fill('duty@example.com')
    await at('way-add').click()
    await eventually(() => at('way-test').count()).toBe(1)
    await at('way-kind').selectOption('webhook')
    await at('way-address').fill('http://127.0.0.1:1/hook')
    await at('way-add').click()
    await text('way-secret').toMatch(/[\da-f]{64}/)
    await eventually(() => at('way-test').count()).toBe(2)
    await at('way-test').last().click()
    await text('said').toContain('ECONNREFUSED')
    await at('mail-host').fill('smtp.example.com')
    await at('mail-user').fill('alarms@example.com')
    await at('mail-from').fill('alarms@example.com')
    await at('mail-save').click()
    await text('fault').toContain('CENTRE-43')
    await at('mail-password').fill('a password of a test')
    await at('mail-save').click()
    await text('mail-form').toContain('已保存')
    await shots('alarms')
    await centre.owner(
      `INSERT INTO desk.alarm_told (matter_id, way_id, lot_id, tries, last_at, why, begin_at)
       SELECT $1, way_id, 'L003', 1, $2, CASE kind WHEN 'mail' THEN '' ELSE 'HTTP 500' END,
       CASE kind WHEN 'mail' THEN $2::timestamptz END FROM desk.alarm_way`,
      [silent, new Date(startMs - 60_000)],
    )
    await at('entry-inbox').click()
    await text('matter-silent').toContain('HTTP 500')
    await shots('alarms-inbox')
  })

  it('is as readable in the dark, and says so when the centre does not answer', async () => {
    await at('theme').click()
    await shots('dark-inbox')
    await at('entry-lots').click()
    await text('lot-L004').not.toContain('停在待办')
    await shots('dark-lots')
    await test().centre.server.crash()
    await text('stale').toContain('没有新数据')
    await shots('gone', [1366])
  })

  it('goes back to the sign-in when the session ends', async () => {
    await test().centre.server.start()
    aheadMs += 31 * 60_000
    await eventually(() => at('sign-in').count()).toBe(1)
    expect(errors.filter((said) => !/status of (?:4\d\d|503)/.test(said))).toEqual([])
  })
})
