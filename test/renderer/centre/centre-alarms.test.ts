// Alarms on the pages of the centre, on a scripted desk: taken, quiet, told; the sound; where they go.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, type App as VueApp } from 'vue'
import { i18n } from '../../../centre/pages/i18n.ts'
import App from '../../../centre/pages/shell/App.vue'
import { session } from '../../../centre/pages/shell/server.ts'
import { all, named, one, press, settle, textOf, type } from '../kit/page.ts'

const nowMs = Date.UTC(2026, 10, 29, 1)
const text = (zh: string) => ({ zh, en: `${zh} en` })
const matter = (matterId: string, kind: string, more: object = {}) => ({
  matterId,
  lotId: 'A1',
  lotName: text('东路'),
  nodeId: '',
  kind,
  what: null,
  detail: {},
  sinceMs: nowMs - 300_000,
  endedMs: null,
  taken: null,
  quietMs: null,
  told: [],
  failing: [],
  aside: null,
  ...more,
})
const state = (loud: number) => ({
  door: '',
  lots: 1,
  rows: 1,
  heardMs: nowMs,
  waiting: { pairings: 0, matters: 1, loud },
  database: { version: '15.1', bytes: 1, months: [] },
})
const mail = { host: 'smtp.example.com', port: 465, tls: 'tls', user: 'a', from: 'a@example.com' }
const way = { wayId: '7', kind: 'mail', address: 'duty@example.com', afterS: 600, last: null }

let answers: Record<string, unknown>
let sent: (readonly [name: string, args: unknown])[]
let app: VueApp
let tones: number[]
let audio: 'running' | 'suspended'
const missing = new Set<string>()
i18n.global.setMissingHandler((_locale, word) => void missing.add(word))
const calls = (name: string): unknown[] =>
  sent.filter(([called]) => called === name).map(([, args]) => args)
const isOff = (name: string): boolean => (one(named(name)) as HTMLButtonElement).disabled

class TestAudio {
  currentTime = 0
  destination = {}
  get state(): string {
    return audio
  }
  resume(): Promise<void> {
    audio = 'running'
    return Promise.resolve()
  }
  close(): Promise<void> {
    return Promise.resolve()
  }
  createGain() {
    const gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined }
    return { gain, connect: () => undefined }
  }
  createOscillator() {
    return {
      frequency: { value: 0 },
      connect: (next: unknown) => next,
      start: (at: number) => tones.push(at),
      stop: () => undefined,
    }
  }
}

async function open(address: string): Promise<void> {
  location.hash = address
  window.dispatchEvent(new HashChangeEvent('hashchange'))
  document.body.innerHTML = '<div id="app"></div>'
  app = createApp(App).use(i18n)
  app.mount('#app')
  await settle()
}

beforeEach(() => {
  sent = []
  tones = []
  audio = 'running'
  session.value = null
  localStorage.clear()
  answers = {
    'session.get': { name: 'admin', oneTime: false },
    'state.get': state(0),
    'state.seq': { seq: 'a' },
    'inbox.list': [],
    'alarms.list': { ways: [way], mail, hasPassword: true },
  }
  vi.stubGlobal('AudioContext', TestAudio)
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    const name = path.replace('/api/', '')
    sent.push([name, JSON.parse(body)])
    const answer = answers[name] ?? null
    const failed = typeof answer === 'object' && answer !== null && 'error' in answer
    return Promise.resolve({
      headers: new Headers({ 'etc-now': String(nowMs) }),
      json: () => Promise.resolve(failed ? answer : { answer }),
    })
  })
})
afterEach(() => {
  app.unmount()
  vi.unstubAllGlobals()
  expect([...missing]).toEqual([])
})

describe('the inbox', () => {
  const order = (): string[] =>
    all(`[data-test^="matter-"]`).flatMap((row) =>
      row.tagName === 'LI' ? (row.dataset['test'] ?? '') : [],
    )

  it('shows the urgent first, then those that somebody has taken, then the others', async () => {
    answers['inbox.list'] = [
      matter('1', 'certificateEnds'),
      matter('2', 'deviceDown', {
        what: text('入口的相机'),
        taken: { name: '王芳', atMs: nowMs - 60_000 },
      }),
      matter('3', 'silent'),
    ]
    await open('#/inbox')
    expect(order()).toEqual(['matter-silent', 'matter-deviceDown', 'matter-certificateEnds'])
    const [, taken] = all('.matter')
    expect(taken?.innerText).toContain('入口的相机')
    expect(taken?.innerText).toContain('王芳 08:59 认领')
    expect(all(`${named('matter-silent')} ${named('matter-do')}`)).toEqual([])
    expect(textOf('matter-silent')).toContain('自己结束')
  })

  it('takes and releases by one press', async () => {
    answers['inbox.list'] = [matter('3', 'silent')]
    await open('#/inbox')
    answers['inbox.list'] = [matter('3', 'silent', { taken: { name: 'admin', atMs: nowMs } })]
    await press('matter-take')
    expect(calls('inbox.take')).toEqual([{ matterId: '3' }])
    expect(all(named('matter-take'))).toEqual([])
    await press('matter-release')
    expect(calls('inbox.release')).toEqual([{ matterId: '3' }])
  })

  it('makes quiet for a time with a reason', async () => {
    answers['inbox.list'] = [matter('3', 'silent')]
    await open('#/inbox')
    await press('matter-quiet')
    const choice = one(named('quiet-for')) as HTMLSelectElement
    choice.value = '480'
    choice.dispatchEvent(new Event('change'))
    expect(isOff('act-do')).toBe(true)
    await type(named('reason'), '施工')
    await press('act-do')
    expect(calls('inbox.quiet')).toEqual([{ matterId: '3', minutes: 480, reason: '施工' }])
  })

  it('says who was told, and which way failed', async () => {
    answers['inbox.list'] = [
      matter('3', 'silent', {
        told: [{ way: 'mail', atMs: nowMs - 3_600_000 }],
        failing: [{ way: 'webhook', why: 'HTTP 500' }],
        quietMs: nowMs + 86_400_000,
      }),
    ]
    await open('#/inbox')
    expect(textOf('told')).toContain('08:00 已发邮件')
    expect(textOf('told')).toContain('静音到 2026-11-30 09:00')
    expect(textOf('matter-silent')).toContain('HTTP 500')
  })

  it('of somebody who was quicker says so', async () => {
    answers['inbox.list'] = [matter('3', 'silent')]
    const body = { code: 'CENTRE-38', field: '', value: '', why: null }
    answers['inbox.take'] = {
      error: { ...body, what: text('没有'), means: text('照常'), todo: text('再看') },
    }
    await open('#/inbox')
    await press('matter-take')
    expect(textOf('fault')).toContain('CENTRE-38')
  })
})

describe('the sound', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
  afterEach(() => vi.useRealTimers())

  it.each([
    [0, 0],
    [2, 6],
  ])('of %d loud matters is %d tones in ten seconds', async (loud, wanted) => {
    answers['state.get'] = state(loud)
    await open('#/inbox')
    vi.advanceTimersByTime(10_000)
    expect(tones).toHaveLength(wanted)
  })

  it('is switched off for this browser, and on again', async () => {
    answers['state.get'] = state(1)
    await open('#/inbox')
    await press('sound')
    const before = tones.length
    vi.advanceTimersByTime(60_000)
    expect(tones).toHaveLength(before)
    app.unmount()
    await open('#/inbox')
    expect(tones).toHaveLength(before)
    expect(textOf('sound')).toContain('关')
    await press('sound')
    expect(tones.length).toBeGreaterThan(before)
  })

  it('waits for a touch of the page, and says so', async () => {
    audio = 'suspended'
    answers['state.get'] = state(1)
    await open('#/inbox')
    vi.advanceTimersByTime(10_000)
    expect(tones).toEqual([])
    expect(textOf('sound-blocked')).toContain('点一下页面')
    window.dispatchEvent(new Event('pointerdown'))
    await settle()
    expect(all(named('sound-blocked'))).toEqual([])
    vi.advanceTimersByTime(4_000)
    expect(tones).toHaveLength(2)
  })

  it('ends with the session', async () => {
    answers['state.get'] = state(1)
    await open('#/inbox')
    const before = tones.length
    session.value = 'out'
    await settle()
    vi.advanceTimersByTime(60_000)
    expect(tones).toHaveLength(before)
  })
})

describe('where alarms go', () => {
  it('an address is added with its time; the secret of a webhook is shown', async () => {
    answers['alarms.addWay'] = { wayId: '8', secret: 'f00d' }
    await open('#/alarms')
    expect(textOf('way-7')).toContain('10 分钟没有人认领')
    for (const [name, value] of [
      ['way-kind', 'webhook'],
      ['way-after', '1800'],
    ] as const) {
      const choice = one(named(name)) as HTMLSelectElement
      choice.value = value
      choice.dispatchEvent(new Event('change'))
    }
    expect(isOff('way-add')).toBe(true)
    await type(named('way-address'), ' https://example.com/hook ')
    await press('way-add')
    expect(calls('alarms.addWay')).toEqual([
      { kind: 'webhook', address: 'https://example.com/hook', afterS: 1_800 },
    ])
    expect(textOf('way-secret')).toContain('f00d')
  })

  it.each([
    [{ isTaken: true, answer: '250 queued' }, '收下了'],
    [{ isTaken: false, answer: '535 wrong account' }, '没有发出去'],
  ])('a test says what the server answered: %j', async (answer, wanted) => {
    answers['alarms.test'] = answer
    await open('#/alarms')
    await press('way-test')
    expect(textOf('said')).toContain(wanted)
    expect(textOf('said')).toContain(answer.answer)
  })

  it('is removed with a reason', async () => {
    await open('#/alarms')
    await press('way-remove')
    await type(named('reason'), '换人')
    await press('act-do')
    expect(calls('alarms.removeWay')).toEqual([{ wayId: '7', reason: '换人' }])
  })

  it('a last try that failed is shown with what was answered', async () => {
    answers['alarms.list'] = {
      ways: [{ ...way, afterS: 42, last: { atMs: nowMs, why: '451 later' } }],
      mail: null,
      hasPassword: false,
    }
    await open('#/alarms')
    expect(textOf('way-7')).toContain('451 later')
    expect(textOf('way-7')).toContain('42 秒没有人认领')
  })

  it('the mail server is saved; its encryption proposes a port, its password is never shown', async () => {
    await open('#/alarms')
    expect((one(named('mail-password')) as HTMLInputElement).value).toBe('')
    const tls = one(named('mail-tls')) as HTMLSelectElement
    tls.value = 'starttls'
    tls.dispatchEvent(new Event('change'))
    await type(named('mail-password'), 'mail password 7')
    await press('mail-save')
    expect(calls('alarms.setMail')).toEqual([
      { ...mail, tls: 'starttls', port: 587, password: 'mail password 7' },
    ])
    expect((one(named('mail-password')) as HTMLInputElement).value).toBe('')
  })
})
