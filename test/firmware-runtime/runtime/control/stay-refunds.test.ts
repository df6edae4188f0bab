// An ETC charge that people refund: step by step through the platform, and by hand when no platform does it.
// Never more than the remaining amount, and one refund through any power cut.
import { describe, expect, it } from 'vitest'
import { leftFen } from '#money/pure/billing/stay-payments.ts'
import { queueStatus } from '#base/desk/handlers/board.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { b5, cardReadEvent, loop, plate, plateEvent } from '../../lane/pure/lane-bench.ts'
import { startMs } from './control-kit.ts'
import { cashBack, FirstCarLot, Platform } from './first-car-bench.ts'
import {
  opened,
  charged,
  tillOf,
  one,
  stepsOf,
  refused,
  violations,
  restarted,
  stayId,
} from './stay-refunds-kit.ts'

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
    // One row per step, however often it was queried.
    const states = again.rows('refundState').map(({ body }) => body.state)
    expect(states).toEqual(['pending', 'approved', 'abnormal', 'success'])
    expect(violations(again)).toEqual([])
  })

  it('is never more than is left, and one that the platform rejects frees its sum', async () => {
    const lot = charged(mode)
    const till = tillOf(lot)
    const { attemptNo, paidFen } = await one(till)
    // Two at once: the second is checked after the first is written.
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
      refunds: [
        { state: 'done', reason: '多收', refusal: '' },
        { state: 'refused', reason: '多收', refusal: 'refundRejected' },
      ],
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
      'PAY-03 it is more than one person may refund alone. Where there is no second one, an owner adds one under Business, People',
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
  it.each([
    ['people asked for frees its sum', true, 500],
    ['a rule asked for is owed by hand', false, 0],
  ])('and that %s', (_, byPeople, left) => {
    const refund = { refundId: 'r', amountFen: 500, byPeople, state: 'rejected' } as const
    const who = { operator: '甲', approvedBy: '乙', reason: '多收' }
    const people = { ...who, askedAtMs: startMs, record: null }
    const paid = { state: 'paid', orderId: 'o', paidFen: 500 } as const
    expect(leftFen({ ...paid, refunds: [{ ...refund, ...people }] })).toBe(left)
  })
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
    const poison = (): number => queueStatus(lot.runtime, 0).poison
    expect(poison()).toBe(3)
    const numbers = (await one(till)).refunds.map(({ refundNo }) => refundNo)
    const [first = '', second = '', third = ''] = numbers
    const twice = [till.given(first), till.given(first), till.given(second, '乙', 'transfer')]
    expect(await Promise.all(twice.map(refused))).toEqual(['taken', 'STAY-03', 'taken'])
    expect(poison()).toBe(1)
    // The other refunds used up its sum.
    expect(await refused(till.given(third))).toBe('STAY-03')
    expect(opens).toEqual(['drawer'])
    expect(stepsOf(await one(till))).toEqual(['done', 'done', 'refused'])
    expect((await one(till)).leftFen).toBe(0)
    // The platform refused it and people gave cash, so it counts as a refund in cash.
    expect(cashBack(lot)).toMatchObject([{ of: 'etc', count: 1 }])
    expect(violations(lot)).toEqual([])
  })

  it('is given by people with one look at the rows of its stay', async () => {
    const lot = charged('online')
    const till = tillOf(lot)
    lot.platform.refundVerdict = { kind: 'refused', reason: 'refundRejected' }
    await till.give((await one(till)).attemptNo, 100)
    lot.clock.advance(2_000)
    const { refundNo } = present((await one(till)).refunds[0], 'a refund')
    const { service } = till
    const look = service.timeline.bind(service)
    const looks: string[] = []
    service.timeline = (of) => (looks.push(of), look(of))
    expect(await refused(till.given(refundNo))).toBe('taken')
    expect(looks).toEqual([stayId])
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
