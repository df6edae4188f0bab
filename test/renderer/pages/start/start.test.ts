// The start page in the window: shown while nothing was chosen, in both languages, one press each.
// It has no frame, and nothing that could call a runtime.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type {
  CentreDemoAnswer,
  FetchAnswer,
  FetchWish,
  LookAnswer,
  NearbyAnswer,
  RestoreAnswer,
  RestoreWish,
  StartAnswer,
} from '#runtime/api/start.ts'
import { i18n } from '#renderer/i18n/index.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  wordOf,
  textOf,
  click,
  press,
  submit,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
let requestedCalls: string[]
let answer: StartAnswer
let wishes: RestoreWish[]
let restored: RestoreAnswer
let looked: LookAnswer
let centre: CentreDemoAnswer
let fetches: FetchWish[]
let fetched: FetchAnswer
let nearby: PromiseWithResolvers<NearbyAnswer>

beforeEach(async () => {
  requestedCalls = []
  answer = { state: 'begun', dir: '' }
  const choose = (what: string, dir = ''): Promise<StartAnswer> => {
    requestedCalls.push(`${what}${dir}`)
    return Promise.resolve(answer)
  }
  const known = () => Promise.resolve([{ dir: '/lots/east', name: '城东停车场' }])
  wishes = []
  const restore = (wish: RestoreWish): Promise<RestoreAnswer> => {
    wishes.push(wish)
    return Promise.resolve(restored)
  }
  fetches = []
  const fetchBack = (wish: FetchWish): Promise<FetchAnswer> => {
    fetches.push(wish)
    return Promise.resolve(fetched)
  }
  nearby = Promise.withResolvers()
  vi.stubGlobal('start', {
    choose,
    known,
    restore,
    fetchBack,
    look: () => Promise.resolve(looked),
    centreDemo: () => Promise.resolve(centre),
    nearby: () => (requestedCalls.push('nearby'), nearby.promise),
  })
  lot = new ScriptedLot()
  lot.refuses('board.get', 'START-01')
  vi.spyOn(lot, 'subscribe').mockReturnValue(() => undefined)
  await openPage(lot, '/lane')
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const sendForm = (): Promise<void> => submit(one(named('restore-form')))

it('offers what works, with the focus on what touches nothing', async () => {
  expect(all('.start .row strong').map((row) => row.innerText)).toEqual([
    wordOf('start.setup'),
    wordOf('start.device'),
    wordOf('start.open'),
    wordOf('start.restore'),
    wordOf('start.carry'),
    wordOf('start.street'),
    '看演示',
    '打开 城东停车场',
    '修改 城东停车场',
  ])
  expect(all('.top, .nav, footer')).toEqual([])
  expect(document.activeElement).toBe(one(named('start-demo')))
  expect(textOf('where')).toMatch(/^ETC Lane Studio/)
  i18n.global.locale.value = 'en'
  await settle()
  expect(textOf('start-demo')).toContain('See the demo')
})

it('one press begins, and the frame comes with the first picture', async () => {
  lot.replies.delete('board.get')
  await press('start-demo')
  expect(requestedCalls).toEqual(['demo'])
  expect(all('.top')).toHaveLength(1)
})

it('a folder without a car park is named and nothing begins', async () => {
  answer = { state: 'noLot', dir: '/media/owner/documents' }
  await press('start-open')
  expect(textOf('no-lot')).toContain('/media/owner/documents')
  expect(all(named('start-open'))).toHaveLength(1)
})

it('a car park of this machine is one press away', async () => {
  await press('start-known')
  expect(requestedCalls).toEqual(['open/lots/east'])
})

const eth0 = { name: 'eth0', address: '192.0.2.7' }
const pc = (nodeId: string, lotId: string, address: string) => ({
  name: `城西停车场 ${nodeId}`,
  lotId,
  nodeId,
  address,
  host: 'lane.local',
  version: '0.1.0',
})
const heard = (...lanes: ReturnType<typeof pc>[]): NearbyAnswer => ({
  ok: true,
  data: { cards: [eth0], lanes },
})

it('asks the network when it is pressed and not before, and says how long it listens', async () => {
  expect(requestedCalls).toEqual([])
  expect(one('[data-test="nearby"]').innerText).toContain('3 秒')
  await press('start-nearby')
  expect(requestedCalls).toEqual(['nearby'])
  expect(one('[data-test="nearby"]').innerText).toContain('正在听')
  expect((one(named('start-nearby')) as HTMLButtonElement).disabled).toBe(true)
  // Each computer is a row; two of the same car park count once.
  nearby.resolve(
    heard(pc('n1', 'L1', '192.0.2.9'), pc('n2', 'L1', '192.0.2.10'), pc('n1', 'L2', '192.0.2.11')),
  )
  await settle()
  expect(textOf('nearby-count')).toContain(
    wordOf('start.nearbyCount', { n: 2, cards: 'eth0 192.0.2.7' }),
  )
  expect(all(named('nearby-lot')).map((row) => row.innerText)).toEqual([
    expect.stringMatching(/城西停车场 n1.*L1 · 192\.0\.2\.9/),
    expect.stringMatching(/城西停车场 n2.*L1 · 192\.0\.2\.10/),
    expect.stringMatching(/城西停车场 n1.*L2 · 192\.0\.2\.11/),
  ])
  expect(one('[data-test="nearby"]').innerText).toContain(wordOf('start.nearbyOpen'))
})

const mute = { message: 'bind EADDRINUSE', field: '', value: '192.0.2.7' }
it.each([
  ['nothing was heard', heard(), 'nearby-none', '3 秒里没有听到停车场 (eth0 192.0.2.7)'],
  ['there is no card', { ok: true, data: { cards: [], lanes: [] } }, 'nearby-no-cards', '插上网线'],
  ['it failed', { ok: false, error: { code: 'FIND-26', ...mute } }, 'nearby', 'FIND-26'],
] as const)('%s: says so', async (_what, answer_, name, said) => {
  one(named('start-nearby')).click()
  nearby.resolve(answer_)
  await settle()
  expect(textOf(name)).toContain(said)
  expect(all(named('nearby-count'))).toEqual([])
})

function type(selector: string, text: string): void {
  const field = one(selector) as HTMLInputElement
  field.value = text
  field.dispatchEvent(new Event('input'))
}

it('a computer that is gone: what is missing is said, then its copies are restored and the lot opens', async () => {
  const lost = [
    {
      outTradeNo: 'T-1',
      amountFen: 300,
      atIso: '2026-11-01T09:00:00.000+08:00',
      why: 'absent' as const,
    },
  ]
  const at = '2026-11-01T08:00:00.000+08:00'
  const damaged = { file: 'photos/2026-10-30/p.etcseal', why: 'cut' as const }
  const newestIso = '2026-11-01T07:58:00+08:00'
  const photos = { count: 812, bytes: 9e7, newestIso, notCopied: 3, damaged: [damaged] }
  const sound = { damaged: [], left: [], photos }
  restored = {
    ok: true,
    data: {
      dir: '/lots/east',
      rows: 21,
      lostAfterIso: at,
      lostRows: 4,
      lost,
      lostFen: 300,
      refundsTaken: [{ outTradeNo: 'T9', amountFen: 400 }],
      ...sound,
      centre: null,
      pushes: { was: '192.0.2.9', now: '0.0.0.0' },
    },
  }
  await press('start-restore')
  await sendForm()
  expect(textOf('missing')).toContain(wordOf('start.missing.from'))
  type('[name="from"]', '/media/stick/copies')
  await settle()
  expect(textOf('missing')).toContain(wordOf('start.missing.key'))
  type('[name="keyText"]', 'ETC-KEY')
  type('[name="by"]', '店主')
  await sendForm()
  const nothing = { hostKey: '', password: '', keyFile: '', bill: '', head: '' }
  const by = { by: '店主', reason: '换了电脑，从副本恢复', isDamagedTaken: false }
  const wish = { from: '/media/stick/copies', keyText: 'ETC-KEY', ...nothing, ...by }
  expect(wishes).toEqual([wish])
  const text = textOf('restored')
  for (const said of [
    '账本 21 行',
    '2026-11-01 08:00',
    '多 4 行',
    '1 笔扣费',
    '¥ 3.00',
    '账本里没有',
    '照片 812 张',
    '没来得及复制的照片：3 张',
    'photos/2026-10-30/p.etcseal',
    '192.0.2.9',
    '不再开车道',
  ])
    expect(text).toContain(said)
  await press('open-restored')
  expect(requestedCalls).toEqual(['open/lots/east'])
})

describe('a car park with a centre', () => {
  const rows = { rows: 0, lostAfterIso: '2026-11-01T08:00:00.000+08:00', lostRows: null } as const
  const none = {
    lost: null,
    lostFen: null,
    refundsTaken: [],
    damaged: [],
    left: [],
    photos: null,
    pushes: null,
  }
  beforeEach(async () => {
    const centre = { url: 'https://centre.example.com' }
    restored = { ok: true, data: { dir: '/lots/east', ...rows, ...none, centre } }
    await press('start-restore')
    type('[name="from"]', '/media/stick/copies')
    type('[name="keyText"]', 'ETC-KEY')
    type('[name="by"]', '店主')
    await sendForm()
  })
  const mayOpen = (): boolean => !one(named('open-restored')).hasAttribute('disabled')

  it('opens once its rows are back; the digits stand there meanwhile', async () => {
    expect(textOf('rows-at-centre')).toContain('https://centre.example.com')
    expect(mayOpen()).toBe(false)
    fetched = { ok: true, data: { state: 'pending', digits: '012345', rows: 0 } }
    await press('fetch-rows')
    expect(textOf('digits')).toBe('012345')
    expect(mayOpen()).toBe(false)
    fetched = { ok: true, data: { state: 'fetched', digits: null, rows: 60 } }
    await press('fetch-rows')
    expect(textOf('rows-at-centre')).toContain('60')
    expect(fetches).toMatchObject([
      { act: 'fetch', by: '店主' },
      { act: 'fetch', by: '店主' },
    ])
    await press('open-restored')
    expect(requestedCalls).toEqual(['open/lots/east'])
  })

  it('opens without them only by a person who says why', async () => {
    expect(all(named('leave-rows'))).toHaveLength(0)
    fetched = { ok: false, error: { code: 'ROWS-13', message: 'm', field: '', value: '42' } }
    await press('fetch-rows')
    expect(textOf('rows-at-centre')).toContain('ROWS-13')
    expect([mayOpen(), one(named('leave-rows')).hasAttribute('disabled')]).toEqual([false, true])
    type('[name="why"]', '中心的数据坏了')
    await settle()
    fetched = { ok: true, data: { state: 'left', digits: null, rows: 3 } }
    await press('leave-rows')
    expect(fetches.at(-1)).toEqual({ act: 'leave', by: '店主', reason: '中心的数据坏了' })
    expect(mayOpen()).toBe(true)
  })
})

it('copies of a server are restored once its key was agreed to', async () => {
  restored = { ok: false, error: { code: 'COPY-08', message: '', field: '', value: '' } }
  looked = { ok: false, error: { code: 'COPY-06', message: '', field: '', value: '' } }
  await press('start-restore')
  await click(one('[name="fromKind"][value="server"]'))
  type('[name="serverHost"]', 'nas')
  type('[name="serverUser"]', 'lot')
  type('[name="serverPath"]', '/copies')
  type('[name="keyText"]', 'ETC-KEY')
  type('[name="by"]', '店主')
  const pressLater = async (selector: string) => {
    await settle()
    await click(one(selector))
  }
  await pressLater(named('look-server'))
  expect(one('[role="alert"]').innerText).toContain('COPY-06')
  looked = { ok: true, data: { hostKey: 'SHA256:k' } }
  await pressLater(named('look-server'))
  expect(textOf('host-key')).toBe('SHA256:k')
  await pressLater('[name="serverAgreed"]')
  type('[name="serverPassword"]', 'Simulated 7')
  await sendForm()
  const server = { from: 'sftp://lot@nas:22/copies', hostKey: 'SHA256:k', password: 'Simulated 7' }
  expect(wishes).toMatchObject([server])
  expect(one('[role="alert"]').innerText).toContain('COPY-08')
})

it('a refusal of the restore is said with its code, and the form stays as it was filled', async () => {
  const error = { code: 'RECOVERY-02', message: '', field: '', value: 'GX00078' }
  restored = { ok: false, error }
  await press('start-restore')
  type('[name="from"]', '/media/stick/copies')
  type('[name="keyFile"]', '/media/stick/key.html')
  type('[name="by"]', '店主')
  await sendForm()
  expect(one('[role="alert"]').innerText).toContain('RECOVERY-02')
  expect((one('[name="from"]') as HTMLInputElement).value).toBe('/media/stick/copies')
  // The newest copy is damaged: the offered one needs a press of its own.
  expect(all(named('restore-sound'))).toHaveLength(0)
  restored = { ok: false, error: { ...error, code: 'COPY-12', value: '00004-base.etcseal cut' } }
  await sendForm()
  expect(one('[role="alert"]').innerText).toContain('00004-base.etcseal cut')
  await press('restore-sound')
  expect(wishes.map(({ isDamagedTaken }) => isDamagedTaken)).toEqual([false, false, true])
  await press('restore-back')
  expect(all(named('start-restore'))).toHaveLength(1)
  expect(requestedCalls).toEqual([])
})

it('the demo of a centre shows its one-time password, and why it did not start', async () => {
  const desk = 'http://127.0.0.1:41000'
  centre = { ok: true, data: { desk, signIn: { name: 'admin', password: 'abcde-fghij' } } }
  await press('start-centre')
  expect(textOf('centre-opened')).toContain(desk)
  expect(textOf('centre-opened')).toContain('abcde-fghij')
  centre = { ok: false, error: { code: 'CENTRE-01', message: 'x', field: '', value: '' } }
  await press('start-centre')
  expect(all(named('centre-opened'))).toEqual([])
  expect(textOf('centre')).toContain('CENTRE-01')
})
