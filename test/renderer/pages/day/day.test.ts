// The page of the day: takings, cars inside, books, open items and shifts; in both languages, empty and after a fault.
// A person ends a difference; the drawer is counted beside its expected sum.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DayItemView } from '#money/calls/day.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { dayView } from './day-view.ts'
import {
  all,
  named as test,
  one,
  openPage,
  settle,
  submit,
  type,
  wordOf,
  click,
  sayWho,
  press,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { closePage } from '../../kit/opened-page.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))
afterEach(() => {
  i18n.global.locale.value = 'zh'
})
const open = async (data: unknown = dayView): Promise<void> => {
  lot.answers('day.get', data)
  await openPage(lot, '/day')
}
const text = (name: string): string => one(test(name)).textContent
const who = (reason = 0): Promise<void> => sayWho('李四', reason)

describe('the day', () => {
  it('says what was taken by which means, how full the lot is and what is open', async () => {
    await open()
    expect(text('total')).toContain('¥ 1152.00')
    expect(text('takings')).toContain('ETC')
    expect(text('inside')).toBe('37 / 60')
    expect(text('drawer')).toContain('¥ 30.00')
    expect(text('back-cash')).toContain('-¥ 15.00')
    expect(text('back-etc')).toContain('-¥ 5.00')
    expect(text('net')).toBe('¥ 1132.00')
    expect(text('let-go')).toContain(wordOf('day.letGo.title', { count: 3, owed: '¥ 12.00' }))
    expect(text('let-go-free')).toMatch(/测B·22222.*免收.*王老板.*公务.*¥ 6.00.*¥ 0.00/)
    expect(all(test('let-go-opened'))[1]?.textContent).toMatch(/不知道是哪辆车.*李四.*没有计价/)
    const hours = all(`${test('hours')} li`)
    expect(hours).toHaveLength(24)
    expect(hours[13]?.title).toBe('13–14 时：入 9 辆，出 2 辆，收 ¥ 54.00')
    const tall = all(`${test('hours')} .taken[style]`).map(({ style }) => style.height)
    expect([tall[13], tall[14], tall[3]]).toEqual(['100%', '0%', '0%'])
    expect(all(test('item-open'))).toHaveLength(1)
    expect(text('item-open')).toContain(wordOf('day.kind.notInLedger'))
    expect(text('item-ended')).toContain('核销')
    expect(text('book-etc')).toContain(wordOf('day.is.noBill'))
    expect(text('book-qr')).toContain(`✗ ${wordOf('day.is.differs')}`)
    expect(text('counts')).toContain('一致 41 笔')
    expect(text('book-cash')).toContain('✓ 一致')
    expect(text('shifts')).toContain('¥ 20.00')
    i18n.global.locale.value = 'en'
    await settle()
    expect(text('item-open')).toContain('on the bill, not in the records')
  })

  it('shows who is on duty as the operator planned it, and nothing where no plan came', async () => {
    await open()
    expect(all(test('plan'))).toHaveLength(0)
    closePage()
    const one = { shiftNo: 'B20260314-1', staffId: '李四', laneId: null }
    const shifts = [
      { ...one, onIso: '2026-03-14T08:00:00+08:00', offIso: '2026-03-14T20:00:00+08:00' },
    ]
    const takenIso = '2026-03-14T00:10:00+08:00'
    await open({ ...dayView, plan: { version: 'S2', takenIso, revision: 2, shifts } })
    expect(text('plan')).toContain('版本 S2')
    expect(text('plan')).toContain('第 2 份')
    expect(text('plan')).toContain('08:00:00 – 20:00:00')
    expect(text('plan')).toContain('全场')
    closePage()
    await open({ ...dayView, plan: { version: 'S1', takenIso, revision: 1, shifts: [] } })
    expect(text('plan')).toContain(wordOf('day.planEmpty'))
  })

  it('shows a message of the platform as what it says, without sums, until a person ends it', async () => {
    const [first] = dayView.items
    const feedback = {
      seq: 3,
      no: 'F3',
      what: 'upload',
      atMs: 0,
      outTradeNo: 'P1',
      feeFen: 1_500,
      text: '23002 卡已过期',
      resend: 'lot',
    } as const
    const item = {
      ...first,
      kind: 'feedback',
      ref: 'P1',
      expectedFen: 0,
      foundFen: 0,
      owner: '',
      feedback,
    }
    await open({ ...dayView, items: [item] })
    expect(text('feedback')).toContain(wordOf('day.feedback.upload'))
    expect(text('feedback')).toContain('¥ 15.00')
    expect(text('feedback')).toContain('23002 卡已过期')
    expect(text('feedback')).toContain(wordOf('day.resend.lot'))
    expect(text('item-open')).not.toContain('¥ 0.00')
    await press('end-item')
    expect(one('[type="submit"]').textContent).toContain(wordOf('day.endMessage'))
    i18n.global.locale.value = 'en'
    await settle()
    expect(text('feedback')).toContain('sent again by this car park')
  })

  it('shows what a driver says with its day and receipt, and ends it by an answer', async () => {
    const [first] = dayView.items
    const feedback = {
      seq: 0,
      no: 'GX00012-gx1-K7',
      what: 'driver',
      atMs: 0,
      outTradeNo: 'P1',
      feeFen: 1_500,
      text: '多收了',
      resend: null,
      complaint: {
        kind: 'twice',
        contact: '13800000000',
        answerBy: '2026-03-13',
        receipt: 'holds',
      },
    } as const
    const item = { ...first, itemId: 'feedback K7', kind: 'feedback', feedback, isLate: true }
    await open({ ...dayView, items: [item] })
    for (const word of [
      wordOf('day.complaint.is.twice'),
      wordOf('day.complaint.receipt.holds'),
      '多收了',
      '13800000000',
      '▲',
    ])
      expect(text('feedback')).toContain(word)
    expect(text('answer-by')).toContain(wordOf('day.complaint.due', { day: '2026-03-13' }))
    expect(text('item-open')).not.toContain(wordOf('day.kind.feedback'))
    // Text without an element would run together, because templates keep no space between lines.
    const loose = all(`${test('item-open')} .parts`).flatMap(({ childNodes }) =>
      [...childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE),
    )
    expect(loose.map(({ textContent }) => textContent?.trim()).filter(Boolean)).toEqual([])
    expect(all(`${test('item-open')} .parts > *`).length).toBeGreaterThan(6)
    await press('end-item')
    // The form repeats the facts that the answer needs, because it covers the item.
    for (const word of ['多收了', wordOf('day.complaint.is.twice'), '¥ 15.00', '13800000000', '▲'])
      expect(one('.el-dialog').textContent).toContain(word)
    await who()
    await submit()
    expect(lot.sent('day.end')).toEqual([])
    one('input[value="refunded"]').click()
    await type('[name="answer"]', '已退 15 元')
    await settle()
    await submit()
    expect(lot.sent('day.end')).toMatchObject([
      { args: { itemId: 'feedback K7', how: 'refunded', answer: '已退 15 元', by: '李四' } },
    ])
    closePage()
    const end = {
      how: 'refunded',
      by: '李四',
      approvedBy: null,
      reason: '其他',
      answer: '已退 15 元',
      outRefundNo: 'GX00012-gx1-R9',
      atIso: '2026-03-14T12:30:00+08:00',
    }
    await open({ ...dayView, items: [{ ...item, end, isLate: undefined }] })
    i18n.global.locale.value = 'en'
    await settle()
    expect(text('answer')).toContain('Answer: 已退 15 元')
    expect(text('refund-no')).toContain('refund GX00012-gx1-R9')
  })

  it('says of a bill that did not come when it was asked for, and never calls it equal', async () => {
    const [etc, ...rest] = dayView.books
    const missed = { atIso: '2026-03-15T10:30:00+08:00', reason: 'notYet 100002' }
    const held = { ...etc, state: 'equal', atIso: missed.atIso, by: '' }
    await open({ ...dayView, books: [{ ...etc, state: 'notYet', missed }, ...rest] })
    expect(text('book-etc')).toContain(`○ ${wordOf('day.is.notYet')}`)
    expect(text('missed')).toContain('10:30:00 对方的账单还没有出')
    expect(text('missed')).not.toMatch(/notYet|100002/)
    expect(one(test('missed')).title).toBe('notYet 100002')
    closePage()
    await open({ ...dayView, books: [held, ...rest] })
    expect(text('book-etc')).toContain(wordOf('day.byClock'))
  })

  it('is one shift, or another day, when that is chosen', async () => {
    await open()
    const shift = one('[name="shift"]') as HTMLSelectElement
    shift.selectedIndex = 1
    shift.dispatchEvent(new Event('change'))
    await settle()
    expect(lot.sent('day.get').at(-1)?.args).toEqual({ shift: 0 })
    await type('[name="day"]', '2026-03-13')
    one('[name="day"]').dispatchEvent(new Event('change'))
    await settle()
    expect(lot.sent('day.get').at(-1)?.args).toEqual({ day: '2026-03-13' })
  })

  it('without a payment says what will stand there; at a fault says that', async () => {
    const hours = dayView.hours.map(() => ({ entered: 0, left: 0, takenFen: 0 }))
    await open({ ...dayView, takings: [], hours, items: [], shifts: [] })
    expect(text('takings')).toContain(wordOf('day.empty'))
    expect(all(test('hours'))).toEqual([])
    expect(text('items')).toContain(`✓ ${wordOf('day.noItems')}`)
    closePage()
    lot.refuses('day.get', 'DAY-02', { message: 'm', means: 'n', todo: 'o' })
    await openPage(lot, '/day')
    expect(document.body.textContent).toContain('DAY-02')
  })
})

describe('the own shift', () => {
  it('has no other day, no bills and no hours, and says since when it is', async () => {
    await open({ ...dayView, isOwnShift: true, hours: [], books: [] })
    expect(text('own-shift')).toContain('只显示本班')
    for (const name of ['today', 'hours', 'book-etc']) expect(all(test(name))).toHaveLength(0)
    expect(all('[name="day"]')).toHaveLength(0)
    expect(text('shifts')).toContain('¥ 20.00')
    expect(all(test('count'))).toHaveLength(1)
  })

  it('an end shows what it was shown by', async () => {
    const end = { how: 'explained', by: '王老板', approvedBy: '李四', reason: '已查清' }
    const ended = { ...end, evidence: '网关工单 88', atIso: dayView.toIso }
    await open({ ...dayView, items: [{ ...dayView.items[0], end: ended }] })
    expect(text('evidence')).toBe('依据：网关工单 88')
  })
})

describe('acts', () => {
  it('a bill is downloaded and held against the chosen day', async () => {
    await open()
    await press('reconcile')
    await who()
    await submit()
    expect(lot.sent('day.reconcile')).toMatchObject([{ args: { day: '2026-03-14', by: '李四' } }])
  })

  it('a difference ends by a choice; written off with the name of a second person', async () => {
    await open()
    await press('end-item')
    await who()
    await submit()
    expect(lot.sent('day.end')).toEqual([])
    await click(one('input[value="writtenOff"]'))
    await submit()
    expect(lot.sent('day.writeOff')).toEqual([])
    await type('[name="second"]', '王老板')
    await submit()
    const args = { itemId: dayView.items[0]?.itemId, approvedBy: '王老板', by: '李四' }
    expect(lot.sent('day.writeOff')).toMatchObject([{ args }])
  })

  it.each(['found', 'explained'])(
    '%s says what shows it, and a message is ended by words',
    async (how) => {
      await open()
      await press('end-item')
      await who()
      await click(one(`input[value="${how}"]`))
      await submit()
      expect(lot.sent('day.end')).toEqual([])
      await type('[name="evidence"]', ' 网关工单 88 ')
      await submit()
      expect(lot.sent('day.end')).toMatchObject([
        { args: { how, evidence: '网关工单 88', by: '李四' } },
      ])
      closePage()
      const feedback = { what: 'clearing', text: '', feeFen: null, resend: null }
      await open({ ...dayView, items: [{ ...dayView.items[0], kind: 'feedback', feedback }] })
      await press('end-item')
      await click(one(`input[value="${how}"]`))
      expect(all('[name="evidence"]')).toHaveLength(0)
    },
  )

  it('what was refunded says how it went back; an item with nothing too much has no such end', async () => {
    const [first] = dayView.items
    await open()
    await press('end-item')
    await who()
    await click(one('input[value="refunded"]'))
    await submit()
    expect(lot.sent('day.end')).toEqual([])
    await click(one('input[value="cash"]'))
    await submit()
    const back = { itemId: first?.itemId, how: 'refunded', refundMeans: 'cash' }
    expect(lot.sent('day.end')).toMatchObject([{ args: back }])
    closePage()
    await open({ ...dayView, items: [{ ...first, expectedFen: 900, foundFen: 0 }] })
    await press('end-item')
    expect(all('input[value="refunded"]')).toHaveLength(0)
    expect(all('input[value="found"]')).toHaveLength(1)
  })

  it('somebody takes an item that nobody looks after; what ended by itself says so', async () => {
    const [first, ended] = dayView.items
    const items = [
      { ...first, kind: 'alone', owner: '', by: '张三' },
      { ...ended, kind: 'late', end: { ...ended?.end, by: '', how: 'refunded', approvedBy: null } },
    ]
    await open({ ...dayView, items })
    expect(text('item-open')).toMatch(/须另一人复核：\s*张三/)
    expect(text('item-open')).toContain(wordOf('day.nobody'))
    expect(text('item-ended')).toContain(wordOf('day.itself'))
    await press('own-item')
    await who()
    await submit()
    const args = { itemId: first?.itemId, owner: '李四', by: '李四' }
    expect(lot.sent('day.own')).toMatchObject([{ args }])
  })

  it('a change that is told is taken early by a person, under the version that was read', async () => {
    const change = { of: 'configuration', version: 'C2', toldIso: '2026-03-14T10:00:00+08:00' }
    const what = { zh: '¥ 100.00 → ¥ 80.00', en: '¥ 100.00 → ¥ 80.00' }
    const takeIso = '2026-03-14T11:00:00+08:00'
    await open({ ...dayView, told: [{ ...change, takeIso, what }] })
    expect(text('told-configuration')).toContain('¥ 100.00 → ¥ 80.00')
    await press('take-now')
    await who()
    await submit()
    const reason = wordOf('act.reasons.told[0]')
    const args = { of: 'configuration', version: 'C2', by: '李四', reason }
    expect(lot.sent('day.take')).toMatchObject([{ args }])
  })

  it('an hour of records that agrees since says so, and is open until a person ends it', async () => {
    const [first] = dayView.items
    const agreed: Pick<DayItemView, 'kind' | 'means' | 'agreedAtIso'> = {
      means: 'operator',
      kind: 'recordsDiffer',
      agreedAtIso: '2026-03-14T11:00:00+08:00',
    }
    await open({ ...dayView, items: [{ ...first, ...agreed }] })
    expect(all(test('agreed'))).toHaveLength(1)
    expect(text('item-open')).toContain(wordOf('act.meansOf.operator'))
    expect(text('item-open')).not.toContain('operator')
    expect(all(test('end-item'))).toHaveLength(1)
  })

  it('the drawer opens without a sale for a reason, and says how often it did', async () => {
    await open()
    expect(text('opened')).toBe(wordOf('day.opened', { opened: 3, noSale: 1 }))
    await press('open-drawer')
    await submit()
    expect(lot.sent('day.drawer')).toEqual([])
    await who()
    await submit()
    expect(lot.sent('day.drawer')).toMatchObject([{ args: { by: '李四' } }])
  })

  it('the drawer is counted blind, and what it should hold is said when the count is written', async () => {
    await open()
    await press('count')
    await type('[name="counted-yuan"]', '34')
    expect(one('form.act').innerText).not.toContain('30.00')
    await type('[name="left-yuan"]', '35')
    await who(1)
    await submit()
    expect(lot.sent('day.count')).toEqual([])
    await type('[name="left-yuan"]', '20')
    await submit()
    const { sinceIso } = dayView.drawer
    const args = { countedFen: 3400, leftFen: 2000, sinceIso }
    expect(lot.sent('day.count')).toMatchObject([{ args }])
    expect(text('counted')).toBe(
      `▲ ${wordOf('day.countedNow', { counted: '¥ 34.00', expected: '¥ 30.00', before: '¥ 20.00', difference: '长款 +¥ 4.00', left: '¥ 20.00' })}`,
    )
  })

  it('a float is put in, and the next shift is offered the same one', async () => {
    await open()
    expect(text('float-now').replaceAll(/\s+/g, ' ').trim()).toBe(
      wordOf('day.floatNow', { amount: '¥ 20.00 其中本班放入 ¥ 5.00' }),
    )
    await press('put-float')
    await type('[name="by"]', '李四')
    await submit()
    expect(lot.sent('day.float')).toEqual([])
    await type('[name="float-yuan"]', '200')
    await submit()
    expect(lot.sent('day.float')).toMatchObject([{ args: { floatFen: 20_000, by: '李四' } }])
    await press('count')
    expect(text('float')).toBe('备用金 ¥ 20.00')
    expect((one('[name="left-yuan"]') as HTMLInputElement).value).toBe('20.00')
  })
})

it('a drawer that nobody ever counted is said to be that', async () => {
  const months = [
    { month: '2025-09', takenFen: 120_000 },
    { month: '2025-10', takenFen: 90_050 },
  ]
  const drawer = { ...dayView.drawer, beforeFen: 0, neverCounted: months }
  await open({ ...dayView, drawer })
  expect(text('drawer')).toContain('从未清点过')
  await press('count')
  expect(text('never-counted')).toContain('全部现金')
})
