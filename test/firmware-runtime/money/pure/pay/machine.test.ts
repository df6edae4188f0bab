// Rules P1 to P6 and the waits of payments-and-desk.md 1.6, one row each: what happens, and what is requested then.
// Events in any order are in machine-any-order.test.ts.
import { describe, expect, it } from 'vitest'
import { applyPayRow, emptyOrder, refundableFen } from '#money/pure/pay/order.ts'
import type { PayEvent } from '#money/pure/pay/turn.ts'
import { dueFen, Run } from './pay-run.ts'

const code = '130000000000000000'

describe('an offer', () => {
  it('is durable before it is sent, shown when it is answered, and opens behind its paid row', () => {
    const run = new Run()
    expect(run.feed({ type: 'offer' })).toEqual([
      'append made',
      'offer O1P1',
      'timer query O1P1 5000',
      'timer giveUp O1P1 90000',
    ])
    expect(run.answer('offer', { qrText: 'pay:1' })).toEqual([
      'append pending',
      'show O1P1',
      'timer query O1P1 3000',
    ])
    expect(run.timer('query')).toEqual(['query O1P1', 'timer query O1P1 3000'])
    expect(run.answer('query', { state: 'paid' })).toEqual([
      'append paid+orderPaid',
      'hide O1P1',
      'timer watch O1P1 60000',
      'open O1P1',
    ])
    expect(run.answer('query', { state: 'paid' })).toEqual([])
    expect(run.feed({ type: 'offer' })).toEqual(['refuse orderPaid'])
  })
  it('is the same offer when it is asked for again', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    expect(run.feed({ type: 'offer' })).toEqual(['offer O1P1', 'timer query O1P1 5000'])
    expect(run.order.attempts).toHaveLength(1)
  })
  it('that is not found stays until it has run out: the scan may make the trade', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    const notFound = (to: 'query' | 'cancel'): PayEvent => ({
      type: 'answer',
      to,
      attemptNo: 'O1P1',
      answer: { kind: 'notFound' },
    })
    run.feed(notFound('query'))
    expect(run.state()).toBe('sent')
    run.at(90_000, { type: 'timer', name: 'giveUp O1P1' })
    run.at(124_999, notFound('cancel'))
    expect(run.state()).toBe('cancelling')
    run.at(125_000, notFound('cancel'))
    expect(run.state()).toBe('closed')
  })
})

describe('P1 and P2, one means at a time', () => {
  it('cancels an offer before a charge begins, and does not wait for its end', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    expect(run.feed({ type: 'charge', code })).toEqual([
      'append cancelling+made',
      'hide O1P1',
      'cancel O1P1',
      'timer cancel O1P1 3000',
      'charge O1P2',
      'timer query O1P2 5000',
      'timer giveUp O1P2 30000',
    ])
  })
  it.each([
    ['ETC', { type: 'etc', now: 'started' }],
    ['cash', { type: 'paidOtherwise', means: 'cash' }],
    ['the car leaving', { type: 'stopped' }],
  ] as [string, PayEvent][])('cancels for %s', (_, event) => {
    const run = new Run()
    run.feed({ type: 'offer' })
    expect(run.feed(event)).toContain('cancel O1P1')
    expect(run.state()).toBe('cancelling')
  })
  it('cancels no charge earlier than 15 s after it was sent', () => {
    const run = new Run()
    run.feed({ type: 'charge', code })
    expect(run.at(4_000, { type: 'stopped' })).toEqual([
      'append cancelling',
      'timer cancel O1P1 11000',
    ])
    run.nowMs = 15_000
    expect(run.timer('cancel')).toEqual(['cancel O1P1', 'timer cancel O1P1 3000'])
  })
  it('repeats a cancel after 3, 5, 10, 20, 40 and each 60 s, and after a day is an item', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.feed({ type: 'stopped' })
    const waits = [1, 2, 3, 4, 5, 6].map(() => run.timer('cancel')[1])
    expect(waits).toEqual([5, 10, 20, 40, 60, 60].map((sec) => `timer cancel O1P1 ${sec}000`))
    run.nowMs = 86_400_000
    expect(run.timer('cancel')).toEqual(['append item'])
    expect(run.item()).toBe('cancelUnanswered')
  })
  it.each(['open', 'paying', 'unknown'] as const)(
    'a cancel that says %s is not its end',
    (state) => {
      const run = new Run()
      run.feed({ type: 'offer' })
      run.feed({ type: 'stopped' })
      expect(run.answer('cancel', { state })).toEqual([])
      expect(run.answer('cancel', { state: 'closed' })[0]).toBe('append closed')
    },
  )
  it('lets nothing begin while ETC charges', () => {
    const run = new Run()
    run.feed({ type: 'etc', now: 'started' })
    expect(run.feed({ type: 'offer' })).toEqual(['refuse etcRuns'])
    run.feed({ type: 'etc', now: 'ended' })
    expect(run.feed({ type: 'offer' })).toContain('offer O1P1')
  })
  it('refuses cash and ETC of an order that was paid', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.answer('query', { state: 'paid' })
    expect(run.feed({ type: 'paidOtherwise', means: 'cash' })).toEqual(['refuse orderPaid'])
    expect(run.feed({ type: 'etc', now: 'started' })).toEqual(['refuse orderPaid'])
    expect(run.order.paidWith).toBe('O1P1')
  })
})

describe('P3, a late success', () => {
  const late = (): Run => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.feed({ type: 'paidOtherwise', means: 'cash' })
    return run
  }
  it('goes back by itself, once, under the derived number', () => {
    const run = late()
    expect(run.answer('query', { state: 'paid' })).toEqual([
      'append paid+refund',
      'hide O1P1',
      'timer watch O1P1 60000',
      'refund O1P1',
      'timer refund O1P1 3000',
    ])
    expect(run.rows.at(-1)).toMatchObject({ refundNo: 'O1P1R1', amountFen: dueFen, why: 'late' })
    expect(run.answer('query', { state: 'paid' })).toEqual([])
  })
  it('is found when the gateway closed it and was paid all the same', () => {
    const run = late()
    expect(run.answer('cancel', { state: 'closed' })).toEqual([
      'append closed',
      'hide O1P1',
      'timer watch O1P1 60000',
    ])
    expect(run.timer('watch')).toEqual(['query O1P1', 'timer watch O1P1 300000'])
    expect(run.answer('query', { state: 'paid' })).toContain('refund O1P1')
  })
  it('keeps the order where nothing else paid it, and leaves the means that followed', () => {
    const run = new Run()
    run.feed({ type: 'charge', code })
    run.feed({ type: 'offer' })
    expect(run.answer('query', { state: 'paid' })).toEqual([
      'append paid+orderPaid+cancelling',
      'timer watch O1P1 60000',
      'open O1P1',
      'hide O1P2',
      'cancel O1P2',
      'timer cancel O1P2 3000',
    ])
  })
  it('waits for ETC while that charges: it is kept where ETC ended without money', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.feed({ type: 'etc', now: 'started' })
    expect(run.answer('query', { state: 'paid' })).toEqual([
      'append paid',
      'hide O1P1',
      'timer watch O1P1 60000',
    ])
    expect(run.feed({ type: 'etc', now: 'ended' })).toEqual(['append orderPaid', 'open O1P1'])
  })
  it('is queried after a restart, and asked for again under its number where the gateway failed', () => {
    const run = late()
    run.answer('query', { state: 'paid' })
    run.order = run.rows.reduce(applyPayRow, emptyOrder('O1', dueFen))
    expect(run.feed({ type: 'resumed' })).toEqual([
      'timer watch O1P1 60000',
      'queryRefund O1P1',
      'timer refund O1P1 3000',
    ])
    const failed = { kind: 'refund', refundNo: 'O1P1R1', attemptNo: 'O1P1', state: 'failed' }
    const answer = { ...failed, amountFen: dueFen } as never
    const event = { attemptNo: 'O1P1', refundNo: 'O1P1R1', to: 'queryRefund', answer } as const
    const repeated = run.feed({ type: 'refundAnswer', ...event })
    expect(repeated).toEqual(['append item', 'refund O1P1'])
    expect(run.item()).toBe('refundFailed')
  })
  describe('whose amount changes', () => {
    const told = (run: Run, refundNo: string, to: 'refund' | 'queryRefund', answer: object) =>
      run.feed({ type: 'refundAnswer', attemptNo: 'O1P1', refundNo, to, answer: answer as never })
    const no = { kind: 'refused', reason: 'MORE_THAN_PAID' }
    const notFound = { kind: 'notFound' }
    const refunds = (run: Run): unknown[] =>
      run.order.attempts[0]?.refunds.map(({ refundNo, amountFen, state }) => [
        refundNo,
        amountFen,
        state,
      ]) ?? []
    /** Signed but wrong at first: one fen more than was paid. */
    const tooMuch = (): Run => {
      const run = late()
      run.answer('query', { state: 'paid', paidFen: dueFen + 1 })
      return run
    }
    const done = (refundNo: string, amountFen: number): object => ({
      kind: 'refund',
      refundNo,
      attemptNo: 'O1P1',
      amountFen,
      state: 'done',
    })

    it.each(['the refusal', 'the right amount'])('gives back what was paid, %s first', (first) => {
      const run = tooMuch()
      if (first === 'the refusal') {
        expect(told(run, 'O1P1R1', 'refund', no)).toEqual([])
        expect(run.item()).toBe('otherAmount')
        run.answer('query', { state: 'paid' })
        expect(run.timer('refund')).toContain('queryRefund O1P1')
        expect(told(run, 'O1P1R1', 'queryRefund', notFound)).toEqual(['refund O1P1'])
      } else run.answer('query', { state: 'paid' })
      expect(refunds(run)).toEqual([['O1P1R1', dueFen + 1, 'open']])
      expect(told(run, 'O1P1R1', 'refund', no)).toEqual(['queryRefund O1P1'])
      expect(told(run, 'O1P1R1', 'queryRefund', notFound)).toContain('refund O1P1')
      expect(told(run, 'O1P1R1L2', 'queryRefund', done('O1P1R1L2', dueFen))).toEqual([
        'append refundDone',
      ])
      expect(refunds(run)).toEqual([
        ['O1P1R1', dueFen + 1, 'refused'],
        ['O1P1R1L2', dueFen, 'done'],
      ])
      expect(run.item()).toBeNull()
      // After a restart the rows give the same, and nothing is refunded twice.
      run.order = run.rows.reduce(applyPayRow, emptyOrder('O1', dueFen))
      run.feed({ type: 'resumed' })
      run.answer('query', { state: 'paid' })
      expect(refunds(run)).toHaveLength(2)
    })

    it('is never refundable below nothing while too much is asked for', () => {
      const run = tooMuch()
      run.answer('query', { state: 'paid' })
      const [attempt] = run.order.attempts
      expect(attempt === undefined ? null : refundableFen(attempt)).toBe(0)
      expect(refunds(run)).toHaveLength(1)
    })

    it('gives back the rest where the customer paid twice', () => {
      const run = late()
      run.answer('query', { state: 'paid' })
      run.answer('query', { state: 'paid', paidFen: 2 * dueFen })
      expect(refunds(run)).toEqual([
        ['O1P1R1', dueFen, 'open'],
        ['O1P1R1L2', dueFen, 'open'],
      ])
      run.answer('query', { state: 'paid', paidFen: 2 * dueFen })
      expect(refunds(run)).toHaveLength(2)
    })
  })
})

describe('P5, what is money', () => {
  it.each(['offer', 'cancel'] as const)('not the answer of %s: it is queried', (to) => {
    const run = new Run()
    run.feed({ type: 'offer' })
    if (to === 'cancel') run.feed({ type: 'stopped' })
    expect(run.answer(to, { state: 'paid' })).toEqual(['query O1P1', 'timer query O1P1 3000'])
  })
  it('not a notification: it is a reason to query', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    expect(run.feed({ type: 'notified', attemptNo: 'O1P1' })).toEqual([
      'query O1P1',
      'timer query O1P1 3000',
    ])
    expect(run.feed({ type: 'notified', attemptNo: 'O1P7' })).toEqual([])
  })
  it.each([
    ['another number', { attemptNo: 'O1P9' }],
    ['another merchant', { merchantNo: 'M2' }],
  ])('not an answer over %s: an item', (_, other) => {
    const run = new Run()
    run.feed({ type: 'offer' })
    expect(run.answer('query', { state: 'paid', ...other })).toEqual(['append item'])
    expect(run.item()).toBe('foreignAnswer')
  })
  it.each([
    ['one fen less', { paidFen: dueFen - 1 }],
    ['twice', { paidFen: 2 * dueFen }],
    ['for another order of amount', { amountFen: dueFen + 1, paidFen: dueFen + 1 }],
  ])("not a payment of %s: odd, a person's", (_, other) => {
    const run = new Run()
    run.feed({ type: 'offer' })
    expect(run.answer('query', { state: 'paid', ...other })).toEqual([
      'append odd',
      'hide O1P1',
      'timer watch O1P1 60000',
    ])
    expect(run.item()).toBe('otherAmount')
  })
  it("and what was money and is not any more is a person's", () => {
    const run = new Run()
    run.feed({ type: 'charge', code })
    run.answer('charge', { state: 'paid' })
    expect(run.answer('query', { state: 'closed' })).toEqual(['append odd'])
    expect(run.item()).toBe('paidThenNot')
  })
  it('and what is paid a second time later is found by the watch', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.answer('query', { state: 'paid' })
    expect(run.timer('watch')).toEqual(['query O1P1', 'timer watch O1P1 300000'])
    expect(run.answer('query', { state: 'paid', paidFen: 2 * dueFen })[0]).toBe('append odd')
    expect([run.item(), run.order.paidWith]).toEqual(['otherAmount', 'O1P1'])
  })
  it('silence after a charge is queried at once and decides nothing', () => {
    const run = new Run()
    run.feed({ type: 'charge', code })
    const answer = { kind: 'noAnswer', reason: 'lost' } as const
    const silent: PayEvent = { type: 'answer', to: 'charge', attemptNo: 'O1P1', answer }
    expect(run.feed(silent)).toEqual(['query O1P1', 'timer query O1P1 3000'])
    expect(run.state()).toBe('sent')
  })
  it('a code that the gateway refuses is a failed attempt, and the next has a number of its own', () => {
    const run = new Run()
    run.feed({ type: 'charge', code })
    const answer = { kind: 'refused', reason: 'CODE_INVALID' } as const
    run.feed({ type: 'answer', to: 'charge', attemptNo: 'O1P1', answer })
    expect(run.state()).toBe('failed')
    expect(run.feed({ type: 'charge', code })).toContain('charge O1P2')
  })
})

describe('P6 and restarts', () => {
  it.each(['offer', 'charge'] as const)('an open %s has an item when the day ends', (way) => {
    const run = new Run()
    run.feed(way === 'offer' ? { type: 'offer' } : { type: 'charge', code })
    run.feed({ type: 'dayEnded' })
    expect(run.item()).toBe('openAtDayEnd')
    expect(run.feed({ type: 'dayEnded' })).toEqual([])
    run.answer('query', { state: 'paid' })
    expect(run.item()).toBeNull()
  })
  it('a restart queries what may have been sent, by its number', () => {
    const run = new Run()
    run.feed({ type: 'charge', code })
    run.order = run.rows.reduce(applyPayRow, emptyOrder('O1', dueFen))
    expect(run.state()).toBe('made')
    expect(run.feed({ type: 'resumed' })).toEqual([
      'query O1P1',
      'timer query O1P1 3000',
      'timer giveUp O1P1 30000',
    ])
    expect(run.state()).toBe('sent')
  })
  it('a restart goes on cancelling', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.feed({ type: 'stopped' })
    run.order = run.rows.reduce(applyPayRow, emptyOrder('O1', dueFen))
    expect(run.feed({ type: 'resumed' })).toEqual(['cancel O1P1', 'timer cancel O1P1 3000'])
  })
  it('a restart says again that the order is paid: the barrier may not have been told', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.answer('query', { state: 'paid' })
    run.order = run.rows.reduce(applyPayRow, emptyOrder('O1', dueFen))
    expect(run.feed({ type: 'resumed' })).toEqual(['open O1P1', 'timer watch O1P1 60000'])
  })
})
