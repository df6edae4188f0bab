// What the platform is told about an exception: nothing before it is known how the car left, then what was done.
// The lot's runtime with its own encoder; a car whose tag was not read, and every way in which it can leave.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { act, cardReadEvent, loop, plate, plateEvent, timerEvent } from '../pure/lane-bench.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { FirstCarLot } from '../../runtime/control/first-car-bench.ts'
import { cameIn } from '../pure/lot/row-kit.ts'

const settle = (means: 'cash' | 'free' | 'later'): LaneEvent => ({
  type: 'settle',
  means,
  act: act(means),
  amountFen: means === 'cash' ? 500 : null,
})
const openByHand: LaneEvent = { type: 'openByHand', act: act('open') }

/** A car inside for 70 minutes waits at the exit for a person: no tag was read. */
function notRead(rows: readonly LedgerRow[] = []): FirstCarLot {
  const lot = new FirstCarLot('online', rows)
  const enteredAtMs = startMs - 70 * 60_000
  lot.runtime.append([cameIn('n1-S1', enteredAtMs)])
  lot.give(loop('arrive', 'on'), plateEvent(plate), timerEvent('obu'))
  return lot
}

/** A car whose plate was not read, and which therefore has no stay. */
function nameless(): FirstCarLot {
  const lot = new FirstCarLot('online', [])
  lot.give(loop('arrive', 'on'), timerEvent('plate'))
  return lot
}

const exceptionBodies = (lot: FirstCarLot): unknown[] =>
  lot
    .rows('outbox')
    .filter(({ body }) => body.op === 'exception')
    .map(({ body }) => {
      const { exceptionType, handling, paidBy, paidFee } = JSON.parse(body.body) as Record<
        string,
        unknown
      >
      return [exceptionType, handling, paidBy, paidFee].filter((member) => member !== undefined)
    })

const goesBack = (lot: FirstCarLot): void => lot.give(loop('arrive', 'off'), loop('under', 'off'))

describe('a car that no tag was read for', () => {
  it('is in the ledger at once, and told to nobody while it stands there', () => {
    const lot = notRead()
    expect(lot.rows('exception')).toHaveLength(1)
    expect(exceptionBodies(lot)).toEqual([])
  })

  it.each([
    ['pays cash', [settle('cash')], [[1, 1, 'cash', 500]]],
    ['is waived', [settle('free')], [[1, 2, 'free', 0]]],
    ['pays later', [settle('later')], [[1, 2]]],
    ['is let go by hand', [openByHand], [[1, 2]]],
    ['pays by its tag after all', [cardReadEvent(), 'paid'], [[1, 3]]],
  ] as const)('%s', (_name, events, expected) => {
    const lot = notRead()
    for (const event of events)
      if (event === 'paid') lot.later()
      else lot.give(event)
    expect(exceptionBodies(lot)).toEqual([])
    lot.leave()
    expect(exceptionBodies(lot)).toEqual(expected)
  })

  it('goes back in: its stay goes on, and its report with it', () => {
    const lot = notRead()
    goesBack(lot)
    expect(exceptionBodies(lot)).toEqual([])
    lot.give(loop('arrive', 'on'), plateEvent(plate), timerEvent('obu'), settle('cash'))
    lot.leave()
    expect(exceptionBodies(lot)).toEqual([
      [1, 1, 'cash', 500],
      [1, 1, 'cash', 500],
    ])
  })
})

describe('a car without a stay', () => {
  it.each([
    ['pays what a person asks', [settle('cash')], [[99, 1, 'cash', 500]]],
    ['is let go by hand', [openByHand], [[99, 2]]],
  ] as const)('%s', (_name, events, expected) => {
    const lot = nameless()
    for (const event of events) lot.give(event)
    lot.leave()
    expect(exceptionBodies(lot)).toEqual(expected)
  })
  it('goes back: nothing was paid for it', () => {
    const lot = nameless()
    expect(exceptionBodies(lot)).toEqual([])
    goesBack(lot)
    expect(exceptionBodies(lot)).toEqual([[99, 4]])
  })
})

describe('a restart', () => {
  it('between the exception and the end of the car loses no report and makes none twice', () => {
    const before = notRead()
    const again = new FirstCarLot('online', before.ledger.list)
    expect(exceptionBodies(again)).toEqual([])
    again.give(loop('arrive', 'on'), plateEvent(plate), timerEvent('obu'), settle('cash'))
    again.leave()
    const both = [
      [1, 1, 'cash', 500],
      [1, 1, 'cash', 500],
    ]
    expect(exceptionBodies(again)).toEqual(both)
    const third = new FirstCarLot('online', again.ledger.list)
    expect(exceptionBodies(third)).toEqual(both)
  })

  it('between the end of the car and its upload makes the upload', () => {
    const lot = notRead()
    lot.give(settle('cash'))
    lot.leave()
    const cut = lot.ledger.list.findIndex(({ kind }) => kind === 'stayClosed') + 1
    const again = new FirstCarLot('online', lot.ledger.list.slice(0, cut))
    expect(exceptionBodies(again)).toEqual([[1, 1, 'cash', 500]])
  })

  it('with a car without a stay says that nothing was paid for it', () => {
    const again = new FirstCarLot('online', nameless().ledger.list)
    expect(exceptionBodies(again)).toEqual([[99, 4]])
  })
})
