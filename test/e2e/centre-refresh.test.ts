// A week of refreshes of today and of the wall view in a browser: the page's own clock runs a thousand times faster, its
// desk answers in the page with other figures each time, and the heap stays flat. And a thousand lots of a real desk in
// the table, while heartbeats come all the time.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { must } from '#base/pure/values/must.ts'
import { fillCentre } from '../kit/centre-year.ts'
import { eventually } from '../kit/eventually.ts'
import { ownSecret, startMs, testDesk, type TestDesk } from '../kit/test-desk.ts'
import { startBrowser } from './browser.ts'
import { electronBinary, removeFolder, root, setSize, shotsDir, tempFolder } from './studio.ts'

/** One a minute for a week. */
const refreshes = 10_080
const settled = 1_000
const lots = 1_000

/** What the page of a test has been given instead of its clock and its desk. */
interface Fast {
  fastReads: number
}

/** Runs in the page: each question for the sequence is five seconds later and finds that rows have moved. */
function makeFast({ today, state }: { readonly today: string; readonly state: string }): void {
  const own = window as unknown as Fast
  own.fastReads = 0
  const later = window.setTimeout.bind(window)
  let now = Date.now()
  let asked = 0
  Date.now = () => now
  window.setTimeout = ((act: () => void, ms = 0) => later(act, ms >= 1_000 ? 0 : ms)) as never
  const answers: Record<string, () => unknown> = {
    'state.seq': () => {
      now += 5_000
      return { seq: 'same', moved: String(++asked) }
    },
    'state.get': () => JSON.parse(state),
    'today.get': () => {
      own.fastReads++
      const given = JSON.parse(today)
      given.lots.forEach(
        (lot: { today: { fen: number }; feeds: { heardMs: number }[] }, at: number) => {
          lot.today.fen = (own.fastReads * 37 + at * 91) % 1_000_000
          for (const feed of lot.feeds) feed.heardMs = now - (at % 7 === 0 ? 600_000 : 1_000)
        },
      )
      given.lots.push(...given.lots.splice(0, own.fastReads % given.lots.length))
      return given
    },
  }
  window.fetch = (path) => {
    const answer = answers[String(path).replace('/api/', '')]?.()
    const headers = { 'etc-now': String(now) }
    return Promise.resolve(new Response(JSON.stringify({ answer }), { headers }))
  }
}

describe.skipIf(electronBinary === '')('a page of the centre that stays open', () => {
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
  const aheadMs = -performance.now()

  beforeAll(async () => {
    desk = await testDesk({
      pageDir: join(root, 'dist', 'runtime', 'centre-page'),
      clock: { nowMs: () => startMs + performance.now() + aheadMs },
    })
    await fillCentre(desk.centre, { lots, days: 1, cars: 20, nowMs: startMs })
    await desk.signedIn()
    browser = await startBrowser(dir)
    await open().goto(desk.desk.url)
    await at('name').fill('admin')
    await at('password').fill(ownSecret)
    await at('sign-in').click()
    await at('rank').waitFor()
  })
  afterAll(async () => {
    await browser?.app.close()
    await desk?.close()
    removeFolder(dir)
  })

  it('is smooth with a thousand lots while heartbeats come', async () => {
    must(browser !== null, 'the browser runs')
    await setSize(browser, 1366, 768)
    const readsMs: number[] = []
    open().on('request', (request) => {
      if (request.url().endsWith('/api/lots.list')) readsMs.push(performance.now())
    })
    await at('entry-lots').click()
    await eventually(() => at('lots').locator('tbody tr').count()).toBe(100)
    await open().screenshot({ path: join(shotsDir, 'centre-lots-1000-zh-1366.png') })
    await open().evaluate(() => {
      const own = window as unknown as { longMs: number[] }
      own.longMs = []
      new PerformanceObserver((list) => {
        own.longMs.push(...list.getEntries().map(({ duration }) => duration))
      }).observe({ type: 'longtask' })
    })
    const beating = setInterval(() => {
      void test().centre.owner("UPDATE centre.lot_beat SET heard = heard + interval '1 s'")
    }, 500)
    // Each five seconds, though something has moved at each question.
    readsMs.length = 0
    await eventually(() => readsMs.length).toBeGreaterThanOrEqual(4)
    clearInterval(beating)
    for (const [index, ms] of readsMs.slice(1).entries())
      expect(ms - (readsMs[index] ?? 0)).toBeGreaterThan(4_500)
    const longMs = await open().evaluate(() => (window as unknown as { longMs: number[] }).longMs)
    process.stdout.write(`long tasks of a thousand lots, ms: ${longMs.map(Math.round).join(' ')}\n`)
    // Beside other load; a person waits for no more than a blink.
    expect(Math.max(0, ...longMs)).toBeLessThan(1_000)
    await at('search').fill('停车场 77')
    await eventually(() => at('lots').locator('tbody tr').count()).toBe(11)
    await at('search').fill('')
    await at('more').click()
    await eventually(() => at('lots').locator('tbody tr').count()).toBe(200)
  })

  it.each(['today', 'wall'])('%s: its heap is flat over a week of refreshes', async (page) => {
    const reader = await test().signedIn()
    const { answer } = await reader.call('today.get')
    const today = JSON.stringify({
      ...answer,
      lots: answer.lots.slice(0, page === 'wall' ? 30 : 8),
    })
    const state = JSON.stringify((await reader.call('state.get')).answer)
    await open().goto(`${test().desk.url}/#/${page}`)
    await open().reload()
    await at(page === 'wall' ? 'wall-lots' : 'rank').waitFor()
    const tools = await open().context().newCDPSession(open())
    await tools.send('HeapProfiler.enable')
    const look = async (): Promise<{ readonly bytes: number; readonly nodes: number }> => {
      for (let turn = 0; turn < 3; turn++) await tools.send('HeapProfiler.collectGarbage')
      const { usedSize } = await tools.send('Runtime.getHeapUsage')
      const { nodes } = await tools.send('Memory.getDOMCounters')
      return { bytes: usedSize, nodes }
    }
    const reads = (): Promise<number> =>
      open().evaluate(() => (window as unknown as Fast).fastReads)
    await open().evaluate(makeFast, { today, state })
    await eventually(reads).toBeGreaterThan(settled)
    const before = await look()
    await eventually(reads).toBeGreaterThan(refreshes)
    const after = await look()
    process.stdout.write(
      `${page}: ${before.bytes} and ${after.bytes} bytes, ${before.nodes} and ${after.nodes} nodes\n`,
    )
    expect(after.bytes - before.bytes).toBeLessThan(1_000_000)
    expect(after.nodes - before.nodes).toBeLessThan(1_000)
    await tools.detach()
  })
})
