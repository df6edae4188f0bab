// A car whose order was paid while a person was asked: whatever the way of that payment, no second one is taken for it, and
// later collection lets the car out.
import { describe, expect, it } from 'vitest'
import { violationsOf } from './lot/violations.ts'
import {
  act,
  b5,
  cardReadEvent,
  LaneBench,
  loop,
  plate,
  plateEvent,
  proofFor,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'

const options: BenchOptions = {
  chargeMode: 'card',
  offline: 'other-payment',
  hasPlatform: true,
  rsuHasProof: false,
  largeAmountFen: 100_000,
}
const arrives = [loop('arrive', 'on'), plateEvent(plate)]

/** Payment of the whole order, as another lane, a code or a place books it. */
function paidElsewhere(bench: LaneBench, means: 'qr' | 'cash'): void {
  const {
    stayId = '',
    orderId = '',
    amountFen = 0,
  } = bench.rows.findLast(({ kind }) => kind === 'orderMade') ?? {}
  const body = { paymentId: 'gx1-M900', means, by: null, reason: 'elsewhere' }
  bench.append([{ kind: 'payment', atMs: bench.nowMs, stayId, orderId, amountFen, body }])
}

const ways: readonly (readonly [string, Partial<BenchOptions>, (bench: LaneBench) => void])[] = [
  [
    'its debit, whose doubt could not be written, was reported as paid late',
    {},
    (bench) => {
      bench.give(...arrives, cardReadEvent(), b5('unknown'), timerEvent('suspect'))
      bench.nowMs += 60_000
      bench.give(cardReadEvent(), cardReadEvent())
      bench.failAppends = 1
      bench.give(b5('unknown'), b5('paid', proofFor(9500)), b5('paid', proofFor(9500)))
    },
  ],
  [
    'the platform said so after two silences',
    { chargeMode: 'online' },
    (bench) => {
      bench.give(...arrives, cardReadEvent())
      const [open] = bench.lot.unsettled.values()
      const of = { deductionId: open?.deductionId ?? '', reason: 'word', receipt: null }
      bench.give({ type: 'charge', ...of, result: 'noAnswerTwice' })
      bench.append(bench.lateRows({ ...of, result: 'paid', source: 'platform' }))
    },
  ],
  [
    'a code was paid at another lane',
    {},
    (bench) => {
      bench.give(...arrives, timerEvent('obu'))
      paidElsewhere(bench, 'qr')
    },
  ],
  [
    'an attendant took cash at another lane, and the antenna is down here',
    {},
    (bench) => {
      bench.give({ type: 'rsuDown', reason: 'link' }, ...arrives)
      paidElsewhere(bench, 'cash')
    },
  ],
]

describe.each(ways)('%s', (_way, over, pay) => {
  const settles = (means: 'cash' | 'transfer' | 'free' | 'later'): LaneBench => {
    const bench = new LaneBench({ ...options, ...over }).entered(70)
    pay(bench)
    expect(['manual', 'asking', 'waiting']).toContain(bench.state.name)
    bench.done()
    return bench.give({ type: 'settle', means, amountFen: null, act: act('c900') })
  }

  it.each(['cash', 'transfer', 'free'] as const)('takes nothing by %s', (means) => {
    const bench = settles(means)
    expect(bench.done().filter((word) => /payment|barrier|pass/.test(word))).toEqual([])
    expect(violationsOf(bench.rows)).toEqual([])
  })

  it('is let out by later collection, which collects nothing', () => {
    const bench = settles('later')
    expect(bench.state.name).toBe('opening')
    expect(violationsOf(bench.rows)).toEqual([])
  })
})
