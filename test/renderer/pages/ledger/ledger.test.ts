// The ledger in the window: searched by plate, empty or after a fault, and with calls in flight: rows are those of
// the last search, further pages belong to it, and each page arrives once.
import { beforeEach, expect, it, vi } from 'vitest'
import {
  all,
  named,
  one,
  openPage,
  pressKey,
  settle,
  type,
  faultWhat,
  wordOf,
  click,
  hit,
  press,
  submit,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
const searches = () => lot.argsOf('ledger.query')
const page = (stayId: string, next: string | null) => ({
  ok: true as const,
  data: { rows: [{ stayId, plate: '测A10001' }], next },
})
const rowCount = (): number => all(`${named('ledger-rows')} tbody tr`).length

/** Answers of searches wait until the function is called. */
function later(): () => void {
  let answer = (): void => undefined
  lot.waits.set('ledger.query', new Promise((done) => (answer = done)))
  return () => {
    lot.waits.clear()
    answer()
  }
}

beforeEach(async () => {
  lot = new ScriptedLot()
  lot.replies.set('ledger.query', page('n1-S1', '2'))
  await openPage(lot, '/ledger')
})

/** The day of the lot, newest first. */
const today = {
  kind: 'stay',
  order: 'newest',
  limit: 100,
  from: '2026-03-14T00:00:00+08:00',
  to: '2026-03-15T00:00:00+08:00',
}

it('shows today, newest first, with what the day brought in', () => {
  expect(searches()).toEqual([today])
  expect(lot.sent('ledger.sums')[0]?.args).toEqual({ from: today.from, to: today.to })
  expect(one(named('sums')).textContent.replaceAll(/\s+/g, '')).toBe(
    '收费合计¥76.50ETC¥71.505笔现金¥5.001笔已退¥5.00入场9辆',
  )
})

it('a sum by means leads to the payments that make it, and another means is one choice away', async () => {
  await press('find-cash')
  expect(searches().at(-1)).toEqual({ ...today, kind: 'payment', means: 'cash' })
  const select = one('select[name="means"]') as HTMLSelectElement
  expect(select.value).toBe('cash')
  select.value = 'qr'
  select.dispatchEvent(new Event('change'))
  await submit(one('form.search'))
  expect(searches().at(-1)).toEqual({ ...today, kind: 'payment', means: 'qr' })
  await click(all('.kinds .button')[0])
  expect(searches().at(-1)).toEqual(today)
  await press('clear')
  expect(searches().at(-1)).toEqual(today)
})

it('refunds are found by the means by which they went back; one that pays alone is forgotten there', async () => {
  await press('find-cash')
  const select = () => one('select[name="means"]') as HTMLSelectElement
  const choose = async (means: string): Promise<void> => {
    select().value = means
    select().dispatchEvent(new Event('change'))
    await submit(one('form.search'))
  }
  const refunds = (): void => all('.kinds .button')[3]?.click()
  refunds()
  await settle()
  expect(searches().at(-1)).toEqual({ ...today, kind: 'refund', means: 'cash' })
  const offered = [...select().options].map(({ value }) => value)
  expect(offered).toEqual(['', 'cash', 'transfer', 'etc', 'qr'])
  await choose('etc')
  expect(searches().at(-1)).toEqual({ ...today, kind: 'refund', means: 'etc' })
  await click(all('.kinds .button')[2])
  await choose('free')
  expect(searches().at(-1)).toEqual({ ...today, kind: 'payment', means: 'free' })
  refunds()
  await settle()
  expect(searches().at(-1)).toEqual({ ...today, kind: 'refund' })
})

it.each([
  ['yesterday', '2026-03-13', '2026-03-14'],
  ['week', '2026-03-08', '2026-03-15'],
  ['month', '2026-03-01', '2026-03-15'],
  ['lastMonth', '2026-02-01', '2026-03-01'],
])('%s is one press away', async (name, from, to) => {
  await press(`span-${name}`)
  expect(searches().at(-1)).toEqual({
    ...today,
    from: `${from}T00:00:00+08:00`,
    to: `${to}T00:00:00+08:00`,
  })
  expect(one(named(`span-${name}`)).getAttribute('aria-pressed')).toBe('true')
})

it('finds by person and amount, and refuses an amount that is none', async () => {
  await type('input[name="by"]', ' 王 ')
  await type('input[name="yuan"]', '12.5')
  await submit(one('form.search'))
  expect(searches().at(-1)).toEqual({ ...today, by: '王', amountFen: 1250 })
  const before = searches().length
  await type('input[name="yuan"]', '1e3')
  expect(one(named('ask-fault')).textContent).toContain('请填 0.00')
  await submit(one('form.search'))
  expect(searches()).toHaveLength(before)
})

it('says an act of a person in words, with who and how much, never as JSON', async () => {
  const detail = JSON.stringify({
    act: 'lane.settle',
    by: '王五',
    role: 'attendant',
    reason: '现金',
    commandId: 'c-1',
    digest: 'ff4911c4ff36126dd3239bae08950ac9',
    amountFen: 1200,
    means: 'cash',
  })
  const row = { atIso: '2026-03-14T10:15:20+08:00', laneId: 'exit', type: 'audit', detail }
  lot.answers('ledger.query', { rows: [row], next: null })
  all('.kinds .button')
    .find((el) => el.textContent.includes('事件'))
    ?.click()
  await settle()
  const text = one(`${named('ledger-rows')} tbody tr`).textContent
  expect(text).toContain('王五')
  expect(text).toContain('¥ 12.00')
  expect(text).toContain('原因 现金')
  expect(text).not.toMatch(/[{}"]|commandId|命令编号|摘要|ff4911c4/)
})

it('takes what was found along as a file, with the words of the page', async () => {
  const kept: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    kept.push(this.download)
  })
  await press('save-xlsx')
  vi.restoreAllMocks()
  expect(kept).toEqual(['停车-2026-03-14.xlsx'])
  expect(one(named('saved')).textContent).toContain('9 行')
  const sent = lot.sent('ledger.sheet')[0]?.args
  const { limit: _limit, ...filter } = today
  expect(sent).toMatchObject({ ...filter, format: 'xlsx', name: '停车' })
  expect(sent?.['columns']).toContainEqual(
    expect.objectContaining({
      member: 'end',
      head: '结果',
      shape: 'word',
      words: expect.objectContaining({ etc: 'ETC 已扣费' }) as unknown,
    }),
  )
})

it.each([
  ['停车', '没有停车记录'],
  ['扣费', '没有 ETC 扣费'],
  ['收款', '没有收款'],
  ['退费', '没有退费'],
  ['事件', '没有事件'],
])('says for %s what will appear there', async (kind, words) => {
  lot.answers('ledger.query', { rows: [], next: null })
  all('.head .kinds .button')
    .find((el) => el.textContent.trim() === kind)
    ?.click()
  await settle()
  expect(one('.list > .panel').textContent).toContain(words)
})

it('a further page is of what was searched, not of what was typed since, and comes once', async () => {
  await type('input[name="plate"]', '测B2')
  lot.replies.set('ledger.query', page('n1-S2', null))
  const answer = later()
  one(named('more')).click()
  one(named('more')).click()
  answer()
  await settle()
  expect(searches().slice(1)).toEqual([{ ...today, after: '2' }])
  expect(rowCount()).toBe(2)
})

it('rows of the kind before are not shown under the one that was chosen', async () => {
  const answer = later()
  pressKey('F5')
  lot.waits.clear()
  lot.answers('ledger.query', { rows: [], next: null })
  await click(all('.head .kinds button').at(-1))
  expect(rowCount()).toBe(0)
  answer()
  await settle()
  expect(rowCount()).toBe(0)
})

it('finds by a part of a plate, without the dot and in capitals', async () => {
  await type('input[name="plate"]', 'a·123')
  await submit(one('form.search'))
  expect(searches().at(-1)).toEqual({ ...today, platePart: 'A123' })
})

it('explains an empty ledger, and a fault instead of an emptiness', async () => {
  lot.answers('ledger.query', { rows: [], next: null })
  await hit('F5')
  expect(document.body.textContent).toContain(wordOf('ledger.empty.stay'))
  lot.refuses('ledger.query', 'DATA-02')
  await hit('F5')
  expect(one('.fault').textContent).toContain(faultWhat('DATA-02'))
  expect(document.body.textContent).not.toContain(wordOf('ledger.empty.stay'))
})
