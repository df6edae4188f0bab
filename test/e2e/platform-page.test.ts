// The administration page of the built platform simulator in a browser: an independent client appears in the live log
// and in the books, a fault set by hand affects it, certificates and list are changed, and another site can do none of
// this.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { must } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { startBrowser } from './browser.ts'
import { startPlatform, type RunningPlatform } from './platform-process.ts'
import { electronBinary, removeFolder, root, shotsDir, tempFolder } from './studio.ts'

/** Runs the client of docs/platform-sim.md once; returns its exit code. */
async function foreignClient({ baseUrl, certDir }: RunningPlatform): Promise<unknown> {
  const file = join(root, 'test/fixtures/platform-client.py')
  const [code]: unknown[] = await once(
    execFile('python3', [file, baseUrl, 'TEST0001', certDir]),
    'close',
  )
  return code
}

describe.skipIf(electronBinary === '')('the administration page', () => {
  const dir = tempFolder()
  let sim: RunningPlatform | null = null
  let browser: Awaited<ReturnType<typeof startBrowser>> | null = null
  const running = (): RunningPlatform => {
    must(sim !== null, 'the simulator runs')
    return sim
  }
  const open = (): Page => {
    must(browser !== null, 'the browser runs')
    return browser.page
  }
  const at = (name: string) => open().locator(`[data-test="${name}"]`)
  const part = (name: string) => at(`part-${name}`).click()
  const shot = (name: string) =>
    open().screenshot({ path: join(shotsDir, `platform-${name}.png`), fullPage: true })
  const admin = async (path: string): Promise<unknown> =>
    (await fetch(`${running().admin}/${path}`)).json()

  beforeAll(async () => {
    mkdirSync(shotsDir, { recursive: true })
    sim = await startPlatform(dir)
    browser = await startBrowser(dir)
  })
  afterAll(async () => {
    await browser?.app.close()
    if (sim !== null) {
      const gone = once(sim.child, 'exit')
      sim.child.kill('SIGTERM')
      expect(await gone).toEqual([0, null])
    }
    removeFolder(dir)
  })

  it('shows what a client did: figures, its exchanges, one of them whole', async () => {
    const errors: string[] = []
    open().on('console', (said) => said.type() === 'error' && errors.push(said.text()))
    await open().goto(running().admin)
    await eventually(() => open().locator('h1').innerText()).toBe('平台模拟器')
    await eventually(() => at('all-well').innerText()).toBe('没有发现问题')
    expect(await foreignClient(running())).toBe(0)
    await eventually(() => at('figure-records').innerText()).toBe('扣费记录\n1')
    await eventually(() => at('figure-amount').innerText()).toBe('金额（元）\n12.00')
    await shot('overview-zh')
    await part('log')
    const rows = at('log').locator('tbody tr')
    await eventually(() => rows.count()).toBe(8)
    await at('filter-interface').selectOption('POST /v1/etc/exit-charges')
    await eventually(() => rows.count()).toBe(2)
    await rows.first().locator('button').click()
    await eventually(() => at('why').innerText()).toMatch(/^100001/)
    expect(await at('signed').innerText()).toMatch(/^POST↵\n\/v1\/etc\/exit-charges↵\n\d+↵\n/)
    await shot('log-zh')
    expect(errors).toEqual([])
  })

  it('sets a fault that hits the next client, counts it, says what is wrong, and clears it', async () => {
    await part('faults')
    await at('fault-do').selectOption('flip')
    await at('fault-set').click()
    await eventually(() => at('hits').innerText()).toBe('0')
    expect(await foreignClient(running())).toBe(1)
    await eventually(() => at('hits').innerText()).toBe('1')
    await at('language').click()
    await eventually(() => at('part-faults').innerText()).toBe('Faults')
    await shot('faults-en')
    await at('fault-status').fill('99')
    await at('fault-set').click()
    await eventually(() => at('fault-refused').innerText()).toContain('/status 99')
    await at('fault-times').fill('0')
    await at('fault-status').fill('503')
    await at('fault-set').click()
    await part('overview')
    await eventually(() => at('wrong').innerText()).toContain('A fault is set')
    await part('faults')
    await at('fault-clear').click()
    await eventually(() => at('faults').count()).toBe(0)
    expect(await admin('faults')).toEqual({ faults: [] })
  })

  it('shows the books with their sums, changes the list, ends a certificate after a question', async () => {
    await part('books')
    await eventually(() => at('books-fen').innerText()).toBe('2400')
    await shot('books-en')
    await part('list')
    await at('list-no').fill('12')
    await at('list-add').click()
    await eventually(() => at('list-refused').innerText()).toContain('/cardNo')
    await at('list-no').fill('45010000000000000001')
    await at('list-add').click()
    await eventually(() => at('list-version').innerText()).toBe('1')
    await part('certificates')
    const end = at('certificates').locator('button')
    await eventually(() => end.count()).toBe(1)
    await end.click()
    await shot('certificates-en')
    await at('end-yes').click()
    await eventually(() => end.count()).toBe(0)
    expect(await foreignClient(running())).toBe(0)
    await part('log')
    await at('filter-code').selectOption('4')
    const rows = at('log').locator('tbody tr')
    await eventually(() => rows.first().innerText()).toContain('400003')
  })

  it('finds a contract by card and by OBU, and holds a day of bookings against its charges', async () => {
    await part('issuer')
    await at('contract-no').fill('45010000000000000001')
    await at('contract-find').click()
    await eventually(() => at('issuer-refused').innerText()).toContain('/no')
    await at('contract-contractNo').fill('HT-1')
    await at('contract-cardNo').fill('45010000000000000001')
    await at('contract-obuId').fill('1A2B3C4D')
    await at('contract-add').click()
    for (const no of ['45010000000000000001', '1A2B3C4D']) {
      await at('contract-no').fill(no)
      await at('contract-find').click()
      await eventually(() => at('contract-found').innerText()).toBe('HT-1')
    }
    const books = (await admin('books?kind=exit-charges')) as {
      rows: { outTradeNo: string; realFee: number; refundedFee: number }[]
    }
    const netFen = books.rows.reduce((sum, one) => sum + one.realFee - one.refundedFee, 0)
    await eventually(() => at('posting-charges').innerText()).toBe(String(books.rows.length))
    const net = (netFen / 100).toFixed(2)
    expect(await at('posting-bookedFen').innerText()).toBe(net)
    expect(await at('posting-chargedFen').innerText()).toBe(net)
    const [first] = books.rows
    must(first !== undefined, 'a charge')
    const more = { outTradeNo: first.outTradeNo, fen: 1 }
    await fetch(`${running().admin}/bookings`, { method: 'POST', body: JSON.stringify(more) })
    await eventually(() => at('posting-differences').locator('tr').count()).toBe(1)
    expect(await at('posting-differences').innerText()).toContain(first.outTradeNo)
    await shot('issuer-en')
  })

  it('shows a developer the members of an interface and a script for it', async () => {
    await part('developer')
    await eventually(() => at('developer-script').innerText()).toContain('openssl dgst -sm3 -sign')
    await eventually(() => at('developer-members').innerText()).toContain('outTradeNo')
    await shot('developer-en')
    await at('language').click()
    await eventually(() => at('part-developer').innerText()).toBe('开发者')
    await shot('developer-zh')
  })

  it('lets a lot in level by level, tells it, and answers a question', async () => {
    const form = {
      format: 'etc-application',
      lotId: 'LOT001',
      name: '测试停车场',
      district: '450103',
      qualification: '桂停-001',
      contact: '王师傅 13800000000',
      lanes: [{ id: 'exit' }],
      use: 'test',
    }
    const body = JSON.stringify(form)
    await part('onboarding')
    expect(await at('application-submit').isDisabled()).toBe(true)
    for (const [text, said] of [
      [body.slice(0, -1), '不是申请文件'],
      [JSON.stringify({ ...form, lotId: '' }), '/lotId'],
      [JSON.stringify({ ...form, format: 'etc-review' }), '/format'],
    ] as const) {
      await at('application-text').fill(text)
      await at('application-submit').click()
      await eventually(() => at('application-refused').innerText()).toContain(said)
    }
    const buffer = Buffer.from(body)
    const file = { name: 'LOT001.test-1.application.json', mimeType: 'application/json', buffer }
    await at('application-file').setInputFiles(file)
    await at('application-submit').click()
    await eventually(() => at('applications').innerText()).toContain('待业务审批')
    expect(await at('pass').isDisabled()).toBe(true)
    await at('review-by').fill('李工')
    expect(await at('reject').isDisabled()).toBe(true)
    await at('pass').click()
    await eventually(() => at('applications').innerText()).toContain('待技术审批')
    await at('review-by').fill('周工')
    await at('pass').click()
    await eventually(() => at('applications').innerText()).toContain('已通过')
    await eventually(() => at('notices').innerText()).toContain('T1 已通过')
    expect(await at('pass').count()).toBe(0)
    await at('give').click()
    await eventually(() => at('given').locator('a').allInnerTexts()).toContain('channel.json')
    const names = await at('given').locator('a').allInnerTexts()
    expect(names).toEqual(
      expect.arrayContaining([
        'review.json',
        'client.pem',
        'client.key.pem',
        'platform.pem',
        'ca.pem',
      ]),
    )
    await shot('onboarding-zh')
    await part('questions')
    await at('ask-from').fill('王工')
    await at('ask-about').fill('POST /v1/etc/refunds')
    await at('ask-text').fill('退款要不要原单号?')
    await at('ask-do').click()
    await eventually(() => at('question').innerText()).toContain('退款要不要原单号?')
    await at('reply-by').fill('平台')
    await at('reply-text').fill('要')
    await at('reply-do').click()
    await eventually(() => at('reply').innerText()).toContain('→ 要 平台')
    await shot('questions-zh')
    await at('ask-search').fill('没有这个词')
    await eventually(() => at('question').count()).toBe(0)
  })

  it('takes nothing from another site, and stands in no frame of one', async () => {
    const fault = { at: '*', when: 'before', do: 'drop' }
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(`<iframe src="${running().admin}"></iframe>`)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const bound = server.address()
    must(typeof bound === 'object' && bound !== null, 'a listening server has an address')
    await open().goto(`http://127.0.0.1:${bound.port}/`)
    const foreign = { url: `${running().admin}/faults`, body: JSON.stringify(fault) }
    await open().evaluate(
      ({ url, body }) => fetch(url, { method: 'POST', mode: 'no-cors', body }).then(() => true),
      foreign,
    )
    expect(await admin('faults')).toEqual({ faults: [] })
    expect(
      open()
        .frames()
        .map((frame) => frame.url()),
    ).toContain('chrome-error://chromewebdata/')
    server.close()
  })
})
