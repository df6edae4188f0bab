// Money of a stay that people give back: a charge by ETC through the platform, step by step, and what a person took
// out of the drawer. Never above what is left, one refund through any power cut.
import { describe, expect, it } from 'vitest'
import type { PayAttemptView } from '../../../../firmware-runtime/api/calls/pay.ts'
import { ControlActs } from '../../../../firmware-runtime/app/control/control-acts.ts'
import { ControlStays } from '../../../../firmware-runtime/app/control/control-stays.ts'
import { payHandlers } from '../../../../firmware-runtime/app/control/control-pay.ts'
import { checkInvariants } from '../../../../firmware-runtime/core/lot/invariants.ts'
import { LaneFault } from '../../../../firmware-runtime/core/values/faults.ts'
import type { ChargeMode, LedgerRow } from '../../../../firmware-runtime/core/values/ledger-row.ts'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import type { PayRow } from '../../../../firmware-runtime/core/values/pay-row.ts'
import { b5, cardReadEvent, loop, plate, plateEvent, proofFor } from '../../core/lane/lane-bench.ts'
import { HandClock, MemoryLedgerService, startMs } from './control-kit.ts'
import { cashBack, FirstCarLot, Platform } from './first-car-bench.ts'

const stayId = 'n1-S900'

function opened(lot: FirstCarLot): void {
  const enteredAtMs = lot.runtime.nowMs() - 7_200_000
  const body = { plate, colour: 'blue', enteredAtMs, noEntry: false, photo: null } as const
  lot.runtime.append([{ kind: 'stayOpened', atMs: enteredAtMs, laneId: 'entry', stayId, body }])
}

function charged(mode: ChargeMode, platform: Platform | null = new Platform()): FirstCarLot {
  const lot = new FirstCarLot(mode, [], platform)
  opened(lot)
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent({ plate }))
  const dueFen = lot.rows('intent').at(-1)?.amountFen ?? 0
  if (mode === 'card') lot.give(b5('paid', proofFor(10_000 - dueFen)))
  lot.clock.advance(20)
  return lot
}

/** The bench of a lot with its till. */
function tillOf(lot: FirstCarLot, opens: string[] = []) {
  const { runtime } = lot
  const acts = new ControlActs(runtime, lot.clock)
  const service = new MemoryLedgerService(lot.ledger)
  const drawer = () => () => void opens.push('drawer')
  const pay = payHandlers({ runtime, service, config: { aloneFenMax: 5_000 }, drawer }, acts)
  const parts = { runtime, service, acts, drawer, afterDays: 3 }
  const stays = new ControlStays(parts)
  let n = 0
  return {
    /** By hand, as the page of the stay does it. */
    async given(refundId: string, refundMeans: 'cash' | 'transfer' = 'cash') {
      const who = { by: '甲', reason: '已交', commandId: `given-${++n}-0000` }
      return stays.given({ refundId, refundMeans, stayId, ...who }, 'owner')
    },
    list: async (): Promise<readonly PayAttemptView[]> =>
      (await pay['pay.attempts']({ stayId }, 'owner')).rows,
    async give(attemptNo: string, refundFen: number, approvedBy: string | null = '乙') {
      const who = { by: '甲', reason: '多收', commandId: `refund-${++n}-${refundFen}` }
      const second = approvedBy === null ? {} : { approvedBy }
      return pay['pay.refund']({ stayId, attemptNo, refundFen, ...second, ...who }, 'owner')
    },
  }
}

const one = async (till: ReturnType<typeof tillOf>): Promise<PayAttemptView> =>
  present((await till.list())[0], 'a payment')
const stepsOf = ({ refunds }: PayAttemptView) => refunds.map(({ state }) => state)

const refused = async (giving: Promise<unknown>): Promise<string> => {
  try {
    await giving
  } catch (error) {
    if (error instanceof LaneFault) return `${error.code} ${error.detail.note ?? ''}`.trim()
    throw error
  }
  return 'taken'
}

function violations(lot: FirstCarLot) {
  const refunds = [...lot.platform.refunds].map(([outRefundNo, refundFee]) => ({
    outRefundNo,
    refundFee,
  }))
  const live = { chainOk: true, unsent: 0, unknown: 0, lanesReady: true, healed: true }
  const outside = { charges: null, refunds, cardDebits: null }
  return checkInvariants(lot.ledger.list, outside, live).violations
}

/** A start on what the disk has. */
function restarted(lot: FirstCarLot, mode: ChargeMode, rows = lot.ledger.list): FirstCarLot {
  const clock = new HandClock()
  clock.us = ((rows.at(-1)?.atMs ?? startMs) - startMs + 1000) * 1000
  lot.runtime.stop()
  return new FirstCarLot(mode, rows, lot.platform, clock)
}

describe.each(['online', 'card'] as const)('a charge by ETC that people give back, %s', (mode) => {
  it('is asked of the platform behind its rows, with both names, and its steps are shown', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { platform } = lot
    const { attemptNo, paidFen, leftFen, means } = await one(till)
    expect([means, leftFen, paidFen > 300]).toEqual(['etc', paidFen, true])
    platform.refundVerdict = { kind: 'processing', step: 'pending' }
    await till.give(attemptNo, 300)
    const at = lot.ledger.list.findIndex(({ kind }) => kind === 'refund')
    expect(lot.ledger.list.slice(at - 1, at + 2).map(({ kind }) => kind)).toEqual([
      'audit',
      'refund',
      'outbox',
    ])
    expect(lot.ledger.ends).not.toContain(at + 1)
    const record = present(lot.rows('outbox').at(-1), 'its record')
    expect(JSON.parse(record.body.body)).toMatchObject({
      outTradeNo: attemptNo,
      refundFee: 300,
      totalFee: paidFen,
      operator: '甲',
      approvedBy: '乙',
      reason: '多收',
    })
    lot.clock.advance(20)
    expect(await one(till)).toMatchObject({
      leftFen: paidFen - 300,
      refunds: [{ state: 'review', requestedBy: '甲', approvedBy: '乙', why: 'person' }],
    })
    lot.later()
    const again = restarted(lot, mode)
    const till2 = tillOf(again)
    expect(stepsOf(await one(till2))).toEqual(['review'])
    platform.refundVerdict = { kind: 'processing', step: 'approved' }
    again.later()
    expect(stepsOf(await one(till2))).toEqual(['approved'])
    platform.refundVerdict = { kind: 'processing', step: 'abnormal' }
    again.later()
    expect(stepsOf(await one(till2))).toEqual(['abnormal'])
    platform.refundVerdict = { kind: 'confirmed', tradeNo: null }
    again.later()
    expect(stepsOf(await one(till2))).toEqual(['done'])
    // Each step once, however often it was asked.
    const states = again.rows('refundState').map(({ body }) => body.state)
    expect(states).toEqual(['pending', 'approved', 'abnormal', 'success'])
    expect(violations(again)).toEqual([])
  })

  it('is never more than is left, and one that the platform rejects frees its sum', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { attemptNo, paidFen } = await one(till)
    // Two at once: the second one is read behind the first.
    const both = [till.give(attemptNo, paidFen - 1), till.give(attemptNo, 2)]
    expect(await Promise.all(both.map(refused))).toEqual([
      'taken',
      'PAY-03 it is more than is left',
    ])
    lot.clock.advance(2_000)
    lot.platform.refundVerdict = { kind: 'refused', reason: 'refundRejected' }
    await till.give(attemptNo, 1)
    expect(await refused(till.give(attemptNo, 1))).toBe('PAY-03 it is more than is left')
    lot.clock.advance(2_000)
    expect(await one(till)).toMatchObject({
      leftFen: 1,
      refunds: [{ state: 'done' }, { state: 'refused', reason: 'refundRejected' }],
    })
    lot.platform.refundVerdict = { kind: 'confirmed', tradeNo: null }
    await till.give(attemptNo, 1)
    lot.clock.advance(2_000)
    expect((await one(till)).leftFen).toBe(0)
    expect([...lot.platform.refunds.values()]).toEqual([paidFen - 1, 1])
    expect(violations(lot)).toEqual([])
  })

  it('is one person’s only up to the amount of the lot, and another one looks at it', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { attemptNo } = await one(till)
    expect(await refused(till.give(attemptNo, 100, ' 甲'))).toBe(
      'PAY-03 one person asked for it and approved it',
    )
    expect(await refused(till.give(attemptNo, 5_001, null))).toBe(
      'PAY-03 it is more than one person may refund alone',
    )
    expect(await refused(till.give('P0', 1))).toBe('PAY-03 the stay has no such payment')
    expect(lot.rows('audit')).toEqual([])
    await till.give(attemptNo, 100, null)
    expect(lot.rows('book')[0]?.body).toMatchObject({ kind: 'alone', means: 'etc', by: '甲' })
    const record = present(lot.rows('outbox').at(-1), 'its record')
    expect(JSON.parse(record.body.body)).toMatchObject({ operator: '甲', approvedBy: '甲' })
  })

  it('leaves its order paid: a car that is still there owes nothing', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { attemptNo, paidFen } = await one(till)
    await till.give(attemptNo, paidFen)
    lot.clock.advance(400_000)
    lot.give(loop('arrive', 'off'))
    lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent({ plate }))
    lot.clock.advance(1_000)
    expect(lot.rows('intent')).toHaveLength(1)
    const [order] = lot.runtime.lot.orders.values()
    expect(order).toMatchObject({ paidFen, amountFen: paidFen })
    expect(violations(lot)).toEqual([])
  })

  it('is done once, wherever the power goes', async () => {
    const full = charged(mode)
    const till = tillOf(full)
    const { attemptNo } = await one(till)
    await till.give(attemptNo, 300)
    full.later()
    const first = full.ledger.list.findIndex(({ kind }) => kind === 'refund')
    const ends = full.ledger.ends.filter((end) => end > first)
    expect(ends.length).toBeGreaterThan(1)
    for (const end of ends)
      for (const arrived of [true, false]) {
        const rows: readonly LedgerRow[] = full.ledger.list.slice(0, end)
        const platform = new Platform()
        for (const row of rows) {
          if (row.kind !== 'outbox') continue
          const { outboxId, op } = row.body
          const isConfirmed = rows.some(
            (r) => r.kind === 'outboxState' && r.body.outboxId === outboxId,
          )
          if (op === 'refund' && !arrived && !isConfirmed) continue
          platform.take('post', row.body.op, row.body.businessNo, row.body.body)
        }
        const lot = restarted(Object.assign(full, { platform }), mode, [...rows])
        lot.later()
        expect([...platform.refunds.values()]).toEqual([300])
        expect(stepsOf(await one(tillOf(lot)))).toEqual(['done'])
        expect(violations(lot)).toEqual([])
      }
  })
})

describe('a charge that the platform does not have', () => {
  it.each([
    ['its answer is waited for', 'sent', 0],
    ['nobody knows whether it was made', 'unknown', 20_000],
  ])('is refused while %s', async (_name, state, laterMs) => {
    const platform = new Platform()
    platform.late = true
    const lot = charged('online', platform)
    lot.clock.advance(laterMs)
    const till = tillOf(lot)
    const found = await one(till)
    expect(found.state).toBe(state)
    expect(await refused(till.give(found.attemptNo, 100))).toBe('PAY-05')
    expect(lot.rows('refund')).toEqual([])
  })

  it('waits with its refund for the record of the charge', async () => {
    const platform = new Platform()
    platform.late = true
    const lot = charged('card', platform)
    const till = tillOf(lot)
    platform.charges.clear()
    platform.chargeVerdict = { kind: 'silence', reason: 'timeout', sent: true }
    await till.give((await one(till)).attemptNo, 100)
    lot.clock.advance(60_000)
    expect(platform.asked).not.toContain('post refund')
    expect(stepsOf(await one(till))).toEqual(['waiting'])
    platform.chargeVerdict = null
    platform.late = false
    lot.later()
    expect(stepsOf(await one(till))).toEqual(['done'])
    const last = platform.asked.lastIndexOf('post exitUpload')
    expect(platform.asked.indexOf('post refund')).toBeGreaterThan(last)
  })

  it('is refused while a person has to mend the record of the charge', async () => {
    const platform = new Platform()
    platform.chargeVerdict = { kind: 'held', reason: '200001 type' }
    const lot = charged('card', platform)
    const till = tillOf(lot)
    expect(await refused(till.give((await one(till)).attemptNo, 100))).toBe('PAY-06')
  })

  it('waits for a platform that is joined later', async () => {
    const lot = charged('card', null)
    const till = tillOf(lot)
    await till.give((await one(till)).attemptNo, 100)
    expect((await one(till)).refunds).toMatchObject([{ state: 'waiting' }])
  })
})

describe('a refund that no platform carries out', () => {
  it('is given by people where it was rejected, as far as its sum is still left, and once', async () => {
    const lot = charged('online')
    const opens: string[] = []
    const till = tillOf(lot, opens)
    const { attemptNo, paidFen } = await one(till)
    lot.platform.refundVerdict = { kind: 'refused', reason: 'refundRejected' }
    for (const fen of [300, paidFen - 300, 1]) {
      await till.give(attemptNo, fen)
      lot.clock.advance(2_000)
    }
    const numbers = (await one(till)).refunds.map(({ refundNo }) => refundNo)
    const [first = '', second = '', third = ''] = numbers
    const twice = [till.given(first), till.given(first), till.given(second, 'transfer')]
    expect(await Promise.all(twice.map(refused))).toEqual(['taken', 'STAY-03', 'taken'])
    // Its sum went back by the others.
    expect(await refused(till.given(third))).toBe('STAY-03')
    expect(opens).toEqual(['drawer'])
    expect(stepsOf(await one(till))).toEqual(['done', 'done', 'refused'])
    expect((await one(till)).leftFen).toBe(0)
    // The platform refused it and people gave cash: that is how it went.
    expect(cashBack(lot)).toMatchObject([{ of: 'etc', count: 1 }])
    expect(violations(lot)).toEqual([])
  })

  it('of a debit without a TAC is asked of nobody', async () => {
    const lot = new FirstCarLot('card')
    opened(lot)
    lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent({ plate }), b5('unknown'))
    const { amountFen = 0, body } = present(lot.rows('armed').at(-1), 'a C6')
    const balanceFen = 10_000 - (lot.rows('intent').at(-1)?.amountFen ?? amountFen)
    lot.give(cardReadEvent({ balanceFen, station0019Hex: body.writeHex }))
    const till = tillOf(lot)
    await till.give((await one(till)).attemptNo, 100)
    lot.clock.advance(60_000)
    expect(stepsOf(await one(till))).toEqual(['byHand'])
    expect(lot.rows('outbox').filter(({ body: { op } }) => op !== 'exception')).toEqual([])
    await till.given((await one(till)).refunds[0]?.refundNo ?? '')
    expect(stepsOf(await one(till))).toEqual(['done'])
  })
})

const oldOrder = 'n1-O800'
const arrearsFen = 300
/** The car left once before without having paid. */
function leftUnpaid({ runtime }: FirstCarLot): void {
  const atMs = runtime.nowMs() - 86_400_000
  const car = { plate, colour: 'blue' } as const
  const refs = { atMs, laneId: 'exit', stayId: 'n1-S800' }
  const opened = { ...car, enteredAtMs: atMs, noEntry: false, photo: null }
  const priced = { tariffId: 't', fromMs: atMs, toMs: atMs, lines: [], plate, plateRaw: plate }
  runtime.append([
    { kind: 'stayOpened', ...refs, laneId: 'entry', body: opened },
    { kind: 'orderMade', ...refs, orderId: oldOrder, amountFen: arrearsFen, body: priced },
    { kind: 'stayClosed', ...refs, body: { end: 'open', leftAtMs: atMs } },
  ])
}

function paidInCash(before: (lot: FirstCarLot) => void = () => undefined) {
  const lot = new FirstCarLot('online')
  before(lot)
  opened(lot)
  lot.give(loop('arrive', 'on'), plateEvent(plate))
  lot.clock.advance(60_000)
  const act = { by: '甲', role: 'owner', reason: '', commandId: 'settle-0001' } as const
  const dueFen = present(lot.rows('orderMade').at(-1)?.amountFen, 'an order')
  lot.give({ type: 'settle', means: 'cash', amountFen: null, givenFen: dueFen + 500, act })
  const opens: string[] = []
  return { lot, dueFen, opens, till: tillOf(lot, opens) }
}

describe('what a person took', () => {
  it('stays while a charge of the stay has no result: it would go back by itself, and both were too much', async () => {
    const platform = new Platform()
    platform.late = true
    const lot = charged('online', platform)
    lot.clock.advance(60_000)
    const act = { by: '甲', role: 'owner', reason: '', commandId: 'settle-0002' } as const
    const [{ amountFen = 0 } = {}] = lot.rows('intent')
    lot.give({ type: 'settle', means: 'cash', amountFen: null, givenFen: amountFen, act })
    const opens: string[] = []
    const till = tillOf(lot, opens)
    const [etc, cash] = await till.list()
    expect([etc?.state, cash?.means, cash?.leftFen]).toEqual(['unknown', 'cash', etc?.amountFen])
    expect(await refused(till.give(cash?.attemptNo ?? '', 100))).toBe('PAY-07')
    expect([opens, lot.rows('refund')]).toEqual([[], []])
    platform.late = false
    lot.later()
    expect(stepsOf(await one(till))).toEqual(['done'])
    await till.give(cash?.attemptNo ?? '', 100)
    expect(opens).toEqual(['drawer'])
    expect(violations(lot)).toEqual([])
  })
  it('stays while a payment by code of the stay has no result, of another order as well', async () => {
    const { lot, opens, till } = paidInCash()
    const { attemptNo } = await one(till)
    const step = (body: PayRow): void => {
      const refs = { atMs: lot.runtime.nowMs(), laneId: 'exit', stayId, orderId: 'n1-O9' }
      lot.runtime.append([{ kind: 'pay', ...refs, body }])
    }
    step({ row: 'made', attemptNo: 'P1', way: 'offer', amountFen: 700 })
    for (const state of ['pending', 'cancelling'] as const) {
      step({ row: 'state', attemptNo: 'P1', state, paidFen: 0, reason: '' })
      expect(await refused(till.give(attemptNo, 100))).toBe('PAY-07')
    }
    expect([opens, lot.rows('refund')]).toEqual([[], []])
    step({ row: 'state', attemptNo: 'P1', state: 'closed', paidFen: 0, reason: '' })
    await till.give(attemptNo, 100)
    expect(opens).toEqual(['drawer'])
  })
  it('owes the arrears again that were paid with it, as far as what stays in the drawer does not reach', async () => {
    const { lot, dueFen, opens, till } = paidInCash(leftUnpaid)
    const owed = () => lot.runtime.lot.arrears.get(oldOrder)
    expect(lot.rows('orderMade').at(-1)?.body.arrears).toEqual([
      { orderId: oldOrder, amountFen: arrearsFen },
    ])
    lot.leave()
    expect(owed()?.isPaid).toBe(true)
    const { attemptNo } = await one(till)
    await till.give(attemptNo, dueFen - 100)
    expect(owed()).toMatchObject({ amountFen: arrearsFen - 100, backFrom: stayId })
    await till.give(attemptNo, 100)
    expect(owed()).toMatchObject({ amountFen: arrearsFen })
    expect(opens).toEqual(['drawer', 'drawer'])
    expect(violations(lot)).toEqual([])
    // The same by what the disk has.
    expect(restarted(lot, 'online').runtime.lot.arrears.get(oldOrder)).toEqual(owed())
  })
  it('goes back out of the drawer with its row, and never more than that', async () => {
    const { lot, dueFen, opens, till } = paidInCash()
    const { attemptNo, leftFen, means } = await one(till)
    expect([means, leftFen]).toEqual(['cash', dueFen])
    expect(await refused(till.give(attemptNo, dueFen + 1))).toBe('PAY-03 it is more than is left')
    expect(opens).toEqual([])
    await till.give(attemptNo, dueFen - 1)
    expect(opens).toEqual(['drawer'])
    const rows = lot.ledger.list.slice(-4)
    expect(rows.map(({ kind }) => kind)).toEqual(['audit', 'refund', 'refundState', 'event'])
    expect(rows[2]?.body).toMatchObject({ state: 'success', means: 'cash' })
    expect(lot.rows('outbox').filter(({ body }) => body.op === 'refund')).toEqual([])
    expect(cashBack(lot)).toMatchObject([{ of: 'cash', count: 1, amountFen: dueFen - 1 }])
    const { given } = await new MemoryLedgerService(lot.ledger).dayTally()
    expect(given).toMatchObject([{ means: 'cash', amountFen: dueFen - 1 }])
    expect(await refused(till.give(attemptNo, 2))).toBe('PAY-03 it is more than is left')
    expect(await one(till)).toMatchObject({ leftFen: 1, refunds: [{ state: 'done' }] })
    expect(violations(lot)).toEqual([])
  })
})
