// The day of all lots and the wall view in a browser, served by the desk from a real database: as a person sees them in both
// languages, empty, with ten lots and without news, light and dark; the size of the wall's digits; a thousand lots in
// the table; and a week of refreshes whose heap stays flat.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { must } from '#base/pure/values/must.ts'
import { addBeat, addFlow, addFolded, addTaking } from '../kit/centre-day.ts'
import { eventually } from '../kit/eventually.ts'
import { addLot, addMatter, ownSecret, startMs, testDesk, type TestDesk } from '../kit/test-desk.ts'
import { startBrowser } from './browser.ts'
import { electronBinary, removeFolder, root, setSize, shotsDir, tempFolder } from './studio.ts'

const sizes = [
  [1366, 768],
  [1920, 1080],
  [3840, 2160],
] as const
const day = '2026-11-29'
const names = [
  ['测试东路停车场', 'Test East Road'],
  ['测试地下停车场', 'Test Basement'],
  ['测试医院停车场', 'Test Hospital'],
  ['测试商场停车场', 'Test Mall'],
  ['测试车站停车场', 'Test Station'],
  ['测试体育馆停车场', 'Test Stadium'],
  ['测试南门停车场', 'Test South Gate'],
  ['测试北门停车场', 'Test North Gate'],
  ['测试会展中心地下二层停车场', 'Test Exhibition Centre, second basement'],
  ['测试公园停车场', 'Test Park'],
] as const

describe.skipIf(electronBinary === '')('today and the wall', () => {
  const dir = tempFolder()
  let desk: TestDesk | null = null
  let browser: Awaited<ReturnType<typeof startBrowser>> | null = null
  let aheadMs = -performance.now()
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

  async function looks(language: 'zh' | 'en', theme = 'light'): Promise<void> {
    await open().evaluate(
      ([language_ = '', theme_ = '']) => {
        localStorage.setItem('centre.language', language_)
        localStorage.setItem('centre.theme', theme_)
      },
      [language, theme],
    )
    await open().reload()
  }

  /** In both languages and all sizes; `seen` has to be there. Nothing is wider than the window. */
  async function shots(name: string, seen: string, theme = 'light', upTo = 3840): Promise<void> {
    must(browser !== null, 'the browser runs')
    for (const language of ['zh', 'en'] as const) {
      await looks(language, theme)
      for (const [width, height] of sizes.filter(([wide]) => wide <= upTo)) {
        await setSize(browser, width, height)
        await at(seen).first().waitFor()
        const path = join(shotsDir, `centre-${name}-${language}-${width}.png`)
        await open().screenshot({ path })
        const over = () => document.documentElement.scrollWidth - window.innerWidth
        expect(await open().evaluate(over), `${name} at ${width}`).toBeLessThanOrEqual(0)
      }
    }
    await looks('zh')
  }

  beforeAll(async () => {
    mkdirSync(shotsDir, { recursive: true })
    const pageDir = join(root, 'dist', 'runtime', 'centre-page')
    desk = await testDesk({
      pageDir,
      clock: { nowMs: () => startMs + performance.now() + aheadMs },
    })
    await desk.signedIn()
    browser = await startBrowser(dir)
  })
  afterAll(async () => {
    await browser?.app.close()
    await desk?.close()
    removeFolder(dir)
  })

  async function signIn(): Promise<void> {
    await open().goto(test().desk.url)
    await at('name').fill('admin')
    await at('password').fill(ownSecret)
    await at('sign-in').click()
  }

  async function fill(): Promise<void> {
    const { centre } = test()
    for (const [index, [zh, en]] of names.entries()) {
      const lotId = `L${String(index + 1).padStart(3, '0')}`
      const heardMs = index === 6 ? 95 * 60_000 : 2_000
      await addLot(centre, lotId, { zh, en, heardMs, lastSeq: index === 9 ? 0 : 40_000 })
      if (index === 9) continue
      for (let hour = 0; hour <= 9; hour++) {
        const fen = (hour < 6 ? 900 : 41_300) * (10 - index)
        await addTaking(centre, lotId, { day, hour, means: 'etc', n: 30, fen })
        await addTaking(centre, lotId, { day, hour, means: 'qr', n: 12, fen: Math.ceil(fen / 3) })
        await addFlow(centre, lotId, day, hour, [hour < 6 ? 3 : 60 - index, hour < 6 ? 2 : 40])
      }
      for (let hour = 0; hour < 24; hour++)
        await addTaking(centre, lotId, { day: '2026-11-22', hour, n: 40, fen: 30_000 + hour * 900 })
      await addTaking(centre, lotId, { day, hour: 8, means: 'cash', n: 3, fen: 4_500 })
      await addFolded(centre, lotId, index === 1 ? 39_960 : 40_000)
      const told = index === 1 ? 2_300_000 : null
      const { rows } = await centre.owner(
        `SELECT sum(fen)::int AS fen, (SELECT sum(entered)::int FROM centre.flow WHERE lot_id = $1) AS entered,
         (SELECT sum(left_n)::int FROM centre.flow WHERE lot_id = $1) AS left
         FROM centre.taking WHERE lot_id = $1 AND day = $2`,
        [lotId, day],
      )
      const { fen, entered, left } = rows[0]
      const takings = [{ means: 'etc', n: 1, fen: told ?? fen }]
      await addBeat(
        centre,
        lotId,
        {
          lastSeq: index === 1 ? 40_310 : 40_000,
          spaces: { capacity: 400, inside: 390 - index * 31, free: 10 + index * 31 },
          today: { day, entered, left, takings },
          devices:
            index === 4 ? [{ laneId: 'L01', kind: 'camera', state: 'down', reason: 'silent' }] : [],
        },
        heardMs,
      )
    }
    await addTaking(centre, 'L001', {
      day,
      hour: 9,
      what: 'refund',
      means: 'cash',
      n: 2,
      fen: 1_800,
    })
    await addMatter(centre, 'L004', 'forked', { last: 40_000 }, 3_600_000)
  }

  it('begins with today, empty before a car park has joined', async () => {
    await signIn()
    await text('empty').toContain('还没有停车场')
    await shots('today-empty', 'empty', 'light', 1920)
    await open().evaluate("location.hash = '#/wall'")
    await shots('wall-empty', 'wall-taken', 'light', 1366)
    await open().evaluate("location.hash = '#/today'")
  })

  it('shows the day: sums, hours, comparison, and the lots by their takings', async () => {
    await fill()
    await looks('zh')
    await text('sentence').toContain('7 个停车场有消息')
    await text('told').toContain('停车场自报')
    await text('toCome').toContain('还有 350 行没计入')
    await shots('today', 'rank')
    await shots('today-dark', 'rank', 'dark', 1920)
    await at('entry-lots').click()
    await shots('lots-told', 'lots')
    await at('entry-today').click()
  })

  it('has digits of at least a twelfth of the height on a wall, whole and on one screen', async () => {
    must(browser !== null, 'the browser runs')
    await open().evaluate("location.hash = '#/wall'")
    for (const [width, height] of sizes) {
      await setSize(browser, width, height)
      await at('wall-lots').waitFor()
      const found = await open().evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.digits')].map((one) => {
          const { fontWeight, fontSize, fontFamily } = getComputedStyle(one)
          const pen = document.createElement('canvas').getContext('2d')
          if (pen === null) return { part: 0, over: 0 }
          pen.font = `${fontWeight} ${fontSize} ${fontFamily}`
          const heights = [...'0123456789'].map(
            (digit) => pen.measureText(digit).actualBoundingBoxAscent,
          )
          return {
            part: Math.min(...heights) / window.innerHeight,
            over: one.scrollWidth - one.clientWidth,
          }
        }),
      )
      expect(found).toHaveLength(5)
      for (const { part, over } of found) {
        expect(part, `${width} wide`).toBeGreaterThanOrEqual(1 / 12)
        expect(over).toBeLessThanOrEqual(0)
      }
      const below = await open().evaluate(() => {
        const wall = document.querySelector<HTMLElement>('[data-test="wall"]')
        return (wall?.scrollHeight ?? Infinity) - window.innerHeight
      })
      expect(below, `${width} wide`).toBeLessThanOrEqual(0)
    }
    await shots('wall', 'wall-lots')
  })

  it('is kept open under a name, and ended from another browser', async () => {
    await open().evaluate("location.hash = '#/today'")
    await at('walls').click()
    await at('wall-name').fill('一楼大厅')
    must(browser !== null, 'the browser runs')
    await setSize(browser, 1366, 768)
    await open().screenshot({ path: join(shotsDir, 'centre-walls-zh-1366.png') })
    await at('wall-do').click()
    await text('wall').toContain('一楼大厅')
    // Idle for longer than a person may be, and started again.
    aheadMs += 3 * 3_600_000
    await open().reload()
    await text('wall').toContain('一楼大厅')
    await text('wall').toContain('12:0')
    const other = await test().signedIn()
    const [wall] = (await other.call('walls.list')).answer
    await other.call('walls.end', { wallId: wall?.wallId })
    await eventually(() => at('sign-in').count()).toBe(1)
    await signIn()
  })

  it('says loudly that there is no news, and goes on by itself', async () => {
    await at('rank').waitFor()
    await open().evaluate("location.hash = '#/wall'")
    await at('wall-lots').waitFor()
    await test().centre.server.crash()
    aheadMs += 4 * 60_000
    await text('wall-stale').toContain('4 分钟没有新数据')
    for (const [width, height] of sizes) {
      must(browser !== null, 'the browser runs')
      await setSize(browser, width, height)
      await open().screenshot({ path: join(shotsDir, `centre-wall-stale-zh-${width}.png`) })
    }
    await test().centre.server.start()
    await eventually(() => at('wall-stale').count()).toBe(0)
  })
})
