// A running lot on a ledger in memory: charges answered late, full disks, restarts and records that cannot be encoded. The
// ledger is checked by the invariants and folded again.
import { isStopRow } from '#base/pure/rows/stop-row.ts'
import { describe, expect, it } from 'vitest'
import type { LaneState } from '#lane/pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { cardReadEvent, loop, otherPlate, plate, plateEvent } from '../pure/lane-bench.ts'
import { lotOn, nobody, ok, silence, type Given, type Lot } from './lot-on.ts'
import { violationsOf } from '../pure/lot/violations.ts'
import { cameIn } from '../pure/lot/row-kit.ts'

function enter(lot: Lot): void {
  const { runtime } = lot
  const enteredAtMs = runtime.nowMs() - 70 * 60_000
  runtime.append([cameIn('n1-S1', enteredAtMs)])
}
const atExit = (over: Partial<LotConfig> = {}): Lot => {
  const lot = lotOn([], over)
  enter(lot)
  lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
  return lot
}
it('a plate that is told after the boom of an entry was is that of its stay, also after a restart', () => {
  const lot = lotOn([])
  const at = (one: Lot, ...events: Given): void => {
    for (const event of events) one.runtime.dispatch('entry', event)
  }
  at(lot, { type: 'barrierUp' }, ...nobody, loop('arrive', 'on'), plateEvent(null, '?'))
  const stayId = lot.runtime.lanes.get('entry')?.state.car?.stayId ?? ''
  at(lot, plateEvent(plate))
  const kinds = lot.ledger.list.map(({ kind }) => kind)
  expect(kinds.slice(kinds.indexOf('stayOpened'))).toEqual([
    'stayOpened',
    'pass',
    'barrier',
    'plateRead',
  ])
  // After a crash behind each row the stay exists, with or without its plate, and the lane continues.
  for (const cut of [1, 0]) {
    const after = lotOn(lot.ledger.list.slice(0, lot.ledger.list.length - cut))
    expect(after.runtime.lot.stays.get(stayId)?.plate).toBe(cut === 0 ? plate : null)
    at(after, { type: 'barrierUp' }, loop('arrive', 'on'), loop('under', 'off'))
    expect(after.runtime.lanes.get('entry')?.state).toMatchObject({
      name: 'opening',
      car: { stayId, plate: cut === 0 ? plate : null },
    })
    at(after, plateEvent(plate))
    const read = after.ledger.list.filter(({ kind }) => kind === 'plateRead')
    expect(read.map((row) => row.stayId)).toEqual([stayId])
    at(after, loop('under', 'on'), loop('arrive', 'off'))
    after.give(loop('arrive', 'on'), plateEvent(plate))
    expect(after.runtime.lanes.get('exit')?.state.car?.stayId).toBe(stayId)
  }
})

function leave(lot: Lot): void {
  lot.give(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
  lot.give({ type: 'passed', passId: lot.opens.at(-1) ?? '' })
}
const kinds = (lot: Lot, kind: LedgerRow['kind']): LedgerRow[] =>
  lot.ledger.list.filter((row) => row.kind === kind)

function judge(lot: Lot): void {
  expect(violationsOf(lot.ledger.list)).toEqual([])
  // A restart from the stored rows always succeeds.
  expect(() => lotOn(lot.ledger.list)).not.toThrow()
}

describe('a charge', () => {
  it('opens when it is answered, and its receipt is written with it', () => {
    const lot = atExit()
    expect([lot.answer(ok), lot.opens.length]).toEqual([expect.stringMatching(/^post charge P/), 1])
    leave(lot)
    expect(kinds(lot, 'stayClosed')).toMatchObject([{ body: { end: 'etc' } }])
    expect(lot.runtime.queue.records.size).toBe(0)
    judge(lot)
  })
  it('that is said to be processing opens nothing and is not booked as paid', () => {
    const lot = atExit()
    for (let i = 0; i < 3; i++) lot.answer({ kind: 'processing' })
    expect(lot.opens).toEqual([])
    const outcomes = kinds(lot, 'outcome')
    expect(outcomes.filter(({ body }) => JSON.stringify(body).includes('"paid"'))).toEqual([])
    const charges = [...lot.runtime.queue.records.values()].filter(({ op }) => op === 'charge')
    expect(charges.map(({ state }) => state)).toEqual(['unknown'])
    judge(lot)
  })
  it('answered after the car left is booked, and the lot starts again from it', () => {
    const lot = atExit({ offline: 'settle-later' })
    for (let i = 0; i < 3; i++) lot.answer(silence)
    expect(lot.opens).toHaveLength(1)
    leave(lot)
    lot.clock.advance(60_000)
    // Exception and charge are both sent again; the result is one payment.
    for (let i = 0; i < 6 && lot.runtime.queue.records.size > 0; i++) {
      while (lot.asked.length > 0) lot.answer(ok)
      lot.clock.advance(60_000)
    }
    expect(kinds(lot, 'payment')).toHaveLength(1)
    expect(lot.runtime.lot.orders.size).toBe(0)
    judge(lot)
  })
  it('answered after cash and leaving is refunded once', () => {
    const lot = atExit()
    for (let i = 0; i < 3; i++) lot.answer(silence)
    const act = { by: 'anna', role: 'attendant', reason: 'silent', commandId: 'c1' }
    lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
    leave(lot)
    for (let i = 0; i < 10 && lot.runtime.queue.records.size > 0; i++) {
      while (lot.asked.length > 0) lot.answer(ok)
      lot.clock.advance(60_000)
    }
    expect(kinds(lot, 'refund')).toHaveLength(1)
    judge(lot)
  })
  it('is not posted again after the driver paid otherwise', () => {
    const lot = atExit()
    lot.answer(silence)
    lot.answer(silence)
    lot.answer(silence)
    const act = { by: 'anna', role: 'attendant', reason: 'silent', commandId: 'c1' }
    lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
    const later: string[] = []
    for (let i = 0; i < 20; i++) {
      lot.clock.advance(60_000)
      while (lot.asked.length > 0) later.push(lot.answer({ kind: 'notFound' }))
    }
    expect(later.filter((word) => word.startsWith('post charge'))).toEqual([])
    expect(kinds(lot, 'outcome').at(-1)).toMatchObject({ body: { state: 'refused' } })
  })
})

describe('a restart while the boom is open for a paid car, and a car waits before it', () => {
  const open = { type: 'position', position: 'open' } as const
  const waits = [loop('arrive', 'on'), loop('under', 'off')]
  const again = (...seen: Given): Lot => {
    const paid = atExit()
    paid.answer(ok)
    expect(paid.opens).toHaveLength(1)
    return lotOn(paid.ledger.list, {}, seen)
  }
  const laneOf = (lot: Lot) => lot.runtime.lanes.get('exit')?.state

  it.each([
    ['the boom is seen first', [open, ...waits]],
    ['the boom is seen last', [...waits, open]],
    ['the boom is down', [{ ...open, position: 'closed' }, ...waits]],
    ['where it stands is never told', waits],
  ] as const)('gives its pass to no car whose plate is unread: %s', (_name, seen) => {
    const lot = again(...(seen as Given))
    lot.clock.advance(10_000)
    expect(lot.opens).toEqual([])
    const car = { manual: 'passInDoubt', stayId: null, pass: null }
    expect(laneOf(lot)).toMatchObject({ name: 'manual', inDoubt: plate, car })
    // The car drives out under a boom that was left open: nothing proves that it was the paid car.
    lot.give(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
    expect([laneOf(lot)?.name, laneOf(lot)?.inDoubt]).toEqual(['idle', null])
    expect([kinds(lot, 'stayClosed').length, lot.runtime.lot.stays.size]).toEqual([0, 1])
    // The next car is not in doubt.
    lot.give(loop('arrive', 'on'))
    lot.clock.advance(10_000)
    expect(laneOf(lot)).toMatchObject({ name: 'manual', car: { manual: 'plateNotRead' } })
    judge(lot)
  })

  it.each([
    ['the camera reads it again', 0],
    ['a person gives its plate', 10_000],
  ] as const)('lets the paid car go without a second charge: %s', (_name, waitMs) => {
    const lot = again(open, ...waits)
    lot.clock.advance(waitMs)
    lot.give(plateEvent(plate))
    expect(lot.opens).toHaveLength(1)
    leave(lot)
    expect(kinds(lot, 'stayClosed')).toMatchObject([{ body: { end: 'etc' } }])
    expect([kinds(lot, 'payment').length, kinds(lot, 'intent').length]).toEqual([1, 1])
    judge(lot)
  })

  it('reads another car as its own', () => {
    const lot = again(plateEvent(otherPlate), open, ...waits)
    expect(laneOf(lot)).toMatchObject({ name: 'manual', car: { manual: 'noStay' } })
    expect([lot.opens, lot.runtime.lot.stays.size]).toEqual([[], 1])
    judge(lot)
  })
})

it('tells once that the boom is open for a car, also when it was not heard for a moment', () => {
  const lot = atExit()
  lot.answer(ok)
  for (const position of ['open', 'unknown', 'open'] as const)
    lot.give({ type: 'position', position })
  const openings = lot.runtime.events.since(0).events.filter(({ type }) => type === 'barrierOpen')
  expect(openings).toHaveLength(1)
})

describe('a full disk', () => {
  const full = new LaneFault('DATA-02')
  it('while the answer is written: nothing opens, and the answer is fetched again', () => {
    const lot = atExit()
    lot.ledger.fault = full
    lot.answer(ok)
    expect([lot.opens, lot.runtime.lanes.get('exit')?.state.name]).toEqual([[], 'manual'])
    lot.ledger.fault = null
    lot.clock.advance(31_000)
    expect(lot.answer(ok)).toMatch(/^query charge/)
    expect(lot.opens).toHaveLength(1)
    leave(lot)
    judge(lot)
  })
  it('while a car leaves: the next one is served', () => {
    const lot = atExit()
    lot.answer(ok)
    lot.ledger.fault = full
    leave(lot)
    lot.ledger.fault = null
    lot.give(loop('arrive', 'on'))
    expect(lot.runtime.lanes.get('exit')?.state.name).toBe('reading')
    expect(kinds(lot, 'stayClosed')).toHaveLength(1)
    expect(lot.runtime.lot.stays.size).toBe(0)
    judge(lot)
  })
  it('while a car comes that was read before its loop: a person is asked, and it goes on', () => {
    const lot = lotOn([])
    enter(lot)
    lot.give(plateEvent(plate))
    lot.ledger.fault = full
    lot.give(loop('arrive', 'on'))
    const state = (): LaneState | undefined => lot.runtime.lanes.get('exit')?.state
    expect([state()?.name, state()?.car?.manual]).toEqual(['manual', 'ledgerStopped'])
    lot.ledger.fault = null
    lot.give(plateEvent(plate), cardReadEvent())
    lot.answer(ok)
    expect(lot.opens).toHaveLength(1)
    leave(lot)
    judge(lot)
  })
  it('is told since when, until the ledger takes rows again, and is a row then', () => {
    const lot = lotOn([])
    const at = (...events: Given): void => {
      for (const event of events) lot.runtime.dispatch('entry', event)
    }
    const car = () => lot.runtime.lanes.get('entry')?.state.car
    const wasFull = () =>
      lot.ledger.list.filter((row) => row.kind === 'event' && row.body.type === 'ledgerWasFull')
    expect(lot.runtime.notices()).toEqual([])
    lot.ledger.fault = full
    const since = isoOf(lot.runtime.nowMs())
    at({ type: 'barrierUp' }, ...nobody, loop('arrive', 'on'), plateEvent(plate))
    // The car is neither admitted nor read again: a person is needed.
    expect(car()).toMatchObject({ stayId: null, manual: 'ledgerStopped' })
    lot.clock.advance(60_000)
    expect(lot.runtime.notices()).toEqual([{ code: 'DATA-02', note: since }])
    expect(wasFull()).toEqual([])
    lot.ledger.fault = null
    lot.clock.advance(10_000)
    expect(lot.runtime.notices()).toEqual([])
    expect(wasFull()).toMatchObject([{ body: { detail: since } }])
    at(plateEvent(plate))
    expect(car()).toMatchObject({ plate, manual: null })
    expect(lot.runtime.lot.stays.size).toBe(1)
  })
  it('at a stop: it ends without the row that tells of it, and nobody is told of a fault', () => {
    const lot = lotOn([])
    lot.ledger.fault = full
    lot.runtime.stop()
    lot.runtime.halted()
    expect(lot.ledger.list.some(isStopRow)).toBe(false)
    lot.ledger.fault = null
    lot.runtime.halted()
    expect(lot.ledger.list.filter(isStopRow)).toHaveLength(1)
  })
  it('over in a quiet lot: what is owed is written without a car', () => {
    const lot = atExit()
    lot.answer(ok)
    lot.ledger.fault = full
    leave(lot)
    lot.clock.advance(60_000)
    expect(kinds(lot, 'stayClosed')).toEqual([])
    lot.ledger.fault = null
    lot.clock.advance(10_000)
    expect(kinds(lot, 'stayClosed')).toHaveLength(1)
    judge(lot)
  })
})

describe('a card that cannot be written down', () => {
  it('stops nothing: its field is told, and a person takes over', () => {
    const lot = lotOn([])
    enter(lot)
    lot.give(loop('arrive', 'on'), plateEvent(plate))
    lot.give(cardReadEvent({ card: { expireDate: '99991231' } }))
    expect(lot.runtime.lanes.get('exit')?.state.name).toBe('manual')
    const eventDetails = lot.runtime.events.since(0).events.map((event) => event.detail)
    expect(eventDetails).toContainEqual(expect.stringMatching(/UPLOAD-01 \/cardExpire 99991231/))
    expect(kinds(lot, 'intent')).toEqual([])
    judge(lot)
  })
})

describe('a boom that stands open over an empty lane', () => {
  const warningCount = (lot: Lot): number =>
    lot.runtime.events.since(0).events.filter((e) => e.detail === 'boomLeftOpen').length
  const position = (at: 'open' | 'closed' | 'unknown') =>
    ({ type: 'position', position: at }) as const

  it('is told after a minute, and again while it lasts', () => {
    const lot = lotOn([])
    lot.give(position('open'))
    lot.clock.advance(59_000)
    expect(warningCount(lot)).toBe(0)
    lot.clock.advance(1_000)
    expect(warningCount(lot)).toBe(1)
    lot.clock.advance(120_000)
    expect(warningCount(lot)).toBe(3)
  })

  it('is told though it was lost from sight for a moment; while it is not seen, nothing is said', () => {
    const lot = lotOn([])
    lot.give(position('open'))
    lot.clock.advance(59_000)
    lot.give(position('unknown'))
    lot.clock.advance(200)
    lot.give(position('open'))
    lot.clock.advance(800)
    expect(warningCount(lot)).toBe(1)
    lot.give(position('unknown'))
    lot.clock.advance(600_000)
    expect(warningCount(lot)).toBe(1)
    lot.give(position('closed'))
    lot.clock.advance(600_000)
    expect(warningCount(lot)).toBe(1)
  })

  it('is not told when it came down, nor while a car is being served', () => {
    const lot = lotOn([])
    lot.give(position('open'))
    lot.clock.advance(30_000)
    lot.give(position('closed'))
    lot.clock.advance(120_000)
    expect(warningCount(lot)).toBe(0)
    lot.give(position('open'), loop('arrive', 'on'))
    lot.clock.advance(120_000)
    expect(warningCount(lot)).toBe(0)
  })
})

it('reads the outbox row of the place that is asked for, the newest and those before it', () => {
  const { runtime, ledger } = atExit()
  const [first] = ledger.list.flatMap((row) => (row.kind === 'outbox' ? [row] : []))
  if (first === undefined) throw new Error('no upload was made')
  expect(runtime.outboxAt(first.seq).body).toEqual(first.body)
  const { nodeId: _n, seq: _s, prevHash: _p, hash: _h, ...draft } = first
  const [second] = runtime.append([{ ...draft, body: { ...first.body, outboxId: 'U-later' } }])
  expect(runtime.outboxAt(second?.seq ?? 0).body).toMatchObject({ outboxId: 'U-later' })
  expect(runtime.outboxAt(first.seq).body).toEqual(first.body)
})
