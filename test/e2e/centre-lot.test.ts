// The pages of one lot, money and cars of the centre in a browser, on figures as fold and heartbeats fill them: a figure leads
// to its rows, a row to its stay and to the signed batch that holds it. In both languages.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { must } from '#base/pure/values/must.ts'
import { testBeat } from '../kit/centre-beat.ts'
import {
  addBeat,
  addChange,
  addMoney,
  addStay,
  ensureFoldMonths,
  rowLine,
  signedFeed,
} from '../kit/centre-figures.ts'
import { eventually } from '../kit/eventually.ts'
import { addLot, addMatter, ownSecret, startMs, testDesk, type TestDesk } from '../kit/test-desk.ts'
import { startBrowser } from './browser.ts'
import { electronBinary, removeFolder, root, setSize, shotsDir, tempFolder } from './studio.ts'

const widths = [1366, 1920, 3840] as const
const hour = 3_600_000
const day = 24 * hour

/** Rows of one car among those of others, from its entry to its upload. */
function carRows(): string[] {
  const own = { stayId: 'n1-S7' }
  const order = { ...own, orderId: 'n1-O8', laneId: 'X1' }
  const charge = { ...order, deductionId: 'n1-P9' }
  const enteredAtMs = startMs - 4 * hour
  const at = startMs - 70 * 60_000
  const line = (rule: string, amountFen: number, zh: string, en: string) => ({
    fromMs: enteredAtMs,
    toMs: at,
    rule,
    amountFen,
    text: { zh, en },
  })
  const texts: string[] = []
  const add = (kind: string, atMs: number, row: object, body: object): void => {
    texts.push(rowLine(texts.length + 1, { kind, atMs, ...row, body }))
  }
  const opened = { plate: '测A12345', colour: 'blue', enteredAtMs, noEntry: false, photo: null }
  add('stayOpened', enteredAtMs, { ...own, laneId: 'E1' }, opened)
  add(
    'pass',
    enteredAtMs + 400,
    { ...own, laneId: 'E1' },
    { passId: 'n1-W2', cause: 'entry', by: null, reason: null },
  )
  add('event', enteredAtMs + 500, {}, { type: 'clockConfirmed', detail: '' })
  texts.push(`#${'ab'.repeat(32)}`)
  const plates = { plate: '测A12345', plateRaw: '测A12345' }
  const span = { tariffId: 'T1', fromMs: enteredAtMs, toMs: at }
  const lines = [
    line('first', 500, '首小时', 'first hour'),
    line('next', 700, '其后 2 小时', 'next 2 hours'),
  ]
  add('orderMade', at, { ...order, amountFen: 1200 }, { ...span, lines, ...plates })
  add(
    'intent',
    at + 10,
    { ...charge, amountFen: 1200 },
    {
      chargeMode: 'card',
      outTradeNo: 'T9',
      plate: '测A12345',
      colour: 'blue',
      obuId: '1A2B3C4D',
      cardNo: '0000000000000001',
    },
  )
  add('outcome', at + 410, charge, {
    state: 'paid',
    source: 'b5',
    reason: '',
    obuId: '1A2B3C4D',
    cardNo: '0000000000000001',
    proof: null,
  })
  add(
    'payment',
    at + 411,
    { ...order, amountFen: 1200 },
    { paymentId: 'n1-F3', means: 'etc', by: null, reason: null },
  )
  add(
    'pass',
    at + 412,
    { ...own, laneId: 'X1' },
    { passId: 'n1-W4', cause: 'etc', by: null, reason: null },
  )
  add(
    'barrier',
    at + 430,
    { ...own, laneId: 'X1' },
    { passId: 'n1-W4', command: 'open', result: 'opened' },
  )
  add('stayClosed', at + 6_000, { ...own, laneId: 'X1' }, { end: 'etc', leftAtMs: at + 6_000 })
  add('outbox', at + 6_010, charge, {
    outboxId: 'n1-U5',
    destination: 'platform',
    op: 'charge',
    businessNo: 'T9',
    body: '{}',
    bodySm3: '',
  })
  add('outboxState', at + 8_000, charge, {
    outboxId: 'n1-U5',
    state: 'confirmed',
    attempt: 1,
    httpStatus: 200,
    respCode: '0',
    requestId: null,
    tradeNo: null,
    note: null,
  })
  return texts
}

describe.skipIf(electronBinary === '')('one lot, money and cars', () => {
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
  const clock = { aheadMs: 0 }

  /** A page in both languages and the given widths; nothing is wider than the window. */
  async function shots(name: string, sizes: readonly number[] = widths): Promise<void> {
    must(browser !== null, 'the browser runs')
    for (const language of ['zh', 'en']) {
      for (const width of sizes) {
        await setSize(browser, width, width === 3840 ? 2160 : width === 1920 ? 1080 : 768)
        await open().screenshot({ path: join(shotsDir, `centre-${name}-${language}-${width}.png`) })
        const over = () => document.documentElement.scrollWidth - window.innerWidth
        expect(await open().evaluate(over), `${name} at ${width}`).toBeLessThanOrEqual(0)
      }
      await at('language').click()
    }
  }
  const goTo = async (hash: string): Promise<void> => {
    await open().evaluate((to) => {
      location.hash = to
    }, hash)
  }

  beforeAll(async () => {
    mkdirSync(shotsDir, { recursive: true })
    desk = await testDesk({
      pageDir: join(root, 'dist', 'runtime', 'centre-page'),
      clock: { nowMs: () => startMs + clock.aheadMs },
    })
    const { centre } = desk
    await ensureFoldMonths(centre, ['2026-10', '2026-11'])
    await addLot(centre, 'L001', { zh: '测试东路停车场', en: 'Test East Road', lastSeq: 1_284_220 })
    await addLot(centre, 'L002', { zh: '测试地下停车场', en: 'Test Basement', lastSeq: 88_412 })
    const feed = await signedFeed(centre, 'L001', startMs)
    const rows = carRows()
    await feed.add(rows.slice(0, 6))
    await feed.add(rows.slice(6))
    const times = { enteredMs: startMs - 4 * hour, leftMs: startMs - 70 * 60_000 }
    await addStay(centre, 'L001', { ...times, stayId: 'n1-S7', paidFen: 1200, seqs: [1, 13] })
    const own = { stayId: 'n1-S7', orderId: 'n1-O8' }
    await addMoney(centre, 'L001', { ...own, seq: 8, atMs: startMs - 69 * 60_000, fen: 1200 })
    const means = ['etc', 'etc', 'etc', 'qr', 'cash'] as const
    for (let n = 0; n < 260; n++)
      for (const lotId of ['L001', 'L002'])
        await addMoney(centre, lotId, {
          seq: 1_000 + n,
          atMs: startMs - n * 0.11 * day - 2 * hour,
          fen: 500 + ((n * 37) % 40) * 50,
          means: means[n % 5] ?? 'etc',
          stayId: n % 17 === 0 ? null : `n1-S${1000 + n}`,
        })
    const refund = {
      seq: 5_000,
      atMs: startMs - day,
      fen: 600,
      what: 'refund',
      means: 'cash',
    } as const
    await addMoney(centre, 'L001', refund)
    for (let n = 0; n < 130; n++)
      await addStay(centre, n % 2 === 0 ? 'L001' : 'L002', {
        stayId: `n1-S${1000 + n}`,
        plate: `测C${String(12_000 + n)}`,
        enteredMs: startMs - n * 0.2 * day - 3 * hour,
        leftMs: n % 9 === 0 ? null : startMs - n * 0.2 * day - hour,
        paidFen: n % 9 === 0 ? 0 : 800,
        backFen: n % 50 === 1 ? 300 : 0,
      })
    browser = await startBrowser(dir)
    open().on('console', (said) => said.type() === 'error' && errors.push(said.text()))
    const { signIn, url } = desk.desk
    must(signIn !== null, 'the first start has a one-time password')
    await open().goto(url)
    await at('name').fill(signIn.name)
    await at('password').fill(signIn.password)
    await at('sign-in').click()
    await at('secret-new').fill(ownSecret)
    await at('secret-again').fill(ownSecret)
    await at('secret-do').click()
    await text('person').toBe(signIn.name)
  })
  afterAll(async () => {
    await open().screenshot({ path: join(shotsDir, 'centre-zz-last.png') })
    await browser?.app.close()
    await desk?.close()
    removeFolder(dir)
  })

  it('one lot: never heard, as it is now, and grey when its report is old', async () => {
    const { centre } = test()
    await goTo('#/lots/L001')
    await text('never').toContain('还没有收到它的报告')
    await shots('lot-never')
    await addBeat(centre, 'L001', startMs - 20_000, testBeat(startMs - 20_000))
    for (const [thing, ago, state, detail] of [
      ['device X1 rsu', 5, 'down', { reason: 'silent' }],
      ['lane X1', 2, 'waiting', { waiting: 'plateNotRead' }],
      ['lane X1', 5, 'noEtc', { isEtcReady: false }],
      ['clock', 400, 'trusted', { ntp: 'synchronised' }],
      ['clock', 460, 'doubtful', { ntp: 'notSynchronised' }],
      ['disk', 900, 'enough', {}],
      ['platform', 1_500, 'up', {}],
      ['version', 9_000, '1.0.0', {}],
    ] as const)
      await addChange(centre, 'L001', thing, startMs - ago * 60_000, state, detail)
    await addMatter(centre, 'L001', 'oddClock', { seq: 4, atMs: startMs + 70 * 365 * day })
    await open().reload()
    await text('beat-n1').toContain('20 秒前报告')
    await text('lane-X1').toContain('需要人工')
    await text('lane-X1').toContain('分钟')
    await text('devices').toContain('没有应答')
    await text('own-matters').toContain('出口 1 有车等待处理')
    await text('desk-matters').toContain('时钟偏得太远')
    await shots('lot-now')
    await at('part-changes').click()
    await eventually(() => at('changes').locator('tbody tr').count()).toBe(8)
    expect(await at('changes').innerText()).not.toMatch(/noEtc|doubtful|silent|plateNotRead/)
    await shots('lot-changes', [1366])
    await at('part-money').click()
    await shots('lot-money', [1366])
    await at('part-now').click()
    clock.aheadMs = 14 * 60_000
    await text('beat-stale').toContain('14 分钟没有报告')
    await shots('lot-stale')
    clock.aheadMs = 0
  })

  it('money: a figure leads to its rows, whose sum stands beside it', async () => {
    await at('entry-money').click()
    await eventually(() => at('money').locator('tbody tr').count()).toBeGreaterThan(20)
    expect(await at('entry-money').getAttribute('aria-current')).toBe('page')
    await shots('money')
    await at('by-lot').click()
    await eventually(() => at('line-L002').count()).toBe(1)
    await shots('money-lots', [1366])
    await at('cell-L001-payment-etc').click()
    await text('proof-said').toContain('两边一致')
    await eventually(() => at('money-list').locator('tbody tr').count()).toBe(100)
    await at('more').click()
    await eventually(() => at('money-list').locator('tbody tr').count()).toBeGreaterThan(100)
    await shots('money-rows')
    const wanted = await at('proof-table').innerText()
    expect((await at('proof-rows').innerText()).replace(/^\S+\s/, '')).toBe(
      wanted.replace(/^\S+\s/, ''),
    )
  })

  it('money: a difference between figure and rows is said, and no money is a calm sentence', async () => {
    const { owner } = test().centre
    await owner(
      "UPDATE centre.taking SET fen = fen + 100 WHERE lot_id = 'L001' AND day = '2026-11-28' AND means = 'etc' AND what = 'payment'",
    )
    await goTo('#/money/L001~2026-11-28~etc')
    await text('proof-said').toContain('两边不一致')
    await shots('money-differs', [1366])
    await goTo('#/money/L001~2026-09~*')
    await text('empty').toContain('这段时间没有收费')
    await shots('money-empty', [1366])
    await goTo('#/money/Z9~2026-11~*')
    await text('fault').toContain('CENTRE-38')
    await shots('money-fault', [1366])
  })

  it('a car: found by the end of its plate, its story, and the signed batch of a row', async () => {
    await at('entry-cars').click()
    await text('start').toContain('找一辆车')
    await shots('cars-start', [1366])
    await at('word').fill('45')
    await open().keyboard.press('Enter')
    await text('short').toContain('至少写三位')
    await at('word').fill('测C12')
    await open().keyboard.press('Enter')
    await eventually(() => at('stays').locator('tbody tr').count()).toBe(100)
    await shots('cars')
    await at('word').fill('99999')
    await open().keyboard.press('Enter')
    await text('empty').toContain('没有找到')
    await shots('cars-empty', [1366])
    await at('word').fill('2345')
    await open().keyboard.press('Enter')
    await at('stay-L001-n1-S7').locator('a').click()
    await text('stay-head').toContain('测A·12345')
    await text('why').toContain('首小时')
    await text('proof').toContain('11 行')
    await text('withheld').toContain('1 行')
    await shots('stay')
    await at('row-8').locator('a').click()
    await text('signature').toContain('签名无误')
    await eventually(() => at('line-8').getAttribute('class')).toContain('picked')
    await shots('signed', [1366, 1920])
  })

  it('saves masked plates', async () => {
    await goTo('#/cars/*~2345')
    await eventually(() => at('stay-L001-n1-S7').count()).toBe(1)
    must(browser !== null, 'the browser runs')
    const file = join(dir, 'stays.csv')
    await browser.app.evaluate(({ session }, path) => {
      session.defaultSession.once('will-download', (_event, item) => item.setSavePath(path))
    }, file)
    await at('stays-save').click()
    await eventually(() => existsSync(file)).toBe(true)
    const csv = readFileSync(file, 'utf8')
    expect(csv).toContain('测AXXX45')
    expect(csv).not.toContain('12345')
    expect(errors.filter((said) => !/status of 4\d\d/.test(said))).toEqual([])
  })
})
