// Orders of another billing system through a running access system: who is charged, what is told, how each stay ends.
import { describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { minute, second, SentScene } from './sent-scene.ts'

const charges = ['card', 'online'] as const

/** Code and field of a refusal. */
function refused(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof LaneFault) return `${error.code} ${error.detail.field ?? ''}`
    throw error
  }
  return 'done'
}

const cash = (scene: SentScene, amountFen = 700) =>
  ({ means: 'cash', amountFen, atIso: isoOf(scene.nowMs) }) as const

/** Each scene with the events told, the ends of its stays, and fen by ETC of each order. */
type Play = (scene: SentScene) => void
type Row = readonly [
  what: string,
  play: Play,
  told: readonly string[],
  ends: readonly string[],
  etcFen: number,
]

const scenes: readonly Row[] = [
  [
    'the car is at the antenna before its order comes',
    (s) => {
      const car = s.car()
      s.comes(car)
      s.run(5 * second)
      s.orders.open(s.order(car))
      s.run(10 * second)
    },
    ['opened order-1', 'charging order-1', 'paid order-1'],
    ['etc'],
    700,
  ],
  [
    'no OBU is read, and the driver pays cash; the OBU comes later',
    (s) => {
      const car = s.car()
      const { orderNo } = s.orders.open(s.order(car))
      s.run(20 * second)
      s.orders.settle(orderNo, cash(s))
      s.run(second)
      s.comes(car)
      s.run(20 * second)
    },
    ['opened order-1', 'notPaid order-1 obuNotRead', 'settled order-1'],
    ['other'],
    0,
  ],
  [
    'the OBU is read after the driver was asked for cash',
    (s) => {
      const car = s.car()
      s.orders.open(s.order(car))
      s.run(20 * second)
      s.comes(car)
      s.run(20 * second)
    },
    ['opened order-1', 'notPaid order-1 obuNotRead', 'charging order-1', 'paid order-1'],
    ['etc'],
    700,
  ],
  [
    'the OBU of another car stands in the lane',
    (s) => {
      const [car, other] = [s.car(), s.car()]
      s.comes(other)
      s.orders.open(s.order(car))
      s.run(20 * second)
    },
    ['opened order-1', 'notPaid order-1 plateMismatch'],
    [],
    0,
  ],
  [
    'the order is withdrawn, and another one with a new price is paid',
    (s) => {
      const car = s.car()
      const order = s.order(car)
      s.orders.open(order)
      s.run(3 * second)
      s.orders.withdraw(order.orderNo, 'price')
      s.orders.open({ ...s.order(car), stayNo: order.stayNo, amountFen: 900 })
      s.run(100)
      s.comes(car)
      s.run(10 * second)
    },
    [
      'opened order-1',
      'notPaid order-1 obuNotRead',
      'withdrawn order-1',
      'opened order-2',
      'charging order-2',
      'paid order-2',
    ],
    ['open', 'etc'],
    900,
  ],
  [
    'the program ends and starts again with the car at the boom',
    (s) => {
      const car = s.car()
      s.orders.open(s.order(car))
      s.run(2 * second)
      s.restart()
      s.comes(car)
      s.run(20 * second)
    },
    ['opened order-1', 'notPaid order-1 obuNotRead', 'charging order-1', 'paid order-1'],
    ['etc'],
    700,
  ],
  [
    'one car after the other',
    (s) => {
      for (let n = 0; n < 3; n++) {
        const car = s.car()
        s.orders.open(s.order(car))
        s.passes(car, 6_000)
      }
    },
    [1, 2, 3].flatMap((n) => [`opened order-${n}`, `charging order-${n}`, `paid order-${n}`]),
    ['etc', 'etc', 'etc'],
    2_100,
  ],
  [
    'the money goes back in two parts',
    (s) => {
      const car = s.car()
      const { orderNo } = s.orders.open(s.order(car))
      s.passes(car, 6_000)
      s.run(minute)
      const back = { orderNo, reason: 'test', operator: 'Li', approvedBy: 'Wang' }
      s.orders.refund({ ...back, refundNo: 'back-01', amountFen: 300 })
      s.orders.refund({ ...back, refundNo: 'back-02', amountFen: 400 })
      s.run(5 * minute)
      expect(s.orders.order(orderNo)).toMatchObject({ state: 'paid', refundedFen: 700 })
      expect(s.orders.refundOf('back-01').state).toBe('success')
      expect(s.orders.refundOf('back-02').state).toBe('success')
    },
    [
      'opened order-1',
      'charging order-1',
      'paid order-1',
      ...['refund back-01', 'refund back-02', 'refund back-01', 'refund back-02'],
    ],
    ['etc'],
    700,
  ],
]

describe.each(charges)('a lane that charges by %s', (charge) => {
  it.each(scenes)('%s', (_what, play, told, ends, etcFen) => {
    const scene = new SentScene(charge)
    play(scene)
    scene.run(minute)
    expect(scene.told()).toEqual(told)
    expect(scene.stayEnds()).toEqual(ends)
    const etc = scene.rows.flatMap((row) =>
      row.kind === 'payment' && row.body.means === 'etc' ? [row.amountFen ?? 0] : [],
    )
    expect(etc.reduce((sum, fen) => sum + fen, 0)).toBe(etcFen)
    if (charge === 'card') expect(scene.debitedFen()).toBe(etcFen)
    expect(scene.violations()).toEqual([])
  })

  it('answers the same act in the same way, and takes no second one under its number', () => {
    const scene = new SentScene(charge)
    const car = scene.car()
    const order = scene.order(car)
    scene.orders.open(order)
    const rows = scene.rows.length
    expect(scene.orders.open(order).state).toBe('open')
    expect(scene.rows.length).toBe(rows)
    const others = {
      '/amountFen': { amountFen: 800 },
      '/plate': { plate: scene.car().plate },
      '/stayNo': { stayNo: 'stay-other' },
      '/enteredAtIso': { enteredAtIso: isoOf(scene.nowMs - 2 * minute) },
      '/colour': { colour: 'blue' },
    } as const
    for (const [field, other] of Object.entries(others))
      expect(refused(() => scene.orders.open({ ...order, ...other }))).toBe(`ORDER-06 ${field}`)
    scene.orders.settle(order.orderNo, cash(scene))
    expect(scene.orders.settle(order.orderNo, cash(scene)).state).toBe('settled')
    expect(refused(() => scene.orders.withdraw(order.orderNo, 'late'))).toBe('ORDER-08 /orderNo')
    expect(scene.rows.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
  })
})

/** What an order must not say; each is refused and leaves nothing. */
const wrong: readonly (readonly [string, Parameters<SentScene['order']>[1], string])[] = [
  ['a lane of nobody', { laneId: 'entry' }, 'ORDER-09 /laneId'],
  ['no lane where there is no gantry', { laneId: null }, 'ORDER-09 /laneId'],
  [
    'a car that has left and waits',
    { leftAtIso: '2026-03-01T08:00:00+08:00' },
    'ORDER-09 /leftAtIso',
  ],
  ['no plate', { plate: '??' }, 'ORDER-09 /plate'],
  ['two plates', { plate: '测A10001/测A10002' }, 'ORDER-09 /plate'],
  ['a time of yesterday', { madeAtIso: isoOf(0) }, 'ORDER-09 /madeAtIso'],
  [
    'an arrival after the price',
    { enteredAtIso: '2099-01-01T00:00:00+08:00' },
    'ORDER-09 /enteredAtIso',
  ],
  ['an arrival that is no time', { enteredAtIso: 'yesterday' }, 'ORDER-09 /enteredAtIso'],
]

it.each(wrong)('refuses %s', (_what, more, code) => {
  const scene = new SentScene('online')
  const before = scene.rows.length
  expect(refused(() => scene.orders.open(scene.order(scene.car(), more)))).toBe(code)
  expect(scene.rows.length).toBe(before)
})

it.each([-4, 0, 4])('takes an order whose clock is %i minutes off', (off) => {
  const scene = new SentScene('online')
  const madeAtIso = isoOf(scene.nowMs + off * minute)
  expect(scene.orders.open(scene.order(scene.car(), { madeAtIso })).state).toBe('open')
})

it.each([
  ['the same', {}, 'done'],
  ['another sum', { amountFen: 699 }, 'ORDER-06 /amountFen'],
  ['another means', { means: 'qr' }, 'ORDER-06 /means'],
  ['free of charge', { means: 'free', amountFen: 0 }, 'ORDER-06 /means'],
] as const)('a settlement sent again, %s, changes nothing', (_what, more, said) => {
  const scene = new SentScene('online')
  const { orderNo } = scene.orders.open(scene.order(scene.car()))
  const settled = scene.orders.settle(orderNo, cash(scene))
  const before = scene.rows.length
  expect(refused(() => scene.orders.settle(orderNo, { ...cash(scene), ...more }))).toBe(said)
  scene.restart()
  expect(refused(() => scene.orders.settle(orderNo, { ...cash(scene), ...more }))).toBe(said)
  expect(scene.orders.order(orderNo)).toEqual(settled)
  expect(scene.rows.slice(before).filter(({ kind }) => kind === 'payment')).toEqual([])
})

it('takes one order at a time in a lane, and of a stay', () => {
  const scene = new SentScene('online')
  const order = scene.order(scene.car())
  scene.orders.open(order)
  expect(refused(() => scene.orders.open(scene.order(scene.car())))).toBe('ORDER-10 /laneId')
})

it('knows no order of another partner, and none that nobody sent', () => {
  const scene = new SentScene('online')
  const { orderNo } = scene.orders.open(scene.order(scene.car()))
  expect(scene.lot.runtime.partners.of('other')).toBeNull()
  for (const no of ['nobody-1', orderNo.toUpperCase(), ''])
    expect(refused(() => scene.orders.order(no))).toBe('ORDER-04 /orderNo')
})

it('says again why a charge failed, where the same reason was told before it', () => {
  const scene = new SentScene('online')
  const car = scene.car()
  scene.lot.platform.record({ t: 'account', cardNo: car.obu.cardNo, balanceFen: 0 })
  scene.orders.open(scene.order(car))
  scene.comes(car)
  scene.run(10 * second)
  const told = scene.told().slice(0, 4)
  expect(told.map((one) => one.split(' ')[0])).toEqual(['opened', 'charging', 'notPaid'])
  expect(scene.orders.order('order-1')).toMatchObject({ state: 'open', charge: null })
  expect(scene.orders.order('order-1').why?.reason).toBe('insufficient')
})

describe('the platform does not answer', () => {
  const silent = { at: 'POST /v1/etc/exit-charges', do: 'drop', skip: 0, times: 50 } as const
  const query = {
    at: 'GET /v1/etc/exit-charges/{outTradeNo}',
    do: 'drop',
    skip: 0,
    times: 4,
  } as const

  it('leads to another payment, and a success that comes late goes back once', () => {
    const scene = new SentScene('online')
    scene.lot.faults.platform.add({ ...silent, when: 'after', times: 2 })
    scene.lot.faults.platform.add({ ...query, when: 'before' })
    const car = scene.car()
    const { orderNo } = scene.orders.open(scene.order(car))
    scene.comes(car)
    scene.run(3 * second)
    expect(refused(() => scene.orders.settle(orderNo, cash(scene)))).toBe('ORDER-07 /orderNo')
    expect(refused(() => scene.orders.withdraw(orderNo, 'x'))).toBe('ORDER-07 /orderNo')
    scene.run(5 * second)
    expect(scene.orders.order(orderNo).state).toBe('unknown')
    expect(refused(() => scene.orders.withdraw(orderNo, 'x'))).toBe('ORDER-07 /orderNo')
    scene.orders.settle(orderNo, cash(scene))
    scene.run(60 * minute)
    expect(scene.orders.order(orderNo)).toMatchObject({
      state: 'settled',
      paidFen: 1_400,
      refundedFen: 700,
    })
    expect(scene.told().filter((one) => one.startsWith('refund'))).toHaveLength(2)
    expect(scene.stayEnds()).toEqual(['other'])
    expect(scene.violations()).toEqual([])
  })
})

it('writes how far the partner has fetched, once for what it heard', () => {
  const scene = new SentScene('online')
  const heard = (): readonly string[] =>
    scene.rows.flatMap((row) =>
      row.kind === 'event' && row.body.type === 'partnerHeard' ? [row.body.detail] : [],
    )
  const car = scene.car()
  scene.orders.open(scene.order(car))
  scene.passes(car, 6_000)
  const { next, events } = scene.orders.events(0, 100)
  expect(events.map(({ event }) => event)).toEqual(['opened', 'charging', 'paid'])
  // Fetched is not processed: the next request says so.
  expect(heard()).toEqual([])
  scene.orders.events(next, 100)
  scene.orders.events(next, 100)
  expect(heard()).toEqual([`acme ${next}`])
  // A number beyond the last event says no more than that.
  scene.orders.events(next + 1_000, 100)
  scene.restart()
  scene.orders.events(next, 100)
  expect(heard()).toEqual([`acme ${next}`])
})

it('counts money that the billing system took in no drawer of ours', () => {
  const scene = new SentScene('online')
  const amounts = { cash: 700, qr: 500, transfer: 1, free: 0 } as const
  for (const [means, amountFen] of Object.entries(amounts)) {
    const { orderNo } = scene.orders.open(scene.order(scene.car()))
    const atIso = isoOf(scene.nowMs)
    scene.orders.settle(orderNo, { means: means as keyof typeof amounts, amountFen, atIso })
  }
  const taken = scene.rows.flatMap((row) =>
    row.kind === 'payment' ? [[row.body.means, row.body.reason, row.body.by, row.amountFen]] : [],
  )
  expect(taken).toEqual([
    ['billing', 'cash', 'acme', 700],
    ['billing', 'qr', 'acme', 500],
    ['billing', 'transfer', 'acme', 1],
    ['free', 'free', 'acme', 0],
  ])
  expect(scene.violations()).toEqual([])
})
