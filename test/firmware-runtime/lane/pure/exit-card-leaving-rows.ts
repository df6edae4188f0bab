// More expected results in card mode: cars that back out, and people who open by hand. Rows as in
// exit-card-rows.ts, judged by exit-card.test.ts.
import type { CardRow } from './exit-card-rows.ts'
import { act, b5, cardReadEvent, loop, proofFor, timerEvent } from './lane-bench.ts'
import { arriving } from './effects-kit.ts'

const intent = ['claim', '+orderMade', '+intent', 'rsu search on']
const armed = [...intent, '+armed', 'debit']

export const leavingRows: readonly CardRow[] = [
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
      '+outcome refused lane obuNotRead',
      '+exception obuNotRead obuNotRead',
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
      '+outbox exitUpload',
    ],
    'idle',
  ],
  [
    'the car drives out under an open boom with its outcome unknown: its stay ends, the question stays',
    [
      ...arriving,
      cardReadEvent(),
      b5('unknown'),
      { type: 'position', position: 'open' },
      loop('under', 'on'),
      loop('arrive', 'off'),
      loop('under', 'off'),
    ],
    [
      ...armed,
      '+outcome unknown b5 word',
      'rsu search on',
      'rsu search off',
      '+stayClosed open',
      '+exception other leftUnpaid',
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
