// The acceptance page: locked with the reason and the way out, run one or all, evidence opened, simulated runs marked,
// and an override only by a named person with a reason.
import { beforeEach, expect, it } from 'vitest'
import type { AcceptanceView } from '#acceptance/calls/acceptance-views.ts'
import { present } from '#base/pure/values/must.ts'
import { acceptanceView } from './acceptance-view.ts'
import { all, named, one, openPage, wordOf, textOf, click, sign } from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { eventually } from '../../../kit/eventually.ts'
import { closePage } from '../../kit/opened-page.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot

const open = async (over: Partial<AcceptanceView> = {}): Promise<void> => {
  lot.answers('acceptance.state', { ...acceptanceView, ...over })
  await openPage(lot, '/acceptance')
}
const button = (name: string) => one(named(name)) as HTMLButtonElement

beforeEach(() => void (lot = lotOnFakeTime()))

it('shows each item with its verdict, why, and that it was simulated', async () => {
  await open()
  expect(textOf('simulated')).toContain(wordOf('acceptance.simulated'))
  const e1 = textOf('item-E1')
  for (const said of ['E.1-1', '协议符合性测试', '✕ 不通过', 'C6 金额 1 分', '模拟'])
    expect(e1).toContain(said)
  expect(textOf('next-E1')).toContain('→ 把天线帧交厂家核对')
  expect(all(named('next-E2'))).toHaveLength(0)
  expect(textOf('progress')).toContain(wordOf('acceptance.open', { all: 2, open: 1 }))
})

it('opens steps, what is expected and assumed, and the evidence', async () => {
  await open()
  await click(button('open-E1'))
  const text = textOf('evidence-E1')
  const matrix = all(`${named('matrix')} li`).map((line) => line.innerText.trim())
  expect(matrix.map((line) => line.split(/\s+/))).toEqual([
    ['✓', '双片式、储值卡', 'P17', '·', 'n1-S1', 'C6', '·', 'n1-S1', 'B5'],
    ['○', '单片式、记账卡'],
  ])
  // What was recorded is folded away.
  const raw = one(named('raw')) as HTMLDetailsElement
  expect([raw.open, textOf('evidence').includes('intent')]).toEqual([false, false])
  expect(raw.innerText).toContain('账本 17 · intent')
  for (const said of [
    '准备测试 OBU',
    '预期：',
    '假定：',
    '账本',
    '2026-03-02 08:00:00',
    '扣费前已记账',
  ])
    expect(text).toContain(said)
  expect(text).toContain('符合国标、行业规范要求')
  expect(textOf('item-E1')).not.toContain('符合国标、行业规范要求')
  expect(textOf('limits')).toMatch(/时限 3 秒\s*假定/)
  expect(textOf('pack')).toContain('guangxi(DBJT45/T 065-2024)')
})

it('shows what the lot declares, and which items fall away by it', async () => {
  await open()
  const said = textOf('declaration')
  expect(said).toContain(wordOf('acceptance.declares', { n: 2, away: 1 }))
  for (const part of ['ETC 按卡扣费', '有出口车道']) expect(said).toContain(part)
  expect(textOf('away-E2')).toContain('停车场没有申报')
  expect(all(named('away-E1'))).toHaveLength(0)
})

it('says which other platform is asked, and how far the joint test with it is', async () => {
  const name = { zh: '名单', en: 'List' }
  const own = {
    id: 'list',
    name,
    method: 'GET',
    path: '/l',
    failed: null,
    calls: 2,
    anomalies: 0,
  } as const
  const interfaces = [
    { ...own, state: 'done' as const },
    { ...own, state: 'open' as const },
  ]
  const of = {
    lotId: 'A1',
    lotName: '场',
    appId: 'SB1',
    reportId: null,
    startIso: null,
    endIso: null,
  }
  await open({
    asked: {
      ...of,
      url: 'https://h:1',
      interfaces,
      anomalies: [],
      former: { startIso: null, calls: 0, anomalies: [] },
    },
  })
  const said = { url: 'https://h:1', done: 1, all: 2, report: '—' }
  expect(textOf('asked')).toContain(wordOf('acceptance.asked', said))
  closePage()
  await open()
  expect(all(named('asked'))).toHaveLength(0)
})

it('shows a warning, and what is tolerated of a peer', async () => {
  const [e1, e2] = acceptanceView.items
  await open({
    ...acceptanceView,
    quirks: acceptanceView.quirksKnown.slice(0, 1),
    items: [
      { ...present(e1, 'E1'), compatibility: 'pass', quirks: ['noRequestId'] },
      { ...present(e2, 'E2'), conformance: 'warn' },
    ],
  })
  expect(textOf('compatible-E1')).toContain(
    wordOf('acceptance.compatible', { is: wordOf('acceptance.is.pass') }),
  )
  expect(textOf('warn-E2')).toContain(wordOf('acceptance.is.warn'))
  const ticked = all('input[name="quirk"]').filter((box) => (box as HTMLInputElement).checked)
  expect(ticked.map((box) => (box as HTMLInputElement).value)).toEqual(['noRequestId'])
  expect(all(named('warn-E1'))).toHaveLength(0)
  expect(all(named('compatible-E2'))).toHaveLength(0)
})

it('says in one closed line what was chosen once, and what is ticked for the next run', async () => {
  await open({ quirks: acceptanceView.quirksKnown.slice(0, 1) })
  const fold = one(named('part-basis')) as HTMLDetailsElement
  expect([fold.open, one('details[data-test="part-documents"]').hasAttribute('open')]).toEqual([
    false,
    false,
  ])
  const said = (quirks: string): string =>
    wordOf('acceptance.basisIs', { standard: 'DBJT45/T 065-2024', features: 2, quirks })
  const line = () => one(`${named('part-basis')} summary`).innerText
  expect(line()).toContain(said('1'))
  await click(one('input[name="quirk"][value="entriesInBatches"]'))
  expect(line()).toContain(said('1 → 2'))
})

it('runs one item or all, and follows the run', async () => {
  await open()
  lot.answers('acceptance.run', acceptanceView)
  await click(button('run-E1'))
  await click(button('run-all'))
  expect(lot.argsOf('acceptance.run')).toEqual([{ item: 'E1' }, {}])
})

it('runs one appendix, and with the ways of peers that are ticked', async () => {
  await open()
  lot.answers('acceptance.run', acceptanceView)
  const appendix = one('select[name="appendix"]') as HTMLSelectElement
  expect([...appendix.options].map(({ value }) => value)).toEqual(['', 'E'])
  appendix.value = 'E'
  appendix.dispatchEvent(new Event('change'))
  await click(one('input[name="quirk"][value="entriesInBatches"]'))
  expect(button('run-all').innerText).toContain(wordOf('acceptance.appendix', { id: 'E' }))
  await click(button('run-all'))
  await click(button('run-E1'))
  expect(lot.argsOf('acceptance.run')).toEqual([
    { appendix: 'E', quirks: ['entriesInBatches'] },
    { item: 'E1' },
  ])
})

it.each([
  ['F1', 240, ['3', '7', 'F1', '4']],
  ['E4', 61, ['3', '7', 'E4', '2']],
  ['E4', 0, ['3', '7', 'E4', 'longer']],
  [null, 5, ['7']],
] as const)('counts the part that runs: %s with %d s left', async (item, leftSec, said) => {
  const progress = { item, n: 3, of: 7, leftSec }
  await open({ isRunning: true, waiting: ['E2'], progress })
  const [n, all, , left] = said
  const rest =
    left === 'longer'
      ? wordOf('acceptance.leftLonger')
      : wordOf('acceptance.left', { time: wordOf('stayShort', { min: left ?? '' }) })
  expect(textOf('progress')).toContain(
    item === null
      ? wordOf('acceptance.judging', { all: 7 })
      : wordOf('acceptance.running', { n, all: all ?? '', item, left: rest }),
  )
  const bar = one(`${named('progress')} progress`) as HTMLProgressElement
  expect([bar.value, bar.max]).toEqual([2, 7])
})

it('stops a run', async () => {
  await open({ isRunning: true, waiting: ['E2'] })
  expect(button('run-E1').disabled).toBe(true)
  lot.answers('acceptance.stop', acceptanceView)
  await click(button('stop'))
  expect(lot.sent('acceptance.stop')).toHaveLength(1)
})

it('says before the press how long each item and what is chosen take', async () => {
  const [e1, e2] = acceptanceView.items
  const untilIso = '2026-03-03T03:00:00.000+08:00'
  const [plan] = acceptanceView.plans
  await open({
    items: [
      present(e1, 'E1'),
      { ...present(e2, 'E2'), takes: { of: 'time', minutes: 130, untilIso } },
    ],
    plans: [
      present(plan, 'plan'),
      { ...present(plan, 'plan'), appendix: 'E', waits: 3, minutes: 9 },
    ],
  })
  const min = (n: number) => wordOf('stayShort', { min: n })
  expect(textOf('takes-E1')).toContain(
    wordOf('acceptance.takes', { time: min(4), of: wordOf('acceptance.waitsFor.person') }),
  )
  expect(textOf('takes-E2')).toContain(wordOf('acceptance.takesUntil', { at: '03-03 03:00' }))
  const at = '03-02 08:05'
  expect(textOf('plan')).toContain(wordOf('acceptance.plan', { waits: 1, time: min(5), at }))
  const appendix = one('select[name="appendix"]') as HTMLSelectElement
  appendix.value = 'E'
  appendix.dispatchEvent(new Event('change'))
  await eventually(() => textOf('plan')).toContain(
    wordOf('acceptance.plan', { waits: 3, time: min(9), at }),
  )
  closePage()
  await open({ simulated: false, plans: [] })
  expect(all(named('plan'))).toHaveLength(0)
})

it('skips the item that waits, and one behind it, by the name of the person', async () => {
  const words = { zh: '一辆车离场', en: 'a car leaves' }
  const planting = { item: 'E1', stage: 'red', of: 'person', drive: 'car', words } as const
  await open({ isRunning: true, waiting: ['E1', 'E2'], planting })
  lot.answers('acceptance.skip', acceptanceView)
  await click(button('skip'))
  await click(button('skip-E2'))
  expect(lot.argsOf('acceptance.skip')).toEqual([
    expect.objectContaining({ item: 'E1' }),
    expect.objectContaining({ item: 'E2' }),
  ])
  closePage()
  await open()
  expect(all('[data-test^="skip"]')).toHaveLength(0)
})

it('runs red first where the lot is simulated, says for what it waits, and keeps what failed', async () => {
  const words = { zh: '一辆车离场', en: 'a car leaves' }
  const waits = { item: 'E1', stage: 'red', of: 'person', drive: 'car', words } as const
  await open()
  lot.answers('acceptance.run', acceptanceView)
  await click(button('run-red'))
  expect(lot.argsOf('acceptance.run')).toEqual([{ isRed: true }])
  await click(button('open-E2'))
  expect(textOf('red')).toContain('扣费没有订单')
  closePage()
  await open({ isRunning: true, waiting: ['E1'], planting: waits })
  const said = textOf('planting')
  for (const part of ['E1', '一辆车离场', wordOf('acceptance.waitsToFail')])
    expect(said).toContain(part)
  closePage()
  await open({ simulated: false })
  expect(all(named('run-red'))).toHaveLength(0)
})

it('says which platform has not answered for over a second, what it was asked and until when', async () => {
  const words = { zh: '扣费结果查询 P1', en: 'Result of charge P1' }
  const untilIso = '2026-03-02T08:00:10+08:00'
  const asking = { interfaceId: 'chargeQuery', of: '127.0.0.1:8443', words, untilIso }
  await open({ isRunning: true, waiting: ['E1'], asking })
  const said = textOf('asking')
  for (const part of [asking.of, words.zh, '08:00:10']) expect(said).toContain(part)
  closePage()
  await open({ isRunning: true, waiting: ['E1'] })
  expect(all(named('asking'))).toHaveLength(0)
})

it('is locked with the reason and the way out, and begins by an override with name and reason', async () => {
  await open({ lock: { why: { zh: '还没有现场勘测', en: 'No survey' }, override: null } })
  const lock = textOf('lock')
  expect(lock).toContain('还没有现场勘测')
  expect(lock).toContain(wordOf('acceptance.toSurvey'))
  expect(button('run-all').disabled).toBe(true)
  await click(button('override'))
  await sign('验收员')
  expect(lot.sent('acceptance.override')[0]?.args).toMatchObject({
    by: '验收员',
    reason: expect.stringContaining('先联调后勘测') as string,
  })
})

it.each(['pdf', 'docx', 'json', 'junit', 'csv'] as const)(
  'is made a document, as %s',
  async (format) => {
    await open()
    const data = { fileName: `acceptance-1.${format}`, base64: btoa('x'), simulated: true }
    lot.answers('acceptance.report', data)
    await click(button(`report-${format}`))
    expect(lot.argsOf('acceptance.report')).toEqual([{ format, language: 'zh' }])
    expect(textOf('made')).toContain(data.fileName)
  },
)

it('says why there is no document', async () => {
  await open()
  lot.refuses('acceptance.report', 'ACCEPT-05', { field: 'E1', value: 'pass' })
  await click(button('report-pdf'))
  expect(document.body.innerText).toContain('ACCEPT-05')
  expect(all(named('made'))).toHaveLength(0)
})

it('of another program begins anew, and becomes no document', async () => {
  await open({ other: { field: 'program', was: '0.9.0', is: '1.0.0' }, waiting: ['E2'] })
  expect(textOf('other')).toContain('0.9.0')
  expect(all(named('report-pdf'))).toHaveLength(0)
  lot.answers('acceptance.run', acceptanceView)
  await click(button('run-all'))
  expect(lot.argsOf('acceptance.run')).toEqual([{ isAnew: true }])
})

it('says who overrode it', async () => {
  const override = { by: '验收员', reason: '平台要求', atIso: '2026-03-02T08:00:00+08:00' }
  await open({ lock: { why: { zh: '还没有现场勘测', en: 'No survey' }, override } })
  expect(textOf('lock')).toContain('验收员')
  expect(button('run-all').disabled).toBe(false)
  expect(all(named('override'))).toHaveLength(0)
})

it('declares a test OBU by a form, lists it, and deletes it again', async () => {
  await open()
  expect(textOf('test-obus')).toContain('1A2B3C4D')
  lot.answers('acceptance.declareObu', { ok: true, repeated: false })
  lot.answers('acceptance.dropObu', { ok: true, repeated: false })
  await click(button('declare-obu'))
  const field = one('input[name="obuId"]') as HTMLInputElement
  field.value = '0A0B0C0D'
  field.dispatchEvent(new Event('input'))
  await click(one('input[name="pieces"][value="one"]'))
  await sign('验收员')
  expect(lot.sent('acceptance.declareObu')[0]?.args).toMatchObject({
    obuId: '0A0B0C0D',
    pieces: 'one',
    by: '验收员',
  })
  await click(button('drop-00000001'))
  await sign('验收员')
  expect(lot.sent('acceptance.dropObu')[0]?.args).toMatchObject({ obuId: '00000001' })
  closePage()
  await open({ isRunning: true, testObus: [] })
  expect(button('declare-obu').disabled).toBe(true)
  expect(all(named('test-obus'))).toHaveLength(0)
})
