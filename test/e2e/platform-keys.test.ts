// The administration page with keys, in a browser: without a key it only asks for one; the operator sees everything
// except the review of a refund, finance that and its reconciliation, a candidate its own log, books and joint test.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { must } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { startBrowser } from './browser.ts'
import { startPlatform, type RunningPlatform } from './platform-process.ts'
import { electronBinary, removeFolder, root, shotsDir, tempFolder } from './studio.ts'

const channel = 'SBLOT001'

describe.skipIf(electronBinary === '')('the page with keys', () => {
  const dir = tempFolder()
  let sim: RunningPlatform | null = null
  let browser: Awaited<ReturnType<typeof startBrowser>> | null = null
  let candidateKey = ''
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
  const keyIn = (office: string): string =>
    readFileSync(join(running().certDir, `${office}.key`), 'utf8').trim()
  const parts = () =>
    open()
      .locator('nav a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-test')))
  async function enter(key: string): Promise<void> {
    if ((await at('leave').count()) > 0) await at('leave').click()
    await at('key').fill(key)
    await at('key-open').click()
  }
  async function ask(path: string, body?: object): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${keyIn('operator')}` }
    const more = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    return (await (
      await fetch(`${running().admin}/${path}`, { headers, ...more })
    ).json()) as Record<string, unknown>
  }

  /** A candidate that has passed the joint test, with a pending refund. */
  async function candidate(): Promise<void> {
    const form = { format: 'etc-application', lotId: 'LOT001', name: '测试停车场', district: 'D' }
    const more = { qualification: 'Q', contact: 'C', lanes: [{ id: 'exit' }], use: 'test' }
    const { id } = await ask('applications', { ...form, ...more })
    for (const by of ['A', 'B']) await ask('reviews', { id, verdict: 'pass', by })
    const { files } = await ask(`applications/${String(id)}`)
    const own = join(dir, 'channel')
    mkdirSync(own)
    for (const [name, text] of Object.entries(files as Record<string, string>))
      writeFileSync(join(own, name), text)
    candidateKey = readFileSync(join(own, 'page.key'), 'utf8').trim()
    await ask('policy', { appId: channel, refunds: 'PENDING_REVIEW' })
    const client = join(root, 'test/fixtures/platform-joint.py')
    const ran = execFile('python3', [client, running().baseUrl, channel, own])
    expect(await once(ran, 'close')).toEqual([0, null])
  }

  beforeAll(async () => {
    mkdirSync(shotsDir, { recursive: true })
    sim = await startPlatform(dir, '--keys', '--timing', 'instant', '--seed', '7')
    browser = await startBrowser(dir)
    await candidate()
  })
  afterAll(async () => {
    await browser?.app.close()
    if (sim !== null) {
      const gone = once(sim.child, 'exit')
      sim.child.kill('SIGTERM')
      await gone
    }
    removeFolder(dir)
  })

  it('asks for a key, and says when there is no such one', async () => {
    await open().goto(running().admin)
    await at('key').waitFor()
    expect(await parts()).toEqual([])
    await enter('X')
    await eventually(() => at('key-wrong').innerText()).toBe('没有这个密钥')
    await shot('key-zh')
  })

  it('the operator sees each part, and judges no refund', async () => {
    await enter(keyIn('operator'))
    await eventually(parts).toContain('part-faults')
    await part('reviews')
    await eventually(() => at('refunds').innerText()).toContain('待审核')
    expect(await at('approve').count()).toBe(0)
    await part('onboarding')
    await eventually(() => at('joint-thrown').innerText()).toMatch(/^随机种子 7/)
    await shot('joint-zh')
  })

  it('finance holds a bill against its channel, and judges a refund by name and with a reason', async () => {
    await enter(keyIn('finance'))
    await eventually(parts).toEqual(['part-reviews', 'part-books'])
    await at('reconcile-channel').selectOption(channel)
    await eventually(() => at('reconcile-told').innerText()).toBe('1 · ¥12.15')
    await eventually(() => at('reconcile-bill').innerText()).toBe('1 · ¥12.15')
    await shot('reviews-zh')
    expect(await at('approve').isDisabled()).toBe(true)
    await at('refund-by').fill('李会计')
    await at('refund-reason').fill('金额属实')
    await at('approve').click()
    await eventually(() => at('refunds').innerText()).toContain('已退费')
    expect(await at('approve').count()).toBe(0)
    await eventually(() => at('reconcile-told').innerText()).toBe('1 · ¥7.15')
    await at('language').click()
    await eventually(() => at('reconcile-state').innerText()).toBe('Bill and channel agree')
    await shot('reviews-en')
  })

  it('a candidate sees its own log, books and joint test, with its report and its seed', async () => {
    await enter(candidateKey)
    await eventually(parts).toEqual(
      ['log', 'books', 'reviews', 'joint', 'developer'].map((one) => `part-${one}`),
    )
    await part('log')
    const rows = at('log').locator('tbody tr')
    await eventually(() => rows.count()).toBeGreaterThan(20)
    for (const text of await rows.allInnerTexts()) expect(text).toContain(channel)
    await shot('log-of-candidate-en')
    await part('books')
    await eventually(() => at('books-count').innerText()).toBe('1')
    await shot('books-of-candidate-en')
    await part('reviews')
    await eventually(() => at('refunds').innerText()).toContain('refunded')
    expect(await at('refund-by').count()).toBe(0)
    await part('joint')
    await eventually(() => at('joint-test').innerText()).toMatch(/ [0-9A-Z]{32}$/)
    await shot('joint-of-candidate-en')
  })
})
