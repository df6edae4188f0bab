// Reconciles a day with its bills on schedule: at 10:30 of the next day, then every half hour until the bill arrives, once.
// Each difference becomes an item without an owner. Runs on a lot in virtual time.
import { beforeEach, expect, test } from 'vitest'
import { BillScheduler } from '#lane/lot/upkeep/bill-scheduler.ts'
import { DayBills } from '#lane/money/day-bills.ts'
import { instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import type { TallyRow } from '#base/pure/rows/tally-row.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { EtcOfDay } from '#ledger/ports/ledger-service.ts'
import type { PlatformBill } from '#ledger/ports/platform-bill.ts'
import { dayTallyOf } from '../../../money/desk/report/day-tally.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'

const day = '2026-11-22'
const startMs = instantOfIso('2026-11-23T09:00:00+08:00')
const minuteUs = 60_000_000
let time: VirtualTime
let asked: string[]
let bill: PlatformBill
let rows: TallyRow[]
/** When each row was written. */
let times: number[]
let charges: EtcOfDay[]
let beganIso: string
let isUnsure = false
const nowMs = (): number => startMs + Math.floor(time.nowUs / 1000)

beforeEach(() => {
  time = new VirtualTime()
  isUnsure = false
  asked = []
  rows = []
  times = []
  charges = []
  beganIso = '2026-11-22T08:00:00+08:00'
  bill = { kind: 'notYet', reason: '100002' }
})

function begin(): BillScheduler {
  const bills = {
    bill: (of: string, done: (found: PlatformBill) => void): void => {
      asked.push(`${of} ${isoOf(nowMs()).slice(11, 16)}`)
      done(bill.kind === 'bill' ? { ...bill, day: of, rows: of === day ? bill.rows : [] } : bill)
    },
    split: null,
  }
  const service = {
    query: () => Promise.resolve({ rows: [{ atIso: beganIso }], next: null }) as never,
    dayTally: () => {
      const books = rows.map((body, n) => ({ kind: 'book', atMs: times[n], body }) as never)
      return Promise.resolve(dayTallyOf(books))
    },
    etcOfDay: () => Promise.resolve(charges),
  }
  const runtime = {
    nowMs,
    endingMs: () => (isUnsure ? null : nowMs()),
    payments: null,
    append: (drafts: readonly { readonly body: unknown }[]) => {
      rows.push(...drafts.map(({ body }) => body as TallyRow))
      times.push(...drafts.map(() => nowMs()))
      return []
    },
    trace: () => undefined,
  }
  const dayBills = new DayBills({ runtime, service, bills: new Map([['platform', bills]]) })
  return new BillScheduler({
    runtime: runtime as never,
    tasks: sideTasks(time.clock),
    service,
    bills: dayBills,
    onFault: (fault) => {
      throw fault
    },
  })
}

/** Advances minute by minute, so that pending promises resolve before the next timer. */
async function until(text: string): Promise<void> {
  const toMs = instantOfIso(`2026-11-${text}:00+08:00`)
  while (nowMs() < toMs) {
    time.runTo(time.nowUs + minuteUs)
    for (let n = 0; n < 20; n++) await Promise.resolve()
  }
}
const ofDay = (): string[] => asked.filter((one) => one.startsWith(day)).map((one) => one.slice(11))

test('asks at 10:30 and each half hour, until the bill is there; then the day is held, once', async () => {
  const scheduler = begin()
  await until('23T10:29')
  expect(asked).toEqual([])
  await until('23T11:10')
  expect(ofDay()).toEqual(['10:30', '11:00'])
  bill = { kind: 'bill', day, rows: [{ outTradeNo: 'P9', paidFen: 700, refundedFen: 0 }] }
  await until('23T17:00')
  expect(ofDay()).toEqual(['10:30', '11:00', '11:30'])
  expect(rows).toMatchObject([
    { row: 'reconciled', means: 'etc', day, by: '', foundFen: 700, differences: 1 },
    { row: 'item', owner: '', kind: 'notInLedger', ref: 'P9' },
  ])
  scheduler.stop()
})

test('gives up in the evening, goes on in the morning, and knows after a restart what is done', async () => {
  const scheduler = begin()
  await until('23T23:00')
  expect(ofDay().at(-1)).toBe('17:30')
  bill = { kind: 'bill', day, rows: [] }
  await until('24T10:40')
  expect(ofDay().at(-1)).toBe('10:30')
  expect(rows.map((row) => (row.row === 'reconciled' ? row.day : row.row))).toEqual([
    day,
    '2026-11-23',
  ])
  scheduler.stop()
  asked = []
  const again = begin()
  await until('24T17:00')
  expect(asked).toEqual([])
  again.stop()
})

test('a bill that did not come in three days is an item, once', async () => {
  const scheduler = begin()
  await until('25T10:29')
  expect(rows).toEqual([])
  await until('25T18:30')
  expect(rows).toMatchObject([{ row: 'item', kind: 'noBill', means: 'etc', day, owner: '' }])
  scheduler.stop()
})

test('money that was not there is looked at again on days 2, 3, 7 and 31, until it is, and nothing else is', async () => {
  const held = { outTradeNo: 'P9', paidFen: 700, refundedFen: 0, clearedOn: null }
  bill = { kind: 'bill', day, rows: [held] }
  charges = [
    {
      outTradeNo: 'P9',
      stayId: 'S9',
      paidFen: 700,
      refundedFen: 0,
      onItsWayFen: 0,
      atMs: startMs - 86_400_000,
      record: null,
    },
  ]
  const scheduler = begin()
  const at = async (text: string): Promise<readonly string[]> => {
    asked = []
    await until(text)
    return asked.filter((one) => one.startsWith(`${day} `)).map((one) => one.slice(11))
  }
  expect(await at('23T18:00')).toEqual(['10:30'])
  // Fetched as the bill of the previous day, which is not reconciled again.
  expect(await at('24T10:31')).toContain('10:30')
  expect(rows.filter(({ row }) => row === 'line')).toEqual([])
  bill = { kind: 'bill', day, rows: [{ ...held, isDisputed: true }] }
  await at('25T18:00')
  expect(rows.filter(({ row }) => row === 'line')).toMatchObject([{ state: 'disputed' }])
  await at('28T18:00')
  bill = { kind: 'notYet', reason: '100002' }
  expect((await at('29T18:00')).length).toBe(15)
  bill = { kind: 'bill', day, rows: [{ ...held, clearedOn: '2026-11-30' }] }
  await at('30T18:00')
  expect(
    rows.filter(({ row }) => row === 'line').map((row) => 'state' in row && row.state),
  ).toEqual(['disputed', 'cleared'])
  const reconciled = rows.filter((row) => row.row === 'reconciled' && row.day === day)
  expect(reconciled.map((row) => ('open' in row ? row.open : 0))).toEqual([1, 1, 1, 0])
  expect(rows.filter(({ row }) => row === 'item').map((row) => 'kind' in row && row.kind)).toEqual([
    'notCleared',
  ])
  scheduler.stop()
})

test('a refund on its way has its day held again, and one that arrived no more', async () => {
  const line = { outTradeNo: 'P9', paidFen: 700, refundedFen: 0 }
  const own = { outTradeNo: 'P9', stayId: 'S9', paidFen: 700, atMs: startMs - 86_400_000 }
  charges = [{ ...own, refundedFen: 0, onItsWayFen: 700, record: null }]
  bill = { kind: 'bill', day, rows: [line] }
  const scheduler = begin()
  await until('23T18:00')
  charges = [{ ...own, refundedFen: 700, onItsWayFen: 0, record: null }]
  bill = { kind: 'bill', day, rows: [{ ...line, refundedFen: 700 }] }
  await until('26T18:00')
  const held = rows.filter((row) => row.row === 'reconciled' && row.day === day)
  expect(held.map((row) => ('open' in row ? row.open : 0))).toEqual([1, 0])
  expect(rows.filter(({ row }) => row === 'item')).toEqual([])
  scheduler.stop()
})

test('a platform that has no bill is not asked again', async () => {
  bill = { kind: 'none', reason: '400004' }
  const scheduler = begin()
  await until('23T18:00')
  expect(ofDay()).toEqual(['10:30'])
  expect(rows).toEqual([])
  scheduler.stop()
})

test('nothing is asked of days before the ledger began', async () => {
  beganIso = '2026-11-23T08:00:00+08:00'
  const scheduler = begin()
  await until('23T18:00')
  expect(asked).toEqual([])
  scheduler.stop()
})

test('by a clock in doubt no bill is asked for and no day ends; afterwards it goes on', async () => {
  const scheduler = begin()
  isUnsure = true
  await until('25T19:00')
  expect([asked, rows]).toEqual([[], []])
  isUnsure = false
  bill = { kind: 'bill', day, rows: [] }
  await until('26T10:40')
  expect(ofDay().length).toBeGreaterThan(0)
  scheduler.stop()
})
