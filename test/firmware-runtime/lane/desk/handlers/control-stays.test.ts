// Stays to check: those open too long, and those whose exit was read under another plate, are listed and closed by a person
// with a reason. No money moves, and the occupancy is correct afterwards.
import { describe, expect, test } from 'vitest'
import type { Role } from '#base/pure/values/roles.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { carAtExit, makeLot, startMs, type TestLot } from '../../../runtime/control/control-kit.ts'
import { violationsOf } from '../../pure/lot/violations.ts'
import { cameIn } from '../../pure/lot/row-kit.ts'

const dayMs = 86_400_000
const who = { commandId: 'command-0001', by: '测试员', reason: '车牌误读' }
const old = (days: number, stayId: string, plate: string | null, noEntry = false) =>
  cameIn(stayId, startMs - days * dayMs, { laneId: noEntry ? 'exit' : 'entry', plate, noEntry })
const call = (lot: TestLot, name: string, args: object, role: Role = 'owner') =>
  lot.control.call(name, args, role)
const close = (lot: TestLot, args: object, role: Role = 'owner') =>
  call(lot, 'stays.close', { ...who, ...args }, role)
const rowsOf = (lot: TestLot, stayId: string) =>
  lot.ledger.list.filter((row) => row.stayId === stayId).map((row) => row.kind)

function lotWith(...rows: RowDraft[]): TestLot {
  const lot = makeLot()
  lot.runtime.append(rows)
  return lot
}

test('lists what is older than the limit, oldest first, and counts what is not shown', async () => {
  const lot = lotWith(
    old(2.9, 'n1-S1', '测A11111'),
    old(3.1, 'n1-S2', '测A22222'),
    old(40, 'n1-S3', null),
  )
  expect(await call(lot, 'stays.toCheck', {}, 'auditor')).toMatchObject({
    data: {
      afterDays: 3,
      inside: 3,
      count: 2,
      rows: [
        { stayId: 'n1-S3', plate: null, paidFen: 0 },
        { stayId: 'n1-S2', plate: '测A22222', laneId: 'entry' },
      ],
      pairs: [],
    },
  })
  const one = await call(lot, 'stays.toCheck', { limit: 1 })
  expect(one).toMatchObject({ data: { count: 2, rows: [{ stayId: 'n1-S3' }] } })
})

test('closes one with name and reason: no order, no payment, no exit, and only once', async () => {
  const lot = lotWith(old(4, 'n1-S1', '测A11111'), old(4, 'n1-S2', '测A22222'))
  expect(await close(lot, { stayId: 'n1-S1' })).toMatchObject({ data: { repeated: false } })
  expect(rowsOf(lot, 'n1-S1')).toEqual(['stayOpened', 'audit', 'stayClosed'])
  expect(lot.ledger.list.slice(-2)).toMatchObject([
    { body: { act: 'stays.close n1-S1', by: '测试员', reason: '车牌误读' } },
    { body: { end: 'open' } },
  ])
  expect([lot.runtime.lot.stays.size, lot.runtime.lot.exits]).toEqual([1, 0])
  for (const again of [lot, makeLot(lot.ledger.list)]) {
    expect(await close(again, { stayId: 'n1-S1' })).toMatchObject({ data: { repeated: true } })
    expect(await close(again, { stayId: 'n1-S2' })).toMatchObject({ error: { code: 'ACT-01' } })
    expect(again.runtime.lot.stays.size).toBe(1)
  }
  expect(violationsOf(lot.ledger.list)).toEqual([])
})

test('offers an exit without entry one character off as a pair, and joins what a person says', async () => {
  const lot = lotWith(old(1, 'n1-S1', '测A11111'), old(1, 'n1-S2', '测A99999'))
  const leftAtMs = startMs - dayMs / 2
  const exit = { stayId: 'n1-S7', plate: '测A11117', laneId: 'exit', leftAtMs, isJoined: false }
  // One of another car, and one that left before the entry.
  lot.service.exits = [
    exit,
    { ...exit, stayId: 'n1-S8', plate: '测A11177' },
    { ...exit, stayId: 'n1-S9', leftAtMs: startMs - 2 * dayMs },
  ]
  expect(await call(lot, 'stays.toCheck', {})).toMatchObject({
    data: {
      count: 0,
      pairs: [{ stay: { stayId: 'n1-S1' }, exit: { stayId: 'n1-S7', plate: '测A11117' } }],
    },
  })
  for (const exitStayId of ['n1-S8', 'n1-S9', 'n1-S6'])
    expect(await close(lot, { stayId: 'n1-S1', exitStayId })).toMatchObject({
      error: { code: 'STAY-01' },
    })
  const joined = { stayId: 'n1-S1', exitStayId: 'n1-S7' }
  expect(await close(lot, joined)).toMatchObject({ data: { repeated: false } })
  expect(lot.ledger.list.slice(-2)).toMatchObject([
    { body: { act: 'stays.close n1-S1 n1-S7' } },
    { body: { end: 'open', leftAtMs } },
  ])
  const again = makeLot(lot.ledger.list)
  // Once the last open stay is closed, exits are no longer searched.
  again.service.exits = []
  expect(await close(again, joined)).toMatchObject({ data: { repeated: true } })
  expect(await close(again, { ...joined, commandId: 'another-id' })).toMatchObject({
    error: { code: 'STAY-01', field: '/exitStayId' },
  })
})

test('an exit that a stay was closed with is offered for no other, and closes none', async () => {
  const lot = lotWith(old(1, 'n1-S1', '测A11111'))
  const leftAtMs = startMs - dayMs / 2
  const exit = { stayId: 'n1-S7', plate: '测A11117', laneId: 'exit', leftAtMs, isJoined: true }
  lot.service.exits = [exit]
  expect(await call(lot, 'stays.toCheck', {})).toMatchObject({ data: { pairs: [] } })
  expect(await close(lot, { stayId: 'n1-S1', exitStayId: 'n1-S7' })).toMatchObject({
    error: { code: 'STAY-01', why: { en: 'this exit already belongs to another stay' } },
  })
})

test.each([
  ['one that is young and has no pair', { stayId: 'n1-S1' }],
  ['one that is not there', { stayId: 'n1-S99' }],
  ['one whose car stands in a lane', { stayId: 'n1-S900' }],
])('does not close %s', async (_name, args) => {
  const lot = lotWith(old(1, 'n1-S1', '测A11111'))
  carAtExit(lot, '测A12345', 9 * dayMs)
  const before = lot.ledger.list.length
  const error = { code: 'STAY-01', field: '/stayId', value: args.stayId }
  expect(await close(lot, args)).toMatchObject({ ok: false, error })
  expect(lot.ledger.list).toHaveLength(before)
})

test('does not close one while the result of its charge is due', async () => {
  const lot = lotWith(old(9, 'n1-S1', '测A11111'))
  const refs = { atMs: startMs, laneId: 'exit', stayId: 'n1-S1', orderId: 'n1-O2', amountFen: 5 }
  const order = { tariffId: 't', fromMs: 0, toMs: 1, lines: [], plate: null, plateRaw: null }
  const ids = { outTradeNo: 'P1', plate: null, colour: 'blue', obuId: null, cardNo: null } as const
  lot.runtime.append([
    { kind: 'orderMade', ...refs, body: order },
    { kind: 'intent', ...refs, deductionId: 'n1-O2.D1', body: { chargeMode: 'online', ...ids } },
  ])
  expect(await close(lot, { stayId: 'n1-S1' })).toMatchObject({ error: { code: 'STAY-01' } })
})

test('is an act of the owner', async () => {
  const lot = lotWith(old(9, 'n1-S1', '测A11111'))
  for (const role of ['auditor', 'attendant', 'installer'] as const)
    expect(await close(lot, { stayId: 'n1-S1' }, role)).toMatchObject({ error: { code: 'API-02' } })
})

describe('a card debit whose result never came', () => {
  const refs = { atMs: startMs, laneId: 'exit', stayId: 'n1-S1', orderId: 'n1-O2', amountFen: 500 }
  const deductionId = 'n1-O2.D1'
  const card = { obuId: '00A10001', cardNo: '4501000000000007' }
  const order = { tariffId: 't', fromMs: 0, toMs: startMs, lines: [], plate: null }
  const sent = { outTradeNo: 'P1', plate: null, colour: 'blue', ...card } as const
  const read = {
    cardType: 22,
    balanceBeforeFen: 900,
    station0019Hex: '00',
    writeHex: '00',
    timeBcd: '20261120120000',
  }
  const commonBody = { obuId: null, cardNo: null, proof: null }

  /** A car that left without a known result, to be charged later. */
  function lotOfUnknown(): TestLot {
    return lotWith(
      old(0.1, 'n1-S1', '测A11111'),
      { kind: 'orderMade', ...refs, body: { ...order, plateRaw: '测A11111' } },
      { kind: 'intent', ...refs, deductionId, body: { chargeMode: 'card', ...sent } },
      { kind: 'armed', ...refs, deductionId, body: { ...read, ...card } },
      {
        kind: 'outcome',
        ...refs,
        deductionId,
        body: { state: 'unknown', source: 'b5', reason: 'suspect', ...commonBody },
      },
      { kind: 'stayClosed', ...refs, body: { end: 'later', leftAtMs: startMs } },
    )
  }
  const exposure = (lot: TestLot) => exposureFen(lot.runtime.queue, lot.runtime.lot)
  const settle = (lot: TestLot, found: string, role: Role = 'owner', id = deductionId) =>
    call(lot, 'charges.settle', { ...who, deductionId: id, found }, role)

  test('is listed and counts as exposure until somebody knows', async () => {
    const lot = lotOfUnknown()
    const charge = { deductionId, plate: '测A11111', amountFen: 500, laneId: 'exit', ...card }
    const { obuId: _, ...listed } = charge
    expect(await call(lot, 'stays.toCheck', {})).toMatchObject({ data: { charges: [listed] } })
    expect(exposure(lot)).toBe(500)
    expect(await call(lot, 'queue.status', {})).toMatchObject({ data: { exposureFen: 500 } })
  })

  test.each([
    ['paid', ['outcome', 'payment'], 500],
    ['notPaid', ['outcome'], 0],
  ])('found %s: booked by name, once, in this life and the next', async (found, kinds, fen) => {
    const lot = lotOfUnknown()
    const before = lot.ledger.list.length
    expect(await settle(lot, found)).toMatchObject({ data: { repeated: false } })
    const rows = lot.ledger.list.slice(before)
    expect(rows.map((row) => row.kind)).toEqual(['audit', ...kinds])
    expect(rows[0]).toMatchObject({ body: { act: `charges.settle ${deductionId} ${found}` } })
    const state = found === 'paid' ? 'paid' : 'refused'
    expect(rows[1]).toMatchObject({ body: { state, source: 'person', reason: found } })
    expect(
      rows.reduce((sum, row) => sum + (row.kind === 'payment' ? (row.amountFen ?? 0) : 0), 0),
    ).toBe(fen)
    for (const again of [lot, makeLot(lot.ledger.list)]) {
      expect(exposure(again)).toBe(0)
      expect(await settle(again, found)).toMatchObject({ data: { repeated: true } })
      const other = found === 'paid' ? 'notPaid' : 'paid'
      expect(await settle(again, other)).toMatchObject({ error: { code: 'ACT-01' } })
      const fresh = { ...who, commandId: 'command-0002', deductionId, found }
      expect(await call(again, 'charges.settle', fresh)).toMatchObject({
        error: { code: 'STAY-02', field: '/deductionId', value: deductionId },
      })
    }
    expect(violationsOf(lot.ledger.list)).toEqual([])
  })

  test('is of the platform where it is online: counted, and no person enters a finding', async () => {
    const online: LedgerRow[] = lotOfUnknown().ledger.list.map((row) =>
      row.kind === 'intent' ? { ...row, body: { ...row.body, chargeMode: 'online' } } : row,
    )
    const lot = makeLot(online.filter(({ kind }) => kind !== 'armed'))
    const sinceIso = isoOf(startMs)
    expect(await call(lot, 'stays.toCheck', {})).toMatchObject({
      data: { charges: [], asked: { count: 1, amountFen: 500, sinceIso, stayIds: [refs.stayId] } },
    })
    expect(await settle(lot, 'notPaid')).toMatchObject({ error: { code: 'STAY-02' } })
  })

  test('is an act of the owner', async () => {
    const lot = lotOfUnknown()
    for (const role of ['auditor', 'attendant', 'installer'] as const)
      expect(await settle(lot, 'paid', role)).toMatchObject({ error: { code: 'API-02' } })
  })
})

describe('a refund that people carry out', () => {
  const refund = {
    refundId: 'n1-R4',
    stayId: 'n1-S1',
    laneId: 'exit',
    plate: '测A11111',
    amountFen: 500,
    askedAtMs: startMs,
    rejected: false,
  }
  function owed(): TestLot {
    const lot = makeLot()
    const of = { stayId: refund.stayId, laneId: refund.laneId, amountFen: 500, atMs: startMs }
    const { refundId } = refund
    const why = { reason: '', operator: 'system', approvedBy: null }
    const paid = { paymentId: 'M-1', means: 'cash', by: '', reason: '' } as const
    lot.ledger.append([
      { kind: 'payment', ...of, body: paid },
      { kind: 'refund', ...of, body: { refundId, paymentId: 'M-1', ...why } },
    ])
    lot.service.refunds = [refund]
    return lot
  }
  const given = (lot: TestLot, more: object = {}, role: Role = 'owner') =>
    call(
      lot,
      'refunds.given',
      { ...who, refundId: 'n1-R4', refundMeans: 'transfer', ...more },
      role,
    )

  test('is listed, and ends by name, once', async () => {
    const lot = owed()
    const { askedAtMs: _, ...listed } = refund
    expect(await call(lot, 'stays.toCheck', {})).toMatchObject({ data: { refunds: [listed] } })
    const before = lot.ledger.list.length
    expect(await given(lot)).toMatchObject({ data: { repeated: false } })
    expect(lot.ledger.list.slice(before)).toMatchObject([
      { kind: 'audit', body: { act: 'refunds.given n1-R4', by: '测试员' } },
      {
        kind: 'refundState',
        stayId: 'n1-S1',
        body: { refundId: 'n1-R4', state: 'success', means: 'transfer', approvedBy: null },
      },
      { kind: 'book', body: { row: 'item', kind: 'alone', ref: 'n1-R4', means: 'transfer' } },
    ])
    lot.service.refunds = []
    expect(await given(lot)).toMatchObject({ data: { repeated: true } })
    expect(await given(lot, { commandId: 'command-0002' })).toMatchObject({
      error: { code: 'STAY-03', field: '/refundId', value: 'n1-R4' },
    })
    expect(lot.ledger.list).toHaveLength(before + 3)
  })

  test('is an act of the owner', async () => {
    const lot = owed()
    for (const role of ['auditor', 'attendant', 'installer'] as const)
      expect(await given(lot, {}, role)).toMatchObject({ error: { code: 'API-02' } })
  })
})
