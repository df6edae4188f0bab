// The pages of the centre on a scripted desk: signing in, requests, lots, one lot, the inbox, refusals and silence.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, type App as VueApp } from 'vue'
import { i18n } from '../../../centre/pages/i18n.ts'
import App from '../../../centre/pages/shell/App.vue'
import { feedState, sizeOf } from '../../../centre/pages/shell/figures.ts'
import { session } from '../../../centre/pages/shell/server.ts'
import type { LotRow } from '../../../centre/desk/calls/lots/views.ts'
import { all, named, one, press, settle, textOf, type } from '../kit/page.ts'

const nowMs = Date.UTC(2026, 10, 29, 1)
const text = (zh: string) => ({ zh, en: `${zh} en` })
const lot: LotRow = {
  lotId: 'L/1',
  name: text('东路'),
  state: 'active',
  feeds: [
    {
      nodeId: 'n1',
      lastSeq: 1_234,
      heardMs: nowMs - 5_000,
      beatMs: null,
      saidIso: null,
      atMs: nowMs - 5_000,
      toCome: 0,
      unfolded: 0,
    },
  ],
  upTo: { ms: nowMs - 5_000, isLevel: true },
  matters: [],
  keysToMs: nowMs + 86_400_000,
  today: { n: 2, fen: 123_456_700, backN: 1, backFen: 500, entered: 31, left: 30, aside: 0 },
  beat: {
    heardMs: nowMs - 5_000,
    capacity: 400,
    inside: 100,
    free: 300,
    devicesDown: 0,
    waiting: 0,
  },
  told: null,
}
const key = {
  serial: 'AB',
  use: 'sign',
  fromMs: 0,
  toMs: nowMs + 1,
  revokedMs: null,
  revokedBy: null,
}
const batch = {
  nodeId: 'n1',
  fromSeq: 1,
  toSeq: 3,
  head: 'f'.repeat(64),
  serial: 'AB',
  bytes: 2_048,
}
const signature = { check: 'fits', fromMs: 0, toMs: nowMs + 1, revokedMs: null }
const pairing = {
  pairingId: 'p1',
  lotId: 'L2',
  name: text('新场'),
  address: '192.0.2.7',
  digits: '047113',
  askedMs: nowMs - 60_000,
  replaces: false,
}
const aside = { seq: 9, digest: 'a'.repeat(64), why: 'text' }
const matter = {
  matterId: '1',
  lotId: 'L/1',
  lotName: text('东路'),
  nodeId: 'n1',
  kind: 'aside',
  what: null,
  detail: { seq: 9 },
  sinceMs: nowMs - 60_000,
  endedMs: null,
  taken: null,
  quietMs: null,
  told: [],
  failing: [],
  aside,
}
const state = {
  door: 'https://192.0.2.1:8443',
  lots: 1,
  rows: 1_234,
  heardMs: nowMs - 5_000,
  waiting: { pairings: 1, matters: 1, loud: 0 },
  database: { version: '15.1', bytes: 8e6, months: [{ name: 'lot_batch_2026_11', bytes: 4_096 }] },
}
const refusal = (code: string, value = '') => ({
  error: {
    code,
    field: '',
    value,
    why: null,
    what: text('没有'),
    means: text('照常'),
    todo: text('再试'),
  },
})

let answers: Record<string, unknown>
let sent: (readonly [name: string, args: unknown])[]
let app: VueApp
const missing = new Set<string>()
i18n.global.setMissingHandler((_locale, word) => void missing.add(word))

async function open(address = '#/lots'): Promise<void> {
  location.hash = address
  window.dispatchEvent(new HashChangeEvent('hashchange'))
  document.body.innerHTML = '<div id="app"></div>'
  app = createApp(App).use(i18n)
  app.mount('#app')
  await settle()
}

beforeEach(() => {
  sent = []
  session.value = null
  answers = {
    'session.get': { name: 'admin', oneTime: false, wall: null },
    'session.end': null,
    'state.get': state,
    'state.seq': { seq: 'a', moved: 'a' },
    'lots.list': [lot],
    'lots.get': { ...lot, keys: [key], batches: [batch] },
    'lot.now': {
      beats: [],
      changes: [],
      matters: [],
      days: [],
      notes: { aside: [], asideCount: 0, past: null, future: null },
    },
    'lots.batch': {
      ...batch,
      signature,
      lines: [
        { seq: 1, text: JSON.stringify({ kind: 'payment', laneId: 'exit', atMs: nowMs }) },
        { seq: 2, text: `#${'0'.repeat(64)}` },
        { seq: 3, text: '{"kind":' },
      ],
    },
    'pairings.list': [pairing],
    'pairings.accept': null,
    'pairings.refuse': null,
    'keys.revoke': null,
    'inbox.list': [matter, { ...matter, matterId: '2', kind: 'newKind', aside: null }],
    'inbox.pass': null,
    'inbox.end': null,
  }
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    const name = path.replace('/api/', '')
    sent.push([name, JSON.parse(body)])
    const answer = answers[name]
    if (answer === undefined) return Promise.reject(new Error('gone'))
    const isFault = typeof answer === 'object' && answer !== null && 'error' in answer
    const headers = { 'etc-now': String(nowMs) }
    return Promise.resolve(new Response(JSON.stringify(isFault ? answer : { answer }), { headers }))
  })
})
afterEach(() => {
  app.unmount()
  i18n.global.locale.value = 'zh'
  expect([...missing]).toEqual([])
})
const calls = (name: string): unknown[] =>
  sent.filter(([called]) => called === name).map(([, args]) => args)
const isOff = (name: string): boolean => (one(named(name)) as HTMLButtonElement).disabled

describe('signing in', () => {
  it('is asked for, and a one-time password is changed before anything else', async () => {
    answers['session.get'] = refusal('CENTRE-34')
    answers['session.begin'] = { name: 'admin', oneTime: true, wall: null }
    answers['session.setSecret'] = { name: 'admin', oneTime: false, wall: null }
    await open()
    expect(isOff('sign-in')).toBe(true)
    await type(named('name'), ' admin ')
    await type(named('password'), 'one-time')
    await press('sign-in')
    expect(calls('session.begin')).toEqual([{ name: 'admin', secret: 'one-time' }])
    expect(all(named('lots'))).toEqual([])
    await type(named('secret-new'), 'nine char')
    await type(named('secret-again'), 'nine char')
    expect(isOff('secret-do')).toBe(true)
    await type(named('secret-new'), 'ten chars!')
    expect(isOff('secret-do')).toBe(true)
    await type(named('secret-again'), 'ten chars!')
    await press('secret-do')
    expect(calls('session.setSecret')).toEqual([{ secret: 'one-time', wanted: 'ten chars!' }])
    expect(textOf('lot-L/1')).toContain('东路')
  })

  it('of a page that is opened anew before the change asks for the present one', async () => {
    answers['session.get'] = { name: 'admin', oneTime: true, wall: null }
    await open()
    expect(all(named('secret-now'))).toHaveLength(1)
  })

  it('that is locked says for how long, and clears the password', async () => {
    answers['session.get'] = refusal('CENTRE-34')
    answers['session.begin'] = refusal('CENTRE-33', '840')
    await open()
    await type(named('name'), 'admin')
    await type(named('password'), 'wrong')
    await press('sign-in')
    expect(textOf('fault')).toContain('14 分钟')
    expect((one(named('password')) as HTMLInputElement).value).toBe('')
  })

  it('comes back when a session has ended', async () => {
    await open()
    answers['lots.get'] = refusal('CENTRE-34')
    location.hash = '#/lots/L%2F1'
    window.dispatchEvent(new HashChangeEvent('hashchange'))
    await settle()
    expect(all(named('sign-in'))).toHaveLength(1)
  })

  it('is left by its button', async () => {
    await open()
    await press('leave')
    expect(calls('session.end')).toHaveLength(1)
    expect(all(named('sign-in'))).toHaveLength(1)
  })
})

describe('a request', () => {
  it('shows its digits and is accepted with them', async () => {
    await open()
    expect(textOf('digits')).toBe('047 113')
    expect(textOf('count-lots')).toBe('1')
    await press('accept')
    await press('act-do')
    expect(calls('pairings.accept')).toEqual([{ pairingId: 'p1', digits: '047113', reason: '' }])
    expect(all(named('act'))).toEqual([])
  })

  it('that ends keys, or is refused, needs a reason', async () => {
    answers['pairings.list'] = [{ ...pairing, replaces: true }]
    await open()
    await press('accept')
    expect(isOff('act-do')).toBe(true)
    await press('act-cancel')
    await press('refuse')
    expect(isOff('act-do')).toBe(true)
    await type(named('reason'), '不认识')
    await press('act-do')
    expect(calls('pairings.refuse')).toEqual([{ pairingId: 'p1', reason: '不认识' }])
  })

  it('that somebody else decided keeps its dialog and says so', async () => {
    answers['pairings.accept'] = refusal('CENTRE-38')
    await open()
    await press('accept')
    await press('act-do')
    expect(one(`${named('act')} ${named('fault')}`).innerText).toContain('CENTRE-38')
  })
})

describe('one lot', () => {
  it('is reached by its address, shows keys and batches, and the rows of one', async () => {
    await open('#/lots/L%2F1')
    expect(calls('lots.get')).toEqual([{ lotId: 'L/1' }])
    expect(textOf('never')).toContain('还没有收到')
    await press('part-feed')
    expect(textOf('keys')).toContain('签名')
    await press('batch-n1-3')
    expect(calls('lots.batch')).toEqual([{ lotId: 'L/1', nodeId: 'n1', seq: 3 }])
    expect(all(`${named('lines')} tbody tr`)).toHaveLength(3)
    expect(textOf('line-1')).toContain('payment')
    expect(textOf('line-2')).toContain('只有摘要')
    expect(textOf('line-3')).toContain('{"kind":')
    await press('batch-close')
    expect(all(named('batch'))).toEqual([])
  })

  it('loses its keys with a reason', async () => {
    await open('#/lots/L%2F1')
    await press('part-feed')
    await press('revoke')
    await type(named('reason'), '停业')
    await press('act-do')
    expect(calls('keys.revoke')).toEqual([{ lotId: 'L/1', reason: '停业' }])
  })
})

describe('the inbox', () => {
  it('lets a row pass by what was shown, and ends a matter of a kind it does not know', async () => {
    await open('#/inbox')
    one(`${named('matter-aside')} ${named('matter-do')}`).click()
    await settle()
    await type(named('reason'), '看过')
    await press('act-do')
    expect(calls('inbox.pass')).toEqual([
      { lotId: 'L/1', nodeId: 'n1', seq: 9, digest: aside.digest, reason: '看过' },
    ])
    one(`${named('matter-newKind')} ${named('matter-do')}`).click()
    await settle()
    await type(named('reason'), '看过')
    await press('act-do')
    expect(calls('inbox.end')).toEqual([{ matterId: '2', reason: '看过' }])
  })

  it('is calm when it is empty, in both languages', async () => {
    answers['inbox.list'] = []
    await open('#/inbox')
    expect(textOf('empty')).toContain('没有等您处理的事')
    await press('language')
    expect(textOf('empty')).toContain('Nothing waits for you now')
    expect(document.documentElement.lang).toBe('en')
  })
})

it('an empty centre says how a car park joins, with the address', async () => {
  answers['lots.list'] = []
  answers['pairings.list'] = []
  await open()
  expect(textOf('empty')).toContain('https://192.0.2.1:8443')
})

it('a list that cannot be read says why, and is read again', async () => {
  answers['lots.list'] = undefined
  await open()
  expect(textOf('fault')).toContain('没有回答')
  answers['lots.list'] = [lot]
  one(`${named('fault')} button`).click()
  await settle()
  expect(textOf('lot-L/1')).toContain('东路')
})

it('an address of no page, or a broken one, is the first page', async () => {
  await open('#/nowhere/at/all')
  expect(calls('today.get')).toEqual([{}])
  app.unmount()
  await open('#/lots/%E0%A4%A')
  expect(calls('lots.get')).toEqual([{ lotId: '%E0%A4%A' }])
})

it.each([
  ['fresh', {}],
  ['never', { feeds: [] }],
  [
    'silent',
    {
      feeds: [
        {
          nodeId: 'n1',
          lastSeq: 1,
          heardMs: nowMs - 150_001,
          beatMs: null,
          saidIso: null,
          atMs: null,
          toCome: 0,
          unfolded: 0,
        },
      ],
    },
  ],
  ['behind', { upTo: { ms: nowMs - 6 * 3_600_000, isLevel: false } }],
  ['stopped', { matters: ['foldStopped'] }],
  ['noKeys', { keysToMs: nowMs - 1, upTo: { ms: null, isLevel: false } }],
  ['stopped', { matters: ['forked'] }],
  ['stopped', { matters: ['aside'] }],
  ['fresh', { matters: ['oddClock'] }],
  ['noKeys', { keysToMs: null }],
  ['noKeys', { keysToMs: nowMs - 1, matters: ['forked'] }],
])('the feed is %s: %j', (wanted, more) => {
  expect(feedState({ ...lot, ...more }, nowMs)).toBe(wanted)
})

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [2_048, '2.0 KB'],
  [8_000_000, '7.6 MB'],
  [300 * 1024 ** 3, '300 GB'],
  [5 * 1024 ** 5, '5120 TB'],
])('%i bytes are %s', (bytes, wanted) => {
  expect(sizeOf(bytes)).toBe(wanted)
})
