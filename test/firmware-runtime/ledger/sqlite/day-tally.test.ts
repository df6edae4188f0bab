// What a day's accounts are computed from, out of a real ledger: book rows, drawer pulses, and refunds by people with their
// means. A refund that older versions confirmed carries no means: it is listed with null.
import { afterAll, expect, test } from 'vitest'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { codesBack, dayCodes } from '#money/pure/billing/day-codes.ts'
import { leftFen, stayPayments } from '#money/pure/billing/stay-payments.ts'
import type { SaleRef } from '#ledger/ports/ledger-service.ts'
import { givenBackRow } from '#money/pure/pay/refund-by-hand.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import { counted, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterAll(removeFolders)

const refundRow = (refundId: string, amountFen: number): RowDraft => ({
  kind: 'refund',
  atMs: startMs,
  stayId: 's1',
  orderId: 'o1',
  amountFen,
  body: { refundId, outTradeNo: 'P1', reason: 'twice', operator: 'system', approvedBy: null },
})
const pulse = (atMs: number): RowDraft => ({
  kind: 'event',
  atMs,
  body: { type: 'drawer', detail: '{"state":"sent"}' },
})
const boot = (atMs: number): RowDraft =>
  ({ kind: 'boot', atMs, body: { version: '1', mode: 'demo', repair: '' } }) as never
const people = { by: '甲', approvedBy: '乙' } as const
const byHand = (refundId: string) => ({
  refundId,
  stayId: 's1',
  laneId: 'exit',
  plate: null,
  amountFen: 1,
  askedAtMs: startMs,
  rejected: false,
})
const saysNothing = { refundId: 'r3', state: 'success' } as const

test('of the drawer from where it was counted, of what went back from the day that is asked for', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append([
    boot(startMs - 5),
    boot(startMs + 40),
    pulse(startMs + 1),
    counted(startMs + 10),
    { kind: 'event', atMs: startMs + 15, body: { type: 'barrierArmed', detail: '{}' } },
    pulse(startMs + 20),
    ...[refundRow('r1', 300), refundRow('r2', 200), refundRow('r3', 100)],
    { ...refundRow('r4', 1), orderId: 'n1-T9' },
    {
      kind: 'refundState',
      atMs: startMs + 31,
      stayId: 's1',
      body: { refundId: 'r4', state: 'success' },
    },
    {
      kind: 'refundState',
      atMs: startMs + 32,
      stayId: 's1',
      body: { refundId: 'r3', state: 'pending' },
    },
    givenBackRow(byHand('r1'), { ...people, means: 'cash' }, startMs + 11),
    givenBackRow(byHand('r2'), { ...people, means: 'transfer' }, startMs + 12),
    { kind: 'refundState', atMs: startMs + 30, stayId: 's1', body: saysNothing },
  ])
  ledger.close()
  const reader = openLedgerReader(optionsFor(dir))
  const { books, sinceCount, given } = reader.dayTally(startMs)
  expect(books).toHaveLength(1)
  expect(sinceCount.pulses).toEqual({ sent: 1 })
  expect(given).toEqual([
    { atMs: startMs + 11, means: 'cash', amountFen: 300 },
    { atMs: startMs + 12, means: 'transfer', amountFen: 200 },
    { atMs: startMs + 30, means: null, amountFen: 100 },
  ])
  // Without a count, the period begins at the first start. The 1 fen of a test order is no refund.
  expect(reader.dayTally(startMs + 1_000).beganMs).toBe(startMs - 5)
  reader.close()
})

test('a code refund that took days stands with its amount on the day on which it ended', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  const refs = { kind: 'pay', laneId: 'exit', stayId: 's1', orderId: 'o1' } as const
  const of = { attemptNo: 'P1', refundNo: 'P1R1' } as const
  const who = { why: 'person', requestedBy: '甲', approvedBy: '乙' } as const
  const doneMs = startMs + 5 * dayMs
  ledger.append([
    { ...refs, atMs: startMs, body: { row: 'refund', ...of, amountFen: 700, ...who } },
    { ...refs, atMs: doneMs, body: { row: 'refundDone', ...of } },
    // A refund of another stay that is still pending.
    {
      ...refs,
      stayId: 's2',
      orderId: 'o2',
      atMs: startMs,
      body: { row: 'refund', attemptNo: 'P2', refundNo: 'P2R1', amountFen: 1, ...who },
    },
  ])
  ledger.close()
  const reader = openLedgerReader(optionsFor(dir))
  const span = { fromMs: doneMs - 1, toMs: doneMs + 1 }
  expect(codesBack(reader.dayTally(span.fromMs).pays, span)).toEqual([
    { laneId: 'exit', amountFen: 700 },
  ])
  expect(reader.dayTally(span.fromMs).pays).toHaveLength(2)
  expect(reader.reportPart({ span, tariffsMs: [], countedSeq: 0 }).refunds).toEqual([
    { laneId: 'exit', of: 'qr', state: 'success', means: 'qr', count: 1, amountFen: 700 },
  ])
  reader.close()
})

test('the sales of a pass are found with what went back of each, by its number and by theirs', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  const sale = (paymentId: string, sold: string): RowDraft => ({
    kind: 'payment',
    atMs: startMs,
    amountFen: 300,
    body: { paymentId, means: 'cash', by: '李四', reason: '月租', sold },
  })
  const by = { reason: '退', operator: '李四', approvedBy: '王', byPeople: true } as const
  const back = (refundId: string, paymentId: string): RowDraft[] => [
    { kind: 'refund', atMs: startMs, amountFen: 1, body: { refundId, paymentId, ...by } },
    { kind: 'refundState', atMs: startMs, body: { refundId, state: 'success', means: 'cash' } },
  ]
  ledger.append([sale('n1-M1', 'M-1'), sale('n1-M2', 'M-2'), sale('n1-M3', 'M-1')])
  ledger.append([...back('n1-R4', 'n1-M3'), ...back('n1-R5', 'n1-M2')])
  ledger.close()
  const reader = openLedgerReader(optionsFor(dir))
  const seqs = (ref: SaleRef): number[] => reader.saleRows(ref).map(({ seq }) => seq)
  expect(seqs({ passNo: 'M-1' })).toEqual([1, 3, 4, 5])
  expect(seqs({ paymentId: 'n1-M2' })).toEqual([2, 6, 7])
  expect(seqs({ passNo: 'n1-M2' })).toEqual([])
  expect(stayPayments(reader.saleRows({ passNo: 'M-1' })).map(leftFen)).toEqual([300, 299])
  expect(reader.dayTally(startMs).given).toHaveLength(2)
  reader.close()
})

const taken = (atMs: number, amountFen: number, more: object = {}): RowDraft =>
  ({
    kind: 'payment',
    atMs,
    stayId: 's1',
    amountFen,
    body: { paymentId: `m${atMs}-${amountFen}`, means: 'cash', by: '李四', reason: '' },
    ...more,
  }) as RowDraft
const hour = 3_600_000

test('behind a count by the numbers of rows: a clock that stepped back hides no money of the drawer', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  const own = counted(startMs + hour)
  const since = (rows: readonly RowDraft[]) => {
    const made = ledger.append(rows)
    const reader = openLedgerReader(optionsFor(dir))
    const { sinceCount, books } = reader.dayTally(startMs)
    reader.close()
    return { sinceCount, books, last: made.at(-1)?.seq }
  }
  // No count yet; the clock was an hour ahead when the earlier rows were written.
  const before = [refundRow('r0', 10), givenBackRow(byHand('r0'), { ...people, means: 'cash' }, 1)]
  const first = [boot(startMs), pulse(startMs), taken(startMs + 1, 100), taken(startMs - hour, 30)]
  expect(since([...first, ...before]).sinceCount).toMatchObject({
    takenFen: 130,
    given: [{ means: 'cash', amountFen: 10 }],
    pulses: { sent: 1 },
  })
  // Written during the count: it has the time of the count, but is not part of it.
  expect(since([taken(startMs + hour, 7), own]).sinceCount).toMatchObject({ takenFen: 7 })
  const back = [
    refundRow('r1', 50),
    givenBackRow(byHand('r1'), { ...people, means: 'cash' }, startMs),
  ]
  const test = taken(startMs + 3, 1, { orderId: 'n1-T9' })
  const found = since([taken(startMs + 2, 300), pulse(startMs + 2), test, ...back])
  expect(found.sinceCount).toMatchObject({
    takenFen: 307,
    given: [{ means: 'cash', amountFen: 50 }],
    pulses: { sent: 1 },
  })
  expect(found.sinceCount.uptoSeq).toBe(found.last)
  // By the clock the next count is earlier; its `uptoSeq` names the last row that it includes.
  const uptoSeq = found.sinceCount.uptoSeq
  const body = { ...own.body, uptoSeq }
  const next = since([taken(startMs + 4, 20), { ...own, atMs: startMs + 5, body } as RowDraft])
  expect(next.sinceCount).toMatchObject({ takenFen: 20, given: [] })
  expect(next.books.map(({ atMs }) => atMs)).toEqual([startMs + hour, startMs + 5])
  ledger.close()
})

test('what goes back weeks later of a payment by code is of its day: its bill, asked for again, knows it', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  const step = (atMs: number, body: PayRow): RowDraft => ({
    kind: 'pay',
    atMs,
    laneId: 'exit',
    stayId: 's1',
    orderId: 'o1',
    body,
  })
  const attemptNo = 'A1'
  const made = { row: 'made', attemptNo, way: 'offer', amountFen: 500 } as const
  const paid = { row: 'state', attemptNo, state: 'paid', paidFen: 500, reason: '' } as const
  const asks = { requestedBy: '甲', approvedBy: '乙', why: 'person' } as const
  const weeks = startMs + 20 * dayMs
  ledger.append([
    step(startMs, made),
    step(startMs + 1, paid),
    step(startMs + 2, { row: 'orderPaid', with: attemptNo }),
    step(weeks, { row: 'refund', refundNo: 'A1R2', attemptNo, amountFen: 200, ...asks }),
    step(weeks + 1, { row: 'refundDone', refundNo: 'A1R2', attemptNo }),
  ])
  ledger.close()
  const reader = openLedgerReader(optionsFor(dir))
  const whole = { fromMs: startMs, toMs: startMs + dayMs }
  const { pays } = reader.dayTally(whole.fromMs)
  expect(dayCodes(pays, whole)).toMatchObject([{ attemptNo, paidFen: 500, refundedFen: 200 }])
  expect(codesBack(pays, whole)).toEqual([])
  reader.close()
})
