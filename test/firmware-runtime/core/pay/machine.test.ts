// Rules P1 to P6 and the waits of payments-and-desk.md 1.6, one row each: what happens, and what is asked for then.
// Events in any order are machine-any-order.test.ts.
import { describe, expect, it } from 'vitest'
import type { AttemptFacts } from '../../../../firmware-runtime/core/pay/answer.ts'
import { stepPay } from '../../../../firmware-runtime/core/pay/machine.ts'
import { againRow, applyPayRow, emptyOrder } from '../../../../firmware-runtime/core/pay/order.ts'
import type { PayRow } from '../../../../firmware-runtime/core/values/pay-row.ts'
import { standardPayTimes as times } from '../../../../firmware-runtime/core/pay/times.ts'
import type { PayEffect, PayEvent } from '../../../../firmware-runtime/core/pay/turn.ts'

const merchantNo = 'M1'
const dueFen = 1_200

/** Steps one order and keeps what was asked for in words: `query O1P1`, `timer cancel O1P1 3000`. */
class Run {
  order = emptyOrder('O1', dueFen)
  nowMs = 0
  readonly rows: PayRow[] = []

  feed(event: PayEvent): string[] {
    const env = { nowMs: this.nowMs, times, merchantNo, queryMsMin: 0 }
    const step = stepPay(this.order, event, env)
    this.order = step.state
    for (const effect of step.effects) if (effect.do === 'append') this.rows.push(...effect.rows)
    return step.effects.map(wordsOf)
  }

  at(ms: number, event: PayEvent): string[] {
    this.nowMs = ms
    return this.feed(event)
  }

  answer(
    to: 'charge' | 'offer' | 'query' | 'cancel',
    facts: Partial<AttemptFacts>,
    attemptNo = 'O1P1',
  ): string[] {
    const paidFen = facts.state === 'paid' ? dueFen : 0
    const usual = { attemptNo, merchantNo, amountFen: dueFen, paidFen, qrText: null }
    const answer: AttemptFacts = { kind: 'attempt', state: 'open', ...usual, ...facts }
    return this.feed({ type: 'answer', to, attemptNo, answer })
  }

  timer(name: string, attemptNo = 'O1P1'): string[] {
    return this.feed({ type: 'timer', name: `${name} ${attemptNo}` })
  }

  state(attemptNo = 'O1P1'): string | undefined {
    return this.order.attempts.find((one) => one.attemptNo === attemptNo)?.state
  }

  item(attemptNo = 'O1P1'): string | null | undefined {
    return this.order.attempts.find((one) => one.attemptNo === attemptNo)?.item
  }
}

function wordsOf(effect: PayEffect): string {
  switch (effect.do) {
    case 'append':
      return `append ${effect.rows.map((row) => ('state' in row ? row.state : row.row)).join('+')}`
    case 'send':
      return `${effect.request.ask} ${effect.request.attemptNo}`
    case 'timer':
      return `timer ${effect.name} ${effect.afterMs}`
    case 'refuse':
      return `refuse ${effect.reason}`
    case 'show':
    case 'hide':
    case 'open':
      return `${effect.do} ${effect.attemptNo}`
  }
}

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
})

describe('P4, refunds', () => {
  const paid = (): Run => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.answer('query', { state: 'paid' })
    return run
  }
  const ask = (run: Run, amountFen: number, requestedBy = 'wang', approvedBy = 'li'): string[] =>
    run.feed({ type: 'refundRequested', attemptNo: 'O1P1', amountFen, requestedBy, approvedBy })
  it.each([
    ['one person for both', 100, 'wang', 'wang', 'samePerson'],
    ['nothing', 0, 'wang', 'li', 'moreThanPaid'],
    ['one fen more than was paid', dueFen + 1, 'wang', 'li', 'moreThanPaid'],
  ])('refuses %s', (_, fen, requestedBy, approvedBy, reason) => {
    expect(ask(paid(), fen, requestedBy, approvedBy)).toEqual([`refuse ${reason}`])
  })
  it('never sums to more than was paid, part by part, each under its own number', () => {
    const run = paid()
    expect(ask(run, 700)[0]).toBe('append refund')
    expect(ask(run, 501)).toEqual(['refuse moreThanPaid'])
    expect(ask(run, 500)[0]).toBe('append refund')
    const numbers = run.rows.flatMap((row) => (row.row === 'refund' ? [row.refundNo] : []))
    expect(numbers).toEqual(['O1P1R2', 'O1P1R3'])
  })
  it('lets one person alone give back fifty yuan, and no more', () => {
    const run = paid()
    const alone = (amountFen: number): string[] => {
      const who = { requestedBy: 'wang', approvedBy: null }
      return run.feed({ type: 'refundRequested', attemptNo: 'O1P1', amountFen, ...who })
    }
    expect(alone(5_001)).toEqual(['refuse needsSecond'])
    expect(alone(5_000)).toEqual(['refuse moreThanPaid'])
    expect(alone(dueFen)[0]).toBe('append refund')
  })
  const told = (run: Run, to: 'refund' | 'queryRefund', answer: object): string[] =>
    run.feed({
      type: 'refundAnswer',
      to,
      attemptNo: 'O1P1',
      refundNo: 'O1P1R2',
      answer: answer as never,
    })
  const no = { kind: 'refused', reason: 'TOO_MUCH' }
  it('an unknown end is queried; asked for again, by its number, only where nobody knows it', () => {
    const run = paid()
    ask(run, 700)
    expect(told(run, 'refund', { kind: 'noAnswer', reason: 'timeout' })).toEqual([])
    expect(run.timer('refund')).toEqual(['queryRefund O1P1', 'timer refund O1P1 3000'])
    expect(told(run, 'queryRefund', { kind: 'notFound' })).toEqual(['refund O1P1'])
  })
  it('a refusal is an end once the gateway knows of no such refund, and its amount is free again', () => {
    const run = paid()
    ask(run, 700)
    expect(told(run, 'refund', no)).toEqual(['queryRefund O1P1'])
    expect(ask(run, 501)).toEqual(['refuse moreThanPaid'])
    expect(told(run, 'queryRefund', { kind: 'notFound' })).toEqual(['append refundRefused'])
    expect(run.timer('refund')).toEqual([])
    expect(ask(run, dueFen)[0]).toBe('append refund')
    expect(run.rows.at(-1)).toMatchObject({ refundNo: 'O1P1R3' })
  })
  it('a refusal of a repeat is no end where the gateway has the first', () => {
    const run = paid()
    ask(run, 700)
    told(run, 'refund', no)
    const facts = { kind: 'refund', refundNo: 'O1P1R2', attemptNo: 'O1P1', amountFen: 700 }
    expect(told(run, 'queryRefund', { ...facts, state: 'accepted' })).toEqual([])
    expect(told(run, 'queryRefund', { ...facts, state: 'done' })).toEqual(['append refundDone'])
  })
  it('an order of long ago is taken up again as it stood', () => {
    const run = paid()
    ask(run, 700)
    const facts = { kind: 'refund', refundNo: 'O1P1R2', attemptNo: 'O1P1', amountFen: 700 }
    told(run, 'queryRefund', { ...facts, state: 'done' })
    const before = run.rows.reduce(applyPayRow, emptyOrder('O1', dueFen))
    expect(applyPayRow(emptyOrder('', 0), againRow(before))).toEqual(before)
    run.order = applyPayRow(emptyOrder('', 0), againRow(before))
    expect(ask(run, 501)).toEqual(['refuse moreThanPaid'])
    expect(ask(run, 500)[0]).toBe('append refund')
  })
  it('refuses what was not paid', () => {
    const run = new Run()
    run.feed({ type: 'offer' })
    expect(ask(run, 1)).toEqual(['refuse notPaid'])
  })
  it('are done by their query alone, over their own amount', () => {
    const run = paid()
    ask(run, 700)
    const facts = { kind: 'refund', refundNo: 'O1P1R2', attemptNo: 'O1P1', state: 'done' } as const
    const answered = (to: 'refund' | 'queryRefund', amountFen: number): string[] =>
      run.feed({
        type: 'refundAnswer',
        to,
        attemptNo: 'O1P1',
        refundNo: 'O1P1R2',
        answer: { ...facts, amountFen },
      })
    expect(answered('refund', 700)).toEqual([])
    expect(answered('queryRefund', 699)).toEqual(['append item'])
    expect(answered('queryRefund', 700)).toEqual(['append refundDone'])
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
    expect(run.feed({ type: 'notified', attemptNo: 'O1P1' })).toEqual(['query O1P1'])
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
