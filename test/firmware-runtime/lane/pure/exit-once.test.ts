// What prevents a stay from being charged twice or booked wrong in edge cases: paid elsewhere meanwhile, a second card,
// cash taken during an open debit, a card that lost too much.
import { describe, expect, it } from 'vitest'
import { takenRows } from '#lane/pure/exit-late.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { numbered } from '#base/pure/values/ids.ts'
import { present } from '#base/pure/values/must.ts'
import { answer, cash } from './exit-online-rows.ts'
import {
  b5,
  cardReadEvent,
  type LaneBench,
  loop,
  plate,
  plateEvent,
  startMs,
  timerEvent,
} from './lane-bench.ts'
import {
  arriving,
  b5Paid,
  lost,
  online,
  effectNames,
  after,
  unknownOutcome,
} from './effects-kit.ts'

const bodies = (of: LaneBench, kind: string): unknown[] =>
  of.rows.filter((row) => row.kind === kind).map(({ body }) => body)

it('an order that was paid elsewhere meanwhile is not charged by a tag that comes now', () => {
  for (const chargeMode of ['card', 'online'] as const) {
    const of = after({ chargeMode }, ...arriving, timerEvent('obu'))
    const refs = { stayId: 'gx1-S1', orderId: 'gx1-O2' }
    const body = { paymentId: 'gx1-M9', means: 'qr', by: null, reason: null } as const
    of.append([{ kind: 'payment', atMs: startMs, laneId: 'pile', ...refs, amountFen: 500, body }])
    of.give(cardReadEvent())
    expect([of.state.name, of.done()]).toEqual(['manual', ['rsu release']])
  }
})

it('each card that is tried for an order has a number of its own', () => {
  const of = after(online, ...arriving)
  const numbers: (string | undefined)[] = []
  for (const last of ['1', '2', '3']) {
    of.give(cardReadEvent({ card: { cardNo: `4501000000000000000${last}` } }))
    const deductionId = of.state.car?.deduction?.deductionId
    numbers.push(deductionId)
    of.give({ ...answer('refused'), deductionId } as LaneEvent)
  }
  expect(numbers).toEqual(['gx1-O2.D1', 'gx1-O2.D2', 'gx1-O2.D3'])
  expect(of.state.car?.takenFen).toBe(0)
})

it('cash beside a debit in doubt belongs to the order, not to the debit', () => {
  const of = after({}, ...lost, timerEvent('suspect'), cash)
  const [paid] = of.rows.filter(({ kind }) => kind === 'payment')
  expect(paid).toMatchObject({ stayId: 'gx1-S1', orderId: 'gx1-O2', body: { means: 'cash' } })
  expect(paid).not.toHaveProperty('deductionId')
})

it('what a card lost too much is a refund with a number of its own, for people', () => {
  const of = after({}, ...arriving, cardReadEvent())
  const car = present(of.state.car, 'a car')
  const taken = { source: 'evidence', proof: null, takenFen: 600 } as const
  const { rows } = numbered(of.env(), (env) => ({ rows: takenRows(car, env, taken) }))
  expect(rows.find(({ kind }) => kind === 'refund')).toMatchObject({
    atMs: startMs,
    laneId: 'exit',
    deductionId: 'gx1-O2.D1',
    amountFen: 100,
    body: {
      refundId: expect.stringMatching(/^LOT1-gx1-R\d+$/) as string,
      outTradeNo: car.deduction?.outTradeNo,
      operator: 'system',
      approvedBy: null,
    },
  })
})

it('the picture of the exit stays with the stay', () => {
  const of = after({}, loop('arrive', 'on'), { ...plateEvent(plate), photo: 'p1' } as LaneEvent)
  of.give(cardReadEvent(), b5Paid)
  of.give({ type: 'passed', passId: of.state.car?.pass?.passId ?? '' })
  expect(bodies(of, 'stayClosed')).toEqual([{ end: 'etc', leftAtMs: startMs, photo: 'p1' }])
})

it('a car that the clock could not price is settled under its own stay and entry', () => {
  const of = after()
  of.clock = { cause: 'jump', readMs: startMs, expectedMs: startMs }
  of.give(...arriving, { ...cash, amountFen: 400 })
  expect(bodies(of, 'stayOpened')).toHaveLength(1)
  expect(of.state.car).toMatchObject({
    stayId: 'gx1-S1',
    amountFen: 400,
    enteredAtMs: startMs - 70 * 60_000,
  })
})

it('a debit whose armed row knows no OBU is named, not uploaded without one', () => {
  const of = after({}, ...lost, loop('arrive', 'off'))
  const armed = present(of.lot.unsettled.get('gx1-O2.D1')?.armed, 'it was armed')
  Object.assign(armed, { unit: null })
  of.give(...arriving, b5Paid)
  expect([of.state.name, [...of.outbox.values()]]).toEqual(['opening', []])
  expect(bodies(of, 'exception')).toMatchObject([{ exceptionType: 'noTac', reason: 'noTac' }])
})

describe('a car that leaves', () => {
  it('with its C6 open and its result lost is written where it can be', () => {
    const of = after({}, ...arriving, cardReadEvent(), loop('arrive', 'off')).give(b5('unknown'))
    const lines = effectNames(of)
    expect(lines[0]).toBe('append if it can outcome unknown lane backedOut')
    expect(lines).toContain('trace fault gx1-S1 backedOut')
  })
  it('unpaid under an open boom: its stay ends where it can be written, and it is told', () => {
    const of = after(online, ...arriving, timerEvent('obu'), { type: 'position', position: 'open' })
    of.give(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
    expect(effectNames(of).slice(0, 3)).toEqual([
      'rsu search off',
      'append if it can stayClosed open, exception other leftUnpaid',
      'trace fault gx1-S1 leftUnpaid',
    ])
  })
})

describe('a timer or a reading that is not for this moment', () => {
  it('moves no car that is being read', () => {
    const of = after({}, loop('arrive', 'on')).give(timerEvent('obu'), timerEvent('settle'))
    expect([of.state.name, effectNames(of)]).toEqual(['reading', []])
  })
  it('moves no car without a stay', () => {
    const of = after({}, loop('arrive', 'on'), timerEvent('plate')).give(plateEvent(null))
    expect([of.state.name, of.done(), effectNames(of)]).toEqual(['manual', [], []])
  })
  it('moves no car that waits for its charge, and a refusal ends its own', () => {
    const of = after(online, ...arriving, cardReadEvent(), loop('arrive', 'off'))
    of.append([unknownOutcome(startMs)])
    of.give(...arriving)
    effectNames(of)
    of.give(timerEvent('plate'), timerEvent('obu'))
    expect([of.state.name, effectNames(of)]).toEqual(['waiting', []])
    of.give(answer('refused'))
    expect(effectNames(of)[0]).toBe('timer settle off')
    expect([...of.timers]).toEqual(['retry'])
  })
})
