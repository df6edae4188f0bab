// The page of piles and handhelds on a scripted lot: positions, amounts due, a charge that is
// confirmed to the fen, and every case in which no charge may be requested.
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlaceView } from '#lane/calls/place-views.ts'
import { faults } from '#base/pure/faults/faults.ts'
import { boards } from '../lane/lane-views.ts'
import {
  all,
  named,
  one,
  openPage,
  submit,
  type,
  wordOf,
  press,
  textOf,
  hit,
  sign,
  pass,
} from '../../kit/page.ts'
import {
  barred,
  boardWith,
  carAtPlace,
  handheld,
  pile,
  placeStates,
  quoteView,
} from './place-views-kit.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot

const button = (name: string): HTMLButtonElement => one(named(name)) as HTMLButtonElement
function put(places: readonly PlaceView[]): void {
  lot.places = places
  lot.show(boardWith(boards.empty, places))
}
const open = (): Promise<unknown> => openPage(lot, '/devices/places')
async function plate(of = '测A12345'): Promise<void> {
  await type('input[name="plate"]', of)
  await pass(400)
}
const byKey = (): Promise<void> => hit('Ctrl+Enter')
const dialogs = (): number => all('.el-dialog form.act').length

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  })
  lot = new ScriptedLot()
  put(placeStates.normal)
})

describe('where a place is', () => {
  it('says link, health, source, age and error with their limits, and whether it is inside', async () => {
    await open()
    const row = textOf('place-handheld')
    for (const word of ['手持机 1', '在线', '围栏内']) expect(row).toContain(word)
    expect(textOf('place-pile')).toContain('车位 A12')
    const facts = textOf('facts')
    for (const word of [
      ...['tcp://192.0.2.30:60001', 'tcp://192.0.2.30:2947', '由定位接收机报告'],
      ...['22.817180, 108.366000', '限 10 秒', '3.2 m，限 10 m', '圆形，半径 60 m'],
    ])
      expect(facts).toContain(word)
    expect(textOf('verdict')).toContain(wordOf('places.verdict.inside'))
    await press('place-pile')
    expect(textOf('facts')).toContain(wordOf('places.source.fixed'))
    expect(textOf('facts')).toContain('多边形，4 个点')
  })
  it('shows a pile without a fence as fixed at its space', async () => {
    put([pile({ fence: null, position: null })])
    await open()
    expect(textOf('verdict')).toContain(wordOf('places.verdict.fixed'))
    expect(textOf('facts')).toContain(wordOf('places.noFence', { space: 'A12' }))
  })
  it('says how far outside it is', async () => {
    put([barred.outside])
    await open()
    // 760 microdegrees north of a circle of 60 m: 84.5 m minus 60 m.
    expect(textOf('verdict')).toContain(wordOf('places.verdict.outside', { metres: 25 }))
  })
  it('says how a place is put into the lot file where there is none', async () => {
    put([])
    await open()
    expect(document.body.innerText).toContain(wordOf('places.empty'))
    expect(textOf('example')).toContain('"place"')
    expect(all(named('charge'))).toHaveLength(0)
  })
})

describe('a charge', () => {
  it('is offered with what is due, and confirmed in figures and in words with name and reason', async () => {
    await open()
    expect(button('charge').disabled).toBe(true)
    await plate('测a·12345')
    expect(lot.sent('place.quote').at(-1)?.args).toEqual({ laneId: 'handheld', plate: '测A12345' })
    expect(textOf('due')).toBe('¥ 12.00')
    expect(textOf('charge')).toContain('扣 ¥ 12.00')
    await press('charge')
    expect(textOf('confirm-amount')).toBe('¥ 12.00')
    expect(textOf('spelled')).toContain('壹拾贰元整')
    expect(textOf('do')).toBe('用 ETC 扣 ¥ 12.00')
    await submit()
    expect(lot.sent('place.charge')).toEqual([])
    await type('input[name="by"]', '收费员')
    await submit()
    expect(lot.argsOf('place.charge')).toEqual([
      {
        laneId: 'handheld',
        plate: '测A12345',
        amountFen: 1_200,
        by: '收费员',
        reason: '巡场收费',
        commandId: expect.any(String) as string,
      },
    ])
  })
  it('is the work of Ctrl+Enter and of Enter, too', async () => {
    await open()
    await byKey()
    expect(dialogs()).toBe(0)
    await plate()
    await byKey()
    expect(dialogs()).toBe(1)
    expect(lot.sent('lane.open')).toEqual([])
  })
  it('keeps the amount that was confirmed: a refusal for another price is told in full', async () => {
    await open()
    await plate()
    await press('charge')
    lot.quote = quoteView({ amountFen: 1_500, dueFen: 1_500 })
    await pass(10_000)
    expect(textOf('confirm-amount')).toBe('¥ 12.00')
    expect(one('.el-dialog').innerText).toContain('应收已变为 ¥ 15.00')
    lot.refuses('place.charge', 'PLACE-08')
    await type('input[name="by"]', '收费员')
    await submit()
    expect(lot.sent('place.charge')[0]?.args['amountFen']).toBe(1_200)
    const said = one('.el-dialog').innerText
    const { what, todo } = faults['PLACE-08']
    for (const part of [what.zh, todo.zh, 'PLACE-08']) expect(said).toContain(chineseMarks(part))
    expect(textOf('charge')).toContain('¥ 15.00')
  })
  it.each([
    'PLACE-01',
    'PLACE-02',
    'PLACE-03',
    'PLACE-04',
    'PLACE-05',
    'PLACE-06',
    'PLACE-07',
  ] as const)(
    'that the runtime refuses with %s is told in full words, and the same act may be tried again',
    async (code) => {
      await open()
      await plate()
      await press('charge')
      await type('input[name="by"]', '收费员')
      lot.refuses('place.charge', code)
      await submit()
      const { what, means, todo } = faults[code]
      const said = one('.el-dialog').innerText
      for (const part of [what.zh, means.zh, todo.zh, code])
        expect(said).toContain(chineseMarks(part))
      lot.replies.clear()
      await submit()
      const [first, second] = lot.sent('place.charge').map(({ args }) => args['commandId'])
      expect(second).toBe(first)
    },
  )
  it('shows the way of the car while it runs, whoever began it, and what became of it', async () => {
    put(placeStates.busy)
    await open()
    expect(textOf('place-state')).toBe('搜索 OBU')
    expect(textOf('place-car')).toContain('¥ 12.00')
    expect(textOf('place-car')).toContain(wordOf('places.closing'))
    expect(textOf('place-car')).not.toContain('抬杆')
    expect(textOf('place-car')).not.toContain('触发')
    await plate()
    expect(button('charge').disabled).toBe(true)
    put([handheld({ last: { ...carAtPlace, paidFen: 1_200, deduction: 'paid' } })])
    await pass(300)
    expect(textOf('last-car')).toContain('测A·12345 已扣 ¥ 12.00')
  })
  it.each([
    ['refused', { deduction: 'refused', reason: 'insufficient' }, '没有扣费 · 卡余额不足'],
    ['unknown', { deduction: 'unknown', reason: 'noAnswerTwice' }, '结果未知'],
    ['settled', { deduction: null, paidFen: 1_200 }, '先前已付清，没有再扣'],
    ['none', { deduction: null, paidFen: 0 }, '没有扣费'],
  ] as const)('tells an end that is %s', async (_name, over, words) => {
    put([handheld({ last: { ...carAtPlace, ...over } })])
    await open()
    expect(textOf('last-car')).toContain(words)
  })
  it('that needs a person says why, and offers to try again or another payment', async () => {
    put([
      handheld({ state: 'manual', manual: 'obuNotRead', car: { ...carAtPlace, deduction: null } }),
    ])
    await open()
    expect(textOf('manual')).toContain('未读到 OBU')
    await press('again')
    await pass(400)
    expect(textOf('charge')).toContain('扣 ¥ 12.00')
    await press('other')
    await sign('收费员')
    expect(lot.sent('lane.settle')[0]?.args).toMatchObject({ laneId: 'handheld', means: 'cash' })
  })
  it('is listed with the last ones, newest first, with amount and end', async () => {
    await open()
    const [first, ...more] = all(`${named('charges')} tbody tr`).map((row) => row.innerText)
    expect(first).toContain('10:12:30')
    for (const word of ['测D·20468', '¥ 3.50', '结果未知']) expect(first).toContain(word)
    expect(more).toHaveLength(3)
    expect(lot.sent('ledger.query').at(-1)?.args).toMatchObject({
      kind: 'deduction',
      lane: 'handheld',
      from: '2026-03-13T02:15:20.000Z',
    })
  })
})

describe('no charge', () => {
  it.each(Object.entries(barred))(
    'where it is %s: why and what to do, no dialog',
    async (_bar, place) => {
      put([place])
      await open()
      await plate()
      const code = place.code ?? 'PLACE-01'
      const { what, means, todo } = faults[code]
      for (const part of [what.zh, means.zh, todo.zh, code])
        expect(textOf('barred')).toContain(chineseMarks(part))
      expect(button('charge').disabled).toBe(true)
      await press('charge')
      await byKey()
      await submit(one('form.form'))
      expect(dialogs()).toBe(0)
      expect(lot.sent('place.charge')).toEqual([])
    },
  )
  it('of a car that a lane took meanwhile: the refusal says which one has it', async () => {
    await open()
    await plate()
    await press('charge')
    await type('input[name="by"]', '收费员')
    lot.refuses('place.charge', 'PLACE-06')
    lot.quote = quoteView({ why: 'elsewhere', elsewhere: 'exit' })
    await submit()
    const said = one('.el-dialog').innerText
    for (const part of ['PLACE-06', '这辆车正在 出口 1 处理', '等它离开'])
      expect(said).toContain(part)
    await submit()
    expect(lot.sent('place.charge')).toHaveLength(1)
  })
  it('when it walks out while the confirmation is open', async () => {
    await open()
    await plate()
    await press('charge')
    await type('input[name="by"]', '收费员')
    put([barred.outside])
    await pass(1_500)
    expect(one('.el-dialog').innerText).toContain(chineseMarks(faults['PLACE-01'].what.zh))
    await submit()
    expect(lot.sent('place.charge')).toEqual([])
    put([handheld()])
    await pass(1_500)
    await submit()
    expect(lot.sent('place.charge')).toHaveLength(1)
  })
  it('when the runtime answers no more: the position grows old by itself', async () => {
    await open()
    await plate()
    expect(button('charge').disabled).toBe(false)
    lot.refuses('place.state', 'RUN-03')
    await pass(4_000)
    expect(textOf('barred')).toContain('现在不知道设备在哪里，不能扣费')
    expect(button('charge').disabled).toBe(true)
    await byKey()
    expect(dialogs()).toBe(0)
    expect(textOf('verdict')).toContain(wordOf('places.short.old'))
  })
  it('when the newest report passes its limit between two reads', async () => {
    put([handheld({ ageMs: 9_900 })])
    await open()
    lot.call = () => {
      throw new Error('cut')
    }
    await pass(500)
    expect(textOf('verdict')).toContain(wordOf('places.short.stale'))
    expect(button('charge').disabled).toBe(true)
  })
  it('when its antenna is away', async () => {
    lot.places = [handheld()]
    const board = boardWith(boards.empty, lot.places)
    const lanes = board.lanes.map((one) => ({
      ...one,
      devices: { ...one.devices, rsu: { ...one.devices.rsu, state: 'down' as const } },
    }))
    lot.show({ ...board, lanes })
    await open()
    await plate()
    expect(textOf('barred')).toContain(wordOf('places.why.antennaAway'))
    expect(button('charge').disabled).toBe(true)
  })
  it.each([
    [{ why: 'noStay', stayId: null, dueFen: 0 }, '没有这个车牌的在场记录'],
    [{ why: 'elsewhere', elsewhere: 'exit' }, '这辆车正在 出口 1 处理'],
    [{ alreadyPaid: 'etc', dueFen: 0 }, '已用 ETC 付清，不再扣费'],
    [{ dueFen: 0, amountFen: 0 }, '目前不收费'],
  ] as const)('of a car with %j', async (over, words) => {
    lot.quote = quoteView(over)
    await open()
    await plate()
    expect(document.body.innerText).toContain(words)
    expect(button('charge').disabled).toBe(true)
  })
  it('of what is no plate: nothing is asked', async () => {
    await open()
    await plate('A1')
    expect(textOf('why')).toContain(wordOf('places.why.notPlate'))
    expect(lot.sent('place.quote')).toEqual([])
    expect(button('charge').disabled).toBe(true)
  })
})

it('the lane board has one line for all of them, and no boom for any', async () => {
  await openPage(lot, '/lane')
  expect(textOf('to-places')).toContain(wordOf('places.onBoard', { count: 2 }))
  expect(all(named('lane-handheld'))).toHaveLength(0)
  await press('to-places')
  expect(all(named('place-handheld'))).toHaveLength(1)
})
