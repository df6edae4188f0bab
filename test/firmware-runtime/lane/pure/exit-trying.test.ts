// A car in `manual` may still pay by ETC: once the obstacle is gone, the lane decides by itself.
// Each row: what happens, what was done after the hand-over to a person, and the final state of the lane.
import { describe, expect, it } from 'vitest'
import { emptyLane, type LaneEvent } from '#lane/pure/lane.ts'
import {
  act,
  b5,
  cardReadEvent,
  LaneBench,
  loop,
  otherPlate,
  plate,
  plateEvent,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'
import { shownWord } from './bench-words.ts'
import { answer, cash } from './exit-online-rows.ts'
import {
  arriving,
  b5Paid,
  back,
  barred,
  online,
  rsuDown,
  rsuUp,
  silent,
  where,
} from './effects-kit.ts'

const retry = timerEvent('retry')
const opened = ['barrier open', '+barrier']
const charged = ['rsu release', 'rsu search off', '+intent', '+outbox charge', 'charge']
const paidOnline = ['+outcome paid platform paid', '+payment etc 500', '+pass etc', ...opened]
const debited = ['+intent', '+armed', 'debit']
const paidByCard = [
  'rsu complete',
  'rsu search off',
  '+outcome paid b5 paid',
  '+payment etc 500',
  '+outbox exitUpload',
  '+pass etc',
  ...opened,
]
const card: BenchOptions = { chargeMode: 'card' }

interface Row {
  readonly name: string
  readonly options: BenchOptions
  /** Events up to the hand-over to a person. */
  readonly before: readonly (LaneEvent | ((bench: LaneBench) => void))[]
  readonly manual: string
  readonly then: readonly (LaneEvent | ((bench: LaneBench) => void))[]
  readonly done: readonly string[]
  readonly end: string
}

const paidNow = (bench: LaneBench): void => {
  const deductionId = bench.state.car?.deduction?.deductionId ?? ''
  bench.give({ type: 'charge', deductionId, result: 'paid', reason: 'paid', receipt: null })
}
/** The order is paid at another lane or a pile. */
const paidElsewhere = (bench: LaneBench): void => {
  const orderId = bench.state.car?.orderId ?? ''
  const body = { paymentId: 'gx1-M9', means: 'qr', by: 'anna', reason: 'asked' } as const
  const stayId = bench.state.car?.stayId ?? ''
  const refs = { atMs: bench.nowMs, laneId: 'pile', stayId, orderId, amountFen: 500 }
  bench.append([{ kind: 'payment', ...refs, body }])
}

const rows: readonly Row[] = [
  {
    name: 'the tag is found later: online',
    options: online,
    before: [...arriving, timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [cardReadEvent(), answer('paid')],
    done: [...charged, ...paidOnline],
    end: 'opening etc',
  },
  {
    name: 'the tag is found later: card, under a number of its own',
    options: card,
    before: [...arriving, timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [cardReadEvent(), b5Paid],
    done: [...debited, ...paidByCard],
    end: 'opening etc',
  },
  {
    name: 'the link is cut between B2 and B4, and back',
    options: card,
    before: [...arriving, { type: 'obuSeen', obu: cardReadEvent().obu }, rsuDown],
    manual: 'manual rsuGone',
    then: [rsuUp, cardReadEvent(), b5Paid],
    done: ['rsu search on', ...debited, ...paidByCard],
    end: 'opening etc',
  },
  {
    name: 'the antenna was down when the car came',
    options: online,
    before: [rsuDown, ...arriving],
    manual: 'manual rsuGone',
    then: [rsuUp, cardReadEvent(), answer('paid')],
    done: ['rsu search on', ...charged, ...paidOnline],
    end: 'opening etc',
  },
  {
    name: 'the antenna is back and no tag is there: then it is the tag that is named',
    options: online,
    before: [rsuDown, ...arriving],
    manual: 'manual rsuGone',
    then: [rsuUp, timerEvent('obu')],
    done: ['rsu search on', '+exception obuNotRead obuNotRead'],
    end: 'manual obuNotRead',
  },
  {
    name: 'the antenna goes while a person is asked about the tag: the antenna is named',
    options: online,
    before: [...arriving, timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [rsuDown],
    done: ['+exception other rsuGone'],
    end: 'manual rsuGone',
  },
  {
    name: 'an antenna that comes and goes is reported once',
    options: online,
    before: [...arriving, rsuDown],
    manual: 'manual rsuGone',
    then: [rsuUp, rsuDown, rsuUp, rsuDown],
    done: ['rsu search on', 'rsu search on'],
    end: 'manual rsuGone',
  },
  {
    name: 'the platform was silent and is back: it is probed while the car stands there',
    options: online,
    before: [silent, ...arriving],
    manual: 'manual platformDown',
    then: [retry, retry, back, retry, cardReadEvent(), answer('paid')],
    done: ['probe platform', 'probe platform', 'rsu search on', ...charged, ...paidOnline],
    end: 'opening etc',
  },
  {
    name: 'no answer twice: the same number is queried again, never a new one',
    options: online,
    before: [...arriving, cardReadEvent(), answer('noAnswerTwice')],
    manual: 'manual noAnswerTwice',
    then: [retry, answer('noAnswerTwice'), cardReadEvent(), retry, answer('paid')],
    done: ['charge again', 'rsu release', 'charge again', ...paidOnline],
    end: 'opening etc',
  },
  {
    name: 'no answer twice, then refused: the card is not charged again, another one is',
    options: online,
    before: [...arriving, cardReadEvent(), answer('noAnswerTwice')],
    manual: 'manual noAnswerTwice',
    then: [
      answer('refused'),
      cardReadEvent(),
      cardReadEvent({ card: { cardNo: '45010000000000000002' } }),
    ],
    done: [
      'rsu search on',
      '+outcome refused platform word',
      '+exception refused refused',
      'rsu release',
      ...charged,
    ],
    end: 'charging',
  },
  {
    name: 'a card that B5 refused is not charged again',
    options: card,
    before: [...arriving, cardReadEvent(), b5('unpaid')],
    manual: 'manual refused',
    then: [cardReadEvent(), retry],
    done: ['rsu release'],
    end: 'manual refused',
  },
  {
    name: 'a purse that was filled meanwhile pays',
    options: card,
    before: [...arriving, cardReadEvent({ balanceFen: 499 })],
    manual: 'manual insufficient',
    then: [cardReadEvent({ balanceFen: 499 }), cardReadEvent(), b5Paid],
    done: ['rsu release', ...debited, ...paidByCard],
    end: 'opening etc',
  },
  {
    name: 'the sign-in comes: the card is asked for again',
    options: card,
    before: [barred('notSignedIn'), ...arriving, cardReadEvent()],
    manual: 'manual notSignedIn',
    then: [retry, barred(null), retry, cardReadEvent(), b5Paid],
    done: ['rsu search on', ...debited, ...paidByCard],
    end: 'opening etc',
  },
  {
    name: 'the plate is read late',
    options: online,
    before: [loop('arrive', 'on'), timerEvent('plate')],
    manual: 'manual plateNotRead',
    then: [plateEvent(plate), cardReadEvent(), paidNow],
    done: ['claim', '+orderMade', 'rsu search on', ...charged, ...paidOnline],
    end: 'opening etc',
  },
  {
    name: 'paid at a pile meanwhile: the lane opens by itself',
    options: online,
    before: [...arriving, timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [paidElsewhere, retry],
    done: ['rsu search off', 'claim', '+pass other', ...opened],
    end: 'opening other',
  },
  {
    name: "another car's tag is let go again and again, and nothing is written",
    options: card,
    before: [...arriving, timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [cardReadEvent({ plate: otherPlate }), cardReadEvent({ plate: otherPlate })],
    done: ['rsu release', 'rsu release'],
    end: 'manual obuNotRead',
  },
  {
    name: 'a person settles: the antenna goes off, and a tag that comes then is not charged',
    options: card,
    before: [...arriving, timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [cash, cardReadEvent(), retry],
    done: ['+audit', '+payment cash 500', '+pass other', ...opened, 'rsu search off'],
    end: 'opening other',
  },
  {
    name: 'a person opens: the antenna goes off, what is owed stays owed',
    options: online,
    before: [...arriving, timerEvent('obu')],
    manual: 'manual obuNotRead',
    then: [{ type: 'openByHand', act: act() }, cardReadEvent(), rsuDown, rsuUp, retry],
    done: ['+audit', '+pass emergency', '+barrier', 'barrier open', 'rsu search off'],
    end: 'opening emergency',
  },
  {
    name: 'a large amount stays with a person',
    options: { ...online, largeAmountFen: 499 },
    before: arriving,
    manual: 'manual largeAmount',
    then: [cardReadEvent(), rsuDown, rsuUp, retry],
    done: ['rsu release'],
    end: 'manual largeAmount',
  },
  {
    name: 'unknown outcome on the card: the same OBU read again settles it, also after ten seconds',
    options: card,
    before: [...arriving, cardReadEvent(), b5('unknown'), timerEvent('suspect')],
    manual: 'asking outcomeUnknown',
    then: [
      (bench) =>
        bench.give(
          cardReadEvent({ balanceFen: 9500, station0019Hex: bench.lastC6?.stationHex ?? '' }),
        ),
    ],
    done: [
      ...['rsu complete', 'rsu search off', '+outcome paid evidence paid', '+payment etc 500'],
      ...['+exception noTac noTac', '+pass etc', ...opened],
    ],
    end: 'opening etc',
  },
]

const run = (bench: LaneBench, steps: Row['before']): void => {
  for (const step of steps)
    if (typeof step === 'function') step(bench)
    else bench.give(step)
}

describe('a waiting car is never final', () => {
  it.each(rows)('$name', ({ options, before, manual, then, done, end }) => {
    const bench = new LaneBench(options).entered()
    run(bench, before)
    expect(where(bench)).toBe(manual)
    bench.done()
    run(bench, then)
    expect(bench.done()).toEqual(done)
    expect(where(bench)).toBe(end)
    expect(bench.onBoard).toBe(bench.state.shown.zh)
    const waits = end.startsWith('manual')
    expect(bench.timers.has('retry'), 'a look at what may pay is due').toBe(waits)
  })
})

it('a car that was paid while its tag was looked for is looked at again, and goes by itself', () => {
  const bench = new LaneBench(online).entered()
  run(bench, [...arriving, paidElsewhere, timerEvent('obu')])
  expect([where(bench), bench.timers.has('retry')]).toEqual(['manual obuNotRead', true])
  bench.done()
  run(bench, [retry])
  expect([where(bench), bench.done()]).toEqual([
    'opening other',
    ['claim', '+pass other', ...opened],
  ])
})

describe('a starting lane holds its first car until the antenna was asked once', () => {
  const starting = (options: BenchOptions): LaneBench => {
    const bench = new LaneBench(options).entered()
    bench.state = { ...emptyLane(), arrive: 'off', under: 'off' }
    bench.give(...arriving)
    expect(shownWord(bench.state.shown)).toBe('starting')
    return bench
  }
  it.each([online, card])('%o: the antenna answers, and the tag is looked for', (options) => {
    const bench = starting(options)
    expect(bench.done()).toEqual(['claim', '+orderMade'])
    bench.give(rsuUp)
    expect(bench.done()).toContain('rsu search on')
    bench.give(cardReadEvent())
    expect(bench.state.name).toBe(options === card ? 'debiting' : 'charging')
  })
  it.each([online, card])('%o: it does not answer, in ten seconds or at all', (options) => {
    for (const event of [rsuDown, timerEvent('obu')]) {
      const bench = starting(options)
      expect(where(bench.give(event))).toBe('manual rsuGone')
      expect(bench.rows.filter((row) => row.kind === 'intent')).toEqual([])
    }
  })
  it('one that is known to be down holds nobody', () => {
    const bench = new LaneBench(online).entered().give(rsuDown, ...arriving)
    expect(where(bench)).toBe('manual rsuGone')
  })
})

describe('a card that shows no debit', () => {
  const shown = (bench: LaneBench): LaneBench => bench.give(cardReadEvent(), b5('unknown'))

  it('is charged anew only after each C6 was shown to have done nothing, five times in all', () => {
    const bench = new LaneBench(card).entered().give(...arriving)
    for (let i = 0; i < 8; i++) shown(bench).give(cardReadEvent())
    const kinds = bench.rows.flatMap((row) =>
      row.kind === 'intent' || row.kind === 'outcome' ? [row] : [],
    )
    const words = kinds.map((row) =>
      row.kind === 'intent' ? 'intent' : `${row.body.state} ${row.body.reason}`,
    )
    const once = ['intent', 'unknown word', 'refused cardUnchanged']
    expect(words).toEqual(Array.from({ length: 5 }, () => once).flat())
    expect(new Set(kinds.map(({ deductionId }) => deductionId)).size).toBe(5)
    expect(bench.log.filter((word) => word === 'debit')).toHaveLength(5)
    expect(bench.state.name).toBe('manual')
    // The driver may still show another card.
    const other = cardReadEvent({ card: { cardNo: '45010000000000009999' } })
    bench.give(other, b5Paid)
    expect(bench.state.name).toBe('opening')
  })

  it('is not charged again while one C6 is unknown', () => {
    const bench = new LaneBench(card).entered().give(...arriving)
    shown(bench).give(timerEvent('suspect'))
    for (let i = 0; i < 5; i++) bench.give(retry, rsuDown, rsuUp)
    expect(bench.log.filter((word) => word === 'debit')).toHaveLength(1)
    expect(bench.state.name).toBe('asking')
  })
})
