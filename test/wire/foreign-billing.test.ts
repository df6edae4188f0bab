// A billing system in Python, written from docs/billing-interface.md and its OpenAPI document alone, against the server of
// the published interface: its day, killed and restarted on either side, and what must be refused to it.
import { afterEach, expect, it } from 'vitest'
import type { OrderToCharge } from '#money/ports/orders.ts'
import { eventually } from '../kit/eventually.ts'
import { folderOfTest } from '../kit/own-folder.ts'
import { alpha, beta, closeAll, own, serving, portsOf } from '../kit/partner-server.ts'
import type { MemoryAccess } from '../kit/memory-orders.ts'
import { PythonBilling, type Line } from './kit/python-billing.ts'

afterEach(closeAll)

class Billing extends PythonBilling {
  constructor(url: string, folder: string, day: readonly Line[], by = alpha) {
    super(url, folder, day, { ...by, accessPem: own.certPem })
  }
}

/** By the last digit of the plate: 1 pays, 2 cannot, others are never read. */
function lane(access: MemoryAccess): void {
  access.onOpened = ({ orderNo, plate }: OrderToCharge) => {
    setTimeout(() => {
      if (access.orderOf(orderNo).view.state !== 'open') return
      if (plate.endsWith('1')) access.pay(orderNo)
      if (plate.endsWith('2')) access.notPay(orderNo)
    }, 20)
  }
}

const car = (name: string, more: object = {}): Line => ({
  car: name,
  laneId: 'exit1',
  plate: `测A0000${name.at(-1)}`,
  colour: 'blue',
  enteredAtIso: '2026-11-01T08:00:00+08:00',
  leftAtIso: null,
  amountFen: 500,
  ...more,
})
const left = { laneId: null, leftAtIso: '2026-11-01T09:00:00+08:00' }

const enclosed = [
  car('A1'),
  car('B1', { laneId: 'exit2', amountFen: 800, refundFen: 300 }),
  car('C2', { amountFen: 1200 }),
  car('D1', { laneId: 'exit2' }),
]
const street = [
  car('E1', { ...left, amountFen: 700 }),
  car('F3', { ...left, collect: true, amountFen: 900 }),
  car('G1', { ...left, refundFen: 500 }),
  car('H1', { ...left, dispute: true }),
]
const day = [...enclosed, ...street]

/** What the access system has of the day: by car, its state and money; and that no order or refund is there twice. */
function booked({ orders, refunds, events }: MemoryAccess) {
  const ends = events.filter(({ event }) => ['paid', 'settled'].includes(event))
  expect(ends.map(({ order }) => order.orderNo).toSorted()).toEqual(
    [...orders.values()].map(({ view }) => view.orderNo).toSorted(),
  )
  expect(events.filter(({ event }) => event === 'refund')).toHaveLength(refunds.size)
  return Object.fromEntries(
    [...orders.values()]
      .map(({ view }) => [
        view.orderNo.replace('ALPHA-', ''),
        `${view.state} ${view.paidFen} ${view.refundedFen} ${view.review ?? ''}`.trim(),
      ])
      .toSorted(),
  )
}
const wanted = {
  A1: 'paid 500 0',
  B1: 'paid 800 300',
  C2: 'settled 1200 0',
  D1: 'paid 500 0',
  E1: 'paid 700 0 agreed',
  F3: 'settled 900 0',
  G1: 'paid 500 500 agreed',
  H1: 'paid 500 0 disputed',
}

it('runs a day of an enclosed and of an open lot', async () => {
  const { access, server } = await serving()
  lane(access)
  const lines = await new Billing(server.url, folderOfTest('etc-billing-'), day).end()
  expect(lines.at(-1)).toEqual({ done: true, paid: 6, settled: 2, withdrawn: 0, refused: 0 })
  expect(booked(access)).toEqual(wanted)
})

it.each([1, 4, 9])(
  'is killed after %i lines and goes on: nothing lost, nothing twice',
  async (at) => {
    const { access, server } = await serving()
    lane(access)
    const folder = folderOfTest('etc-billing-')
    const killed = new Billing(server.url, folder, day)
    killed.killAt = at
    await killed.end()
    const lines = await new Billing(server.url, folder, day).end()
    expect(lines.at(-1)).toMatchObject({ done: true, paid: 6, settled: 2 })
    expect(booked(access)).toEqual(wanted)
  },
)

it('the server ends and comes back three times within a day', async () => {
  const first = await serving()
  const { access } = first
  lane(access)
  const port = Number(new URL(first.server.url).port)
  const billing = new Billing(first.server.url, folderOfTest('etc-billing-'), day)
  const ended = billing.end()
  let { server } = first
  for (const events of [1, 8, 15]) {
    await eventually(() => access.events.length).toBeGreaterThanOrEqual(events)
    await server.close()
    ;({ server } = await serving({ port, ...portsOf((id) => access.ordersOf(id)) }))
  }
  expect((await ended).at(-1)).toMatchObject({ done: true, paid: 6, settled: 2 })
  expect(booked(access)).toEqual(wanted)
})

const order = Object.fromEntries(
  Object.entries({ ...car('X3'), stayNo: 'STAY-X3' }).filter(([name]) => name !== 'car'),
)
const orderNow = () => ({ ...order, madeAtIso: new Date().toISOString() })

it('what must be refused is, by code and field, and the order stays as it was', async () => {
  const { access, server } = await serving()
  const folder = folderOfTest('etc-billing-')
  const [whole, at] = [orderNow(), 'ORDER-1']
  const settled = { means: 'cash', amountFen: 500, atIso: new Date().toISOString() }
  const sent = await new Billing(server.url, folder, [
    { send: ['openOrder', at, whole], spoil: 'cut' },
    { send: ['openOrder', at, whole], spoil: 'half' },
    { send: ['openOrder', at, whole], spoil: 'signature' },
    { send: ['order', at] },
    { send: ['openOrder', at, whole] },
    { send: ['openOrder', at, whole] },
    { send: ['openOrder', at, { ...whole, amountFen: 501 }] },
    { send: ['openOrder', at, { ...whole, coupon: 1 }] },
    { send: ['openOrder', 'ORDER-2', { ...whole, laneId: 'exit9' }] },
    { send: ['openOrder', 'ORDER-2', { ...whole, madeAtIso: '2026-01-01T00:00:00Z' }] },
    {
      send: [
        'refund',
        'REFUND-1',
        { orderNo: at, amountFen: 1, reason: 'x', operator: 'a', approvedBy: 'b' },
      ],
    },
  ]).end()
  expect(sent.slice(0, -1).map(({ status, code, field }) => [status, code, field])).toEqual([
    [0, null, null],
    [400, 'ORDER-01', 'body'],
    [401, 'ORDER-02', 'Authorization.signature'],
    [404, 'ORDER-04', '/orderNo'],
    [200, null, null],
    [200, null, null],
    [409, 'ORDER-06', '/orderNo'],
    [400, 'ORDER-01', '/coupon'],
    [422, 'ORDER-09', '/laneId'],
    [422, 'ORDER-09', '/madeAtIso'],
    [422, 'ORDER-09', '/amountFen'],
  ])
  const others = await new Billing(
    server.url,
    folderOfTest('etc-billing-'),
    [
      { send: ['order', at] },
      { send: ['settleOrder', at, settled] },
      { send: ['openOrder', at, { ...whole, ...left }] },
    ],
    beta,
  ).end()
  expect(others.slice(0, -1).map(({ status, code }) => [status, code])).toEqual([
    [404, 'ORDER-04'],
    [404, 'ORDER-04'],
    [200, null],
  ])
  // Each has numbers of its own.
  const kept = [...access.orders.values()]
  expect(kept.map(({ partner, view }) => [partner, view.orderNo, view.state])).toEqual([
    ['ALPHA', at, 'open'],
    ['BETA', at, 'open'],
  ])
  expect(access.events).toHaveLength(2)
})
