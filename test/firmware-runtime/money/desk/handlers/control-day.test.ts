// The accounts of a day through the API: code payments against the gateway's bill, the drawer at the end of a shift, items
// with an owner and an end. A lot in virtual time whose payments go through the gateway's model.
import { noDrawer, type OpenDrawer } from '#base/desk/handlers/day-drawer.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { DayBills } from '#lane/money/day-bills.ts'
import { ControlDay } from '#money/desk/handlers/control-day.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { givenBackRow } from '#money/pure/pay/refund-by-hand.ts'
import type { RefundMeans } from '#base/pure/values/refund-means.ts'
import type { EtcOfDay, PartRequest } from '#ledger/ports/ledger-service.ts'
import type { PlatformBill } from '#ledger/ports/platform-bill.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { MemoryLedgerService, startMs } from '../../../runtime/control/control-kit.ts'
import { carAtExit, leave, runMs, waitForCode, type World } from '../../../lane/lot/pay-lot.ts'

const day = isoOf(startMs).slice(0, 10)
let lot: World
let days: ControlDay
let acts = 0
let drawer: ReturnType<OpenDrawer> = noDrawer
let pulses = 0
let etc: EtcOfDay[] = []
let etcBill: PlatformBill = { kind: 'none', reason: '' }
let onAppend: (rows: readonly RowDraft[]) => void
const who = (by = '李四') => ({ by, evidence: 'T8', reason: '每日对账', commandId: `d-${++acts}` })

/** Sums computed from the list of rows, as the reader computes them. */
class Sums {
  readonly #service = new MemoryLedgerService(lot.ledger as never)
  dayTally = () => this.#service.dayTally()
  etcOfDay = () => Promise.resolve(etc)
  hoursOfDay = () => Promise.resolve([])
  letGoRows = () => Promise.resolve(lot.ledger.list)
  timeline = (stayId: string) => this.#service.timeline(stayId)
  reportPart = (asked: PartRequest) => this.#service.reportPart(asked)
  sums({ fromMs = 0, toMs = Infinity }: { fromMs?: number; toMs?: number }) {
    const sums = new Map<string, { count: number; amountFen: number }>()
    for (const { kind, atMs, body, amountFen = 0 } of lot.ledger.list) {
      if (kind !== 'payment' || atMs < fromMs || atMs >= toMs) continue
      const before = sums.get(body.means) ?? { count: 0, amountFen: 0 }
      sums.set(body.means, { count: before.count + 1, amountFen: before.amountFen + amountFen })
    }
    const payments = [...sums].map(([word, sum]) => ({ word, ...sum }))
    return Promise.resolve({ stays: 1, payments, refunds: [] })
  }
}

beforeEach(() => {
  pulses = 0
  etc = []
  etcBill = { kind: 'none', reason: '' }
  drawer = () => void pulses++
  onAppend = () => undefined
  lot = carAtExit()
  const { runtime, time, ledger } = lot
  const append = ledger.append.bind(ledger)
  ledger.append = (rows) => {
    onAppend(rows)
    return append(rows)
  }
  const service = new Sums()
  const bill = (_day: string, done: (found: PlatformBill) => void) => done(etcBill)
  const bills = new Map([['platform', { bill, split: null }]])
  const parts = {
    runtime,
    service,
    dayBills: new DayBills({ runtime, service, bills }),
    config: { capacity: 60, aloneFenMax: 2_000 },
    drawer: () => drawer,
  }
  days = new ControlDay(parts, new ControlActs(runtime, time.clock))
})

/** Reconciles; the bill arrives in virtual time. */
async function reconcile(by?: string) {
  const asked = days.reconcile({ day, ...who(by) }, 'owner')
  runMs(lot, 1000)
  return asked
}
/** Moves only the clock by a day: nothing else happens. */
function aDayLater(): void {
  const { runtime } = lot
  const nowMs = runtime.nowMs.bind(runtime)
  runtime.nowMs = () => nowMs() + 86_400_000
}
const open = async () => (await days.get({ day })).items.filter(({ end }) => end === null)
const cash = (amountFen: number): void => {
  const body = { paymentId: lot.runtime.mint('M'), means: 'cash', by: '李四', reason: '' } as const
  const of = { laneId: 'exit', stayId: 'n1-S1', atMs: lot.runtime.nowMs() }
  lot.ledger.append([{ kind: 'payment', ...of, amountFen, body }])
  runMs(lot, 10)
}
const payCode = (): void => {
  lot.gateway.scan(waitForCode(lot).text)
  runMs(lot, 10_000)
  leave(lot)
}

describe('codes against the bill', () => {
  it('a day that fits has no item, and says when and by whom it was held against it', async () => {
    payCode()
    expect((await days.get({ day })).books[1]).toMatchObject({ means: 'qr', state: 'notYet' })
    expect(await reconcile()).toMatchObject({ ok: true, differences: 0 })
    const { books, takings } = await days.get({ day })
    expect(takings).toMatchObject([{ means: 'qr', count: 1 }])
    // The day is not over: rows after this look are not yet reconciled.
    expect(books[1]).toMatchObject({ state: 'soFar', by: '李四' })
    expect(books[1]?.foundFen).toBe(books[1]?.expectedFen)
    aDayLater()
    expect((await days.get({ day })).books[1]).toMatchObject({ state: 'soFar' })
    await reconcile()
    expect((await days.get({ day })).books[1]).toMatchObject({ state: 'equal' })
  })

  it('each difference is an item once, with its owner, its stay and an end that stays', async () => {
    payCode()
    const [no = ''] = lot.gateway.model.state.trades.keys()
    lot.gateway.model.billLacks = [no]
    lot.gateway.model.billAdds = ['UNKNOWN-1']
    expect(await reconcile()).toMatchObject({ differences: 2 })
    expect(await reconcile('王老板')).toMatchObject({ differences: 2 })
    const items = await open()
    expect(items.map(({ kind, owner, stayId }) => [kind, owner, stayId])).toEqual([
      ['notInLedger', '李四', null],
      ['notInBill', '李四', 'n1-S1'],
    ])
    const [first, second] = items.map(({ itemId }) => itemId)
    await days.own({ itemId: first ?? '', owner: '王老板', ...who() }, 'owner')
    expect((await open())[0]?.owner).toBe('王老板')
    await days.end({ itemId: first ?? '', how: 'found', ...who('王老板') }, 'owner')
    expect((await open()).map(({ itemId }) => itemId)).toEqual([second])
    const again = days.end({ itemId: first ?? '', how: 'found', ...who() }, 'owner')
    await expect(again).rejects.toThrow('DAY-01')
    // A corrected bill removes no item from the list.
    lot.gateway.model.billLacks = []
    await reconcile()
    expect((await open()).map(({ itemId }) => itemId)).toEqual([second])
    const { items: all } = await days.get({ day })
    expect(all.at(-1)?.end).toMatchObject({ how: 'found', by: '王老板', evidence: 'T8' })
  })

  it('is written off by two people, never by one for both', async () => {
    lot.gateway.model.billAdds = ['UNKNOWN-1']
    await reconcile()
    const [item] = await open()
    const itemId = item?.itemId ?? ''
    const off = (approvedBy?: string) =>
      days.writeOff(
        { itemId, ...(approvedBy === undefined ? {} : { approvedBy }), ...who() },
        'owner',
      )
    await expect(off('李四')).rejects.toThrow('DAY-01')
    await off('王老板')
    const { items } = await days.get({ day })
    expect(items[0]?.end).toMatchObject({ how: 'writtenOff', by: '李四', approvedBy: '王老板' })
  })

  it('without a bill nothing is reconciled and nothing is written', async () => {
    lot.gateway.model.policy.billReady = false
    const before = lot.ledger.list.length
    await expect(reconcile()).rejects.toThrow('DAY-02')
    expect(lot.ledger.list.filter(({ kind }) => kind === 'book')).toEqual([])
    expect(lot.ledger.list.length).toBeGreaterThanOrEqual(before)
  })
})

describe('the drawer', () => {
  const count = (countedFen: number, leftFen = 0) =>
    days.count({ countedFen, leftFen, ...who() }, 'attendant')

  it('holds what was left and what was taken since; the next shift begins with what is left', async () => {
    cash(1500)
    cash(500)
    expect((await days.get({ day })).drawer).toMatchObject({ beforeFen: 0, takenFen: 2000 })
    await count(2000, 300)
    runMs(lot, 10)
    cash(700)
    const view = await days.get({ day })
    expect(view.drawer).toMatchObject({ beforeFen: 300, takenFen: 700 })
    expect(view.shifts).toMatchObject([
      { takenFen: 2000, countedFen: 2000, leftFen: 300, by: '李四' },
    ])
    // 7 yuan more were taken since.
    expect(view.books[2]).toMatchObject({ means: 'cash', state: 'soFar', expectedFen: 2000 })
    expect(await open()).toEqual([])
    runMs(lot, 10)
    await count(990)
    expect((await days.get({ day })).books[2]).toMatchObject({
      state: 'differs',
      expectedFen: 2700,
      foundFen: 2690,
    })
    const shift = await days.get({ day, shift: 0 })
    expect(shift.takings).toMatchObject([{ means: 'cash', amountFen: 2000 }])
    await expect(days.get({ day, shift: 2 })).rejects.toThrow('DAY-01')
  })

  it('that nobody counted yet holds what was taken since the ledger began, also before midnight', async () => {
    cash(1500)
    aDayLater()
    const next = isoOf(lot.runtime.nowMs()).slice(0, 10)
    expect(next).not.toBe(day)
    expect((await days.get({})).drawer).toMatchObject({
      takenFen: 1500,
      sinceIso: isoOf(lot.ledger.list[0]?.atMs ?? 0),
      neverCounted: [{ month: day.slice(0, 7), takenFen: 1500 }],
    })
    await count(0)
    expect((await days.get({})).drawer.neverCounted).toBeNull()
    expect(await open()).toMatchObject([{ kind: 'counted', expectedFen: 1500, foundFen: 0 }])
  })

  it('that is off is an item in the transaction of the count', async () => {
    cash(1500)
    let kinds: string[] = []
    onAppend = (rows) => {
      kinds = rows.map(({ kind, body }) => ('row' in body ? body.row : kind))
    }
    await count(1400)
    expect(kinds).toEqual(['audit', 'counted', 'item'])
    expect(await open()).toMatchObject([{ kind: 'counted', expectedFen: 1500, foundFen: 1400 }])
    expect((await days.get({ day })).books[2]).toMatchObject({ state: 'differs' })
    await expect(count(100, 101)).rejects.toThrow('DAY-01')
  })

  it('holds less by the cash that was given back out of it, and by no other refund', async () => {
    cash(1500)
    const gaveBack = (refundId: string, means: RefundMeans | null, amountFen: number): void => {
      const by = { reason: 'overcharged', operator: 'system', approvedBy: null }
      const refund = { refundId, outTradeNo: 'P1', ...by }
      const { ledger, runtime } = lot
      const atMs = runtime.nowMs()
      ledger.append([
        { kind: 'refund', atMs, orderId: 'o1', deductionId: 'd1', amountFen, body: refund },
        means === null
          ? { kind: 'refundState', atMs, body: { refundId, state: 'success' } }
          : givenBackRow(
              { refundId, stayId: 'n1-S1' },
              { means, by: '甲', approvedBy: null },
              atMs,
            ),
      ])
    }
    gaveBack('R1', 'cash', 400)
    gaveBack('R2', 'transfer', 300)
    // A refund by the platform itself, of a charge that came too late.
    gaveBack('R3', null, 200)
    runMs(lot, 10)
    const view = await days.get({ day })
    expect(view).toMatchObject({
      refundedFen: 500,
      cashBackFen: 400,
      drawer: { takenFen: 1500, backFen: 400 },
    })
    await count(1100)
    expect(await open()).toEqual([])
    const after = await days.get({ day })
    expect(after.books[2]).toMatchObject({ means: 'cash', state: 'equal', expectedFen: 1100 })
    expect(after.shifts).toMatchObject([{ takenFen: 1500, backFen: 400, countedFen: 1100 }])
    expect(after.drawer).toMatchObject({ takenFen: 0, backFen: 0 })
  })

  it('holds less by cash that ended an item as refunded, which says how it went back', async () => {
    cash(1500)
    lot.gateway.model.billAdds = ['UNKNOWN-1']
    await reconcile()
    const [item] = await open()
    const itemId = item?.itemId ?? ''
    const without = days.end({ itemId, how: 'refunded', ...who() }, 'owner')
    await expect(without).rejects.toMatchObject({
      code: 'DAY-01',
      detail: { field: '/refundMeans' },
    })
    expect(await open()).toHaveLength(1)
    await days.end({ itemId, how: 'refunded', refundMeans: 'cash', ...who() }, 'owner')
    const refundFen = item?.foundFen ?? 0
    expect(refundFen).toBeGreaterThan(0)
    runMs(lot, 10)
    const view = await days.get({ day })
    const end = { how: 'refunded', refundMeans: 'cash', refundFen }
    expect(view.items.find((one) => one.itemId === itemId)?.end).toMatchObject(end)
    expect(view).toMatchObject({ cashBackFen: refundFen, drawer: { backFen: refundFen } })
    await count(1500 - refundFen)
    expect(await open()).toMatchObject([{ kind: 'alone', foundFen: refundFen }])
  })

  it('counted by two at once is counted by one; the other is told to look again', async () => {
    cash(1500)
    const both = await Promise.allSettled([count(1500), count(1500)])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    const { drawer: now } = await days.get({ day })
    runMs(lot, 10)
    await count(0)
    const late = { countedFen: 0, sinceIso: now.sinceIso, ...who() }
    await expect(days.count(late, 'attendant')).rejects.toThrow(
      'somebody has counted it in the meantime',
    )
    expect((await days.get({ day })).shifts).toHaveLength(2)
    expect(await open()).toEqual([])
  })

  it('opened without a sale is a row with its reason, and counted', async () => {
    days.openDrawer(who(), 'attendant')
    expect((await days.get({ day })).drawer).toMatchObject({ opened: 1, noSale: 1 })
    const body = { act: 'day.drawer', reason: '每日对账' }
    expect(lot.ledger.list.at(-2)).toMatchObject({ kind: 'audit', body })
    expect(pulses).toBe(1)
    drawer = noDrawer
    const rows = lot.ledger.list.length
    expect(() => days.openDrawer(who(), 'attendant')).toThrow('CASH-04')
    expect(lot.ledger.list).toHaveLength(rows)
    onAppend = () => {
      throw new Error('disk full')
    }
    drawer = () => void pulses++
    expect(() => days.openDrawer(who(), 'attendant')).toThrow()
    expect(pulses).toBe(1)
  })

  it('what one writes off alone is below the amount of the lot, and another one looks at it', async () => {
    cash(1500)
    await count(1400)
    runMs(lot, 10)
    cash(5000)
    await count(0)
    const [small, large] = (await open()).map(({ itemId }) => itemId)
    const off = (itemId = '') => days.writeOff({ itemId, ...who() }, 'owner')
    await expect(off(large)).rejects.toThrow('a second person')
    await off(small)
    const [alone] = (await open()).filter(({ kind }) => kind === 'alone')
    expect(alone).toMatchObject({ by: '李四', owner: '', expectedFen: 1500, foundFen: 1400 })
    const end = (by: string) =>
      days.end({ itemId: alone?.itemId ?? '', how: 'explained', ...who(by) }, 'owner')
    for (const one of ['李四', ' 李四 '])
      await expect(end(one)).rejects.toThrow('it must be another person')
    await end('王老板')
    expect((await open()).map(({ itemId }) => itemId)).toEqual([large])
  })
})

describe('payments by code that a person has to look at', () => {
  it('another amount stands on the list with its stay until it went back', async () => {
    const { amountFen, text } = waitForCode(lot)
    const [trade] = lot.gateway.model.state.trades.values()
    if (trade === undefined) throw new Error('no trade')
    lot.gateway.model.pay(trade, amountFen + 1, lot.time.nowUs / 1000, false)
    runMs(lot, 5_000)
    expect(await open()).toMatchObject([
      {
        kind: 'payment',
        owner: '',
        expectedFen: amountFen,
        foundFen: amountFen + 1,
        stayId: 'n1-S1',
      },
    ])
    expect(text).not.toBe('')
    lot.gateway.scan(waitForCode(lot).text)
    runMs(lot, 60_000)
    leave(lot)
    runMs(lot, 600_000)
    expect(await open()).toEqual([])
    const { items } = await days.get({ day })
    expect(items.map(({ kind, end }) => [kind, end?.how, end?.by])).toEqual([
      ['payment', 'refunded', ''],
      ['late', 'refunded', ''],
    ])
  })
})

describe('ETC and the bill of the platform', () => {
  const nothing = { refundedFen: 0, onItsWayFen: 0, record: null }
  const charge = (outTradeNo: string, paidFen: number): EtcOfDay => ({
    outTradeNo,
    stayId: `stay of ${outTradeNo}`,
    paidFen,
    ...nothing,
    atMs: startMs,
  })
  const billed = (outTradeNo: string, paidFen: number) => ({ outTradeNo, paidFen, refundedFen: 0 })
  const book = async () => (await days.get({ day })).books[0]

  it('every line has one of four ends, and what differs is an item with its stay', async () => {
    etc = [charge('P1', 900), charge('P2', 500), charge('P3', 300), charge('P4', 0)]
    const rows = [billed('P1', 900), billed('P2', 600), billed('P4', 200), billed('P9', 700)]
    etcBill = { kind: 'bill', day, rows }
    expect(await book()).toMatchObject({ means: 'etc', state: 'notYet', counts: null })
    expect(await reconcile()).toMatchObject({ differences: 4, means: ['etc', 'qr'], missing: [] })
    expect(await book()).toMatchObject({
      state: 'differs',
      by: '李四',
      foundFen: 2400,
      counts: { equal: 1, oursOnly: 1, theirsOnly: 1, amountDiffers: 2 },
    })
    const items = await open()
    expect(items.map(({ ref, kind, stayId }) => [ref, kind, stayId])).toEqual([
      ['P2', 'amountDiffers', 'stay of P2'],
      ['P4', 'amountDiffers', 'stay of P4'],
      ['P9', 'notInLedger', null],
      ['P3', 'notInBill', 'stay of P3'],
    ])
    for (const { itemId } of items) await days.end({ itemId, how: 'found', ...who() }, 'owner')
    expect(await book()).toMatchObject({ state: 'soFar' })
    aDayLater()
    await reconcile()
    expect(await book()).toMatchObject({ state: 'ended' })
  })

  it('a platform without a bill is not compared, and never equal', async () => {
    await reconcile()
    expect(await book()).toMatchObject({ state: 'noBill', foundFen: null })
  })

  it('a bill that does not come is named, with when it was asked for; codes are held all the same', async () => {
    etcBill = { kind: 'silent', reason: 'badSignature' }
    const missing = [{ means: 'etc', reason: 'silent badSignature' }]
    expect(await reconcile()).toMatchObject({ means: ['qr'], missing })
    expect(await book()).toMatchObject({
      state: 'notYet',
      missed: { reason: 'silent badSignature', atIso: isoOf(lot.runtime.nowMs()) },
    })
    etcBill = { kind: 'bill', day, rows: [] }
    await reconcile()
    expect(await book()).toMatchObject({ state: 'soFar', missed: null, foundFen: 0 })
  })
})
