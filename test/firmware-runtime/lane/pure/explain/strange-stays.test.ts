// Three unusual stays, explained in plain words and in order: paid by code and let out by hand, a plate that a person
// corrected, arrears collected and then waived. Replaying their stored turns gives the same result, also from a file.
import { actWords } from '#runtime/api/act-words.ts'
import { noDrawer } from '#base/desk/handlers/day-drawer.ts'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { carFileFormat, maskedFile, type CarFile } from '#lane/explain/car-file.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { payCalls } from '#money/desk/handlers/control-pay.ts'
import { replayPrices } from '#lane/pure/explain/replay-price.ts'
import { replayTurns } from '#lane/pure/explain/replay-turns.ts'
import type { TurnRecord } from '#lane/pure/explain/turn.ts'
import { whyOf } from '#lane/pure/explain/why.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import {
  arriveAtExit,
  carAtExit,
  makeLot,
  MemoryLedgerService,
} from '../../../runtime/control/control-kit.ts'
import { callAs, drivesOff, entered } from '../../../runtime/control/coupon-kit.ts'
import * as pay from '../../lot/pay-lot.ts'

const laneName = (id: string) =>
  id === 'exit' ? { zh: '出口', en: 'the exit' } : { zh: '入口', en: 'the entry' }
const who = (n: number, reason: string) => ({ commandId: `command-000${n}`, by: '张三', reason })
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** The turns of each stay, as stored on disk. */
function turnsOf(runtime: LotRuntime): Map<string, TurnRecord[]> {
  const kept = new Map<string, TurnRecord[]>()
  runtime.turnRecords.listeners.add((stayId, turn) => {
    const own = kept.get(stayId) ?? []
    kept.set(stayId, [...own, JSON.parse(JSON.stringify(turn)) as TurnRecord])
  })
  return kept
}

/** Each section in one language, its lines without the date. */
const told = (rows: readonly LedgerRow[], language: 'zh' | 'en') =>
  Object.fromEntries(
    whyOf(rows, laneName, actWords).map(({ topic, title, lines }) => [
      topic,
      [title[language], ...lines.map((line) => line[language].replaceAll('2026-11-', ''))],
    ]),
  )

/** Makes the dispute file, whole and masked: replaying it reproduces every turn and price. */
function mustComeAgain(stayId: string, rows: readonly LedgerRow[], turns: readonly TurnRecord[]) {
  const why = whyOf(rows, laneName, actWords)
  const nothing = { frames: [], events: [], photos: [] }
  const of = { lotId: 'GX1', stayId, madeAtIso: '', isMasked: false }
  const file: CarFile = { format: carFileFormat, ...of, why, rows, turns, ...nothing }
  for (const one of [file, maskedFile(file, sha256, [])]) {
    const read = JSON.parse(JSON.stringify(one)) as CarFile
    expect(read.turns.length).toBeGreaterThan(1)
    expect(replayTurns(read.turns)).toEqual([])
    expect(replayPrices(read.rows, read.turns)).toMatchObject({ left: 0, differences: [] })
    expect(whyOf(read.rows, laneName, actWords)).toEqual(read.why)
  }
  expect(file.why.length).toBeGreaterThan(3)
}

it('paid by code, given back in part, and led out by hand because the barrier died', async () => {
  const world = pay.carAtExit()
  const kept = turnsOf(world.runtime)
  world.gateway.scan(pay.waitForCode(world).text)
  pay.runMs(world, 10_000)
  const acts = new ControlActs(world.runtime, world.time.clock)
  const stayId = 'n1-S1'
  const ofStay = () => world.ledger.list.filter((row) => row.stayId === stayId)
  const opening = acts.open({ laneId: 'exit', ...who(1, '道闸不动') }, 'attendant')
  pay.runMs(world, 20_000)
  expect(await opening).toMatchObject({ ok: false, code: 'BOOM-02' })
  const service = {
    timeline: () => Promise.resolve(ofStay()),
    saleRows: () => Promise.resolve([]),
    dayTally: () => new MemoryLedgerService(world.ledger as never).dayTally(),
  }
  const config = { aloneFenMax: 5_000 }
  const { runtime } = world
  const till = payCalls({ runtime, service, config, drawer: () => noDrawer, acts })
  const { rows: payments } = await till['pay.attempts']({ stayId })
  const attemptNo = payments.find(({ means }) => means === 'qr')?.attemptNo ?? ''
  await till['pay.refund']({ stayId, attemptNo, refundFen: 200, ...who(2, '等了太久') }, 'owner')
  pay.runMs(world, 10_000)
  pay.leave(world)
  pay.runMs(world, 1_000)
  const rows = ofStay()
  expect(told(rows, 'zh')).toMatchObject({
    price: [
      '为什么是 ¥ 5.00',
      '20 13:20:00 从入口入场',
      '计到 20 14:30:00,停留 1 小时 10 分,费率 demo-small-lot',
      '车型未知(没有读到电子标签),按 2 型以外的车计费',
      '首时段 60 分钟:¥ 3.00',
      '续时段 60 分钟 × 1:¥ 2.00',
    ],
    byHand: [
      '为什么有人工处理',
      '14:30:05 未读到 ETC 标签',
      '14:30:15 张三 人工开闸,理由:道闸不动',
      '14:30:25 张三 人工开闸,道闸没有抬起,理由:道闸不动',
      '14:30:35 张三 退款,理由:等了太久',
    ],
    paid: [
      '怎么付的',
      '14:30:05 ETC 扣费没有成功:未读到 ETC 标签',
      '14:30:08 扫码收 ¥ 5.00',
      '14:30:35 扫码收费退款 ¥ 2.00,张三 申请',
      '14:30:38 已退还 ¥ 2.00',
      '合计收 ¥ 5.00,退 ¥ 2.00,实收 ¥ 3.00',
    ],
  })
  const { barrier, byHand = [] } = told(rows, 'en')
  expect(barrier?.at(-1)).toMatch(/^14:30:\d\d the barrier did not rise$/)
  expect(byHand[3]).toMatch(/张三: Opened by hand, but the barrier did not rise, reason: 道闸不动$/)
  mustComeAgain(stayId, rows, kept.get(stayId) ?? [])
})

it('a plate that a person corrected, a pass that ended during the stay, and a coupon', async () => {
  const lot = makeLot()
  const kept = turnsOf(lot.runtime)
  const pass = { kind: 'period', name: '张三', plates: ['测A12345'], spaces: 1, areas: null }
  const member = { no: 'M-1', ...pass, from: '2020-01-01', until: '2026-11-19' }
  expect(await callAs(lot, 'members.issue', { member, ...who(1, '月租') })).toHaveProperty('data')
  const coupon = { merchant: '面馆', kind: 'amount', value: 300, count: 1 }
  const days = { from: '2020-01-01', until: '2099-12-31' }
  const issued = await callAs(lot, 'coupons.issue', { ...coupon, ...days, ...who(2, '商户') })
  const [code = ''] = (issued.data as { codes: string[] }).codes
  entered(lot, 900, '测A12345', 26 * 3_600_000)
  arriveAtExit(lot, '测A12399')
  lot.clock.advance(5_000)
  const lane = { laneId: 'exit' }
  await callAs(lot, 'lane.correctPlate', { ...lane, plate: '测A12345', ...who(3, '看照片') })
  await callAs(lot, 'coupons.use', { code, ...lane, ...who(4, '面馆的券') })
  lot.clock.advance(5_000)
  await callAs(lot, 'lane.settle', { ...lane, means: 'cash', ...who(5, '无标签') })
  drivesOff(lot)
  const rows = lot.ledger.list.filter((row) => row.stayId === 'n1-S900')
  const end = code.slice(-4)
  expect(told(rows, 'en')).toMatchObject({
    price: [
      'Why ¥ 17.00',
      '19 12:30:00 came in by the entry',
      'The camera read 测A12399, a person said that it is 测A12345',
      'Priced until 20 14:30:05, 26 h 0 min, tariff demo-small-lot',
      'Vehicle class not known (no OBU was read): priced as a vehicle that is not of class 2',
      'Period pass M-1, valid until 19: ¥ 0.00',
      'Daily cap 20: ¥ 20.00',
      `Coupon of 面馆: ¥ 3.00 off ${end}: -¥ 3.00`,
    ],
    byHand: [
      'Why a person was asked',
      '14:30:05 张三: Plate corrected, reason: 看照片',
      '14:30:05 张三: Coupon used, reason: 面馆的券',
      '14:30:10 张三: Settled by hand, reason: 无标签',
    ],
  })
  expect(told(rows, 'zh')).toMatchObject({
    price: expect.arrayContaining(['相机识别为 测A12399,由人员认定为 测A12345']) as unknown,
    byHand: expect.arrayContaining(['14:30:05 张三 纠正车牌,理由:看照片']) as unknown,
  })
  mustComeAgain('n1-S900', rows, kept.get('n1-S900') ?? [])
})

it('an exit behind another car, arrears collected at the next visit, and what came back of it waived', async () => {
  const lot = makeLot()
  const kept = turnsOf(lot.runtime)
  const loop = (name: 'arrive' | 'under', state: 'on' | 'off'): void =>
    lot.runtime.dispatch('exit', { type: 'loop', loop: name, state })
  carAtExit(lot)
  lot.clock.advance(5_000)
  // The boom is still up for the car ahead.
  lot.runtime.dispatch('exit', { type: 'position', position: 'open' })
  loop('under', 'on')
  loop('arrive', 'off')
  loop('under', 'off')
  lot.clock.advance(60_000)
  lot.runtime.dispatch('exit', { type: 'position', position: 'closed' })
  entered(lot, 2)
  arriveAtExit(lot, '测A12345')
  lot.clock.advance(5_000)
  await callAs(lot, 'lane.settle', { laneId: 'exit', means: 'cash', ...who(1, '补交') })
  drivesOff(lot)
  const { data } = await callAs(lot, 'pay.attempts', { stayId: 'n1-S2' })
  const [{ attemptNo } = { attemptNo: '' }] = (data as { rows: { attemptNo: string }[] }).rows
  const back = { stayId: 'n1-S2', attemptNo, refundFen: 700, ...who(2, '多收') }
  expect(await callAs(lot, 'pay.refund', back)).toHaveProperty('data')
  lot.clock.advance(3 * 86_400_000)
  await callAs(lot, 'arrears.waive', { orderId: 'n1-O901', ...who(3, '老板同意') })
  const ofStay = (stayId: string) => lot.ledger.list.filter((row) => row.stayId === stayId)
  expect(told(ofStay('n1-S900'), 'zh')).toMatchObject({
    byHand: [
      '为什么有人工处理',
      '14:30:05 没有付清就离场',
      expect.stringMatching(/^23 [\d:]{8} 张三 免除欠费,理由:老板同意$/) as unknown,
    ],
    paid: [
      '怎么付的',
      '14:30:05 离场时欠 ¥ 5.00,下次出场时补收',
      '之后的出场已补收 ¥ 3.00',
      expect.stringMatching(/^23 [\d:]{8} 欠的 ¥ 2.00 已免除,不再补收$/) as unknown,
    ],
  })
  expect(told(ofStay('n1-S900'), 'en')).toMatchObject({
    byHand: [
      'Why a person was asked',
      '14:30:05 Left without paying',
      expect.anything() as unknown,
    ],
    paid: [
      'How it was paid',
      '14:30:05 Left owing ¥ 5.00, which is asked for at its next exit',
      'A later exit collected ¥ 3.00 of it',
      expect.stringMatching(/ The ¥ 2.00 still owed are waived and asked for no more$/) as unknown,
    ],
  })
  const next = told(ofStay('n1-S2'), 'zh')
  expect(next['price']?.at(-1)).toBe('补缴 20 14:30 离场未付:¥ 5.00')
  expect(next['paid']?.at(-1)).toBe('合计收 ¥ 10.00,退 ¥ 7.00,实收 ¥ 3.00')
  mustComeAgain('n1-S2', ofStay('n1-S2'), kept.get('n1-S2') ?? [])
})
