// The contract of the port `Orders` for cars that have left their spaces: many orders open at once, pages of events, reviews.
import {
  comes,
  minute,
  open,
  opened,
  paid,
  pays,
  read,
  restart,
  review,
  runs,
  settle,
  withdraw,
  type Case,
  type Charge,
  type Step,
} from './contract.ts'

const reviewed = (charge: Charge): readonly string[] =>
  charge === 'card'
    ? [...pays, 'review order-1', 'reviewed order-1']
    : ['opened order-1', 'charging order-1', 'review order-1', 'reviewed order-1', 'paid order-1']
/** Without an answer, or with a dispute: only a card has paid. */
const asked =
  (...ends: readonly string[]) =>
  (charge: Charge) => [...(charge === 'card' ? pays : pays.slice(0, 2)), 'review order-1', ...ends]

export const streetCases: readonly Case[] = [
  {
    rule: 'an order without a lane needs the time of leaving, and many are open at once, one of each stay',
    layout: 'street',
    steps: [
      [open(1, { leftAtIso: null }), 'ORDER-09 /leftAtIso'],
      [open(1), opened],
      [open(2), opened],
      [open(3, { stayNo: 'stay-2' }), 'ORDER-09 /stayNo'],
      [withdraw(2), { state: 'withdrawn' }],
      [open(3, { stayNo: 'stay-2' }), opened],
    ],
    told: ['opened order-1', 'opened order-2', 'withdrawn order-2', 'opened order-3'],
  },
  {
    rule: 'a page of events has an end, and the next one goes on there',
    layout: 'street',
    steps: Array.from({ length: 205 }, (_, i) => [open(i + 1), opened] as const),
    told: Array.from({ length: 205 }, (_, i) => `opened order-${i + 1}`),
  },
  {
    rule: 'a charge is reviewed once: agreed, its record goes up',
    layout: 'street',
    steps: [
      [open(1), opened],
      [review(1), 'ORDER-09 /outTradeNo'],
      [comes(1)],
      [read(1), { review: 'asked', charge: { amountFen: 700 } }],
      [review(1, { outTradeNo: 'another' }), 'ORDER-09 /outTradeNo'],
      [review(1), { review: 'agreed' }],
      [runs(minute)],
      [review(1), { review: 'agreed' }],
      [review(1, { result: 'disputed' }), 'ORDER-08 /orderNo'],
      [review(1, { amountFen: 699 }), 'ORDER-08 /orderNo'],
      [read(1), paid],
    ],
    told: reviewed,
  },
  ...(
    [
      ['disputed', { result: 'disputed' }],
      ['of another amount', { amountFen: 600 }],
      ['of another plate', { plate: '测A99999' }],
    ] as const
  ).flatMap(([what, over]) => [
    {
      rule: `a review ${what} is a dispute: the card has paid`,
      layout: 'street' as const,
      charge: 'card' as const,
      steps: [
        [open(1), opened],
        [comes(1)],
        [review(1, over), { ...paid, review: 'disputed' }],
        [review(1, over), { ...paid, review: 'disputed' }],
        [restart],
        [review(1), { ...paid, review: 'agreed' }],
      ] satisfies Step[],
      told: asked('reviewed order-1', 'reviewed order-1'),
    },
    {
      rule: `a review ${what} is a dispute: the platform charges nothing`,
      layout: 'street' as const,
      charge: 'online' as const,
      steps: [
        [open(1), opened],
        [comes(1)],
        [read(1), { state: 'charging', review: 'asked' }],
        [settle(1), 'ORDER-07 /orderNo'],
        [review(1, over), { ...opened, review: 'disputed' }],
        [settle(1), { state: 'settled', paidFen: 700 }],
      ] satisfies Step[],
      told: asked('reviewed order-1', 'settled order-1'),
    },
  ]),
  {
    rule: 'without an answer in time the record goes up, and an answer is too late',
    layout: 'street',
    steps: [
      [open(1), opened],
      [comes(1)],
      [read(1), { review: 'asked' }],
      [runs(8 * minute)],
      [read(1), { review: 'asked' }],
      [runs(3 * minute)],
      [read(1), { ...paid, review: 'silent' }],
      [review(1), 'ORDER-08 /orderNo'],
    ],
    told: reviewed,
  },
]
