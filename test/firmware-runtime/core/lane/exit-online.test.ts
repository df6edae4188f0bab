// The exit lane where the platform charges, and what both modes share: every named end as a row of
// events, what was done in which order, and where the lane stands after it.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '../../../../firmware-runtime/core/lane/lane.ts'
import {
  act,
  cardReadEvent,
  LaneBench,
  loop,
  otherPlate,
  plate,
  plateEvent,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'

const arriving = [loop('arrive', 'on'), plateEvent(plate)]
const found = ['claim', '+orderMade', 'rsu search on']
const charging = [...found, 'rsu release', 'rsu search off', '+intent', '+outbox charge', 'charge']
const opened = ['barrier open', '+barrier']
const exception = (type: number, reason: string): string[] => [
  `+exception ${type} ${reason}`,
  '+outbox exception',
]
const cash = { type: 'settle', means: 'cash', amountFen: null, act: act() } as const
const deductionId = 'gx1-O2.D1'
const answer = (result: 'paid' | 'refused' | 'noAnswerTwice', reason = 'word'): LaneEvent => ({
  type: 'charge',
  deductionId,
  result,
  reason,
  receipt: null,
})

interface Row {
  readonly name: string
  readonly events: readonly LaneEvent[]
  readonly done: readonly string[]
  readonly end: string
  readonly options?: BenchOptions
  readonly minutes?: number
  readonly enteredAs?: string | null
  readonly platformUp?: boolean
}

const rows: readonly Row[] = [
  {
    name: 'paid by ETC: intent and upload in one, outcome before the barrier',
    events: [...arriving, cardReadEvent(), answer('paid')],
    done: [...charging, '+outcome paid platform paid', '+payment etc 500', '+pass etc', ...opened],
    end: 'opening etc',
  },
  {
    name: 'free minutes: no OBU is read, nothing is charged',
    minutes: 15,
    events: arriving,
    done: ['claim', '+orderMade', '+pass free', ...opened],
    end: 'opening free',
  },
  {
    name: 'one minute more is charged',
    minutes: 16,
    events: arriving,
    done: found,
    end: 'searching',
  },
  {
    name: 'plate not read: the timer',
    events: [loop('arrive', 'on'), timerEvent('plate')],
    done: exception(99, 'plateNotRead'),
    end: 'manual plateNotRead',
  },
  {
    name: 'plate not read: the camera says so, and reads it a moment later',
    events: [loop('arrive', 'on'), plateEvent(null), plateEvent(plate)],
    done: [...exception(99, 'plateNotRead'), ...found],
    end: 'searching',
  },
  {
    name: 'a second plate does not change a car whose stay is known',
    events: [...arriving, timerEvent('obu'), plateEvent(otherPlate)],
    done: [...found, 'rsu search off', ...exception(1, 'obuNotRead')],
    end: 'manual obuNotRead',
  },
  {
    name: 'no stay',
    events: [loop('arrive', 'on'), plateEvent(otherPlate)],
    done: ['claim', ...exception(99, 'noStay')],
    end: 'manual noStay',
  },
  {
    name: 'one character off is the same car, where the lot tolerates it',
    events: [loop('arrive', 'on'), plateEvent('测A12346')],
    done: found,
    end: 'searching',
  },
  {
    name: 'and another car where it does not',
    options: { plateTolerance: 0 },
    events: [loop('arrive', 'on'), plateEvent('测A12346')],
    done: ['claim', ...exception(99, 'noStay')],
    end: 'manual noStay',
  },
  {
    name: 'a plate read before the loop rises',
    events: [plateEvent(plate), loop('arrive', 'on')],
    done: found,
    end: 'searching',
  },
  {
    name: 'a plate read too long before the loop rises is forgotten',
    events: [plateEvent(plate), timerEvent('early'), loop('arrive', 'on')],
    done: [],
    end: 'reading',
  },
  {
    name: 'insufficient: the platform refuses',
    events: [...arriving, cardReadEvent(), answer('refused', 'insufficient')],
    done: [...charging, '+outcome refused platform insufficient', ...exception(7, 'insufficient')],
    end: 'manual insufficient',
  },
  {
    name: 'refused for another reason',
    events: [...arriving, cardReadEvent(), answer('refused', 'blacklisted')],
    done: [...charging, '+outcome refused platform blacklisted', ...exception(15, 'refused')],
    end: 'manual refused',
  },
  {
    name: 'a purse is no test where the account pays',
    events: [...arriving, cardReadEvent({ balanceFen: 0 })],
    done: charging,
    end: 'charging',
  },
  {
    name: "another car's OBU is released and the right one still found",
    events: [...arriving, cardReadEvent({ plate: otherPlate }), cardReadEvent()],
    done: [...found, 'rsu release', ...charging.slice(3)],
    end: 'charging',
  },
  {
    name: 'two silences lead to other payment (8.3.1 b)',
    events: [...arriving, cardReadEvent(), answer('noAnswerTwice')],
    done: [
      ...charging,
      '+outcome unknown platform noAnswerTwice',
      ...exception(14, 'noAnswerTwice'),
    ],
    end: 'manual noAnswerTwice',
  },
  {
    name: 'two silences, and an answer while a person is asked',
    events: [...arriving, cardReadEvent(), answer('noAnswerTwice'), answer('paid')],
    done: [
      ...charging,
      '+outcome unknown platform noAnswerTwice',
      ...exception(14, 'noAnswerTwice'),
      '+outcome paid platform paid',
      '+payment etc 500',
      '+pass etc',
      ...opened,
    ],
    end: 'opening etc',
  },
  {
    name: 'two silences where the lot settles later',
    options: { offline: 'settle-later' },
    events: [...arriving, cardReadEvent(), answer('noAnswerTwice')],
    done: [
      ...charging,
      '+outcome unknown platform noAnswerTwice',
      ...exception(14, 'noAnswerTwice'),
      '+pass later',
      ...opened,
    ],
    end: 'opening later',
  },
  {
    name: 'platform down, other payment',
    platformUp: false,
    events: arriving,
    done: ['claim', '+orderMade'],
    end: 'manual platformDown',
  },
  {
    name: 'platform down, settled later: identified, let go, charged when it is back',
    platformUp: false,
    options: { offline: 'settle-later' },
    events: [...arriving, cardReadEvent()],
    done: [
      ...found,
      'rsu release',
      'rsu search off',
      '+intent',
      '+outbox charge',
      '+pass later',
      ...opened,
    ],
    end: 'opening later',
  },
  {
    name: 'platform down, settled later, but nobody to settle with',
    platformUp: false,
    options: { offline: 'settle-later' },
    events: [...arriving, timerEvent('obu')],
    done: [...found, 'rsu search off', ...exception(1, 'obuNotRead')],
    end: 'manual obuNotRead',
  },
  {
    name: 'a large amount is for a person',
    options: { largeAmountFen: 499 },
    events: arriving,
    done: ['claim', '+orderMade', ...exception(16, 'largeAmount')],
    end: 'manual largeAmount',
  },
  {
    name: 'exactly the limit is not large',
    options: { largeAmountFen: 500 },
    events: arriving,
    done: found,
    end: 'searching',
  },
  {
    name: 'the car backs out while the platform is asked: the answer is booked without it',
    events: [...arriving, cardReadEvent(), loop('arrive', 'off'), answer('paid')],
    done: [...charging, 'rsu search off'],
    end: 'idle',
  },
  {
    name: 'a car that leaves under a boom lifted by someone else is let go of',
    events: [
      ...arriving,
      timerEvent('obu'),
      loop('under', 'on'),
      loop('arrive', 'off'),
      loop('under', 'off'),
    ],
    done: [...found, 'rsu search off', ...exception(1, 'obuNotRead'), 'rsu search off'],
    end: 'idle',
  },
  {
    name: 'settled in cash',
    events: [...arriving, timerEvent('obu'), cash],
    done: [
      ...found,
      'rsu search off',
      ...exception(1, 'obuNotRead'),
      '+audit',
      '+payment cash 500',
      '+pass other',
      ...opened,
    ],
    end: 'opening other',
  },
  {
    name: 'settled in cash, for the amount the person names',
    events: [...arriving, timerEvent('obu'), { ...cash, amountFen: 300 }],
    done: [
      ...found,
      'rsu search off',
      ...exception(1, 'obuNotRead'),
      '+audit',
      '+payment cash 300',
      '+pass other',
      ...opened,
    ],
    end: 'opening other',
  },
  {
    name: 'waived',
    events: [...arriving, timerEvent('obu'), { ...cash, means: 'waived' }],
    done: [
      ...found,
      'rsu search off',
      ...exception(1, 'obuNotRead'),
      '+audit',
      '+payment waived 0',
      '+pass other',
      ...opened,
    ],
    end: 'opening other',
  },
  {
    name: 'settled later by a person',
    events: [...arriving, timerEvent('obu'), { ...cash, means: 'later' }],
    done: [
      ...found,
      'rsu search off',
      ...exception(1, 'obuNotRead'),
      '+audit',
      '+pass later',
      ...opened,
    ],
    end: 'opening later',
  },
  {
    name: 'a car without a stay is settled: stay and order after the fact',
    events: [loop('arrive', 'on'), timerEvent('plate'), { ...cash, amountFen: 700 }],
    done: [
      ...exception(99, 'plateNotRead'),
      '+stayOpened',
      '+orderMade',
      '+audit',
      '+payment cash 700',
      '+pass other',
      ...opened,
    ],
    end: 'opening other',
  },
  {
    name: 'paid, but on no loop for long: the pass is used up, the boom closes',
    minutes: 5,
    events: [...arriving, loop('arrive', 'off'), timerEvent('gone')],
    done: ['claim', '+orderMade', '+pass free', ...opened, '+event passUsed', 'barrier close'],
    end: 'idle',
  },
  {
    name: 'opened by hand without a car',
    events: [{ type: 'openByHand', act: act() }],
    done: ['+audit', '+pass emergency', '+barrier', 'barrier open'],
    end: 'idle',
  },
  {
    name: 'opened by hand before the stay is known: it opens, and the car leaves by its loops',
    events: [
      loop('arrive', 'on'),
      { type: 'openByHand', act: act() },
      loop('under', 'on'),
      loop('arrive', 'off'),
      loop('under', 'off'),
    ],
    done: ['+audit', '+pass emergency', '+barrier', 'barrier open', 'rsu search off'],
    end: 'idle',
  },
  {
    name: 'opened by hand while the platform is asked',
    events: [...arriving, cardReadEvent(), { type: 'openByHand', act: act() }],
    done: [...charging, '+audit', '+pass emergency', '+barrier', 'barrier open'],
    end: 'opening emergency',
  },
  {
    name: 'opened by hand again while opening: the same pass, one more act',
    minutes: 5,
    events: [...arriving, { type: 'openByHand', act: act() }],
    done: ['claim', '+orderMade', '+pass free', ...opened, 'barrier open', '+audit'],
    end: 'opening free',
  },
]

const where = (bench: LaneBench): string =>
  [bench.state.name, bench.state.car?.pass?.cause ?? bench.state.car?.manual ?? '']
    .filter((word) => word !== '')
    .join(' ')

function benchOf(row: Pick<Row, 'options' | 'minutes' | 'enteredAs' | 'platformUp'>): LaneBench {
  const bench = new LaneBench({ chargeMode: 'online', ...row.options })
  bench.entered(row.minutes ?? 70, row.enteredAs === undefined ? plate : row.enteredAs)
  bench.platformUp = row.platformUp ?? true
  bench.done()
  return bench
}

describe('online mode', () => {
  it.each(rows)('$name', (row) => {
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
      bench.append([
        {
          kind: 'outcome',
          atMs: bench.nowMs,
          stayId: 'gx1-S1',
          orderId: 'gx1-O2',
          deductionId,
          amountFen: 500,
          body: {
            state: 'unknown',
            source: 'lane',
            reason: 'restart',
            obuId: null,
            cardNo: null,
            proof: null,
          },
        },
      ])
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
    for (const means of ['waived', 'cash'] as const) {
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
    bench.give({ type: 'resume', car, told }, loop('arrive', 'on'))
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
