// Rule P4: refunds by people, part by part, each under its own number, confirmed only by its query.
// The automatic refund of late money is in machine.test.ts.
import { describe, expect, it } from 'vitest'
import { againRow, applyPayRow, emptyOrder } from '#money/pure/pay/order.ts'
import { dueFen, Run } from './pay-run.ts'

describe('P4, refunds', () => {
  const paid = (): Run => {
    const run = new Run()
    run.feed({ type: 'offer' })
    run.answer('query', { state: 'paid' })
    return run
  }
  const noneAlone = { attemptNo: 'O1P1', aloneFenMax: 0 } as const
  const ask = (run: Run, amountFen: number, requestedBy = 'wang', approvedBy = 'li'): string[] =>
    run.feed({ type: 'refundRequested', ...noneAlone, amountFen, requestedBy, approvedBy })
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
  it('has no number of the machine that was lost, in an order that its copy has', () => {
    const [lost, restored] = [paid(), paid()]
    restored.numbersFrom = 100
    for (const run of [lost, restored]) {
      ask(run, 700)
      run.feed({ type: 'offer' })
    }
    const numbers = (run: Run): string[] =>
      run.rows.flatMap((row) => (row.row === 'refund' ? [row.refundNo] : []))
    expect([numbers(lost), numbers(restored)]).toEqual([['O1P1R2'], ['O1P1R102']])
    const unpaid = new Run()
    unpaid.numbersFrom = 100
    expect(unpaid.feed({ type: 'offer' })).toContain('offer O1P101')
  })
  it('lets one person alone give back what the lot says, and no more', () => {
    const run = paid()
    const alone = (amountFen: number): string[] => {
      const who = { requestedBy: 'wang', approvedBy: null, aloneFenMax: 5_000 }
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
