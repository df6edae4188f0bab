// The expected results of the exit lane in online mode as rows: events, what was done in order, and the final state of the
// lane. Judged by exit-online.test.ts.
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { ChargeResult } from '#base/pure/words/refusals.ts'
import {
  act,
  cardReadEvent,
  loop,
  otherPlate,
  plate,
  plateEvent,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'
import { arriving, position } from './effects-kit.ts'

export const found = ['claim', '+orderMade', 'rsu search on']
export const charging = [
  ...found,
  'rsu release',
  'rsu search off',
  '+intent',
  '+outbox charge',
  'charge',
]
export const opened = ['barrier open', '+barrier']
const exception = (type: ExceptionWord, reason: string): string[] => [
  `+exception ${type} ${reason}`,
]
/** No OBU was found in time. */
const unread = [...found, ...exception('obuNotRead', 'obuNotRead')]
/** A person settles after that: these rows, then the barrier. */
const settled = (...rows: readonly string[]) => [
  ...unread,
  '+audit',
  ...rows,
  ...opened,
  'rsu search off',
]
/** The platform was asked and was silent twice. */
const silent = [
  ...charging,
  '+outcome unknown platform noAnswerTwice',
  ...exception('noAnswerTwice', 'noAnswerTwice'),
]
const under = [loop('under', 'on'), loop('arrive', 'off')]
export const cash = { type: 'settle', means: 'cash', amountFen: null, act: act() } as const
export const deductionId = 'gx1-O2.D1'
export const answer = (result: ChargeResult, reason = 'word'): LaneEvent => ({
  type: 'charge',
  deductionId,
  result,
  reason,
  receipt: null,
})

export interface OnlineRow {
  readonly name: string
  readonly events: readonly LaneEvent[]
  readonly done: readonly string[]
  readonly end: string
  readonly options?: BenchOptions
  readonly minutes?: number
  readonly enteredAs?: string | null
  readonly platformUp?: boolean
}

export const onlineRows: readonly OnlineRow[] = [
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
    done: exception('other', 'plateNotRead'),
    end: 'manual plateNotRead',
  },
  {
    name: 'plate not read: the camera says so, and reads it a moment later',
    events: [loop('arrive', 'on'), plateEvent(null), plateEvent(plate)],
    done: [...exception('other', 'plateNotRead'), ...found],
    end: 'searching',
  },
  {
    name: 'a second plate does not change a car whose stay is known',
    events: [...arriving, timerEvent('obu'), plateEvent(otherPlate)],
    done: unread,
    end: 'manual obuNotRead',
  },
  {
    name: 'no stay',
    events: [loop('arrive', 'on'), plateEvent(otherPlate)],
    done: ['claim', ...exception('other', 'noStay')],
    end: 'manual noStay',
  },
  {
    name: 'a character that looks alike is the same car',
    events: [loop('arrive', 'on'), plateEvent('测A1234S')],
    done: found,
    end: 'searching',
  },
  {
    name: 'one that does not is another car',
    events: [loop('arrive', 'on'), plateEvent('测A12346')],
    done: ['claim', ...exception('other', 'noStay')],
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
    done: [
      ...charging,
      'rsu search on',
      '+outcome refused platform insufficient',
      ...exception('insufficient', 'insufficient'),
    ],
    end: 'manual insufficient',
  },
  {
    name: 'refused for another reason',
    events: [...arriving, cardReadEvent(), answer('refused', 'blacklisted')],
    done: [
      ...charging,
      'rsu search on',
      '+outcome refused platform blacklisted',
      ...exception('blacklisted', 'blacklisted'),
    ],
    end: 'manual blacklisted',
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
    done: silent,
    end: 'manual noAnswerTwice',
  },
  {
    name: 'two silences, and an answer while a person is asked',
    events: [...arriving, cardReadEvent(), answer('noAnswerTwice'), answer('paid')],
    done: [...silent, '+outcome paid platform paid', '+payment etc 500', '+pass etc', ...opened],
    end: 'opening etc',
  },
  {
    name: 'two silences where the lot settles later',
    options: { offline: 'settle-later' },
    events: [...arriving, cardReadEvent(), answer('noAnswerTwice')],
    done: [...silent, '+pass later', ...opened],
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
    done: unread,
    end: 'manual obuNotRead',
  },
  {
    name: 'a large amount is for a person',
    options: { largeAmountFen: 499 },
    events: arriving,
    done: ['claim', '+orderMade', ...exception('largeAmount', 'largeAmount')],
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
    name: 'a car that leaves under a boom lifted by someone else: its stay ends, unpaid and said so',
    events: [...arriving, timerEvent('obu'), position('open'), ...under, loop('under', 'off')],
    done: [...unread, 'rsu search off', '+stayClosed open', ...exception('other', 'leftUnpaid')],
    end: 'idle',
  },
  {
    name: 'a car that reached under the open boom and went back in: its stay goes on',
    events: [
      ...arriving,
      timerEvent('obu'),
      position('open'),
      ...under,
      loop('arrive', 'on'),
      loop('under', 'off'),
      loop('arrive', 'off'),
    ],
    done: [...unread, 'rsu search off'],
    end: 'idle',
  },
  {
    name: 'a loop that comes and goes under a closed boom lets nobody out',
    events: [...arriving, timerEvent('obu'), position('closed'), ...under, loop('under', 'off')],
    done: [...unread, 'rsu search off'],
    end: 'idle',
  },
  {
    name: 'settled in cash',
    events: [...arriving, timerEvent('obu'), cash],
    done: settled('+payment cash 500', '+pass other'),
    end: 'opening other',
  },
  {
    name: 'settled in cash, for the amount the person names',
    events: [...arriving, timerEvent('obu'), { ...cash, amountFen: 300 }],
    done: settled('+payment cash 300', '+pass other'),
    end: 'opening other',
  },
  {
    name: 'waived',
    events: [...arriving, timerEvent('obu'), { ...cash, means: 'free' }],
    done: settled('+payment free 0', '+pass other'),
    end: 'opening other',
  },
  {
    name: 'settled later by a person',
    events: [...arriving, timerEvent('obu'), { ...cash, means: 'later' }],
    done: settled('+pass later'),
    end: 'opening later',
  },
  {
    name: 'a car without a stay is settled: stay and order after the fact',
    events: [loop('arrive', 'on'), timerEvent('plate'), { ...cash, amountFen: 700 }],
    done: [
      ...exception('other', 'plateNotRead'),
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
    done: [
      ...['+audit', '+pass emergency', '+barrier', 'barrier open', 'rsu search off'],
      '+event wentUnread',
    ],
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
