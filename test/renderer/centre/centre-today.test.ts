// Today, the wall view and many lots on the pages of the centre, on a scripted desk.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, type App as VueApp } from 'vue'
import { i18n } from '../../../centre/pages/i18n.ts'
import App from '../../../centre/pages/shell/App.vue'
import { isRoundDue } from '../../../centre/pages/shell/fresh.ts'
import { session } from '../../../centre/pages/shell/server.ts'
import type { LotBeat, LotRow } from '../../../centre/desk/calls/lots/views.ts'
import type { TodayView } from '../../../centre/desk/calls/today/views.ts'
import { all, named, one, press, settle, textOf, type } from '../kit/page.ts'

const nowMs = Date.UTC(2026, 10, 29, 1)
const text = (zh: string) => ({ zh, en: `${zh} en` })
const beat: LotBeat = {
  heardMs: nowMs - 5_000,
  capacity: 400,
  inside: 100,
  free: 300,
  devicesDown: 0,
  waiting: 0,
}
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
  beat,
  told: null,
}
const today: TodayView = {
  day: '2026-11-29',
  hour: 9,
  payments: [{ means: 'etc', n: 2, fen: 123_456_700 }],
  refunds: [{ means: 'cash', n: 1, fen: 500 }],
  hours: Array.from({ length: 24 }, (_, hour) => ({
    takenFen: hour === 8 ? 123_456_700 : 0,
    entered: 1,
    left: 1,
    weekAgoFen: hour === 8 ? 100_000_000 : 0,
  })),
  weekAgo: '2026-11-22',
  compared: {
    lots: 1,
    without: 0,
    fen: 123_456_700,
    weekAgoFen: 100_000_000,
    weekAgoDayFen: 100_000_000,
  },
  notes: { aside: [], asideCount: 0, past: null, future: null },
  month: { fen: 999_000_000, backFen: 1_500 },
  lots: [lot],
  matters: 2,
}

let answers: Record<string, unknown>
let sent: (readonly [name: string, args: unknown])[]
let app: VueApp
const missing = new Set<string>()
i18n.global.setMissingHandler((_locale, word) => void missing.add(word))

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
  session.value = null
  answers = {
    'session.get': { name: 'admin', oneTime: false, wall: null },
    'state.seq': { seq: 'a', moved: 'a' },
    'today.get': today,
    'walls.list': [],
    'walls.open': { name: 'admin', oneTime: false, wall: '大厅' },
    'walls.end': null,
    'pairings.list': [],
  }
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    const name = path.replace('/api/', '')
    sent.push([name, JSON.parse(body)])
    const headers = { 'etc-now': String(nowMs) }
    const answer = answers[name] ?? null
    return Promise.resolve(new Response(JSON.stringify({ answer }), { headers }))
  })
})
afterEach(() => {
  app.unmount()
  expect([...missing]).toEqual([])
})
const calls = (name: string): unknown[] =>
  sent.filter(([called]) => called === name).map(([, args]) => args)

describe('today', () => {
  it('says the state in one sentence, the sums with the way to their rows, and the lots', async () => {
    await open('')
    expect(textOf('sentence')).toContain('1 个停车场有消息')
    expect(textOf('sentence')).toContain('待办 2 件')
    expect(one(named('taken')).getAttribute('href')).toBe('#/money/*~2026-11-29~*')
    expect(textOf('taken')).toBe('¥ 1,234,567.00')
    expect(textOf('figures')).toContain('25 %')
    const links = all(`${named('means')} a`).map((link) => link.getAttribute('href'))
    expect(links).toEqual(['#/money/*~2026-11-29~etc', '#/money/*~2026-11-29~cash'])
    expect(one(`${named('rank-L/1')} .number a`).getAttribute('href')).toBe(
      '#/money/L%2F1~2026-11-29~*',
    )
    expect(textOf('compared')).toContain('+23%')
    expect(textOf('toCome')).toContain('记录已全部计入')
    expect(all(named('told'))).toEqual([])
  })

  it('says what heartbeats tell beside the rows, and how many rows are to come', async () => {
    const told = { fen: 123_456_800, entered: 32, left: 30, toCome: 7 }
    const feeds = lot.feeds.map((feed) => ({ ...feed, toCome: 4, unfolded: 3 }))
    answers['today.get'] = {
      ...today,
      lots: [
        { ...lot, told, feeds },
        { ...lot, lotId: 'L2' },
      ],
    }
    await open('')
    expect(textOf('taken')).toBe('¥ 2,469,134.00')
    expect(textOf('told')).toBe('停车场自报 ¥ 2,469,135.00')
    expect(textOf('figures')).toContain('进 63 出 60')
    expect(textOf('toCome')).toContain('还有 7 行没计入')
    expect(textOf('rank-L/1')).toContain('停车场自报 ¥ 1,234,568.00')
    expect(textOf('rank-L2')).not.toContain('自报')
  })

  it('says up to when the sums hold, and compares nothing before the rows are here', async () => {
    const behind = { ms: nowMs - 6 * 3_600_000, isLevel: false }
    answers['today.get'] = {
      ...today,
      compared: null,
      lots: [lot, { ...lot, lotId: 'L2', upTo: behind }],
    }
    await open('')
    expect(textOf('sentence')).toContain('2 个停车场有消息')
    expect(textOf('sentence')).toContain('1 个正在补传')
    expect(textOf('toCome')).toContain('记录到 03:00')
    expect(textOf('rank-L/1')).toContain('记录到 08:59')
    expect(textOf('rank-L2')).toContain('正在补传')
    expect(textOf('not-compared')).toContain('还不能比较')
    expect(textOf('compared')).not.toContain('%')
    expect(textOf('hours')).not.toContain('上周')
    answers['today.get'] = {
      ...today,
      compared: { lots: 1, without: 1, fen: 200, weekAgoFen: 100, weekAgoDayFen: 300 },
    }
    app.unmount()
    await open('')
    expect(textOf('compared-without')).toContain('另外 1 个')
    expect(textOf('compared')).toContain('+100%')
    expect(textOf('hours')).not.toContain('上周')
  })

  it('names beside the sums what they lack and what has a date that cannot be right', async () => {
    const row = { lotId: 'L/1', nodeId: 'n1', seq: 7, day: '2026-11-29', kind: 'payment' }
    const said = { amount: '1000000000000000000', means: 'cash', stayId: null }
    const who = { why: 'amountFen', by: '李', atMs: nowMs, reason: '多打了零' }
    const sums = { n: 3, fen: 450, backN: 1, backFen: 20, from: '2020-01-01', to: '2020-01-02' }
    answers['today.get'] = {
      ...today,
      notes: { aside: [{ ...row, ...said, ...who }], asideCount: 1, past: sums, future: null },
      lots: [{ ...lot, today: { ...lot.today, aside: 1 } }],
    }
    await open('')
    expect(textOf('notes')).toContain('1000000000000000000')
    expect(textOf('notes')).toContain('李 搁置：多打了零（金额不可能）')
    expect(all(`${named('notes')} a`).map((link) => link.getAttribute('href'))).toEqual([
      '#/lots/batch/L%2F1~n1~7',
      '#/money/*~2020-01~*',
    ])
    expect(textOf('notes-past')).toContain('收款 3 笔 ¥ 4.50 · 退费 1 笔 ¥ 0.20')
    expect(all(named('notes-future'))).toEqual([])
    expect(textOf('rank-L/1')).toContain('1 行已搁置')
  })

  it('counts lots that are silent, stopped, or have sent nothing', async () => {
    const quiet = { ...lot.feeds[0], heardMs: nowMs - 200_000 }
    answers['today.get'] = {
      ...today,
      matters: 0,
      lots: [
        lot,
        { ...lot, lotId: 'a', feeds: [quiet] },
        { ...lot, lotId: 'b', feeds: [{ ...quiet, beatMs: nowMs - 1_000 }] },
        { ...lot, lotId: 'c', feeds: [], beat: null },
        { ...lot, lotId: 'd', keysToMs: null },
        { ...lot, lotId: 'e', matters: ['forked'] },
      ],
    }
    await open('')
    expect(textOf('sentence')).toBe(
      '2 个停车场有消息 · 1 个没有动静 · 1 个还没有发来 · 2 个停止接收 · 没有待办',
    )
  })

  it('is empty before a car park has joined', async () => {
    answers['today.get'] = { ...today, lots: [] }
    await open('')
    expect(textOf('empty')).toContain('还没有停车场')
  })

  it.each([
    [0, true, false],
    [4_999, true, false],
    [5_000, true, true],
    [5_000, false, false],
    [59_999, false, false],
    [60_000, false, true],
    // The clock of the centre was set back.
    [-60_000, false, true],
  ])('%i ms after a round, moved: %s', (sinceMs, hasMoved, wanted) => {
    expect(isRoundDue(sinceMs, hasMoved)).toBe(wanted)
  })
})

describe('a screen on a wall', () => {
  it('is made from the account under a name, shows no frame, and asks for nothing else', async () => {
    await open('')
    await press('walls')
    expect((one(named('wall-do')) as HTMLButtonElement).disabled).toBe(true)
    await type(named('wall-name'), '大厅')
    sent = []
    await press('wall-do')
    expect(calls('walls.open')).toEqual([{ name: '大厅' }])
    expect(textOf('wall')).toContain('大厅')
    expect(textOf('wall-taken')).toBe('¥ 1,234,567.00')
    expect(textOf('wall-use')).toBe('25%')
    expect(all('nav, header button')).toEqual([])
    expect(all(named('wall-back'))).toEqual([])
    expect(document.documentElement.dataset['theme']).toBe('dark')
    const asked = new Set(sent.map(([name]) => name))
    expect(
      [...asked].filter((name) => !['walls.open', 'today.get', 'state.seq'].includes(name)),
    ).toEqual([])
    location.hash = '#/lots'
    window.dispatchEvent(new HashChangeEvent('hashchange'))
    await settle()
    expect(all(named('wall'))).toHaveLength(1)
  })

  it('is looked at by a person, who goes back', async () => {
    await open('#/wall')
    expect(one(named('wall-back')).getAttribute('href')).toBe('#/today')
    location.hash = '#/today'
    window.dispatchEvent(new HashChangeEvent('hashchange'))
    await settle()
    expect(document.documentElement.dataset['theme']).not.toBe('dark')
  })

  it('is ended from the account', async () => {
    answers['walls.list'] = [{ wallId: '7', name: '大厅', sinceMs: nowMs, seenMs: nowMs - 5_000 }]
    await open('')
    await press('walls')
    expect(textOf('walls-dialog')).toContain('5 秒前')
    await press('wall-end-大厅')
    expect(calls('walls.end')).toEqual([{ wallId: '7' }])
  })

  it('shows lots that need a person first, on pages of twenty-four', async () => {
    const lots = Array.from({ length: 30 }, (_, at) => ({
      ...lot,
      lotId: `L${at}`,
      name: text(`场 ${at}`),
      matters: at === 29 ? ['forked'] : [],
    }))
    answers['today.get'] = { ...today, lots }
    await open('#/wall')
    expect(all(`${named('wall-lots')} li`)).toHaveLength(24)
    expect(textOf('wall-page')).toBe('第 1 / 2 页')
    expect(all(`${named('wall-lots')} li`)[0]?.innerText).toContain('场 29')
    expect(textOf('wall')).toContain('1 个没有动静或停止接收')
  })
})

describe('many lots', () => {
  const many = Array.from({ length: 12 }, (_, at) => ({
    ...lot,
    lotId: `L${at}`,
    name: text(`场 ${at}`),
    keysToMs: at < 2 ? null : lot.keysToMs,
    today: { ...lot.today, fen: at * 100 },
    beat: at === 5 ? null : { ...beat, free: at, devicesDown: at === 3 ? 2 : 0 },
  }))
  const ids = (): string[] =>
    all(`${named('lots')} tbody tr`).map((row) => row.dataset['test'] ?? '')

  it('are found by a word and by their state, and put in order by what their heartbeats say', async () => {
    answers['lots.list'] = many
    await open('#/lots')
    expect(textOf('state-noKeys')).toContain('2')
    await press('state-noKeys')
    expect(ids()).toEqual(['lot-L0', 'lot-L1'])
    await press('state-noKeys')
    await type(named('search'), '场 1')
    expect(ids()).toEqual(['lot-L1', 'lot-L10', 'lot-L11'])
    await type(named('search'), '')
    await press('sort-free')
    expect(ids()[0]).toBe('lot-L5')
    await press('sort-fen')
    await press('sort-fen')
    expect(ids()[0]).toBe('lot-L11')
    expect(textOf('lot-L5')).toContain('—')
    expect(one(`${named('lot-L3')} .warn`).innerText).toContain('2')
  })

  it('are drawn a hundred at a time, the first in any order', async () => {
    answers['lots.list'] = Array.from({ length: 250 }, (_, at) => ({
      ...lot,
      lotId: `L${at}`,
      today: { ...lot.today, fen: at },
    }))
    await open('#/lots')
    expect(ids()).toHaveLength(100)
    await press('sort-fen')
    await press('sort-fen')
    expect(ids()[0]).toBe('lot-L249')
    await press('more')
    await press('more')
    expect(ids()).toHaveLength(250)
    expect(all(named('more'))).toEqual([])
  })
})
