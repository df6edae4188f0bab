// Charges that are orders of an access system (ADR 411): open until paid or taken back, and only an answer that says so ends
// one. No order of answers, silences and restarts sends a second order or ends one that may have been paid.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kickAgain, type QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { notFound, ok, QueueBench, silence } from './queue-bench.ts'

const open: QueueVerdict = { kind: 'processing' }
const poor: QueueVerdict = { kind: 'processing', why: 'insufficient' }
const lapsed: QueueVerdict = { kind: 'lapsed' }
const busy: QueueVerdict = { kind: 'busy', afterMs: 2000, reason: 'rateLimit' }

function live(): QueueBench {
  const bench = new QueueBench()
  bench.byOrder = true
  bench.add(1, 'charge')
  return bench
}
function again(bench: QueueBench): string[] {
  bench.take(kickAgain(bench.queue, 'D1', bench.env()))
  return bench.look()
}
const orderOpen = (): QueueBench => {
  const bench = live()
  expect(bench.kick(1)).toEqual(['post U1 3000'])
  expect(bench.answer('U1', open, 50)).toEqual([])
  expect(bench.charges.splice(0)).toEqual(['D1 open '])
  return bench
}

describe('while a car waits', () => {
  it('the order is sent once, and queried whenever the lane asks', () => {
    const bench = orderOpen()
    for (let i = 0; i < 3; i++) {
      expect(again(bench)).toEqual(['query U1 1000'])
      expect(bench.answer('U1', open, 20)).toEqual([])
    }
    expect(bench.charges.splice(0)).toEqual(['D1 open ', 'D1 open ', 'D1 open '])
    again(bench)
    bench.answer('U1', ok)
    expect(bench.charges).toEqual(['D1 paid paid'])
    expect(bench.queue.records.size).toBe(0)
  })

  it('the lane learns why it is not paid', () => {
    const bench = live()
    bench.kick(1)
    bench.answer('U1', poor)
    expect(bench.charges).toEqual(['D1 open insufficient'])
  })

  it.each([
    ['withdrawn', lapsed, 'D1 refused withdrawn', 0],
    ['paid after all', ok, 'D1 paid paid', 0],
    ['being charged', open, 'D1 open ', 1],
    ['silent', silence, 'D1 noAnswerTwice silence', 1],
    ['busy', busy, 'D1 noAnswerTwice busy', 1],
    ['held for a form', { kind: 'held', reason: 'x' } as const, 'D1 noAnswerTwice held', 1],
  ])('taken back and %s', (_name, verdict, charge, left) => {
    const bench = orderOpen()
    expect(bench.takeBack(1)).toEqual(['cancel U1 3000'])
    expect(bench.answer('U1', verdict)).toEqual([])
    expect(bench.charges).toEqual([charge])
    expect(bench.queue.records.size).toBe(left)
  })

  it('a withdrawal that the access system knows nothing of is no end: the order is sent first', () => {
    const bench = orderOpen()
    bench.takeBack(1)
    expect(bench.answer('U1', notFound)).toEqual(['post U1 3000'])
    bench.answer('U1', open)
    expect(bench.charges).toEqual(['D1 open '])
    expect(bench.takeBack(1)).toEqual(['cancel U1 3000'])
  })

  it('one request at a time: taking back waits for the query that is under way', () => {
    const bench = orderOpen()
    again(bench)
    expect(bench.takeBack(1)).toEqual([])
    bench.answer('U1', open)
    expect(bench.takeBack(1)).toEqual(['cancel U1 3000'])
  })

  it('two silences end the wait (8.3.1 b), with the same bytes and a query between', () => {
    const bench = live()
    expect(bench.kick(1)).toEqual(['post U1 3000'])
    expect(bench.answer('U1', silence, 3000)).toEqual(['query U1 1000'])
    expect(bench.answer('U1', silence, 1000)).toEqual(['post U1 3000'])
    expect(bench.answer('U1', silence, 3000)).toEqual([])
    expect(bench.charges).toEqual(['D1 noAnswerTwice timeout'])
  })
})

describe('without a car', () => {
  it('an open order is taken back at once, until an answer ends it', () => {
    const bench = orderOpen()
    bench.mayRepost = false
    expect(bench.wait().sent).toEqual(['query U1 10000'])
    expect(bench.answer('U1', open)).toEqual(['cancel U1 10000'])
    expect(bench.answer('U1', silence, 10_000)).toEqual([])
    expect(bench.wait().sent).toEqual(['query U1 10000'])
    expect(bench.answer('U1', open)).toEqual(['cancel U1 10000'])
    bench.answer('U1', lapsed)
    expect(bench.charges).toEqual(['D1 refused withdrawn'])
    expect(bench.queue.records.size).toBe(0)
  })

  it('a query of a lane that has taken money otherwise ends in taking it back', () => {
    const bench = orderOpen()
    again(bench)
    bench.mayRepost = false
    expect(bench.answer('U1', open)).toEqual(['cancel U1 10000'])
    bench.answer('U1', ok)
    expect(bench.charges).toEqual(['D1 paid paid'])
  })

  it('an order that never arrived is not sent: its number is done after 30 s', () => {
    const bench = live()
    bench.restart()
    bench.mayRepost = false
    expect(bench.pump()).toEqual(['query U1 10000'])
    bench.answer('U1', notFound)
    expect(bench.charges).toEqual([])
    expect(bench.wait().sent).toEqual(['query U1 10000'])
    bench.answer('U1', notFound)
    expect(bench.charges).toEqual(['D1 refused notFound'])
  })
})

const answers: readonly QueueVerdict[] = [open, poor, lapsed, ok, silence, busy, notFound]

it('no order of events ends an order that the access system may still charge', () => {
  const event = fc.tuple(
    fc.constantFrom('answer', 'again', 'back', 'wait', 'restart', 'settled'),
    fc.nat({ max: answers.length - 1 }),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const bench = live()
      bench.kick(1)
      for (const [what, n] of events) {
        const verdict = answers[n] ?? open
        if (what === 'answer') bench.answer('U1', verdict, 10)
        else if (what === 'again') again(bench)
        else if (what === 'back') bench.takeBack(1)
        else if (what === 'wait') bench.wait()
        else if (what === 'restart') bench.restart()
        else bench.mayRepost = false
        const ends = bench.charges.filter((one) => /paid|refused/.test(one))
        expect(ends.length).toBeLessThanOrEqual(1)
        if (ends.length === 0) expect(bench.queue.records.size).toBe(1)
      }
    }),
  )
})
