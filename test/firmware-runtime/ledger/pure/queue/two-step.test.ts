// A charge in two steps (P34): application, then confirmation, both with the times of P26. An unconfirmed application is
// cancelled, and no order of silences, late answers and restarts confirms one number twice or guesses a result.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { notFound, ok, QueueBench, silence } from './queue-bench.ts'

const twoMinutes = 120_000
const lapsed: QueueVerdict = { kind: 'lapsed' }
const closed: QueueVerdict = { kind: 'refused', reason: 'closed' }

function live(): QueueBench {
  const bench = new QueueBench()
  bench.twoStep = true
  bench.add(1, 'charge')
  return bench
}
const allowed = (bench: QueueBench, forMs = twoMinutes): QueueVerdict => ({
  kind: 'allowed',
  untilMs: bench.monoMs + forMs,
})

describe('at the barrier', () => {
  it('applies, confirms what is allowed, and opens on the confirmation alone', () => {
    const bench = live()
    expect(bench.kick(1)).toEqual(['apply U1 3000'])
    expect(bench.answer('U1', allowed(bench), 500)).toEqual(['post U1 3000'])
    expect(bench.charges).toEqual([])
    expect(bench.answer('U1', ok, 500)).toEqual([])
    expect(bench.charges).toEqual(['D1 paid paid'])
    expect(bench.queue.records.size).toBe(0)
  })

  it('says an application that is refused at once, and why', () => {
    const bench = live()
    bench.kick(1)
    expect(bench.answer('U1', { kind: 'refused', reason: 'insufficient' })).toEqual([])
    expect(bench.charges).toEqual(['D1 refused insufficient'])
  })

  it('is not paid by what answers an application, whatever it says', () => {
    const bench = live()
    bench.kick(1)
    expect(bench.answer('U1', ok, 100)).toEqual(['apply U1 3000'])
    expect(bench.charges).toEqual([])
  })

  it('applies twice with 3 s each, and then the barrier waits no longer; nothing was charged', () => {
    const bench = live()
    bench.kick(1)
    expect(bench.answer('U1', silence, 3000)).toEqual(['apply U1 3000'])
    expect(bench.answer('U1', silence, 3000)).toEqual([])
    expect(bench.charges).toEqual(['D1 noAnswerTwice timeout'])
  })

  it('confirms 3 s, queries 1 s, confirms 3 s with the same application', () => {
    const bench = live()
    bench.kick(1)
    expect(bench.answer('U1', silence, 3000)).toEqual(['apply U1 3000'])
    expect(bench.answer('U1', allowed(bench), 100)).toEqual(['post U1 3000'])
    expect(bench.answer('U1', silence, 3000)).toEqual(['query U1 1000'])
    expect(bench.answer('U1', notFound, 1000)).toEqual(['post U1 3000'])
    expect(bench.queue.records.get('U1')?.consumption?.no).toBe(1)
    expect(bench.answer('U1', silence, 3000)).toEqual([])
    expect(bench.charges).toEqual(['D1 noAnswerTwice timeout'])
  })

  it('takes back what was allowed too late, and applies under the next number', () => {
    const bench = live()
    bench.kick(1)
    expect(bench.answer('U1', allowed(bench, 1000), 2000)).toEqual(['cancel U1 3000'])
    expect(bench.answer('U1', closed, 100)).toEqual(['apply U1 3000'])
    expect(bench.queue.records.get('U1')?.consumption?.no).toBe(2)
    bench.answer('U1', allowed(bench), 100)
    bench.answer('U1', ok, 100)
    expect(bench.charges).toEqual(['D1 paid paid'])
  })

  it('applies anew where the platform says that the application is over, three times and no more', () => {
    const bench = live()
    bench.kick(1)
    for (const no of [1, 2, 3]) {
      expect(bench.queue.records.get('U1')?.consumption?.no).toBe(no)
      expect(bench.answer('U1', allowed(bench), 10)).toEqual(['post U1 3000'])
      const next = bench.answer('U1', lapsed, 10)
      expect(next).toEqual(no < 3 ? ['apply U1 3000'] : [])
    }
    expect(bench.charges).toEqual(['D1 noAnswerTwice lapsed'])
  })

  it('one step stays one step, and so do other records', () => {
    const bench = live()
    bench.add(2, 'exitUpload')
    expect(bench.pump()).toEqual(['apply U1 10000', 'post U2 10000'])
    const one = new QueueBench()
    one.add(1, 'charge')
    expect(one.kick(1)).toEqual(['post U1 3000'])
  })
})

describe('when the car paid otherwise', () => {
  it('an application that nobody answered is taken back, and then it is over', () => {
    const bench = live()
    bench.kick(1)
    bench.answer('U1', silence, 3000)
    bench.answer('U1', silence, 3000)
    bench.mayRepost = false
    expect(bench.wait().sent).toEqual(['cancel U1 10000'])
    // The answer to the cancel is lost as well: it is sent again, and never assumed.
    expect(bench.answer('U1', silence, 100)).toEqual([])
    expect(bench.charges).toHaveLength(1)
    expect(bench.wait().sent).toEqual(['cancel U1 10000'])
    bench.answer('U1', closed, 100)
    expect(bench.charges[1]).toBe('D1 refused cancelled')
    expect(bench.queue.records.size).toBe(0)
  })

  it('one that is allowed now is taken back and not confirmed', () => {
    const bench = live()
    expect(bench.pump()).toEqual(['apply U1 10000'])
    bench.mayRepost = false
    expect(bench.answer('U1', allowed(bench), 100)).toEqual(['cancel U1 10000'])
    bench.answer('U1', closed, 100)
    expect(bench.charges).toEqual(['D1 refused cancelled'])
  })

  it('one that may have been confirmed is asked for, and what was charged after all is paid', () => {
    const bench = live()
    bench.kick(1)
    bench.answer('U1', allowed(bench), 100)
    for (const ms of [3000, 1000, 3000]) bench.answer('U1', silence, ms)
    bench.mayRepost = false
    expect(bench.wait().sent).toEqual(['query U1 10000'])
    expect(bench.answer('U1', notFound, 30_000)).toEqual(['cancel U1 10000'])
    bench.answer('U1', ok, 100)
    expect(bench.charges.at(-1)).toBe('D1 paid paid')
  })
})

describe('what cannot be taken back any more', () => {
  it.each<[string, QueueVerdict, string]>([
    ['was charged, and is paid', ok, 'D1 paid paid'],
    ['was refused, and is over', closed, 'D1 refused closed'],
  ])('%s: its result is asked for, and no further cancel or charge is sent', (_, result, end) => {
    const bench = live()
    bench.kick(1)
    bench.answer('U1', silence, 3000)
    bench.answer('U1', silence, 3000)
    bench.mayRepost = false
    expect(bench.wait().sent).toEqual(['cancel U1 10000'])
    // Confirmed by another request before: the platform names a conflict.
    expect(bench.answer('U1', { kind: 'processing' }, 100)).toEqual([])
    expect(bench.wait().sent).toEqual(['query U1 10000'])
    bench.answer('U1', result, 100)
    expect(bench.charges.at(-1)).toBe(end)
    expect(bench.queue.records.size).toBe(0)
  })
})

describe('after a restart', () => {
  it('it is asked for before anything else, and applied for again under the same number', () => {
    const bench = live()
    bench.kick(1)
    bench.answer('U1', allowed(bench), 100)
    bench.restart()
    expect(bench.pump()).toEqual(['query U1 10000'])
    bench.answer('U1', notFound, 31_000)
    expect(bench.wait().sent).toEqual(['apply U1 10000'])
    expect(bench.queue.records.get('U1')?.consumption?.no).toBe(1)
    expect(bench.answer('U1', allowed(bench), 100)).toEqual(['post U1 10000'])
    bench.answer('U1', ok, 100)
    expect(bench.queue.records.size).toBe(0)
  })
})

/** A platform that implements P34 and loses requests and answers as told. */
class Platform {
  charged = 0
  private readonly applications = new Map<number, { untilMs: number; state: string }>()

  answer(op: string, no: number, nowMs: number): QueueVerdict {
    const one = this.applications.get(no)
    if (op === 'query') return this.charged > 0 ? ok : notFound
    if (op === 'apply') {
      const made = one ?? { untilMs: nowMs + twoMinutes, state: 'ALLOWED' }
      this.applications.set(no, made)
      return { kind: 'allowed', untilMs: made.untilMs }
    }
    if (this.charged > 0) return ok
    if (op === 'cancel') {
      if (one !== undefined) one.state = 'CANCELLED'
      return closed
    }
    if (one?.state !== 'ALLOWED' || nowMs > one.untilMs) return lapsed
    one.state = 'DONE'
    this.charged++
    return ok
  }
}

it('whatever is lost, whoever pays and whenever it restarts: charged once at most, and the end says what is so', () => {
  const loss = fc.constantFrom('none', 'request', 'answer', 'restart', 'paidOtherwise')
  fc.assert(
    fc.property(fc.array(loss, { maxLength: 25 }), fc.boolean(), (losses, waits) => {
      const bench = live()
      const platform = new Platform()
      let next = waits ? bench.kick(1) : bench.pump()
      for (let n = 0; n < 400 && bench.queue.records.has('U1'); n++) {
        const [word] = next
        if (word === undefined) {
          next = bench.wait(1e9).sent
          continue
        }
        const lost = losses.shift() ?? 'none'
        if (lost === 'paidOtherwise') bench.mayRepost = false
        const no = bench.queue.records.get('U1')?.consumption?.no ?? 0
        const op = word.split(' ')[0] ?? ''
        const verdict = lost === 'request' ? silence : platform.answer(op, no, bench.monoMs)
        if (lost === 'restart') {
          bench.restart()
          next = bench.pump()
        } else next = bench.answer('U1', lost === 'answer' ? silence : verdict, 3000)
      }
      expect(bench.queue.records.has('U1')).toBe(false)
      expect(platform.charged).toBeLessThanOrEqual(1)
      expect(bench.charges.at(-1)?.split(' ')[1]).toBe(platform.charged > 0 ? 'paid' : 'refused')
    }),
    { numRuns: 500 },
  )
})
