// The timeline of a passage in the window: a photo of entry and exit, or the only one there is.
// In both languages.
import { expect, it } from 'vitest'
import { i18n } from '#renderer/i18n/index.ts'
import { all, one, openPage, settle, submit, type, wordOf, click } from '../../kit/page.ts'
import { present } from '#base/pure/values/must.ts'
import { foldedStory } from '#renderer/pages/ledger/timeline-parts.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { evidence } from '../spaces/spaces-view.ts'
import { timeline } from './timeline-view.ts'
import { closePage } from '../../kit/opened-page.ts'

const storyOfRows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    of: 'row' as const,
    index,
    laneId: 'exit',
    offsetMs: index,
  }))

const captions = (): string[] => all('figure figcaption').map((found) => found.innerText)

it('shows the photo of the entry and that of the exit', async () => {
  const lot = new ScriptedLot()
  await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(captions()).toEqual([wordOf('timeline.photo.entry'), wordOf('timeline.photo.exit')])
  const photoArgs = lot.argsOf('photo.get')
  expect(photoArgs).toEqual([{ photoId: 'p-1' }, { photoId: 'p-2' }])
  i18n.global.locale.value = 'en'
  await settle()
  expect(captions()).toEqual(['Photo of the entry', 'Photo of the exit'])
})

it('shows one photo of a car that had no entry', async () => {
  const lot = new ScriptedLot()
  lot.answers('ledger.timeline', { ...timeline, exitPhotoId: 'p-1' })
  await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(captions()).toEqual([wordOf('timeline.photo.exit')])
})

it('calls no report of an exception paid, whatever the ledger of before noted', async () => {
  const at = { atIso: timeline.rows[0]?.atIso ?? '', laneId: 'exit', amountFen: null }
  const uploadBody = (outboxId: string, note: string) => ({
    outboxId,
    state: 'confirmed',
    attempt: 1,
    httpStatus: 200,
    respCode: '100000',
    note,
  })
  const upload = (outboxId: string, op: string) => ({
    outboxId,
    op,
    destination: 'platform',
    businessNo: outboxId,
    body: '{}',
  })
  const rows = [
    { ...at, seq: 1, kind: 'outbox', body: upload('U-8', 'exception') },
    { ...at, seq: 2, kind: 'outboxState', body: uploadBody('U-8', 'paid') },
    { ...at, seq: 3, kind: 'outbox', body: upload('U-9', 'exception') },
    { ...at, seq: 4, kind: 'outboxState', body: uploadBody('U-9', 'reported') },
  ]
  const lot = new ScriptedLot()
  lot.answers('ledger.timeline', { ...timeline, rows, events: [], story: storyOfRows(rows.length) })
  await openPage(lot, `/ledger/${timeline.stayId}`)
  const shown = (): string =>
    all('.rows td')
      .map((found) => found.innerText)
      .join(' ')
  expect(shown()).not.toContain('已付')
  expect(shown().split('平台已收到异常记录')).toHaveLength(3)
  i18n.global.locale.value = 'en'
  await settle()
  expect(shown()).not.toContain('paid')
})

it.each([
  ['invoice', '发票', '已开出', 'FP0001'],
  ['plateMatched', '按相近车牌找到停车', '测A00001', '内容'],
  ['ofOld', 'ofOld', 'FP0001', '金额 ¥ 9.00'],
])(
  'names the event %s of a stay, and tells what it is about once',
  async (type, name, ...facts) => {
    const about = { row: 'issued', partnerId: 'TAX', invoiceNo: 'FP0001', amountFen: 900 }
    const detail = type === 'plateMatched' ? '测A00001' : JSON.stringify(about)
    const body = { type, detail, ...(type === 'invoice' ? { invoice: about } : {}) }
    const at = { atIso: timeline.rows[0]?.atIso ?? '', laneId: null, amountFen: null }
    const rows = [{ ...at, seq: 1, kind: 'event', body }]
    const lot = new ScriptedLot()
    lot.answers('ledger.timeline', { ...timeline, rows, events: [], story: storyOfRows(1) })
    i18n.global.locale.value = 'zh'
    await openPage(lot, `/ledger/${timeline.stayId}`)
    const shown = all('[data-test=story] tbody tr').map((found) => found.innerText)
    expect(shown).toHaveLength(1)
    expect(shown[0]).toMatch(new RegExp(`账本\\s+${name} `))
    for (const part of facts) expect(shown[0]?.split(part)).toHaveLength(2)
    expect(shown[0]).not.toContain('{')
  },
)

it('calls a charge paid that the platform charged', async () => {
  const lot = new ScriptedLot()
  lot.answers('ledger.timeline', {
    ...timeline,
    rows: timeline.rows.map((row) =>
      row.kind === 'outboxState' ? { ...row, body: { ...row.body, note: 'paid' } } : row,
    ),
  })
  i18n.global.locale.value = 'zh'
  await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(
    all('.rows td')
      .map((found) => found.innerText)
      .join(' '),
  ).toContain('已付')
})

it('says in plain words first why, and tells everything in the order of time with its offset', async () => {
  const lot = new ScriptedLot()
  await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(all('[data-test=why] h2').map((one) => one.innerText)).toEqual(['为什么是 ¥ 12.00'])
  const rows = () => all('[data-test=story] tbody tr').map((one) => one.innerText)
  expect(rows()).toHaveLength(timeline.story.length)
  expect(rows()[2]).toContain('+0.020 s')
  expect(rows()[2]).toContain('读出 OBU 和卡，转为平台扣费中')
  expect(rows()[2]).toContain('卡在状态名单中: 否')
  await click(one('input[name=story-kind][value=frame]'))
  expect(rows()).toHaveLength(timeline.frames.length)
})

it('gives the file out masked, and whole where a person asks for that', async () => {
  for (const name of ['explain.file', 'explain.wholeFile']) {
    const lot = new ScriptedLot()
    await openPage(lot, `/ledger/${timeline.stayId}`)
    await click(one('[data-test=open-explain]'))
    if (name === 'explain.wholeFile') one('input[name="whole"]').click()
    await type('input[name=by]', '王老板')
    await click(one('.el-dialog input[type=radio]'))
    await submit()
    expect(lot.calls.at(-1)).toMatchObject({
      name,
      args: { stayId: timeline.stayId, by: '王老板' },
    })
    expect(one('[data-test=outcome]').innerText).toContain('car-DEMO01')
    closePage()
  }
})

it('a long story begins with what was written and what failed, and can be opened', async () => {
  const lot = new ScriptedLot()
  const [item] = timeline.story.filter(({ of }) => of === 'turn')
  const story = [...timeline.story, ...Array.from({ length: 120 }, () => present(item, 'a turn'))]
  lot.answers('ledger.timeline', { ...timeline, story })
  await openPage(lot, `/ledger/${timeline.stayId}`)
  const rows = () => all('[data-test=story] tbody tr').map((one) => one.innerText)
  const main = timeline.story.filter(({ of }) => of === 'row').length
  expect(rows().length).toBeGreaterThanOrEqual(main)
  expect(rows().length).toBeLessThan(40)
  await click(one('input[name=story-kind][value=all]'))
  expect(rows().length).toBeLessThanOrEqual(timeline.story.length + 1)
  expect(rows().at(-1)).toContain('× 120')
})

it.each([
  ['nothing', [], []],
  ['equal neighbours', ['a', 'a', 'a'], [3]],
  ['equal, but not neighbours', ['a', 'b', 'a'], [1, 1, 1]],
  ['rows, which have no signature', ['', '', ''], [1, 1, 1]],
  ['two groups', ['a', 'a', 'b', 'b', 'b'], [2, 3]],
] as const)('folds %s', (_name, signs, times) => {
  const items = signs.map((sign) => ({ laneId: 'exit', sign }))
  const folded = foldedStory(items, ({ sign }) => (sign === '' ? null : sign))
  expect(folded.map((one) => one.times)).toEqual(times)
})

it('folds nothing over two lanes', () => {
  const items = ['entry', 'exit'].map((laneId) => ({ laneId }))
  expect(foldedStory(items, () => 'same')).toHaveLength(2)
})

it('shows what a stay in a space rests on with its pictures, and not a second time in sentences', async () => {
  const lot = new ScriptedLot()
  const title = { zh: '停车凭什么认定', en: 'What the stay rests on' }
  const why = [...timeline.why, { topic: 'evidence', title, lines: [title] }]
  lot.answers('ledger.timeline', { ...timeline, why, evidence: { ...evidence, missing: [] } })
  await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(all('[data-test="evidence"] li')).toHaveLength(2)
  expect(one('[data-test="whole"]').innerText).toContain(wordOf('evidence.whole'))
  expect(one('[data-test="why"]').innerText).not.toContain(title.zh)
})
