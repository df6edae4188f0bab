// Reconciles a month against bill and split bill of the simulated platform, and against the records of the operator's
// platform, day by day: all agree to the fen, and each planted fault is found under its own name, once, without any other
// finding.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { platformBills } from '#ledger/http/platform-bills.ts'
import { verdictOf } from '#ledger/http/signed-platform.ts'
import { DayBills } from '#lane/money/day-bills.ts'
import { tallyOf } from '#money/pure/billing/day-items.ts'
import { dayMs, instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import type { TallyRow } from '#base/pure/rows/tally-row.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import * as encode from '#ledger/pure/platforms/guangxi/encode.ts'
import type { Call } from '#ledger/ports/dialect.ts'
import type { EtcOfDay } from '#ledger/ports/ledger-service.ts'
import { dayTallyOf } from '../../../../money/desk/report/day-tally.ts'
import { startedPlatform, type PlatformProcess } from './platform-process.ts'
import { patienceMs } from '../../../../../kit/eventually.ts'
import { chargeFacts } from './exit-charge.ts'

const firstMs = instantOfIso('2026-10-01T00:00:00+08:00')
const dayCount = 31
const carsEach = 6
const days = Array.from({ length: dayCount }, (_, n) => isoOf(firstMs + n * dayMs).slice(0, 10))

const no = (n: number): string => `PM${String(n).padStart(6, '0')}`

let sim: PlatformProcess
let operator: PlatformProcess
/** The lot's own record of its charges. */
const charges: EtcOfDay[] = []

const ask = (call: Call, at = sim): Promise<void> =>
  new Promise((resolve) => {
    at.platform.send({ ...guangxi.requestFor(call), timeoutMs: patienceMs }, (result) => {
      expect(verdictOf(guangxi, call, result, null)).toMatchObject({ kind: 'confirmed' })
      resolve()
    })
  })

async function charged(n: number): Promise<void> {
  const atMs = firstMs + Math.floor(n / carsEach) * dayMs + (8 + (n % carsEach)) * 3_600_000
  const outTradeNo = no(n)
  const realFen = 300 + 100 * (n % 7)
  const plate = `测B${10_000 + n}`
  const body = encode.encodeExitCharge({
    ...chargeFacts(outTradeNo, atMs),
    plate,
    payFen: realFen,
    realFen,
    entryNo: `S${n}`,
    mode: 2,
    unit: null,
  })
  await ask({ op: 'charge', businessNo: outTradeNo, body, amountFen: realFen })
  await ask({ op: 'exitRecord', businessNo: outTradeNo, body, amountFen: null }, operator)
  const refundedFen = n % 10 === 3 ? 100 : 0
  if (refundedFen > 0) {
    const outRefundNo = `R${outTradeNo}`
    const refund = {
      refundFen: refundedFen,
      totalFen: realFen,
      reason: 'x',
      operator: 'a',
      approvedBy: 'b',
    }
    const refundBody = encode.encodeRefund({ outRefundNo, outTradeNo, ...refund })
    await ask({ op: 'refund', businessNo: outRefundNo, body: refundBody, amountFen: refundedFen })
  }
  const money = { paidFen: realFen, refundedFen, onItsWayFen: 0 }
  const record = { fen: realFen, isThere: true }
  charges.push({ outTradeNo, stayId: `S${n}`, ...money, atMs, record })
}

const policy = (body: object, at = sim): Promise<void> => told('policy', body, at)
const clearing = (n: number, status: string, accountDate: string | null = null): Promise<void> =>
  told('charges', { outTradeNo: no(n), status, accountDate }, sim)

async function told(what: string, body: object, at: PlatformProcess): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${at.admin}/${what}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
}

beforeAll(async () => {
  sim = await startedPlatform()
  operator = await startedPlatform()
  await policy({ bills: 'atOnce' })
  await policy({ bills: 'atOnce' }, operator)
  for (let n = 0; n < dayCount * carsEach; n++) await charged(n)
})
afterAll(() => Promise.all([sim.close(), operator.close()]))

const bookRows = (rows: readonly TallyRow[]) =>
  rows.map((body) => ({ kind: 'book', atMs: firstMs, body }) as never)

/** The reconciliation of a day, with the items of earlier looks in `books`. */
function dayBillsOf(books: readonly TallyRow[], nowMs: number): DayBills {
  const bills = platformBills(sim.platform, guangxi, sim.open)
  const inReach = (startMs: number, { atMs }: EtcOfDay): boolean =>
    atMs >= startMs - dayMs && atMs < startMs + 2 * dayMs
  const service = {
    dayTally: () => Promise.resolve(dayTallyOf(bookRows(books))),
    etcOfDay: (startMs: number) => Promise.resolve(charges.filter((one) => inReach(startMs, one))),
  }
  return new DayBills({
    runtime: { payments: null, nowMs: () => nowMs },
    service,
    bills: new Map([
      ['platform', bills],
      ['operator', platformBills(operator.platform, guangxi, operator.open)],
    ]),
  })
}

/** Reconciles each day on schedule, as the lot does. */
async function held(): Promise<readonly TallyRow[]> {
  const dayBills = dayBillsOf([], firstMs + dayCount * dayMs)
  const rows: TallyRow[] = []
  for (const day of days) {
    const found = await dayBills.hold(day, '')
    expect([day, found.means, found.missing]).toEqual([day, ['etc', 'split', 'operator'], []])
    rows.push(...found.rows)
  }
  return rows
}
const itemsOf = (rows: readonly TallyRow[]) =>
  rows.flatMap((one) => (one.row === 'item' ? [one] : []))
const sumOf = (rows: readonly TallyRow[], means: string, of: 'expectedFen' | 'foundFen'): number =>
  rows.reduce(
    (sum, one) => (one.row === 'reconciled' && one.means === means ? sum + one[of] : sum),
    0,
  )

it('a month agrees to the fen, and so do the shares of its parties', async () => {
  const rows = await held()
  const netFen = charges.reduce((sum, { paidFen, refundedFen }) => sum + paidFen - refundedFen, 0)
  expect(itemsOf(rows)).toEqual([])
  for (const means of ['etc', 'split'])
    for (const side of ['expectedFen', 'foundFen'] as const)
      expect([means, side, sumOf(rows, means, side)]).toEqual([means, side, netFen])
  const shares = rows.flatMap((one) => (one.row === 'reconciled' ? (one.parties ?? []) : []))
  expect(shares.reduce((sum, { shareFen }) => sum + shareFen, 0)).toBe(netFen)
  // The operator's side compares gross amounts: a later refund does not reduce what a car was charged at its exit.
  const grossFen = charges.reduce((sum, { paidFen }) => sum + paidFen, 0)
  for (const side of ['expectedFen', 'foundFen'] as const)
    expect([side, sumOf(rows, 'operator', side)]).toEqual([side, grossFen])
})

it('twelve things that are wrong in the bills are each found, named, and nothing else is', async () => {
  const planted = [
    ['drop', no(1), 'notInBill'],
    ['foreign', 'PX9', 'notInLedger'],
    ['fee', no(20), 'amountDiffers'],
    ['refund', no(33), 'refundNotInLedger'],
    ['noRefund', no(43), 'refundNotInBill'],
    ['twice', no(50), 'twiceInBill'],
    ['otherDay', no(60), 'otherDay'],
    ['uncleared', no(70), 'notCleared'],
    ['splitDrop', no(80), 'splitMissing'],
    ['splitForeign', 'PX8', 'splitNotInBill'],
    ['splitSum', no(90), 'splitSumDiffers'],
    ['splitShare', no(100), 'shareDiffers'],
  ] as const
  await policy({ billFaults: planted.map(([what, outTradeNo]) => ({ do: what, outTradeNo })) })
  const items = itemsOf(await held())
  await policy({ billFaults: [] })
  // A foreign entry appears in the bill of every day that was fetched.
  const told = new Set(items.map(({ kind, ref }) => `${kind} ${ref.split(' ')[0] ?? ''}`))
  expect([...told].sort()).toEqual(planted.map(([, ref, kind]) => `${kind} ${ref}`).sort())
  expect(new Set(items.map(({ itemId }) => itemId)).size).toBe(items.length)
  const foreign = items.filter(({ ref }) => ref.startsWith('PX'))
  // Two shares of one trade give two items; every other fault gives one.
  expect(items.length - foreign.length).toBe(planted.length - 2 + 1)
  expect(foreign).toHaveLength(2 * dayCount)
})

it("what is wrong at the operator's platform is found there alone, also beside what is wrong in the bills", async () => {
  const planted = [
    ['drop', no(2), 'notInBill'],
    ['foreign', 'PX7', 'notInLedger'],
    ['fee', no(21), 'amountDiffers'],
    ['refund', no(34), 'refundNotInLedger'],
    ['twice', no(51), 'twiceInBill'],
    ['otherDay', no(61), 'otherDay'],
    ['uncleared', no(71), 'notCleared'],
  ] as const
  const faults = planted.map(([what, outTradeNo]) => ({ do: what, outTradeNo }))
  await policy({ billFaults: faults }, operator)
  // The same charge is wrong at both platforms, in different ways.
  await policy({ billFaults: [{ do: 'fee', outTradeNo: no(2) }] })
  const items = itemsOf(await held())
  const own = items.filter(({ means }) => means === 'operator')
  expect([...new Set(own.map(({ kind, ref }) => `${kind} ${ref}`))].sort()).toEqual(
    planted.map(([, ref, kind]) => `${kind} ${ref}`).sort(),
  )
  expect(own.length).toBe(planted.length - 1 + dayCount)
  expect(own.every(({ ref, stayId }) => ref === 'PX7' || stayId !== undefined)).toBe(true)
  expect(items.filter(({ means }) => means === 'etc')).toMatchObject([
    { kind: 'amountDiffers', ref: no(2) },
  ])
})

it('money that clears late, is disputed or goes back is followed to its end, as one item each, and then the month agrees', async () => {
  // Six cars a day: the states of the third day, and its reconciliation `after` days later.
  const [day, fromMs] = [days[2] ?? '', firstMs + 2 * dayMs]
  const books: TallyRow[] = []
  const look = async (after: number): Promise<readonly string[]> => {
    const { rows } = await dayBillsOf(books, fromMs + after * dayMs + dayMs / 2).hold(day, '')
    books.push(...rows)
    const { items } = tallyOf(bookRows(books))
    const itemId = (id: string): string => items.get(id)?.ref ?? ''
    return rows.flatMap((row) => {
      if (row.row === 'reconciled') return row.means === 'etc' ? [`open ${row.open ?? 0}`] : []
      if (row.row === 'item') return [`${row.kind} ${row.ref} ${row.foundFen - row.expectedFen}`]
      return row.row === 'line' ? [`${row.state} ${itemId(row.itemId)} ${row.foundFen}`] : []
    })
  }
  const fen = (n: number): number => charges[n]?.paidFen ?? 0
  await policy({ billFaults: [] })
  await policy({ billFaults: [] }, operator)
  await clearing(12, 'UNCLEARED')
  await clearing(14, 'UNCLEARED')
  await clearing(15, 'DISPUTED')
  await clearing(16, 'CLEARED', '2026-10-05')
  expect(await look(1)).toEqual([
    'open 4',
    `notCleared ${no(12)} -${fen(12)}`,
    `notCleared ${no(14)} -${fen(14)}`,
    `disputed ${no(15)} -${fen(15)}`,
    `notCleared ${no(16)} -${fen(16)}`,
  ])
  await clearing(14, 'DISPUTED')
  expect(await look(2)).toEqual(['open 3', `disputed ${no(14)} 0`, `cleared ${no(16)} ${fen(16)}`])
  await clearing(12, 'CLEARED', '2026-10-06')
  await clearing(14, 'CLEARED', '2026-10-06')
  await policy({ billFaults: [{ do: 'gone', outTradeNo: no(15) }] })
  expect(await look(3)).toEqual([
    'open 0',
    `cleared ${no(12)} ${fen(12)}`,
    `cleared ${no(14)} ${fen(14)}`,
    `refundNotInLedger ${no(15)} 0`,
  ])
  charges[15] = { ...(charges[15] as EtcOfDay), refundedFen: fen(15) }
  expect(await look(7)).toEqual(['open 0', `refunded ${no(15)} 0`])
  expect(await look(31)).toEqual(['open 0'])
  const { items } = tallyOf(bookRows(books))
  expect([...items.values()].map(({ expectedFen, foundFen }) => foundFen - expectedFen)).toEqual([
    0, 0, 0, 0,
  ])
})
