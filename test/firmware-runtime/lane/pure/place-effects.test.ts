// Every effect of a pile or handheld, one per line: a charge that is paid, a car that drove to a lane, and an answer that
// comes after the exit has taken the money. Nothing is charged twice, and no answer is lost.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { placeLane } from '#lane/pure/place-lane.ts'
import { emptyLot } from '#ledger/pure/lot/lot.ts'
import type { ChargeMode, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import {
  act,
  b5,
  b8,
  cardReadEvent,
  LaneBench,
  loop,
  obuId,
  otherPlate,
  plate,
  plateEvent,
  timerEvent,
} from './lane-bench.ts'
import { answer, cash, deductionId } from './exit-online-rows.ts'
import { over, rsuDown, rsuUp, searching, effectNames, collect } from './effects-kit.ts'

const taken: LaneEvent = { type: 'taken' }
const leftIt = ['rsu search off', 'trace fault gx1-S1 takenOver', ...over]
const paidFor = ['trace outcomeSynced gx1-S1 etc', `show paid ${plate} 70 500`, ...over]

interface Pair {
  readonly bench: LaneBench
  readonly exit: LaneBench
}
function pair(chargeMode: ChargeMode, ...events: readonly LaneEvent[]): Pair {
  const lot = emptyLot()
  const rows: LedgerRow[] = []
  const both = { lot, rows, chargeMode }
  const bench = new LaneBench({ laneId: 'handheld', table: placeLane, ...both }).entered()
  const exit = new LaneBench({ laneId: 'exit', ...both })
  bench.give(...events)
  return { bench, exit }
}
const place = (chargeMode: ChargeMode, ...events: readonly LaneEvent[]): LaneBench => {
  const { bench } = pair(chargeMode, ...events)
  effectNames(bench)
  return bench
}
const written = (bench: LaneBench, from: number): string[] =>
  bench.rows.slice(from).map(({ kind, amountFen }) => `${kind} ${amountFen ?? ''}`.trim())

describe('a car that is charged at a place', () => {
  const begins = [
    'trace trigger - ',
    'append audit',
    `trace plateRead - ${plate}`,
    'show reading',
    `claim ${plate} ${plate} blue -`,
    'trace orderMade gx1-S1 500',
  ]
  const noneOpened = (bench: LaneBench): void => {
    expect([bench.state.name, bench.state.car]).toEqual(['idle', null])
    expect(bench.rows.filter(({ kind }) => kind === 'pass' || kind === 'barrier')).toEqual([])
  }
  it('by its card: written as at the exit, and no boom is told or heard of', () => {
    const { bench } = pair('card', collect())
    const intent = ['append intent', `trace intentSynced gx1-S1 ${deductionId}`]
    expect(effectNames(bench)).toEqual([...begins, ...intent, ...searching])
    expect(bench.rows.find(({ kind }) => kind === 'audit')?.body).toEqual({
      act: `place.charge ${plate}`,
      ...act('collect-1'),
      result: 'done',
    })
    bench.give(cardReadEvent())
    effectNames(bench)
    bench.give(b5('paid'))
    expect(effectNames(bench)).toEqual([
      ...['timer suspect off', `rsu complete ${obuId}`, 'rsu search off'],
      ...['append outcome paid b5 paid, payment etc 500, outbox exitUpload', ...paidFor],
    ])
    noneOpened(bench)
  })
  it('by the platform: the same', () => {
    const { bench } = pair('online', collect(), cardReadEvent())
    effectNames(bench)
    bench.give(answer('paid'))
    expect(effectNames(bench)).toEqual([
      'append outcome paid platform paid, payment etc 500',
      ...paidFor,
    ])
    noneOpened(bench)
  })
  it('and was charged a moment ago: nothing is written, no antenna is switched', () => {
    const { bench } = pair('card', collect(), cardReadEvent(), b5('paid'))
    effectNames(bench)
    bench.give(collect())
    expect(effectNames(bench)).toEqual([
      ...[...begins.slice(0, 5), 'trace orderMade gx1-S1 0', 'trace outcomeSynced gx1-S1 etc'],
      ...['show go', ...over],
    ])
    noneOpened(bench)
  })
  it('is not let go by what only a lane has: loops, a camera, a boom', () => {
    const bench = place('card', collect(), timerEvent('obu'))
    bench.give(loop('arrive', 'off'), loop('under', 'off'), plateEvent(otherPlate))
    bench.give({ type: 'barrierFault', fault: 'openedAlone' }, { type: 'openByHand', act: act() })
    expect([effectNames(bench), bench.state.name, bench.state.car?.plate]).toEqual([
      [],
      'manual',
      plate,
    ])
  })
  it('and is not in the lot: a camera names no other car for it', () => {
    const bench = new LaneBench({ laneId: 'handheld', table: placeLane }).give(collect())
    effectNames(bench)
    bench.give(plateEvent(otherPlate))
    expect([effectNames(bench), bench.state.car?.plate]).toEqual([[], plate])
  })
  it('where the place is not where it may charge: the card is let go unread, and people see why', () => {
    const bench = place('card', collect())
    bench.placeBar = 'outside'
    bench.give(cardReadEvent())
    expect(effectNames(bench).slice(0, 2)).toEqual([
      'trace fault gx1-S1 outside',
      `rsu release ${obuId}`,
    ])
    expect([bench.state.car?.manual, bench.lastC6]).toEqual(['outsideFence', null])
  })
})

describe('a car of a place that stands in a lane now', () => {
  const lost = [collect(), cardReadEvent(), b5('unknown')]
  it('before its card was read: the intent that no C6 follows is closed, and the antenna is off', () => {
    const bench = place('card', collect()).give(taken)
    expect(effectNames(bench)).toEqual(['append outcome refused lane takenOver', ...leftIt])
    expect([bench.state.name, bench.lot.unsettled.size]).toEqual(['idle', 0])
  })
  it.each<[string, ChargeMode, readonly LaneEvent[]]>([
    ['before anything was begun', 'online', [collect()]],
    ['with its debit in doubt', 'card', lost],
    ['with a person asked about its debit', 'card', [...lost, timerEvent('suspect')]],
    [
      'with a charge that nobody answered',
      'online',
      [collect(), cardReadEvent(), answer('noAnswerTwice')],
    ],
  ])('%s: the place is free, and what is open stays open for the lane', (_name, mode, before) => {
    const bench = place(mode, ...before)
    const open = bench.lot.unsettled.size
    bench.give(taken)
    expect([effectNames(bench), bench.state.name]).toEqual([leftIt, 'idle'])
    expect(bench.lot.unsettled.size).toBe(open)
  })
  it('while its C6 is out: the place waits for the answer', () => {
    const bench = place('card', collect(), cardReadEvent()).give(taken)
    expect([effectNames(bench), bench.state.name]).toEqual([[], 'debiting'])
  })
})

describe('a car whose order the exit was paid for, while the place looked into its debit', () => {
  const comes = [loop('arrive', 'on'), plateEvent(plate)]
  /** C6 was sent at the place, its answer is lost, and the exit takes cash. */
  function inDoubt(): LaneBench {
    const { bench, exit } = pair('card', collect(), cardReadEvent())
    exit.give(...comes)
    bench.give(b5('unknown'))
    exit.give(cash)
    effectNames(bench)
    return bench
  }
  it.each([
    ['paid', b5('paid'), `rsu complete ${obuId}`],
    ['fetched as paid', b8('paid'), `rsu complete ${obuId}`],
  ] as const)(
    'and its debit is told as %s: booked, uploaded, and given back',
    (_how, event, first) => {
      const bench = inDoubt()
      const from = bench.rows.length
      bench.give(event)
      expect(effectNames(bench)).toEqual([first, `lateCharge ${deductionId} paid paid`, ...leftIt])
      expect(written(bench, from)).toEqual([
        'outcome 500',
        'payment 500',
        'outbox 500',
        'refund 500',
      ])
      expect([bench.state.name, bench.lot.unsettled.size]).toEqual(['idle', 0])
    },
  )
  it('and its debit is told as unpaid: closed, and nothing is given back', () => {
    const bench = inDoubt()
    const from = bench.rows.length
    bench.give(b5('unpaid'))
    expect(effectNames(bench)).toEqual([`lateCharge ${deductionId} refused late`, ...leftIt])
    expect(written(bench, from)).toEqual(['outcome 500'])
  })
  it.each([
    ['its card is read again', cardReadEvent()],
    ['it is not found again', timerEvent('suspect')],
  ])('and %s: it is not charged, and the place is free', (_how, event) => {
    const bench = inDoubt().give(event)
    expect([effectNames(bench), bench.state.name, bench.lot.unsettled.size]).toEqual([
      leftIt,
      'idle',
      1,
    ])
  })
  it.each([
    ['is lost', rsuDown],
    ['is back', rsuUp],
  ])('and the antenna %s: the lot is asked, which says that it is paid', (_how, event) => {
    const bench = inDoubt().give(event)
    expect(effectNames(bench)).toContain(`claim ${plate} ${plate} blue -`)
    expect([bench.state.name, bench.lot.unsettled.size]).toEqual(['idle', 1])
  })

  function charging(): LaneBench {
    const { bench, exit } = pair('online', collect(), cardReadEvent())
    exit.give(...comes, cash)
    effectNames(bench)
    return bench
  }
  it.each([
    ['paid', ['outcome 500', 'payment 500', 'refund 500']],
    ['refused', ['outcome 500']],
  ] as const)('and the platform says %s: booked, given back where it was paid', (result, rows) => {
    const bench = charging()
    const from = bench.rows.length
    bench.give(answer(result))
    expect(effectNames(bench)).toEqual([`lateCharge ${deductionId} ${result} word`, ...leftIt])
    expect(written(bench, from)).toEqual(rows)
    expect([bench.state.name, bench.lot.unsettled.size]).toEqual(['idle', 0])
  })
  it('and the platform says nothing: the case stays open, the place is free', () => {
    const bench = charging().give(answer('noAnswerTwice'))
    expect([effectNames(bench), bench.state.name, bench.lot.unsettled.size]).toEqual([
      leftIt,
      'idle',
      1,
    ])
  })
  it('and the platform answers for another charge: nothing of this one', () => {
    const bench = charging().give({
      type: 'charge',
      deductionId: 'gx1-O9.D1',
      result: 'paid',
      reason: '',
      receipt: null,
    })
    expect([effectNames(bench), bench.state.name]).toEqual([[], 'charging'])
  })
})
