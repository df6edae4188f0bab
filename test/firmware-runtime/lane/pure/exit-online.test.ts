// The exit lane in online mode, and what both modes share: every expected result as a row of events, what was done in
// order, and the final state of the lane.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import {
  act,
  cardReadEvent,
  LaneBench,
  loop,
  otherPlate,
  plate,
  plateEvent,
  timerEvent,
} from './lane-bench.ts'
import { answer, cash, found, onlineRows, opened, type OnlineRow } from './exit-online-rows.ts'
import { arriving, where, unknownOutcome } from './effects-kit.ts'
function benchOf(
  row: Pick<OnlineRow, 'options' | 'minutes' | 'enteredAs' | 'platformUp'>,
): LaneBench {
  const bench = new LaneBench({ chargeMode: 'online', ...row.options })
  bench.entered(row.minutes ?? 70, row.enteredAs === undefined ? plate : row.enteredAs)
  bench.platformUp = row.platformUp ?? true
  bench.done()
  return bench
}

describe('online mode', () => {
  it.each(onlineRows)('$name', (row) => {
    const bench = benchOf(row)
    expect(bench.give(...row.events).done()).toEqual(row.done)
    expect(where(bench)).toBe(row.end)
  })

  it('an answer for another deduction moves nothing', () => {
    const bench = benchOf({}).give(...arriving, cardReadEvent())
    bench.done()
    bench.give({ ...answer('paid'), deductionId: 'gx1-O2.D9' } as LaneEvent)
    expect([where(bench), ...bench.done()]).toEqual(['charging'])
  })

  describe('a stay whose charge is not settled yet', () => {
    const waiting = (): LaneBench => {
      const bench = benchOf({}).give(...arriving, cardReadEvent(), loop('arrive', 'off'))
      bench.append([unknownOutcome(bench.nowMs)])
      bench.nowMs += 60_000
      bench.done()
      bench.give(...arriving)
      return bench
    }
    it('is asked after first, and never charged anew', () => {
      const bench = waiting()
      expect([where(bench), ...bench.done()]).toEqual(['waiting', 'claim', 'charge'])
      expect(bench.timers.has('settle')).toBe(true)
    })
    it('opens when it was paid', () => {
      const bench = waiting()
      bench.done()
      bench.give(answer('paid'))
      expect(bench.done()).toEqual([
        '+outcome paid platform paid',
        '+payment etc 500',
        '+pass etc',
        ...opened,
      ])
      expect(bench.timers.has('settle')).toBe(false)
    })
    it('goes to a person when it was refused, or nobody knows in time', () => {
      const refused = waiting().give(answer('refused'))
      expect(where(refused)).toBe('manual refused')
      const late = waiting().give(timerEvent('settle'))
      expect(where(late)).toBe('manual outcomeUnknown')
    })
    it('stays where it is after two silences: the timer decides', () => {
      expect(where(waiting().give(answer('noAnswerTwice')))).toBe('waiting')
    })
    it('may be settled by a person, and leaves no timer behind when it backs out', () => {
      expect(where(waiting().give({ ...cash, act: act('c2') }))).toBe('opening other')
      const back = waiting().give(loop('arrive', 'off'))
      expect([where(back), [...back.timers]]).toEqual(['idle', []])
    })
  })

  it('is not charged in a second lane while the first one waits for its answer', () => {
    const first = benchOf({}).give(...arriving, cardReadEvent())
    const { lot, rows: ledger } = first
    const second = new LaneBench({ chargeMode: 'online', lot, rows: ledger, laneId: 'exit-2' })
    second.done()
    second.give(...arriving)
    expect(where(second)).toBe('manual repeatSuspected')
    expect(second.done()).not.toContain('charge')
    // The first charge may still have succeeded, so no other means is offered automatically.
    expect(second.offersCode).toBe(false)
  })

  it('a car that paid and came back in time goes out again without paying', () => {
    const bench = benchOf({}).give(...arriving, cardReadEvent(), answer('paid'))
    bench.give(loop('arrive', 'off'), timerEvent('gone')).done()
    bench.nowMs += 14 * 60_000
    bench.give(...arriving)
    expect([where(bench), ...bench.done()]).toEqual([
      'opening etc',
      'claim',
      '+pass etc',
      ...opened,
    ])
  })
  it('and so does one whose amount was waived, or taken for less', () => {
    for (const means of ['free', 'cash'] as const) {
      const bench = benchOf({}).give(...arriving, timerEvent('obu'))
      bench.give({ ...cash, means, amountFen: 100 }, loop('arrive', 'off'), timerEvent('gone'))
      bench.done()
      bench.nowMs += 60_000
      bench.give(...arriving)
      expect([where(bench), ...bench.done()]).toEqual([
        'opening other',
        'claim',
        '+pass other',
        ...opened,
      ])
    }
  })
})

describe('after a restart', () => {
  it.each([
    ['the barrier was not told: it opens once, from the record (CP5)', false, []],
    ['the barrier was told: the same pass, and a person is told (CP6)', true, ['restartAfterOpen']],
  ] as const)('%s', (_name, told, faults) => {
    const before = benchOf({ minutes: 5 }).give(...arriving)
    const car = before.state.car
    expect(car).not.toBeNull()
    if (car === null) return
    const bench = new LaneBench({ lot: before.lot, rows: before.rows })
    bench.done()
    bench.give({ type: 'resume', car, told, fate: 'here' }, loop('under', 'on'))
    expect(bench.done()).toEqual(['barrier open'])
    expect(bench.faults).toEqual(faults)
    bench.give({ type: 'passed', passId: car.pass?.passId ?? '' })
    expect(bench.done()).toEqual(['+stayClosed free'])
  })
})

describe('cars close behind each other', () => {
  it('the next one is read while the first drives out', () => {
    const bench = benchOf({ minutes: 5 })
      .entered(70, otherPlate)
      .give(...arriving)
    bench.done()
    bench.give(loop('under', 'on'), plateEvent(otherPlate))
    bench.give({ type: 'passed', passId: bench.state.car?.pass?.passId ?? '' })
    expect(bench.done()).toEqual(['+stayClosed free', ...found])
    expect(bench.state.car?.plate).toBe(otherPlate)
  })
  it('a second look at the first car is not the next one', () => {
    const bench = benchOf({ minutes: 5 }).give(...arriving, plateEvent('测A12346'))
    bench.give({ type: 'passed', passId: bench.state.car?.pass?.passId ?? '' })
    expect(where(bench)).toBe('reading')
    expect(bench.state.car?.plate).toBeNull()
  })
})

describe('a paid car that goes back', () => {
  const paid = (): LaneBench => {
    const bench = benchOf({})
      .entered(70, otherPlate)
      .give(...arriving, cardReadEvent(), {
        ...answer('paid'),
        deductionId: 'gx1-O3.D1',
      } as LaneEvent)
    expect(where(bench)).toBe('opening etc')
    bench.give({ type: 'position', position: 'open' })
    bench.done()
    return bench
  }
  const back = loop('arrive', 'off')
  const takesNext = ['+event passUsed', 'barrier close', ...found]

  it.each([
    ['read on the loop', [back, loop('arrive', 'on'), plateEvent(otherPlate)]],
    ['read before the loop', [back, plateEvent(otherPlate), loop('arrive', 'on')]],
  ] as const)('gives its pass to no other car: %s', (_name, events) => {
    const bench = paid().give(...events)
    expect(bench.done()).toEqual(takesNext)
    expect([where(bench), bench.state.car?.plate]).toEqual(['searching', otherPlate])
    expect([bench.lot.passByLane.size, bench.lot.stays.size]).toEqual([0, 2])
    // It returns within its time to leave and does not pay again.
    bench.give(back)
    bench.nowMs += 60_000
    bench.done()
    bench.give(...arriving)
    expect(bench.done()).toEqual(['claim', '+pass etc', ...opened])
    bench.give({ type: 'passed', passId: bench.state.car?.pass?.passId ?? '' })
    expect(bench.done()).toEqual(['+stayClosed etc'])
  })

  it.each([
    ['it comes again itself', [back, loop('arrive', 'on'), plateEvent(plate)]],
    ['the next one was read long ago', [back, plateEvent(otherPlate), timerEvent('early')]],
    ['the next one is read behind it', [plateEvent(otherPlate), back]],
    ['it was between the loops', [back, plateEvent(otherPlate), loop('under', 'on')]],
    ['it is under the boom', [back, loop('under', 'on'), plateEvent(otherPlate)]],
    [
      'it came again, with the next one behind it',
      [back, loop('arrive', 'on'), plateEvent(plate), plateEvent(otherPlate)],
    ],
  ] as const)('keeps its pass: %s', (_name, events) => {
    const bench = paid().give(...events, loop('arrive', 'on'))
    expect(bench.done()).toEqual([])
    expect([where(bench), bench.state.car?.plate]).toEqual(['opening etc', plate])
  })
})

describe('a full disk', () => {
  it('the pass is not written: nothing opens, and a person can settle when there is room', () => {
    const bench = benchOf({}).give(...arriving, cardReadEvent())
    bench.done()
    bench.failAppends = 1
    bench.give(answer('paid'))
    expect([where(bench), ...bench.done()]).toEqual([
      'manual ledgerStopped',
      'append failed',
      'rsu search off',
    ])
    bench.give(answer('paid'))
    expect(where(bench)).toBe('opening etc')
  })
  it('a settlement of a car without a stay leaves nothing of the rows that were not written', () => {
    const bench = benchOf({}).give(loop('arrive', 'on'), timerEvent('plate'))
    bench.failAppends = 1
    bench.give({ ...cash, amountFen: 700 })
    expect(bench.state.car?.stayId).toBeNull()
    bench.done()
    bench.give({ ...cash, amountFen: 700, act: act('c2') })
    expect(bench.done()).toContain('+orderMade')
    expect(where(bench)).toBe('opening other')
  })
  it('an order that is not written is claimed again by the next reading', () => {
    const bench = benchOf({})
    bench.failAppends = 1
    bench.give(...arriving)
    expect(where(bench)).toBe('manual ledgerStopped')
    bench.done()
    bench.give(plateEvent(plate))
    expect([where(bench), ...bench.done()]).toEqual(['searching', ...found])
  })
  it('a car that leaves is gone, written or not', () => {
    const bench = benchOf({ minutes: 5 }).give(...arriving)
    bench.failAppends = 1
    bench.give(loop('arrive', 'off'))
    bench.give({ type: 'passed', passId: bench.state.car?.pass?.passId ?? '' })
    expect(where(bench)).toBe('idle')
  })
  it('an emergency open is never blocked by it', () => {
    const bench = benchOf({}).give(...arriving)
    bench.done()
    bench.failAppends = 5
    bench.give({ type: 'openByHand', act: act() })
    expect(bench.done()).toContain('barrier open')
  })
})
