// Free spaces for everybody: the page and its numbers over a real socket, what they do not say, and what a crowd costs.
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { freeSpacesPage, pageLanguage } from '#money/partners/free-spaces-page.ts'
import type { SharedSpaces } from '#money/ports/partner.ts'
import { alpha, closeAll, serving } from '../../../kit/partner-server.ts'

afterEach(closeAll)

const part = { name: 'B1', capacity: 20, inside: 13, unwatched: 0, free: 7 }
const spaces: SharedSpaces = {
  atIso: '2026-03-02T09:50:07.000+08:00',
  capacity: 74,
  inside: 32,
  kept: 0,
  unwatched: 0,
  free: 42,
  isOpen: true,
  isSure: true,
  parts: [part, { ...part, name: 'B2', capacity: null, free: null }],
  kinds: null,
  eventsAfter: 12_345,
}
const name = { zh: '测试<停车场>', en: 'Test & lot' }

async function opened(over: { now?: () => SharedSpaces } = {}) {
  let counted = 0
  const now = (): SharedSpaces => {
    counted++
    return over.now?.() ?? spaces
  }
  let nowUs = 0
  const mono = { nowUs: () => nowUs, after: () => () => undefined }
  const { server, faults, call } = await serving({ web: { name, now }, mono })
  const get = (path: string, headers = {}) => fetch(`${server.url}${path}`, { headers })
  const passes = (ms: number): void => {
    nowUs += ms * 1_000
  }
  return { get, passes, faults, call, counted: () => counted }
}

describe('the page', () => {
  it.each([
    ['none', undefined, 'zh-CN', '测试&lt;停车场&gt;'],
    ['English', 'en-GB,en;q=0.9,zh;q=0.4', 'en', 'Test &amp; lot'],
    ['Chinese before English', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN', '测试&lt;停车场&gt;'],
    ['another one', 'fr, de;q=0.7', 'zh-CN', '测试&lt;停车场&gt;'],
  ])('is in the language that is asked for: %s', async (_, accepted, lang, title) => {
    const { get } = await opened()
    const answer = await get(
      '/free-spaces',
      accepted === undefined ? {} : { 'accept-language': accepted },
    )
    const html = await answer.text()
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).toContain(`<h1>${title}</h1>`)
    expect(answer.headers.get('vary')).toBe('Accept-Language')
  })

  it('has the numbers, their time, and loads nothing but itself', async () => {
    const { get } = await opened()
    const answer = await get('/free-spaces')
    const html = await answer.text()
    expect(html).toContain('<b>42</b>')
    expect(html).toContain('<li>B1<b>7</b></li>')
    expect(html).toContain('>09:50:07<')
    expect(html).not.toMatch(/B2|12345|<script|src=|href=|url\(|<strong>/)
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(html) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy.split('; ').slice(0, 2)).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
    ])
  })

  it.each<[string, Partial<SharedSpaces>, RegExp, RegExp | null]>([
    ['full', { free: 0 }, /<b class="none">满<\/b>/, null],
    ['closed', { free: 0, isOpen: false }, /<b class="none">关闭<\/b>/, /满/],
    ['in doubt', { isSure: false }, /<strong>/, null],
    ['an area that is full', { parts: [{ ...part, free: 0 }] }, /B1<b class="none">满/, null],
    ['no areas', { parts: [] }, /<b>42<\/b>/, /<ul>/],
  ])('%s', (_, over, wanted, unwanted) => {
    const html = freeSpacesPage(name, { ...spaces, ...over }, 'zh')
    expect(html).toMatch(wanted)
    if (unwanted !== null) expect(html).not.toMatch(unwanted)
  })
})

it.each([
  ['EN;q=0.5, zh;q=0.4', 'en'],
  ['zh;q=0,en;q=0.1', 'en'],
  ['', 'zh'],
  ['q=;;,', 'zh'],
])('the language of %j is %s', (accepted, language) => {
  expect(pageLanguage(accepted)).toBe(language)
})

it('the numbers are for every page of the web', async () => {
  const { get } = await opened()
  const answer = await get('/free-spaces.json')
  const { eventsAfter: _, ...numbers } = spaces
  expect(await answer.json()).toEqual({ name, ...numbers })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=5')
  expect(answer.headers.get('etc-signature')).toBeNull()
})

it('a crowd costs one count a second', async () => {
  const { get, passes, counted } = await opened()
  const crowd = async (): Promise<void> => {
    const asked = Array.from({ length: 60 }, (_, i) =>
      i % 2 ? '/free-spaces.json' : '/free-spaces',
    )
    const answers = await Promise.all(asked.map(async (path) => (await get(path)).text()))
    expect(new Set(answers).size).toBe(2)
  }
  await crowd()
  passes(999)
  await crowd()
  expect(counted()).toBe(1)
  passes(1)
  await crowd()
  expect(counted()).toBe(2)
})

it('an unexpected error is reported, and shown to nobody', async () => {
  const thrown = new Error('count')
  const { get, faults } = await opened({
    now: () => {
      throw thrown
    },
  })
  const answer = await get('/free-spaces')
  expect([answer.status, await answer.text(), faults]).toEqual([503, '', [thrown]])
})

it('is closed unless the lot file opens it, and opens nothing else', async () => {
  const closed = await serving()
  expect((await closed.call('GET', '/free-spaces')).status).toBe(404)
  const { call } = await opened()
  expect((await call('GET', '/v1/access', { by: null })).refused?.[0]).toBe('ORDER-02')
  expect((await call('PUT', '/free-spaces', { by: alpha })).refused?.[0]).toBe('ORDER-01')
})
