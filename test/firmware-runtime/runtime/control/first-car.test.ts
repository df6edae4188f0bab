// The first real car: one fen, charged after a durable intent, marked as a test, refunded once, in no total.
// Power is cut after each transaction; whatever is found then, nothing is charged twice or guessed.
import { describe, expect, it } from 'vitest'
import { BoardTracker } from '#base/desk/handlers/board.ts'
import { firstCarTests } from '#devices/desk/handlers/control-first-car.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import { foldSnapshot, restoreFold } from '#ledger/pure/fold/snapshot.ts'
import { noRows } from '#ledger/pure/queue/records.ts'
import { emptyFolded, foldInto } from '#ledger/pure/fold/folded.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { ChargeMode, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import {
  b5,
  cardReadEvent,
  loop,
  otherPlate,
  plate,
  plateEvent,
} from '../../lane/pure/lane-bench.ts'
import { HandClock, startMs } from './control-kit.ts'
import { FirstCarLot, Platform } from './first-car-bench.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

const modes: readonly ChargeMode[] = ['online', 'card']

function arrives(lot: FirstCarLot, of = plate): void {
  lot.give(loop('arrive', 'on'), plateEvent(of), cardReadEvent({ plate: of }))
}

/** The clock of a start one second after the last row. */
function clockAfter(rows: readonly LedgerRow[]): HandClock {
  const clock = new HandClock()
  clock.us = ((rows.at(-1)?.atMs ?? startMs) - startMs + 1000) * 1000
  return clock
}

function whole(mode: ChargeMode, platform?: Platform): FirstCarLot {
  const lot = new FirstCarLot(mode, [], platform)
  lot.start()
  arrives(lot)
  lot.debited()
  lot.clock.advance(20)
  lot.leave()
  lot.later()
  return lot
}

describe.each(modes)('a first car, %s', (mode) => {
  it('is charged one fen after its intent and gets it back once', () => {
    const lot = whole(mode)
    const { platform } = lot
    expect([...platform.charges.values()]).toEqual([1])
    expect([...platform.refunds.values()]).toEqual([1])
    expect(lot.test).toMatchObject({ phase: 'refunded', ask: false, plate, amountFen: 1 })
    const kinds = lot.ledger.list.map(({ kind }) => kind)
    expect(kinds.indexOf('intent')).toBeLessThan(kinds.indexOf('outcome'))
    expect(kinds.indexOf('payment')).toBeLessThan(kinds.indexOf('refund'))
    expect(lot.opens).toHaveLength(1)
    const refund = lot.rows('refund')[0]
    expect(refund?.body).toMatchObject({ operator: '装机员', approvedBy: 'firstCarTest' })
  })

  it('is marked in every row of its order and at the platform', () => {
    const lot = whole(mode)
    const money = ['orderMade', 'intent', 'outcome', 'payment', 'refund']
    for (const row of lot.ledger.list.filter(({ kind }) => money.includes(kind)))
      expect(isTestOrder(row.orderId)).toBe(true)
    const upload = lot.rows('outbox').find(({ body }) => body.op !== 'refund')
    expect(upload?.body.body).toContain('first car')
    const test = lot.runtime.lot.firstCars.get('exit')
    expect(firstCarTests(test)).toEqual([
      expect.objectContaining({ kind: 'firstCar', result: 'refunded', amountFen: 1 }),
    ])
  })

  it('breaks no invariant', () => {
    const lot = whole(mode)
    expect(violationsOf(lot.ledger.list)).toEqual([])
  })

  it('settles from any point at which the power went, the car still there or gone', () => {
    const full = whole(mode)
    const seen = new Set<string>()
    const first = full.ledger.list.findIndex(
      (row) => row.kind === 'event' && row.body.type === 'firstCarAsked',
    )
    for (const end of full.ledger.ends.filter((at) => at > first))
      for (const here of [true, false])
        for (const arrived of [true, false]) {
          // `arrived`: the request in flight reached the platform before the power cut.
          const platform = new Platform()
          const rows = full.ledger.list.slice(0, end)
          for (const row of rows) {
            if (row.kind !== 'outbox') continue
            const confirmed = rows.some(
              (r) => r.kind === 'outboxState' && r.body.outboxId === row.body.outboxId,
            )
            if (confirmed || arrived)
              platform.take('post', row.body.op, row.body.businessNo, row.body.body)
          }
          const lot = new FirstCarLot(mode, rows, platform, clockAfter(rows))
          if (here) {
            arrives(lot)
            lot.debited()
            lot.clock.advance(20)
            if (lot.opens.length > 0) lot.leave()
          }
          lot.later()
          const charged = [...platform.charges.values()]
          expect(charged.length).toBeLessThanOrEqual(1)
          expect(lot.rows('payment').length).toBeLessThanOrEqual(1)
          expect(lot.rows('refund').length).toBeLessThanOrEqual(1)
          expect(platform.refunds.size).toBe(lot.rows('refund').length)
          const phase = lot.phase ?? ''
          seen.add(phase)
          if (phase === 'refunded')
            expect([charged, [...platform.refunds.values()]]).toEqual([[1], [1]])
          // A card that may have been debited is asked for its proof, never settled by guessing.
          else if (phase === 'unknown') expect([lot.test?.ask, mode]).toEqual([true, 'card'])
          else expect(charged).toEqual([])
        }
    expect(seen).toContain('refunded')
    expect(seen).toContain('armed')
  })
})

describe('around a first car', () => {
  it('another car pays its own price, and no test waits for ever', () => {
    const lot = new FirstCarLot('online')
    lot.start()
    const enteredAtMs = lot.runtime.nowMs() - 7_200_000
    lot.runtime.append([cameIn('n1-S1', enteredAtMs, { plate: otherPlate })])
    arrives(lot, otherPlate)
    expect(lot.rows('orderMade').map(({ orderId }) => isTestOrder(orderId))).toEqual([false])
    expect(lot.rows('orderMade')[0]?.amountFen).toBeGreaterThan(1)
    lot.clock.advance(20)
    lot.leave()
    lot.clock.advance(1_800_001)
    arrives(lot)
    expect(lot.rows('orderMade')).toHaveLength(1)
    expect(lot.phase).toBe('armed')
    lot.start()
    expect(lot.rows('event').filter(({ body }) => body.type === 'firstCarAsked')).toHaveLength(2)
  })

  it('is outside what the board counts and outside the exposure', () => {
    const lot = new FirstCarLot('online')
    const tracker = new BoardTracker()
    lot.runtime.events.listen((event) => tracker.take(event, lot.runtime.lanes.get(event.laneId)))
    lot.start()
    lot.platform.silent = true
    arrives(lot)
    expect(exposureFen(lot.runtime.queue, lot.runtime.lot)).toBe(0)
    expect(lot.runtime.queue.records.size).toBe(1)
    lot.platform.silent = false
    lot.later()
    lot.give(cardReadEvent())
    lot.leave()
    expect(tracker.paidFenToday).toBe(0)
    const other = new FirstCarLot('online')
    const seen = new BoardTracker()
    other.runtime.events.listen((event) => seen.take(event, other.runtime.lanes.get(event.laneId)))
    other.start()
    arrives(other)
    other.clock.advance(20)
    other.leave()
    expect(seen.last[0]).toMatchObject({ end: 'etc', amountFen: 0 })
    expect([seen.passagesToday, seen.paidFenToday]).toEqual([1, 0])
  })

  it('is not charged again when it comes to the antenna once more', () => {
    const lot = new FirstCarLot('online')
    lot.start()
    arrives(lot)
    lot.clock.advance(20)
    expect(lot.phase).toBe('refunded')
    lot.give(loop('arrive', 'off'))
    // After the guard time of a charged card (P23), within the time to leave after paying.
    lot.clock.advance(400_000)
    arrives(lot)
    lot.clock.advance(1000)
    expect(lot.rows('intent')).toHaveLength(1)
    expect([...lot.platform.charges.values()]).toEqual([1])
  })

  it('is not given back before the platform has the charge', () => {
    const lot = new FirstCarLot('card')
    lot.start()
    lot.platform.silent = true
    arrives(lot)
    lot.debited()
    lot.leave()
    lot.clock.advance(60_000)
    expect([lot.phase, lot.rows('refund').length]).toEqual(['paid', 0])
    lot.platform.silent = false
    const upload = [...lot.runtime.queue.records.values()][0]
    expect(upload?.op).toBe('exitUpload')
  })

  it('paid in cash while the platform was silent, then charged: one refund', () => {
    const lot = new FirstCarLot('online')
    lot.start()
    lot.platform.late = true
    arrives(lot)
    lot.clock.advance(20_000)
    expect(lot.phase).toBe('unknown')
    const act = { by: 'anna', role: 'attendant', reason: 'silent', commandId: 'c1' }
    lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
    lot.platform.late = false
    lot.leave()
    lot.later()
    expect(lot.rows('refund')).toHaveLength(1)
    expect([...lot.platform.refunds.values()]).toEqual([1])
    expect(lot.phase).toBe('refunded')
  })

  it('a refund that a person reviews is asked about, never settled by time', () => {
    const platform = new Platform()
    platform.refundVerdict = { kind: 'processing' }
    const lot = whole('online', platform)
    expect(lot.test).toMatchObject({ phase: 'refundAsked', ask: true })
    expect(() => lot.start()).toThrow('FIRST-01')
    platform.refundVerdict = { kind: 'refused', reason: 'rejected' }
    lot.later()
    expect(lot.test).toMatchObject({ phase: 'refundRejected', ask: true })
  })

  it('before a platform is joined the fen waits, and goes back once the charge stands there', () => {
    const lot = new FirstCarLot('card', [], null)
    lot.start()
    arrives(lot)
    lot.debited()
    lot.leave()
    expect(lot.rows('payment')).toHaveLength(1)
    expect([lot.rows('refund').length, lot.phase]).toEqual([0, 'paid'])
    const joined = new FirstCarLot('card', lot.ledger.list)
    joined.later()
    expect([...joined.platform.charges.values()]).toEqual([1])
    expect(joined.rows('refund')).toHaveLength(1)
  })

  it('proven without a TAC goes back by hand: no platform has it, and the next test may begin', () => {
    const lot = new FirstCarLot('card')
    lot.start()
    arrives(lot)
    lot.give(b5('unknown'))
    const armed = lot.rows('armed')[0]
    const station0019Hex = armed?.body.writeHex ?? ''
    lot.give(cardReadEvent({ balanceFen: 9_999, station0019Hex }))
    lot.leave()
    lot.later()
    expect(lot.rows('payment')).toHaveLength(1)
    expect([lot.platform.charges.size, lot.rows('refund').length]).toEqual([0, 0])
    expect(lot.test).toMatchObject({ phase: 'byHand', ask: true })
    lot.start(otherPlate)
    expect(lot.phase).toBe('armed')
  })

  it('is taken back while no car has come, and not afterwards', () => {
    const lot = new FirstCarLot('online')
    lot.start()
    expect(() => lot.start()).toThrow('FIRST-01')
    lot.stop()
    expect(lot.phase).toBe('stopped')
    expect(() => lot.stop()).toThrow('FIRST-01')
    expect(() => lot.start('no plate')).toThrow('FIRST-01')
    arrives(lot)
    expect(lot.rows('orderMade')).toEqual([])
  })

  it('is kept with the state of the lot', () => {
    const lot = whole('online')
    const folded = emptyFolded(noRows)
    for (const row of lot.ledger.list) foldInto(folded, row, 0)
    const copy = structuredClone(foldSnapshot(folded))
    expect(restoreFold(copy, 0, noRows).lot.firstCars).toEqual(folded.lot.firstCars)
    expect(folded.lot.firstCars.get('exit')?.phase).toBe('refunded')
  })
})
