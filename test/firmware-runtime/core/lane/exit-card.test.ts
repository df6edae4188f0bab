// The exit lane in card mode: every named end as a row of events, what was done in which order, and
// where the lane stands after it.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '../../../../firmware-runtime/core/lane/lane.ts'
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
  proofFor,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'

const arriving = [loop('arrive', 'on'), plateEvent(plate)]
const intent = ['claim', '+orderMade', '+intent', 'rsu search on']
const armed = [...intent, '+armed', 'debit']
const paidRows = ['+outcome paid b5 paid', '+payment etc 500', '+outbox exitUpload', '+pass etc']
const opened = ['barrier open', '+barrier']
/** One row: events, what was done, where the lane stands. */
type Row = readonly [string, readonly LaneEvent[], readonly string[], string, BenchOptions?]

const rows: readonly Row[] = [
  [
    'paid by ETC',
    [...arriving, cardReadEvent(), b5('paid', proofFor(9500))],
    [...armed, 'rsu complete', 'rsu search off', ...paidRows, ...opened],
    'opening etc',
  ],
  [
    'paid, without a platform',
    [...arriving, cardReadEvent(), b5('paid', proofFor(9500))],
    [
      ...armed,
      'rsu complete',
      'rsu search off',
      '+outcome paid b5 paid',
      '+payment etc 500',
      '+pass etc',
      ...opened,
    ],
    'opening etc',
    { hasPlatform: false },
  ],
  [
    'paid, with a proof that has no TAC: nothing to upload, and it says so',
    [...arriving, cardReadEvent(), b5('paid', { ...proofFor(9500), tac: null })],
    [
      ...armed,
      'rsu complete',
      'rsu search off',
      '+outcome paid b5 paid',
      '+payment etc 500',
      '+exception 10 noTac',
      '+outbox exception',
      '+pass etc',
      ...opened,
    ],
    'opening etc',
  ],
  [
    'paid, found by proof that knows no card counter (B8)',
    [
      ...arriving,
      cardReadEvent(),
      b5('unknown'),
      b8('paid', { ...proofFor(9500), cardSerial: null }),
    ],
    [
      ...armed,
      '+outcome unknown b5 word',
      'rsu fetchProof',
      'rsu complete',
      'rsu search off',
      '+outcome paid proof paid',
      '+payment etc 500',
      '+exception 10 noTac',
      '+outbox exception',
      '+pass etc',
      ...opened,
    ],
    'opening etc',
    { rsuHasProof: true },
  ],
  [
    'OBU not read',
    [...arriving, timerEvent('obu')],
    [
      ...intent,
      'rsu search off',
      '+outcome refused lane obuNotRead',
      '+exception 1 obuNotRead',
      '+outbox exception',
    ],
    'manual obuNotRead',
  ],
  [
    'an OBU that answers but cannot be read',
    [...arriving, { type: 'obuUnreadable', obuId, code: 1, reason: 'b4' }, timerEvent('obu')],
    [
      ...intent,
      'rsu search off',
      '+outcome refused lane obuInvalid',
      '+exception 2 obuInvalid',
      '+outbox exception',
    ],
    'manual obuInvalid',
  ],
  [
    'insufficient balance, seen on the card',
    [...arriving, cardReadEvent({ balanceFen: 499 })],
    [
      ...intent,
      'rsu release',
      'rsu search off',
      '+outcome refused lane insufficient',
      '+exception 7 insufficient',
      '+outbox exception',
    ],
    'manual insufficient',
  ],
  [
    'refused by the card, for its balance',
    [...arriving, cardReadEvent(), b5('unpaid', undefined, 'insufficientBalance')],
    [
      ...armed,
      'rsu search off',
      '+outcome refused b5 insufficientBalance',
      '+exception 7 insufficient',
      '+outbox exception',
    ],
    'manual insufficient',
  ],
  [
    'refused by the card',
    [...arriving, cardReadEvent(), b5('unpaid')],
    [
      ...armed,
      'rsu search off',
      '+outcome refused b5 word',
      '+exception 15 refused',
      '+outbox exception',
    ],
    'manual refused',
  ],
  [
    "another car's OBU is released and the right one still found",
    [...arriving, cardReadEvent({ plate: otherPlate, obuId: '11111111' }), cardReadEvent()],
    [...intent, 'rsu release', '+armed', 'debit'],
    'debiting',
  ],
  [
    "only another car's OBU in the zone",
    [...arriving, cardReadEvent({ plate: otherPlate }), timerEvent('obu')],
    [
      ...intent,
      'rsu release',
      'rsu search off',
      '+outcome refused lane plateMismatch',
      '+exception 4 plateMismatch',
      '+outbox exception',
    ],
    'manual plateMismatch',
  ],
  [
    'RSU gone while searching, after another OBU was turned away',
    [...arriving, cardReadEvent({ plate: otherPlate }), { type: 'rsuDown', reason: 'link' }],
    [
      ...intent,
      'rsu release',
      'rsu search off',
      '+outcome refused lane rsuGone',
      '+exception 12 rsuGone',
      '+outbox exception',
    ],
    'manual rsuGone',
  ],
  [
    'RSU gone before the search',
    [{ type: 'rsuDown', reason: 'link' }, ...arriving],
    ['claim', '+orderMade', '+exception 12 rsuGone', '+outbox exception'],
    'manual rsuGone',
  ],
  [
    'RSU gone while the C6 is open, and back: the card is asked',
    [
      ...arriving,
      cardReadEvent(),
      { type: 'rsuDown', reason: 'link' },
      { type: 'rsuUp', psamTerminals: [], rsuId: '' },
    ],
    [...armed, '+outcome unknown b5 rsuDown', 'rsu search on'],
    'suspect',
  ],
  [
    'RSU gone while the C6 is open, for good: a person',
    [...arriving, cardReadEvent(), { type: 'rsuDown', reason: 'link' }, timerEvent('suspect')],
    [
      ...armed,
      '+outcome unknown b5 rsuDown',
      'rsu search off',
      '+exception 10 obuNotFoundAgain',
      '+outbox exception',
    ],
    'asking outcomeUnknown',
  ],
  [
    'lost B5, and a B5 after all while a person is asked',
    [
      ...arriving,
      cardReadEvent(),
      b5('unknown'),
      timerEvent('suspect'),
      b5('paid', proofFor(9500)),
    ],
    [
      ...armed,
      '+outcome unknown b5 word',
      'rsu search on',
      'rsu search off',
      '+exception 10 obuNotFoundAgain',
      '+outbox exception',
      'rsu complete',
      'rsu search off',
      ...paidRows,
      ...opened,
    ],
    'opening etc',
  ],
  [
    'lost B5, the card shows no debit: a second try, under a number of its own',
    [...arriving, cardReadEvent(), b5('unknown'), cardReadEvent()],
    [
      ...armed,
      '+outcome unknown b5 word',
      'rsu search on',
      '+outcome refused evidence cardUnchanged',
      '+intent',
      'rsu search on',
    ],
    'searching',
  ],
  [
    'lost B5, another card in the OBU: a person',
    [
      ...arriving,
      cardReadEvent(),
      b5('unknown'),
      cardReadEvent({ card: { cardNo: '45010000000000000002' } }),
    ],
    [
      ...armed,
      '+outcome unknown b5 word',
      'rsu search on',
      'rsu search off',
      '+exception 10 anotherCardInTheObu',
      '+outbox exception',
    ],
    'asking outcomeUnknown',
  ],
  [
    'a person takes other payment while the ETC order is locked',
    [
      ...arriving,
      cardReadEvent(),
      b5('unknown'),
      timerEvent('suspect'),
      { type: 'settle', means: 'cash', amountFen: null, act: act() },
    ],
    [
      ...armed,
      '+outcome unknown b5 word',
      'rsu search on',
      'rsu search off',
      '+exception 10 obuNotFoundAgain',
      '+outbox exception',
      '+audit',
      '+payment cash 500',
      '+pass other',
      ...opened,
    ],
    'opening other',
  ],
  [
    'its B5 comes when the driver has paid cash: paid, refunded once, nothing opens again',
    [
      ...arriving,
      cardReadEvent(),
      b5('unknown'),
      timerEvent('suspect'),
      { type: 'settle', means: 'cash', amountFen: null, act: act() },
      b5('paid', proofFor(9500)),
      b5('paid', proofFor(9500)),
    ],
    [
      ...armed,
      '+outcome unknown b5 word',
      'rsu search on',
      'rsu search off',
      '+exception 10 obuNotFoundAgain',
      '+outbox exception',
      '+audit',
      '+payment cash 500',
      '+pass other',
      ...opened,
      'rsu complete',
      '+outcome paid b5 paid',
      '+payment etc 500',
      '+outbox exitUpload',
      '+refund 500',
    ],
    'opening other',
  ],
  [
    'debit too late: never sent, tried once more',
    [...arriving, cardReadEvent()],
    [
      ...intent,
      '+armed',
      'rsu release',
      '+outcome refused lane tooLate',
      '+intent',
      'rsu search on',
    ],
    'searching late',
  ],
  [
    'the car backs out while searching',
    [...arriving, loop('arrive', 'off')],
    [...intent, 'rsu search off', '+outcome refused lane backedOut'],
    'idle',
  ],
  [
    'the car backs out after the search gave up: its intent is closed once',
    [...arriving, timerEvent('obu'), loop('arrive', 'off')],
    [
      ...intent,
      'rsu search off',
      '+outcome refused lane obuNotRead',
      '+exception 1 obuNotRead',
      '+outbox exception',
      'rsu search off',
    ],
    'idle',
  ],
  [
    'the car backs out with its C6 open: its B5 is still booked',
    [...arriving, cardReadEvent(), loop('arrive', 'off'), b5('paid', proofFor(9500))],
    [
      ...armed,
      'rsu complete',
      '+outcome paid b5 paid',
      '+payment etc 500',
      '+outbox exitUpload',
      'rsu search off',
    ],
    'idle',
  ],
  [
    'the car backs out with its C6 open, and the B5 is lost',
    [...arriving, cardReadEvent(), loop('arrive', 'off'), b5('unknown')],
    [...armed, '+outcome unknown lane backedOut', 'rsu search off'],
    'idle',
  ],
  [
    'the car backs out with its C6 open, and the RSU goes',
    [...arriving, cardReadEvent(), loop('arrive', 'off'), { type: 'rsuDown', reason: 'link' }],
    [...armed, '+outcome unknown lane backedOut', 'rsu search off'],
    'idle',
  ],
  [
    'the car backs out while its outcome is looked for; a late B5 still finds its deduction',
    [
      ...arriving,
      cardReadEvent(),
      b5('unknown'),
      loop('arrive', 'off'),
      b5('paid', proofFor(9500)),
    ],
    [
      ...armed,
      '+outcome unknown b5 word',
      'rsu search on',
      'rsu search off',
      '+outcome paid b5 paid',
      '+payment etc 500',
      '+exception 10 noTac',
    ],
    'idle',
  ],
  [
    'opened by hand while searching: the intent is closed behind it',
    [...arriving, { type: 'openByHand', act: act() }],
    [
      ...intent,
      '+audit',
      '+pass emergency',
      '+barrier',
      'barrier open',
      '+outcome refused lane openedByHand',
      'rsu search off',
    ],
    'opening emergency',
  ],
  [
    'opened by hand with a C6 open: unknown, then paid by its B5',
    [...arriving, cardReadEvent(), { type: 'openByHand', act: act() }, b5('paid', proofFor(9500))],
    [
      ...armed,
      '+audit',
      '+pass emergency',
      '+barrier',
      'barrier open',
      '+outcome unknown lane openedByHand',
      'rsu complete',
      '+outcome paid b5 paid',
      '+payment etc 500',
      '+outbox exitUpload',
    ],
    'opening emergency',
  ],
]

function run(row: Row): { bench: LaneBench; log: string[] } {
  const [, events, , end, options] = row
  const bench = new LaneBench(options).entered()
  bench.debitLate = end.endsWith(' late')
  bench.done()
  return { bench, log: bench.give(...events).done() }
}

const where = (bench: LaneBench): string =>
  [bench.state.name, bench.state.car?.pass?.cause ?? bench.state.car?.manual ?? '']
    .filter((word) => word !== '')
    .join(' ')

describe('card mode', () => {
  it.each(rows.map((row) => ({ name: row[0], row })))('$name', ({ row }) => {
    const { bench, log } = run(row)
    const [, , expected, end] = row
    expect(log).toEqual(expected)
    expect(where(bench)).toBe(end.replace(' late', ''))
  })

  it('blacklisted: released, and the driver told', () => {
    const bench = new LaneBench().entered()
    bench.blacklist.add('45010000000000000001')
    bench.give(...arriving, cardReadEvent())
    expect(where(bench)).toBe('manual blacklisted')
    expect(bench.done()).toContain('+exception 5 blacklisted')
  })
  it('a card charged a moment ago is not charged again', () => {
    const bench = new LaneBench().entered()
    bench.lot.chargedAtMs.set('45010000000000000001', bench.nowMs - 1000)
    bench.give(...arriving, cardReadEvent())
    expect(where(bench)).toBe('manual repeatSuspected')
    expect(bench.done()).not.toContain('debit')
  })
  it('offline caps: the lot says no before anything is armed', () => {
    const bench = new LaneBench().entered()
    bench.bar = 'offlineTotal'
    bench.give(...arriving, cardReadEvent())
    expect(where(bench)).toBe('manual offlineCaps')
    expect(bench.done()).not.toContain('+armed')
  })
  it('C6 carries the amount, the time and the station record of this lane', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent())
    expect(bench.lastC6).toMatchObject({ amountFen: 500, obuId, timeBcd: '20261120143000' })
    expect(bench.lastC6?.stationHex).toHaveLength(86)
  })
  it('two tries a car at most: the second evidence of no debit goes to a person', () => {
    const bench = new LaneBench().entered().give(...arriving)
    for (let i = 0; i < 2; i++) bench.give(cardReadEvent(), b5('unknown'), cardReadEvent())
    expect(where(bench)).toBe('manual refused')
    expect(bench.rows.filter((r) => r.kind === 'intent')).toHaveLength(2)
    const numbers = bench.rows.flatMap((r) => (r.kind === 'intent' ? [r.body.outTradeNo] : []))
    expect(new Set(numbers).size).toBe(2)
  })
  it('a debit that is late twice goes to a person', () => {
    const bench = new LaneBench().entered()
    bench.debitLate = true
    bench.give(...arriving, cardReadEvent(), cardReadEvent())
    expect(where(bench)).toBe('manual tooLate')
    expect(bench.log).not.toContain('debit')
  })
  it('evidence of the card settles a lost B5 as paid, without a TAC', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent(), b5('unknown'))
    const station0019Hex = bench.lastC6?.stationHex ?? ''
    bench.done()
    bench.give(cardReadEvent({ balanceFen: 9500, station0019Hex }))
    expect(bench.done()).toEqual([
      'rsu complete',
      'rsu search off',
      '+outcome paid evidence paid',
      '+payment etc 500',
      '+exception 10 noTac',
      '+outbox exception',
      '+pass etc',
      ...opened,
    ])
  })
  it('paid and gone: the stay closes, and a car that stands behind it is read at once', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent())
    bench.give(b5('paid', proofFor(9500)), loop('under', 'on')).done()
    const passId = bench.state.car?.pass?.passId ?? ''
    bench.give({ type: 'passed', passId: 'another' })
    expect(bench.done()).toEqual([])
    bench.give({ type: 'passed', passId })
    expect(bench.done()).toEqual(['+stayClosed etc'])
    expect(where(bench)).toBe('reading')
    expect(bench.lot.stays.size).toBe(0)
  })
  it('a B5 of another OBU moves nothing', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent())
    bench.done()
    bench.give({ ...b5('paid'), obuId: '99999999' } as LaneEvent)
    expect([where(bench), ...bench.done()]).toEqual(['debiting'])
  })
})
