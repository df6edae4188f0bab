// Several stays of one day under one cap and one free time, and an overstay after payment that is charged anew: whole days of a
// car, claimed as the exits do, from the ledger alone. The price is the same after a restart, at a second look and in a replay.
import { describe, expect, it, test } from 'vitest'
import { checkTariff } from '#lane/lot/files/tariff-file.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { replayPrices } from '#lane/pure/explain/replay-price.ts'
import type { TurnRecord } from '#lane/pure/explain/turn.ts'
import { claim } from '#lane/pure/lot/claim.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { orderByClass } from '#lane/pure/lot/stay-price.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { RowBodies, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { Rows } from '../../../lane/pure/lot/row-kit.ts'

const plan = {
  freeMin: 30,
  freeMinutesCounted: true,
  stepsRestart: 'never',
  bands: [{ from: '00:00', to: '24:00', steps: [{ min: 60, fen: 500 }] }],
  caps: { dayFen: 2000 },
}
function tariffOf(change: object, edition: object = {}, more: readonly object[] = []): Tariff {
  const plans = [...more, { ...plan, ...change }]
  return checkTariff(
    {
      id: 'day',
      version: 2,
      name: { zh: '一天', en: 'A day' },
      use: 'commercial',
      decidedBy: 'exit',
      days: { holidays: [], workdays: [] },
      editions: [{ graceAfterPayMin: 15, plans, ...edition }],
    },
    'day',
  ).tariff
}
const at = (text: string): number =>
  instantOfIso(`2026-11-${text.length > 5 ? text.slice(0, 2) : '23'}T${text.slice(-5)}:00+08:00`)

/** A car park of one exit: what it writes, and what it asks for. */
class Days {
  readonly rows = new Rows()
  private n = 0
  private readonly tariff: Tariff

  constructor(tariff: Tariff) {
    this.tariff = tariff
  }

  get lot(): LotState {
    const lot = emptyLot()
    for (const row of this.rows.all) foldRow(lot, row)
    return lot
  }

  enter(from: string, plate = '测A12345', colour: PlateColour = 'blue'): string {
    this.rows.atMs = at(from)
    const stayId = `n-S${++this.n * 1000}`
    const body = { plate, colour, enteredAtMs: at(from), noEntry: false, photo: null }
    this.rows.add('stayOpened', { laneId: 'entry', stayId }, body)
    return stayId
  }

  /** Fen still due at an instant; the order is written. */
  due(to: string, plate = '测A12345', colour: PlateColour = 'blue'): number {
    this.rows.atMs = at(to)
    const { answer, rows } = claim(this.lot, this.tariff, {
      lotId: 'GX1',
      nodeId: 'n',
      laneId: 'exit',
      plate,
      colour,
      photo: null,
      nowMs: at(to),
      plateRaw: plate,
      confidence: null,
      matchRule: null,
      clock: null,
    })
    for (const row of rows) this.write(row)
    if (answer.kind !== 'claimed') throw new Error(answer.kind)
    return answer.order.dueFen
  }

  private write({ kind, atMs: _at, body, ...refs }: RowDraft): void {
    this.rows.add(kind, refs as never, body as never)
  }

  get last() {
    const row = this.rows.all.findLast((one) => one.kind === 'orderMade')
    if (row?.kind !== 'orderMade') throw new Error('no order')
    return row
  }

  pay(amountFen = this.last.amountFen ?? 0, when?: string): this {
    if (when !== undefined) this.rows.atMs = at(when)
    const { stayId, orderId } = this.last
    const body: RowBodies['payment'] = {
      paymentId: `n-M${this.rows.all.length}`,
      means: 'cash',
      by: 'a',
      reason: 'r',
    }
    const refs = { stayId: present(stayId, 'stay'), orderId: present(orderId, 'order') }
    this.rows.add('payment', { ...refs, amountFen }, body)
    return this
  }

  leave(): this {
    const refs = { laneId: 'exit', stayId: present(this.last.stayId, 'stay') }
    this.rows.add('stayClosed', refs, { end: 'other', leftAtMs: this.rows.atMs })
    return this
  }

  /** Enters, pays what is due and leaves. */
  visit(from: string, to: string, plate = '测A12345', colour: PlateColour = 'blue'): number {
    this.enter(from, plate, colour)
    const fen = this.due(to, plate, colour)
    this.pay().leave()
    return fen
  }
}

const shared = { dayVisits: { free: 'shared', capTogether: true } }
const once = { dayVisits: { free: 'once', capTogether: true } }
const capAlone = { dayVisits: { free: 'each', capTogether: true } }
type Visit = readonly [from: string, to: string, fen: number, plate?: string, colour?: PlateColour]

describe('several stays of one day', () => {
  it.each<[string, object, readonly Visit[]]>([
    [
      'without the member each stay is charged by itself',
      {},
      [
        ['08:00', '11:00', 1500],
        ['12:00', '15:00', 1500],
        ['16:00', '16:30', 0],
      ],
    ],
    [
      'one cap: 20 yuan in all',
      capAlone,
      [
        ['08:00', '11:00', 1500],
        ['12:00', '15:00', 500],
        ['16:00', '16:30', 0],
        ['17:00', '19:00', 0],
        ['24 08:00', '24 11:00', 1500],
      ],
    ],
    [
      'one free time, shared',
      shared,
      [
        ['08:00', '08:20', 0],
        ['09:00', '09:10', 0],
        ['10:00', '10:01', 500],
        ['24 09:00', '24 09:30', 0],
      ],
    ],
    [
      '... to the minute',
      shared,
      [
        ['08:00', '08:20', 0],
        ['09:00', '09:11', 500],
      ],
    ],
    [
      'a stay over it uses it up',
      shared,
      [
        ['08:00', '09:00', 500],
        ['10:00', '10:05', 500],
      ],
    ],
    [
      'the first stay alone is free',
      once,
      [
        ['08:00', '08:05', 0],
        ['09:00', '09:05', 500],
      ],
    ],
    [
      'another plate, and another colour of the plate, count by themselves',
      shared,
      [
        ['08:00', '12:00', 2000],
        ['12:30', '13:00', 0, '测B00001'],
        ['13:30', '14:00', 0, '测A12345', 'green'],
        ['15:00', '16:00', 0],
      ],
    ],
    [
      'a night belongs to both days',
      capAlone,
      [
        ['23 20:00', '24 02:00', 3000],
        ['24 03:00', '24 09:00', 1000],
      ],
    ],
  ])('%s', (_name, change, visits) => {
    const days = new Days(tariffOf(change))
    expect(
      visits.map(([from, to, , plate, colour]) => days.visit(from, to, plate, colour)),
    ).toEqual(visits.map(([, , fen]) => fen))
  })

  test('free time that is not counted: the rest of it, then from its end', () => {
    const days = new Days(tariffOf({ ...shared, freeMinutesCounted: false }))
    expect(days.visit('08:00', '08:20')).toBe(0)
    expect(days.visit('09:00', '10:10')).toBe(500)
    expect(days.last.body.lines).toMatchObject([
      { rule: 'free', text: { zh: '当天免费时长剩余 10 分钟' } },
      { rule: 'next', amountFen: 500, fromMs: at('09:10') },
    ])
  })

  test('says in the line of the cap what earlier stays cost', () => {
    const days = new Days(tariffOf(capAlone))
    days.visit('08:00', '11:00')
    expect(days.visit('12:00', '15:00')).toBe(500)
    expect(days.last.body.lines).toMatchObject([
      { rule: 'cap', text: { zh: '2026-11-23 当日封顶(此前各次已计 ¥ 15.00)' } },
    ])
    expect(days.last.body.before).toEqual({
      freeUsedMs: 0,
      days: [{ dayMs: at('00:00'), amountFen: 1500 }],
    })
  })

  test('the same price at a second look, after a restart, and from the rows alone', () => {
    const tariff = tariffOf(shared)
    const days = new Days(tariff)
    days.visit('08:00', '11:00')
    days.enter('12:00')
    expect([days.due('15:00'), days.due('15:00'), days.due('15:05')]).toEqual([500, 500, 500])
    const turns = [{ given: { tariff } }] as unknown as TurnRecord[]
    expect(replayPrices(days.rows.all, turns)).toEqual({ priced: 3, left: 0, differences: [] })
  })

  test('a class that leads to a plan without the rule is priced without it', () => {
    const tariff = tariffOf(capAlone, {}, [{ when: { classes: [2] }, ...plan, caps: {} }])
    const days = new Days(tariff)
    days.visit('08:00', '12:00')
    days.enter('13:00')
    expect(days.due('18:00')).toBe(0)
    const asked = {
      orderId: present(days.last.orderId, 'id'),
      vehicleClass: 2,
      colour: 'blue',
    } as const
    const order = orderByClass(days.lot, tariff, asked)
    expect([order?.amountFen, order?.before]).toEqual([2500, undefined])
  })

  test('what is kept of a car goes the day after next, unless it is inside', () => {
    const days = new Days(tariffOf(capAlone))
    days.visit('20 08:00', '20 09:00', '测B00001')
    days.visit('20 08:00', '20 09:00')
    days.enter('20 10:00')
    expect(days.visit('22 08:00', '22 09:00', '测C00001')).toBe(500)
    expect([...days.lot.visits.byPlate.keys()]).toEqual(['测A12345', '测C00001'])
  })
})

describe('an overstay after payment', () => {
  const paid = (overstay: string | undefined, change: object = {}): Days => {
    const edition = overstay === undefined ? {} : { overstay }
    const days = new Days(tariffOf({ caps: {}, ...change }, edition))
    days.enter('08:00')
    expect(days.due('10:00')).toBe(1000)
    return days.pay(1000, '10:01')
  }
  it.each<[string | undefined, string, number]>([
    [undefined, '10:16', 0],
    [undefined, '10:17', 500],
    [undefined, '11:01', 1000],
    ['entry', '11:01', 1000],
    ['payment', '10:16', 0],
    ['payment', '10:17', 500],
    ['payment', '11:01', 500],
    ['payment', '11:02', 1000],
    ['grace', '10:16', 0],
    ['grace', '10:17', 500],
    ['grace', '11:16', 500],
    ['grace', '11:17', 1000],
  ])('counted from %s: at %s %i are due', (overstay, to, fen) => {
    expect(paid(overstay).due(to)).toBe(fen)
  })

  test('the first step begins anew, without free time, and a line says so', () => {
    const steps = [
      { min: 60, fen: 300, times: 1 },
      { min: 60, fen: 700 },
    ]
    const days = paid('payment', { bands: [{ from: '00:00', to: '24:00', steps }] })
    expect(days.due('11:30')).toBe(1000)
    expect(days.last.body).toMatchObject({
      fromMs: at('10:01'),
      lines: [
        { rule: 'free', amountFen: 0, text: { zh: '付费后超时,从此重新计费' } },
        { rule: 'first', amountFen: 300, fromMs: at('10:01') },
        { rule: 'next', amountFen: 700 },
      ],
    })
  })

  test('again and again: each payment is the end of what was charged', () => {
    const days = paid('payment')
    expect(days.due('11:00')).toBe(500)
    days.pay(500, '11:00')
    expect(days.due('11:15')).toBe(0)
    expect(days.due('13:30')).toBe(1500)
    expect(days.due('13:30')).toBe(1500)
  })

  test('a part that was paid is none: the stay is charged from its entry', () => {
    const days = new Days(tariffOf({ caps: {} }, { overstay: 'payment' }))
    days.enter('08:00')
    expect(days.due('10:00')).toBe(1000)
    days.rows.add(
      'payment',
      { stayId: 'n-S1000', orderId: present(days.last.orderId, 'id'), amountFen: 400 },
      { paymentId: 'n-M900', means: 'etc', by: null, reason: null },
    )
    expect(days.due('11:00')).toBe(1100)
  })

  test('counts under the cap of the day, and prices again from its row', () => {
    const change = { caps: { dayFen: 1200 }, dayVisits: { free: 'each', capTogether: true } }
    const tariff = tariffOf(change, { overstay: 'payment' })
    const days = new Days(tariff)
    days.enter('08:00')
    expect(days.due('10:00')).toBe(1000)
    days.pay(1000, '10:00')
    expect(days.due('12:00')).toBe(200)
    days.pay().leave()
    expect(days.visit('14:00', '15:00')).toBe(0)
    const turns = [{ given: { tariff } }] as unknown as TurnRecord[]
    expect(replayPrices(days.rows.all, turns)).toMatchObject({ left: 0, differences: [] })
  })

  test('a coupon that the paid order used takes nothing off again', () => {
    const days = new Days(tariffOf({ caps: {} }, { overstay: 'payment' }))
    const stayId = days.enter('08:00')
    const coupon = {
      code: 'C1',
      merchant: '店',
      kind: 'amount',
      value: 300,
      from: '2026-11-01',
      until: '2026-11-30',
      batch: 'b',
    } as const
    days.rows.add('coupon', {}, { row: 'issued', coupon })
    days.rows.add('coupon', { stayId }, { row: 'used', code: 'C1' })
    expect(days.due('10:00')).toBe(700)
    days.pay(700, '10:00')
    expect([days.due('10:10'), days.due('11:00'), days.due('11:00')]).toEqual([0, 500, 500])
    expect(days.last.body.coupons).toBeUndefined()
  })
})
