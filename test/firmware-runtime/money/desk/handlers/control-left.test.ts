// What cars of an open lot left owing, through the control API: each stands in the list with its amount from the moment it leaves its
// space, also without a plate; it is found by its plate and paid at the desk, once, and never while a charge has no result.
import { expect, it } from 'vitest'
import type { ArrearsListView } from '#money/calls/coupon-views.ts'
import { endRows } from '#lane/pure/open/open-rows.ts'
import { confirmedRow } from '#money/pure/lot/card-bar.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { deskMeans } from '#base/pure/values/payment-means.ts'
import { bareExit, bareLot } from '../../../../kit/bare-lot.ts'
import {
  carAtExit,
  deletedPhoto,
  makeLot,
  type TestLot,
} from '../../../runtime/control/control-kit.ts'
import { broken, callAs as call, drivesOff, entered } from '../../../runtime/control/coupon-kit.ts'
import { cameIn } from '../../../lane/pure/lot/row-kit.ts'

let commands = 0
const who = () => ({ commandId: `left-${1000 + ++commands}`, by: '收费员', reason: '现金' })
const pay = (lot: TestLot, args: object, role = 'attendant') =>
  call(lot, 'arrears.pay', { orderId: 'n1-O901', means: 'cash', ...args, ...who() }, role)
const listed = async (lot: TestLot) => (await call(lot, 'arrears.list')).data as ArrearsListView
const found = async (lot: TestLot, plate: string) =>
  ((await call(lot, 'arrears.find', { plate }, 'attendant')).data as ArrearsListView).rows
const payments = (lot: TestLot) =>
  lot.ledger.list.flatMap((row) =>
    row.kind === 'payment' ? [[row.body.means, row.amountFen]] : [],
  )

/** A car that stood an hour in its space and left 10 min ago. */
function left(lot: TestLot, n: number, plate: string | null, amountFen = 600): void {
  const atMs = lot.runtime.nowMs()
  const [fromMs, leftAtMs] = [atMs - 4_200_000, atMs - 600_000 + n]
  const refs = { atMs, laneId: 'street', stayId: `n1-S${n}` }
  const spaceId = `P${n}`
  const text = { zh: '每 60 分钟 × 1', en: 'Every 60 min × 1' }
  const line = { fromMs, toMs: leftAtMs, rule: 'next', amountFen, text } as const
  const order = { tariffId: 't', fromMs, toMs: leftAtMs, lines: [line], plate, plateRaw: null }
  const rows: RowDraft[] = [
    cameIn(refs.stayId, fromMs, { atMs, laneId: 'street', plate, spaceId }),
    { kind: 'spaceLeft', ...refs, body: { spaceId, leftAtMs, seenAtMs: leftAtMs, by: 'space' } },
    { kind: 'orderMade', ...refs, orderId: `n1-O${n}`, amountFen, body: order },
  ]
  lot.runtime.append(rows)
}
function charged(lot: TestLot, n: number, amountFen: number): void {
  const refs = { stayId: `n1-S${n}`, orderId: `n1-O${n}`, deductionId: `n1-O${n}.D1` }
  const body = { chargeMode: 'online', outTradeNo: `P${n}`, plate: null, colour: 'blue' } as const
  const atMs = lot.runtime.nowMs()
  lot.runtime.append([
    { kind: 'intent', atMs, ...refs, amountFen, body: { ...body, obuId: 'o', cardNo: 'c' } },
  ])
}
const withThree = (): TestLot => {
  const lot = makeLot()
  left(lot, 901, '测A12345')
  left(lot, 902, null, 300)
  left(lot, 903, '测B00001', 0)
  return lot
}

it('is in the list with its amount, with or without a plate', async () => {
  const lot = withThree()
  const { rows, sumFen } = await listed(lot)
  expect(rows.map(({ plate, amountFen, isOpen }) => [plate, amountFen, isOpen])).toEqual([
    ['测A12345', 600, true],
    [null, 300, true],
  ])
  expect(sumFen).toBe(900)
})

it('is found by its plate alone', async () => {
  const lot = withThree()
  expect((await found(lot, '测 a12345')).map(({ orderId }) => orderId)).toEqual(['n1-O901'])
  expect(await found(lot, '测A12346')).toEqual([])
  expect(await found(lot, 'x')).toEqual([])
})

it.each<[string, object, object, readonly (readonly [string, number])[]]>([
  ['cash', {}, { data: { ok: true } }, [['cash', 600]]],
  ['cash with change', { givenFen: 1000 }, { data: { changeFen: 400 } }, [['cash', 600]]],
  ['exactly the amount', { amountFen: 600 }, { data: { ok: true } }, [['cash', 600]]],
  ['another amount', { amountFen: 500 }, { error: { code: 'LANE-02' } }, []],
  ['too little', { givenFen: 500 }, { error: { code: 'CASH-01' } }, []],
  ['another order', { orderId: 'n1-O999' }, { error: { code: 'COUPON-08' } }, []],
  ['an order of nothing', { orderId: 'n1-O903' }, { error: { code: 'COUPON-08' } }, []],
  ['a car without a plate', { orderId: 'n1-O902' }, { data: { ok: true } }, [['cash', 300]]],
  ['later, which is what it is', { means: 'later' }, { error: { code: 'API-01' } }, []],
])('%s', async (_name, args, reply, taken) => {
  const lot = withThree()
  expect(await pay(lot, args)).toMatchObject(reply)
  expect(payments(lot)).toEqual(taken)
  expect(broken(lot.ledger.list)).toEqual([])
})

it('is paid once: a repeat takes nothing, and the stay ends', async () => {
  const lot = withThree()
  const args = { orderId: 'n1-O901', means: 'cash', amountFen: 600, givenFen: 1000, ...who() }
  expect(await call(lot, 'arrears.pay', args, 'attendant')).toMatchObject({
    data: { repeated: false, changeFen: 400 },
  })
  expect(await call(lot, 'arrears.pay', args, 'attendant')).toMatchObject({
    data: { repeated: true, changeFen: 400 },
  })
  expect(await pay(lot, {})).toMatchObject({ error: { code: 'COUPON-08' } })
  expect(payments(lot)).toEqual([['cash', 600]])
  expect((await listed(lot)).rows.map(({ orderId }) => orderId)).toEqual(['n1-O902'])
  const ends = endRows(lot.runtime.lot, { nowMs: lot.runtime.nowMs(), collectMs: 1e12 })
  expect(ends.map(({ stayId, body }) => [stayId, body])).toMatchObject([
    ['n1-S901', { end: 'other' }],
    ['n1-S903', { end: 'free' }],
  ])
})

it('is not paid while a charge of it has no result', async () => {
  const lot = withThree()
  charged(lot, 901, 600)
  expect((await listed(lot)).rows).toHaveLength(2)
  expect(await pay(lot, {})).toMatchObject({ error: { code: 'LANE-02', value: 'n1-O901' } })
  expect(payments(lot)).toEqual([])
})

it('is let off by the owner with the own PIN alone', async () => {
  const lot = withThree()
  expect(await pay(lot, { means: 'free' }, 'owner')).toMatchObject({ data: { ok: true } })
  expect(payments(lot)).toEqual([['free', 0]])
  expect((await listed(lot)).sumFen).toBe(300)
})

/** As `left`, of a car whose plate a person typed; `photo`: of the car there. */
function typed(lot: TestLot, whoTyped: string | undefined, photo: string | null): void {
  const atMs = lot.runtime.nowMs()
  const refs = { atMs, laneId: 'street', stayId: 'n1-S901' }
  const said = { by: 'person', ...(whoTyped === undefined ? {} : { who: whoTyped }) } as const
  const plate = { plate: '测A12345', plateRaw: '测A12345', colour: 'unknown', photo, said } as const
  const fromMs = atMs - 4_200_000
  lot.runtime.append([
    cameIn(refs.stayId, fromMs, {
      atMs,
      laneId: 'street',
      plate: null,
      colour: 'unknown',
      spaceId: 'P1',
    }),
    { kind: 'plateRead', ...refs, body: plate },
  ])
}
function gone(lot: TestLot): void {
  const atMs = lot.runtime.nowMs()
  const refs = { atMs, laneId: 'street', stayId: 'n1-S901' }
  const times = { leftAtMs: atMs, seenAtMs: atMs }
  const order = {
    tariffId: 't',
    fromMs: atMs,
    toMs: atMs,
    lines: [],
    plate: '测A12345',
    plateRaw: null,
  }
  lot.runtime.append([
    { kind: 'spaceLeft', ...refs, body: { spaceId: 'P1', ...times, by: 'space' } },
    { kind: 'orderMade', ...refs, orderId: 'n1-O901', amountFen: 600, body: order },
  ])
}
const seen = { stayId: 'n1-S901', plate: '测A12345', colour: 'blue' }
const confirm = (lot: TestLot, args: object, by = '另一人') =>
  call(lot, 'arrears.confirm', { ...seen, ...args, ...who(), by }, 'attendant')
const bars = async (lot: TestLot) =>
  (await listed(lot)).rows.map(({ cardBar, typedBy, photoId }) => [cardBar, typedBy, photoId])

it('says why no card is charged, and takes the second look of another person, once', async () => {
  const lot = makeLot()
  typed(lot, '巡检员', 'p-1')
  gone(lot)
  expect(await bars(lot)).toEqual([['typed', '巡检员', 'p-1']])
  expect(await confirm(lot, {})).toMatchObject({ data: { ok: true } })
  expect(await bars(lot)).toEqual([[null, null, 'p-1']])
  expect(lot.runtime.lot.stays.get('n1-S901')?.colour).toBe('blue')
  const again = makeLot(lot.ledger.list)
  expect(await bars(again)).toEqual([[null, null, 'p-1']])
  expect(await confirm(again, {})).toMatchObject({ error: { code: 'PLACE-09', field: '/stayId' } })
  expect(broken(lot.ledger.list)).toEqual([])
})

it('takes it while the car still stands there', async () => {
  const lot = makeLot()
  typed(lot, '巡检员', 'p-1')
  expect(await confirm(lot, { plate: '测A·12345' })).toMatchObject({ data: { ok: true } })
  gone(lot)
  expect(await bars(lot)).toEqual([[null, null, 'p-1']])
})

it.each([
  ['the same person', '巡检员', 'p-1', {}, '巡检员', 'by'],
  ['the same person, written in another way', 'Anna', 'p-1', {}, ' anna.', 'by'],
  ['an older row: nobody is named', undefined, 'p-1', {}, '另一人', 'stayId'],
  ['no photo', '巡检员', null, {}, '另一人', 'stayId'],
  ['a photo that was deleted', '巡检员', deletedPhoto, {}, '另一人', 'stayId'],
  ['another plate in the photo', '巡检员', 'p-1', { plate: '测A12346' }, '另一人', 'plate'],
  ['no plate in the photo', '巡检员', 'p-1', { plate: '?' }, '另一人', 'plate'],
] as const)('refuses %s', async (_, typist, photo, args, by, field) => {
  const lot = makeLot()
  typed(lot, typist, photo)
  gone(lot)
  const rows = lot.ledger.list.length
  expect(await confirm(lot, args, by)).toMatchObject({
    error: { code: 'PLACE-09', field: `/${field}` },
  })
  expect(lot.ledger.list).toHaveLength(rows)
  expect((await bars(lot)).map(([bar]) => bar)).toEqual(['typed'])
})

it('refuses a car whose plate a camera read with its colour, and another colour than it read', async () => {
  const lot = makeLot()
  left(lot, 901, '测A12345')
  expect(await confirm(lot, {})).toMatchObject({ error: { code: 'PLACE-09', field: '/stayId' } })
  const other = makeLot()
  typed(other, '巡检员', 'p-1')
  const { nowMs } = { nowMs: other.runtime.nowMs() }
  const stay = other.runtime.lot.stays.get('n1-S901')
  if (stay !== undefined) stay.colour = 'yellow'
  other.runtime.append([
    confirmedRow('n1-S1', { plate: 'x', colour: 'blue', by: 'photo' }, { nowMs }),
  ])
  expect(await confirm(other, {})).toMatchObject({ error: { code: 'PLACE-09', field: '/colour' } })
})

/** A street with cameras (7.2.4) and its gantry. */
const street = checkLot(
  {
    ...(bareLot() as object),
    layout: '7.2.4',
    chargeMode: 'card',
    capacity: 2,
    lanes: [{ ...bareExit, id: 'gantry', layout: '7.2.4', rsu: 'tcp://127.0.0.1:19100' }],
    spaces: [{ id: 'cam', link: 'push:hikvision', spaces: { 1: 'P901', 2: 'P902' } }],
  },
  'lot.json',
)
const onStreet = (rows: readonly LedgerRow[] = []): TestLot =>
  makeLot(rows, null, null, null, [], null, null, null, null, street)
const ends = (lot: TestLot) =>
  lot.ledger.list.flatMap((row) => (row.kind === 'stayClosed' ? [[row.stayId, row.body.end]] : []))

it.each<[string, object, string, readonly (readonly string[])[]]>([
  ...deskMeans
    .filter((means) => !['free', 'coupon'].includes(means))
    .map((means): [string, object, string, string[][]] => [
      `paid by ${means}`,
      { means },
      'owner',
      [['n1-S901', 'other']],
    ]),
  ['let off', { means: 'free' }, 'owner', [['n1-S901', 'other']]],
  ['a refused amount', { amountFen: 500 }, 'attendant', []],
])('of a street ends its stay with the act itself: %s', async (_name, args, role, ended) => {
  const lot = onStreet()
  left(lot, 901, '测A12345')
  left(lot, 902, null, 300)
  await pay(lot, args, role)
  expect(ends(lot)).toEqual(ended)
  expect(lot.runtime.lot.left.size).toBe(2 - ended.length)
})

it('ends after a start where the power failed behind the payment', async () => {
  const lot = onStreet()
  left(lot, 901, '测A12345')
  await pay(lot, {})
  const rows = lot.ledger.list.filter(({ kind }) => kind !== 'stayClosed')
  expect(ends(onStreet(rows))).toEqual([['n1-S901', 'other']])
})

it.each<['paid' | 'notPaid', readonly (readonly string[])[]]>([
  ['paid', [['n1-S901', 'etc']]],
  ['notPaid', []],
])('of a street whose unknown charge a person found %s', async (found, ended) => {
  const lot = onStreet()
  left(lot, 901, '测A12345')
  const refs = {
    stayId: 'n1-S901',
    orderId: 'n1-O901',
    deductionId: 'n1-O901.D1',
    laneId: 'gantry',
  }
  const at = { atMs: lot.runtime.nowMs(), ...refs }
  const card = { obuId: '00A10001', cardNo: '4501000000000007' }
  const sent = { outTradeNo: 'P1', plate: '测A12345', colour: 'blue', ...card } as const
  const read = { cardType: 22, balanceBeforeFen: 900, station0019Hex: '00', writeHex: '00' }
  const armed = { ...read, timeBcd: '20261120120000', ...card }
  const unknown = { state: 'unknown', source: 'b5', reason: 'suspect' } as const
  lot.runtime.append([
    { kind: 'intent', ...at, amountFen: 600, body: { chargeMode: 'card', ...sent } },
    { kind: 'armed', ...at, amountFen: 600, body: armed },
    { kind: 'outcome', ...at, body: { ...unknown, obuId: null, cardNo: null, proof: null } },
  ])
  const args = { deductionId: refs.deductionId, found, ...who() }
  expect(await call(lot, 'charges.settle', args)).toMatchObject({ data: { ok: true } })
  expect(ends(lot)).toEqual(ended)
})

it('of an enclosed lot stays open until its car has left', async () => {
  const lot = makeLot()
  entered(lot, 905)
  carAtExit(lot)
  lot.clock.advance(60_000)
  const args = { laneId: 'exit', means: 'cash', ...who() }
  expect(await call(lot, 'lane.settle', args, 'attendant')).toMatchObject({ data: { ok: true } })
  expect(ends(lot)).toEqual([])
  drivesOff(lot)
  expect(ends(lot)).toHaveLength(1)
})
