// Charges under a gantry for another billing system: each is reviewed before its record goes to the platform (8.1.2.2 d).
import { describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { OrderView } from '#money/ports/orders.ts'
import { minute, SentScene, type SceneCar } from './sent-scene.ts'

/** Records of charges that the platform has. */
const uploaded = (scene: SentScene): number => {
  const sent = new Set(
    scene.rows.flatMap((row) => {
      const isOfCharge = row.kind === 'outbox' && ['charge', 'exitUpload'].includes(row.body.op)
      return isOfCharge ? [row.body.outboxId] : []
    }),
  )
  return scene.rows.filter(
    (row) =>
      row.kind === 'outboxState' && row.body.state === 'confirmed' && sent.has(row.body.outboxId),
  ).length
}

const reviewed = (scene: SentScene): readonly string[] =>
  scene.rows.flatMap((row) => (row.kind === 'review' ? [row.body.result] : []))

const answer = (scene: SentScene, view: OrderView, over: object = {}): OrderView =>
  scene.orders.review(view.orderNo, {
    result: 'agreed',
    outTradeNo: view.charge?.outTradeNo ?? '',
    amountFen: view.amountFen,
    plate: scene.plateOf(view.orderNo),
    ...over,
  })

type Play = (scene: SentScene, car: SceneCar, view: () => OrderView) => void

const scenes: readonly (readonly [string, Play, readonly string[], number])[] = [
  [
    'agreed',
    (s, _car, view) => {
      expect(uploaded(s)).toBe(0)
      answer(s, view())
    },
    ['asked', 'agreed'],
    1,
  ],
  [
    'agreed twice',
    (s, _car, view) => {
      answer(s, view())
      answer(s, view())
    },
    ['asked', 'agreed'],
    1,
  ],
  ['not answered for nine minutes', (s) => s.run(7 * minute), ['asked'], 0],
  ['not answered', (s) => s.run(11 * minute), ['asked', 'silent'], 1],
  [
    'answered too late',
    (s, _car, view) => {
      s.run(11 * minute)
      expect(() => answer(s, view())).toThrow(LaneFault)
    },
    ['asked', 'silent'],
    1,
  ],
  [
    'agreed after a start',
    (s, _car, view) => {
      s.restart()
      s.run(minute)
      expect(uploaded(s)).toBe(0)
      answer(s, view())
    },
    ['asked', 'agreed'],
    1,
  ],
]

/** Charges of a card that was debited: their record waits. */
const debited: typeof scenes = [
  [
    'disputed',
    (s, _car, view) => void answer(s, view(), { result: 'disputed' }),
    ['asked', 'disputed'],
    0,
  ],
  [
    'agreed to another price',
    (s, _car, view) => void answer(s, view(), { amountFen: 600 }),
    ['asked', 'disputed'],
    0,
  ],
  [
    'agreed to another plate',
    (s, _car, view) => void answer(s, view(), { plate: '测A99999' }),
    ['asked', 'disputed'],
    0,
  ],
  [
    'disputed, and agreed an hour later',
    (s, _car, view) => {
      answer(s, view(), { result: 'disputed' })
      s.run(60 * minute)
      expect(uploaded(s)).toBe(0)
      answer(s, view())
    },
    ['asked', 'disputed', 'agreed'],
    1,
  ],
]

describe.each(['card', 'online'] as const)('a gantry that charges by %s', (charge) => {
  it.each(scenes)('a review is %s', (_what, play, states, uploads) => {
    const scene = new SentScene(charge, '7.2.1')
    const car = scene.car()
    const { orderNo } = scene.orders.open(scene.order(car))
    scene.passes(car)
    scene.run(minute)
    const view = (): OrderView => scene.orders.order(orderNo)
    expect(view()).toMatchObject({ review: 'asked', charge: { amountFen: 700 } })
    expect(view().state).toBe(charge === 'card' ? 'paid' : 'charging')
    play(scene, car, view)
    scene.run(minute)
    expect(reviewed(scene)).toEqual(states)
    expect(uploaded(scene)).toBe(uploads)
    if (charge === 'online') expect(view().state).toBe(uploads === 1 ? 'paid' : 'charging')
    expect(scene.violations()).toEqual([])
  })

  it('charges each car for its own order only, whichever comes first', () => {
    const scene = new SentScene(charge, '7.2.1')
    const [a, b, c] = [scene.car(), scene.car(), scene.car()]
    const orders = [a, b].map((car) => scene.order(car))
    for (const order of orders) scene.orders.open(order)
    for (const car of [c, b, a, b, a]) scene.passes(car)
    scene.run(15 * minute)
    expect(orders.map(({ orderNo }) => scene.orders.order(orderNo).paidFen)).toEqual([700, 700])
    if (charge === 'card') expect(scene.debitedFen()).toBe(1_400)
    expect(scene.stayEnds()).toEqual(['etc', 'etc'])
    expect(scene.violations()).toEqual([])
  })

  it('charges nothing for an order that is settled or withdrawn before its car passes', () => {
    const scene = new SentScene(charge, '7.2.1')
    const cars = [scene.car(), scene.car()]
    const [paid, taken] = cars.map((car) => scene.orders.open(scene.order(car)).orderNo)
    const atIso = scene.orders.facts().nowIso
    scene.orders.settle(paid ?? '', { means: 'qr', amountFen: 700, atIso })
    scene.orders.withdraw(taken ?? '', 'wrong plate')
    for (const car of cars) scene.passes(car)
    scene.run(minute)
    expect(scene.debitedFen()).toBe(0)
    expect(scene.stayEnds().toSorted()).toEqual(['open', 'other'])
    expect(scene.violations()).toEqual([])
  })
})

describe('a dispute of a card that was debited', () => {
  it.each(debited)('is %s', (_what, play, states, uploads) => {
    const scene = new SentScene('card', '7.2.1')
    const car = scene.car()
    const { orderNo } = scene.orders.open(scene.order(car))
    scene.passes(car)
    scene.run(minute)
    play(scene, car, () => scene.orders.order(orderNo))
    scene.run(minute)
    expect(reviewed(scene)).toEqual(states)
    expect(uploaded(scene)).toBe(uploads)
    expect(scene.violations()).toEqual([])
  })
})

describe('a dispute before the platform has charged', () => {
  const disputes = {
    'the charge': { result: 'disputed' },
    'the price': { amountFen: 600 },
    'the plate': { plate: '测A99999' },
  } as const

  it.each(Object.entries(disputes))('of %s ends it: nothing is charged', (_what, over) => {
    const scene = new SentScene('online', '7.2.1')
    const car = scene.car()
    const { orderNo } = scene.orders.open(scene.order(car))
    scene.passes(car)
    const asked = scene.orders.order(orderNo)
    const after = answer(scene, asked, over)
    expect(after).toMatchObject({ state: 'open', charge: null, review: 'disputed' })
    // Sent again, it has the same answer.
    expect(answer(scene, asked, over)).toEqual(after)
    scene.restart()
    scene.run(30 * minute)
    expect(scene.lot.platform.state.acts.get('exit-charges')?.size ?? 0).toBe(0)
    scene.orders.withdraw(orderNo, 'disputed')
    scene.passes(car)
    scene.run(30 * minute)
    expect(scene.orders.order(orderNo)).toMatchObject({ state: 'withdrawn', paidFen: 0 })
    expect(scene.stayEnds()).toEqual(['open'])
    expect(scene.lot.runtime.queue.records.size).toBe(0)
    expect(scene.violations()).toEqual([])
  })

  it('lets the order be charged anew where it stays open', () => {
    const scene = new SentScene('online', '7.2.1')
    const car = scene.car()
    const { orderNo } = scene.orders.open(scene.order(car))
    scene.passes(car)
    answer(scene, scene.orders.order(orderNo), { result: 'disputed' })
    scene.run(2 * minute)
    scene.passes(car)
    const second = scene.orders.order(orderNo)
    expect(second).toMatchObject({ state: 'charging', review: 'asked' })
    answer(scene, second)
    scene.run(minute)
    expect(scene.orders.order(orderNo)).toMatchObject({ state: 'paid', paidFen: 700 })
    expect(scene.violations()).toEqual([])
  })
})
