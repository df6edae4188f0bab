// The offline queue: the schedule of P26, back-off, circuit, pace, held records, restarts, and that no record is ever
// dropped or renumbered.
import { describe, expect, it } from 'vitest'
import { answered } from '#ledger/pure/queue/answer.ts'
import { retryAll, type QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { queueTimes } from '#ledger/pure/queue/destination.ts'
import { dest, notFound, ok, QueueBench, silence } from './queue-bench.ts'

const busy = (afterMs: number | null): QueueVerdict => ({ kind: 'busy', afterMs, reason: 'busy' })

describe('P26 at the barrier', () => {
  const live = (): QueueBench => {
    const bench = new QueueBench()
    bench.add(1, 'charge')
    return bench
  }
  it('R01 posts 3 s, queries 1 s, posts 3 s, and then says so', () => {
    const bench = live()
    expect(bench.kick(1)).toEqual(['post U1 3000'])
    expect(bench.answer('U1', silence, 3000)).toEqual(['query U1 1000'])
    expect(bench.answer('U1', silence, 1000)).toEqual(['post U1 3000'])
    expect(bench.charges).toEqual([])
    expect(bench.answer('U1', silence, 3000)).toEqual([])
    expect(bench.charges).toEqual(['D1 noAnswerTwice timeout'])
    expect(bench.state('U1')).toBe('unknown')
  })
  it.each([
    ['an answer to the first post', [ok]],
    ['an answer to the query', [silence, ok]],
    ['an answer to the second post', [silence, notFound, ok]],
    ['processing, then an answer', [{ kind: 'processing' }, { kind: 'processing' }, ok]],
  ] as const)('opens on %s', (_name, verdicts) => {
    const bench = live()
    bench.kick(1)
    for (const verdict of verdicts) bench.answer('U1', verdict, 500)
    expect(bench.charges).toEqual(['D1 paid paid'])
    expect([bench.queue.records.size, bench.queue.confirmed]).toEqual([0, 1])
  })
  it('a refusal ends it at once', () => {
    const bench = live()
    bench.kick(1)
    bench.answer('U1', { kind: 'refused', reason: 'insufficient' })
    expect(bench.charges).toEqual(['D1 refused insufficient'])
    expect([bench.queue.records.size, bench.queue.aside.size]).toEqual([0, 0])
  })
  it('a held record ends the wait, and lies aside for a person', () => {
    const bench = live()
    bench.kick(1)
    bench.answer('U1', { kind: 'held', reason: '200004' })
    expect(bench.charges).toEqual(['D1 held recordRefused'])
    expect([bench.queue.aside.size, bench.wait().afterMs]).toEqual([1, null])
  })
  it('takes the place of a query of the background, whose answer counts only where it says paid', () => {
    const bench = live()
    bench.restart()
    expect(bench.pump()).toEqual(['query U1 10000'])
    expect(bench.kick(1)).toEqual(['query U1 1000'])
    // Only one of the two may be in flight for the lane, and the backlog's slot is free for another record.
    expect([bench.kick(1), bench.queue.destinations.get(dest)?.backlogInFlight]).toEqual([[], 0])
    const refused: QueueVerdict = { kind: 'refused', reason: 'no' }
    for (const verdict of [silence, notFound, refused, { kind: 'processing' } as const])
      expect(bench.answer('U1', verdict, 100, 1)).toEqual([])
    expect([bench.charges, bench.queue.destinations.get(dest)?.fails]).toEqual([[], 0])
    bench.answer('U1', ok, 100, 1)
    expect(bench.charges).toEqual(['D1 paid paid'])
    expect(bench.answer('U1', silence, 100, 2)).toEqual([])
    expect(bench.charges).toHaveLength(1)
  })
  it('leaves a post of the background alone: a number is posted once at a time', () => {
    const bench = live()
    expect(bench.pump()).toEqual(['post U1 10000'])
    expect(bench.kick(1)).toEqual([])
  })
  it('is not posted a second time once the order is settled otherwise', () => {
    const bench = live()
    bench.kick(1)
    bench.answer('U1', silence, 3000)
    bench.mayRepost = false
    expect(bench.answer('U1', silence, 1000)).toEqual([])
    expect(bench.charges).toEqual(['D1 noAnswerTwice timeout'])
  })
  it('R17 a record that was sent before is asked after first', () => {
    const bench = live()
    bench.kick(1)
    for (let i = 0; i < 3; i++) bench.answer('U1', silence, 1000)
    expect(bench.kick(1)).toEqual(['query U1 1000'])
    expect(bench.answer('U1', ok)).toEqual([])
    expect(bench.charges.at(-1)).toBe('D1 paid paid')
  })
  it('a try under way is not started again', () => {
    const bench = live()
    bench.kick(1)
    expect(bench.kick(1)).toEqual([])
    expect(bench.pump()).toEqual([])
  })
  it('what certainly never left is posted as if it were new', () => {
    const bench = live()
    bench.kick(1)
    const cut: QueueVerdict = { kind: 'silence', reason: 'refused', sent: false }
    expect(bench.answer('U1', cut)).toEqual(['query U1 1000'])
    expect(bench.answer('U1', silence)).toEqual(['post U1 3000'])
    bench.answer('U1', cut)
    expect(bench.charges).toEqual(['D1 noAnswerTwice refused'])
  })
})

describe('background', () => {
  it('a first try goes out at once, unpaced', () => {
    const bench = new QueueBench()
    for (const n of [1, 2, 3]) bench.add(n)
    expect(bench.pump()).toEqual(['post U1 10000', 'post U2 10000', 'post U3 10000'])
  })
  it('waits by the table, 50 to 100 % of each, then every ten minutes, then hourly', () => {
    const bench = new QueueBench()
    bench.add(1)
    bench.pump()
    const expected = [10, 20, 40, 80, 160, 300, 600, 600, 600]
    const waits: number[] = []
    bench.answer('U1', silence)
    for (const sec of expected) {
      // Reset the failures, so that the circuit stays closed and the table applies, not the probe.
      for (const d of bench.queue.destinations.values()) d.fails = 0
      const { afterMs, sent } = bench.wait()
      expect(sent).toEqual(['query U1 10000'])
      waits.push(afterMs ?? 0)
      expect(afterMs).toBeGreaterThanOrEqual(sec * 500)
      expect(afterMs).toBeLessThanOrEqual(sec * 1000)
      bench.answer('U1', silence)
    }
    expect(new Set(waits.map((ms, i) => ms / (expected[i] ?? 1))).size).toBeGreaterThan(5)
    const record = bench.queue.records.get('U1')
    if (record !== undefined) record.rounds = queueTimes.hourlyAfter
    for (const d of bench.queue.destinations.values()) d.fails = 0
    bench.wait()
    bench.answer('U1', silence)
    const { afterMs } = bench.wait()
    expect(afterMs).toBeGreaterThanOrEqual(1_800_000)
    expect(afterMs).toBeLessThanOrEqual(3_600_000)
  })
  it('waits as long as it is told, and the whole backlog with it', () => {
    const bench = new QueueBench()
    for (const n of [1, 2, 3]) bench.add(n)
    bench.restart()
    expect(bench.pump()).toEqual(['post U1 10000'])
    bench.answer('U1', busy(60_000))
    expect(bench.wait(59_000).afterMs).toBeNull()
    expect(bench.wait()).toEqual({ afterMs: 60_000, sent: ['post U2 10000'] })
  })
  it.each([
    ['a record that the platform takes', ok, true],
    ['one that it refuses', { kind: 'refused', reason: 'tac' }, true],
    ['an answer that proves nothing', { kind: 'unclear', reason: 'unsigned' }, false],
    ['silence', silence, false],
  ] as const)('a wait that it was told: %s', (_what, verdict, isOver) => {
    const bench = new QueueBench()
    for (const n of [1, 2, 3]) bench.add(n)
    bench.restart()
    bench.pump()
    bench.answer('U1', busy(3_600_000))
    bench.add(9, 'exitUpload')
    expect(bench.pump()).toEqual(['post U9 10000'])
    bench.answer('U9', verdict)
    expect(bench.pump(queueTimes.paceMs)).toEqual(isOver ? ['post U2 10000'] : [])
  })
  it('a wait that it was told ends when a person says so', () => {
    const bench = new QueueBench()
    for (const n of [1, 2]) bench.add(n)
    bench.restart()
    bench.pump()
    bench.answer('U1', busy(3_600_000))
    expect(bench.pump(1000)).toEqual([])
    retryAll(bench.queue)
    expect(bench.pump()).toEqual(['post U2 10000'])
  })
  it('100,000 records at a start: the first is sent at once, and only what moves money is asked for', () => {
    const bench = new QueueBench()
    for (let n = 1; n <= 100_000; n++) bench.add(n, n === 50_000 ? 'charge' : 'exitUpload')
    bench.restart()
    const attempted = [...bench.queue.records.values()].filter((record) => record.attempts > 0)
    expect(attempted.map((record) => record.outboxId)).toEqual(['U50000'])
    expect(bench.pump()).toEqual(['post U1 10000'])
  })
  it('keeps the pace: one at a time, 667 ms apart, oldest first', () => {
    const bench = new QueueBench()
    for (let n = 1; n <= 5; n++) bench.add(n)
    bench.restart()
    const times: number[] = []
    const order: string[] = []
    for (let n = 1; n <= 5; n++) {
      const { sent } = bench.wait()
      order.push(...sent)
      times.push(bench.monoMs)
      expect(bench.pump(1)).toEqual([])
      bench.answer(`U${n}`, ok, 10)
    }
    expect(order).toEqual([1, 2, 3, 4, 5].map((n) => `post U${n} 10000`))
    for (let i = 1; i < 5; i++)
      expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBe(queueTimes.paceMs)
    expect(queueTimes.paceMs).toBe(667)
  })
  it('what a lane waits for goes before the backlog and its pace', () => {
    const bench = new QueueBench()
    for (let n = 1; n <= 5; n++) bench.add(n)
    bench.restart()
    bench.pump()
    bench.add(9, 'charge')
    expect(bench.kick(9)).toEqual(['post U9 3000'])
  })
  it.each([
    ['charge', 'paid'],
    ['exitUpload', 'recorded'],
    ['exception', 'reported'],
    ['refund', 'refunded'],
  ] as const)('a confirmed %s is noted as %s', (op, note) => {
    const bench = new QueueBench()
    bench.add(1, op)
    bench.pump()
    const effects = answered(bench.queue, { outboxId: 'U1', tryNo: 1 }, ok, bench.env())
    const rows = effects.map((e) => (e.do === 'charge' ? e.receipt : e.do === 'row' ? e.row : null))
    expect(rows).toMatchObject([{ body: { state: 'confirmed', note } }])
  })
  it('steps around a poison record', () => {
    const bench = new QueueBench()
    for (const n of [1, 2, 3]) bench.add(n)
    bench.restart()
    bench.pump()
    bench.answer('U1', { kind: 'held', reason: '200001' })
    expect(bench.wait().sent).toEqual(['post U2 10000'])
    bench.answer('U2', { kind: 'refused', reason: 'tac' })
    expect(bench.wait().sent).toEqual(['post U3 10000'])
    expect([...bench.queue.aside.keys()]).toEqual(['U1', 'U2'])
    // A person mended the record, and it is queued again.
    const body = {
      outboxId: 'U1',
      state: 'unknown',
      attempt: 1,
      note: null,
      tradeNo: null,
    } as const
    const more = { httpStatus: null, respCode: null, requestId: null } as const
    bench.write({ kind: 'outboxState', atMs: 1, body: { ...body, ...more } })
    expect([...bench.queue.aside.keys()]).toEqual(['U2'])
    bench.answer('U3', ok)
    expect(bench.wait().sent).toEqual(['query U1 10000'])
  })
  it('one record whose answers prove nothing does not close the road for the others', () => {
    const bench = new QueueBench()
    bench.add(1)
    bench.pump()
    for (let i = 0; i < 10; i++) {
      bench.answer('U1', { kind: 'unclear', reason: 'same number, other content' })
      bench.wait()
    }
    expect(bench.queue.destinations.get(dest)?.openUntilMs).toBeNull()
    expect(bench.state('U1')).toBe('unknown')
  })
  it('destinations do not wait for each other', () => {
    const bench = new QueueBench()
    bench.add(1, 'exitUpload', 'a')
    bench.add(2, 'exitUpload', 'b')
    bench.restart()
    expect(bench.pump()).toEqual(['post U1 10000', 'post U2 10000'])
  })
})

describe('not found (P13)', () => {
  it('is believed 30 s after the last post, not before', () => {
    const bench = new QueueBench()
    bench.add(1, 'charge')
    bench.pump()
    bench.answer('U1', silence, 10_000)
    bench.wait()
    const postMs = bench.queue.records.get('U1')?.lastPostMs ?? 0
    expect(bench.answer('U1', notFound)).toEqual([])
    expect(bench.charges).toEqual([])
    bench.wait()
    expect(bench.monoMs).toBe(postMs + 30_000)
    expect(bench.answer('U1', notFound)).toEqual([])
    expect(bench.wait().sent).toEqual(['post U1 10000'])
  })
  it('settles a charge as refused where it must not be posted again', () => {
    const bench = new QueueBench()
    bench.add(1, 'charge')
    bench.pump()
    bench.answer('U1', silence, 10_000)
    bench.mayRepost = false
    bench.wait()
    bench.answer('U1', notFound, 30_000)
    expect(bench.charges).toEqual(['D1 refused notFound'])
    expect(bench.queue.records.size).toBe(0)
  })
  it('a card-side record is always posted again: the money was taken', () => {
    const bench = new QueueBench()
    bench.add(1, 'exitUpload')
    bench.mayRepost = false
    bench.pump()
    bench.answer('U1', silence, 10_000)
    bench.wait()
    bench.answer('U1', notFound, 30_000)
    expect(bench.wait().sent).toEqual(['post U1 10000'])
  })
  it('a charge nobody may post is asked after instead', () => {
    const bench = new QueueBench()
    bench.mayRepost = false
    bench.add(1, 'charge')
    expect(bench.pump()).toEqual(['query U1 10000'])
  })
})

describe('circuit', () => {
  const broken = (): QueueBench => {
    const bench = new QueueBench()
    for (let n = 1; n <= 8; n++) bench.add(n)
    bench.pump()
    for (let n = 1; n <= 8; n++) bench.answer(`U${n}`, silence)
    return bench
  }
  it('opens after five silences in a row, not after four', () => {
    const bench = new QueueBench()
    for (let n = 1; n <= 8; n++) bench.add(n)
    bench.pump()
    for (let n = 1; n <= 4; n++) bench.answer(`U${n}`, silence)
    expect(bench.queue.destinations.get(dest)?.openUntilMs).toBeNull()
    bench.answer('U5', ok)
    for (let n = 6; n <= 8; n++) bench.answer(`U${n}`, silence)
    expect(bench.queue.destinations.get(dest)?.openUntilMs).toBeNull()
    expect(broken().queue.destinations.get(dest)?.openUntilMs).not.toBeNull()
  })
  it('then sends one probe each 30 s, whatever the records wait for', () => {
    const bench = broken()
    for (const record of bench.queue.records.values()) record.rounds = 100
    for (let probe = 0; probe < 5; probe++) {
      const { afterMs, sent } = bench.wait()
      expect([afterMs, sent.length]).toEqual([queueTimes.probeMs, 1])
      bench.answer(sent[0]?.split(' ')[1] ?? '', silence)
    }
  })
  it('first tries join the backlog while it is open', () => {
    const bench = broken()
    bench.add(9)
    expect(bench.pump()).toEqual([])
  })
  it('recovers at once: one answer, and everything goes on at the pace', () => {
    const bench = broken()
    for (const record of bench.queue.records.values()) record.rounds = 100
    const { sent } = bench.wait()
    bench.answer(sent[0]?.split(' ')[1] ?? '', ok)
    expect(bench.queue.destinations.get(dest)?.openUntilMs).toBeNull()
    const fromMs = bench.monoMs
    for (let n = 0; n < 7; n++) {
      const next = bench.wait().sent[0]?.split(' ')[1] ?? ''
      bench.answer(next, ok)
    }
    expect(bench.queue.records.size).toBe(0)
    expect(bench.monoMs - fromMs).toBeLessThanOrEqual(7 * queueTimes.paceMs)
  })
  it('a person can ask for it ahead of time', () => {
    const bench = broken()
    retryAll(bench.queue)
    expect(bench.pump(1000)).toHaveLength(1)
  })
})

describe('restart', () => {
  it('makes everything unknown: queries come first, and "not found" is not believed for 30 s', () => {
    const bench = new QueueBench()
    bench.add(1, 'charge')
    bench.add(2)
    bench.pump()
    bench.restart()
    expect([bench.state('U1'), bench.state('U2')]).toEqual(['unknown', 'unknown'])
    expect(bench.pump()).toEqual(['query U1 10000'])
    expect(bench.answer('U1', notFound)).toEqual([])
    expect(bench.charges).toEqual([])
  })
  it('remembers what is settled, aside and counted', () => {
    const bench = new QueueBench()
    for (let n = 1; n <= 4; n++) bench.add(n, n === 4 ? 'charge' : 'exitUpload')
    bench.pump()
    bench.answer('U1', ok)
    bench.answer('U2', { kind: 'held', reason: 'x' })
    bench.answer('U4', { kind: 'held', reason: 'x' })
    bench.restart()
    expect([...bench.queue.records.values()].map((r) => r.outboxId)).toEqual(['U3'])
    expect([...bench.queue.aside.keys()]).toEqual(['U2', 'U4'])
    expect(bench.queue.confirmed).toBe(1)
    // Its deduction was sent and is held, so it must not count as never sent.
    expect(bench.queue.byDeduction.has('D4')).toBe(true)
  })
  it('a receipt that was not written is fetched again, and the record is not lost', () => {
    const bench = new QueueBench()
    bench.add(1, 'charge')
    bench.pump()
    bench.diskFull = true
    bench.answer('U1', ok)
    expect(bench.state('U1')).toBe('unknown')
    expect(bench.wait().sent).toEqual(['query U1 10000'])
    bench.diskFull = false
    bench.answer('U1', ok)
    expect([bench.queue.records.size, bench.queue.confirmed]).toEqual([0, 1])
    expect(bench.wait().afterMs).toBeNull()
  })
})
