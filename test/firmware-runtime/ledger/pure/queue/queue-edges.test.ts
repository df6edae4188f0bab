// Edge cases of the offline queue: back-off, one request at a time, a car that waits again, probes, and which record
// waits for which.
import { describe, expect, it } from 'vitest'
import { withAnswer } from '#ledger/pure/queue/answer.ts'
import { backOffMs } from '#ledger/pure/queue/back-off.ts'
import {
  destinationOf,
  isUp,
  kickAgain,
  probeNow,
  wakeAtMs,
  type QueueVerdict,
} from '#ledger/pure/queue/queue.ts'
import { queueTimes } from '#ledger/pure/queue/destination.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'
import { benchOf, dest, notFound, ok, QueueBench, receipt, silence } from './queue-bench.ts'

const busy = (afterMs: number | null): QueueVerdict => ({ kind: 'busy', afterMs, reason: 'busy' })
const unsent: QueueVerdict = { kind: 'silence', reason: 'cut', sent: false }

describe('back-off', () => {
  it('is hourly after 150 rounds, not at the 150th', () => {
    const record = benchOf(['exitUpload']).queue.records.get('U1')
    if (record === undefined) throw new Error('it is there')
    const atRound = (rounds: number): number => backOffMs({ ...record, rounds })
    expect(atRound(150)).toBeLessThanOrEqual(600_000)
    expect(atRound(151)).toBeGreaterThanOrEqual(1_800_000)
    expect(atRound(0)).toBeLessThanOrEqual(10_000)
  })
  it('holds each record to its own time', () => {
    const bench = benchOf(['exitUpload', 'exitUpload'])
    bench.pump()
    bench.answer('U1', silence)
    expect(bench.pump(queueTimes.paceMs + 1)).toEqual([])
    expect(bench.pump(4000)).toEqual([])
    expect(bench.pump(6000)).toEqual(['query U1 10000'])
  })
  it('a first post that never left is posted as new; a second one is asked for', () => {
    const bench = benchOf(['exitUpload'])
    bench.pump()
    bench.answer('U1', unsent)
    expect(bench.state('U1')).toBe('new')
    expect(bench.wait().sent).toEqual(['post U1 10000'])
    bench.answer('U1', silence)
    expect(bench.wait().sent).toEqual(['query U1 10000'])
    // A query that was not sent says nothing about the post before it.
    bench.answer('U1', unsent)
    expect([bench.state('U1'), bench.queue.records.get('U1')?.attempts]).toEqual(['unknown', 1])
    expect(bench.wait().sent).toEqual(['query U1 10000'])
  })
  it('five answers of "busy" open the circuit as five silences do', () => {
    for (const verdict of [silence, busy(null)]) {
      const bench = benchOf(Array.from({ length: 5 }, () => 'exitUpload' as const))
      bench.pump()
      for (let n = 1; n <= 4; n++) bench.answer(`U${n}`, verdict)
      expect(destinationOf(bench.queue, dest).openUntilMs).toBeNull()
      bench.answer('U5', verdict)
      expect(destinationOf(bench.queue, dest).openUntilMs).toBe(bench.monoMs + 30_000)
    }
  })
})

describe('one try at a time', () => {
  it('while one of the backlog is on the way, no other goes and nobody is woken', () => {
    const bench = benchOf(['exitUpload', 'exitUpload', 'exitUpload'], true)
    expect(bench.pump()).toEqual(['post U1 10000'])
    expect(bench.pump(queueTimes.paceMs)).toEqual([])
    expect(wakeAtMs(bench.queue, bench.env())).toBeNull()
    // A first attempt beside it does not belong to the backlog, so its answer frees no slot.
    bench.add(9)
    expect(bench.pump()).toEqual(['post U9 10000'])
    bench.answer('U9', ok)
    expect(bench.pump(queueTimes.paceMs)).toEqual([])
    bench.answer('U1', ok)
    expect(bench.pump(queueTimes.paceMs)).toEqual(['post U2 10000'])
  })
  it('also after one of them was waited for by a car in between', () => {
    const bench = benchOf(['charge', 'exitUpload', 'exitUpload'], true)
    expect(bench.pump()).toEqual(['query U1 10000'])
    bench.answer('U1', silence)
    expect(bench.kick(1)).toEqual(['query U1 1000'])
    bench.answer('U1', ok)
    expect(bench.pump(queueTimes.paceMs)).toEqual(['post U2 10000'])
    expect(bench.pump(queueTimes.paceMs)).toEqual([])
  })
  it('what a car waited for goes back to its own time, not to the backlog', () => {
    const bench = benchOf(['charge'], true)
    expect(bench.kick(1)).toEqual(['query U1 1000'])
    expect(bench.answer('U1', silence)).toEqual(['post U1 3000'])
    expect(bench.answer('U1', silence)).toEqual([])
    expect(bench.charges).toEqual(['D1 noAnswerTwice timeout'])
    expect(bench.pump(queueTimes.paceMs)).toEqual([])
  })
  it('the next look is never at once, and is the earliest of all platforms', () => {
    const bench = benchOf(['exitUpload'], true)
    expect(wakeAtMs(bench.queue, bench.env())).toBe(bench.monoMs + 1)
    const two = new QueueBench()
    two.add(1, 'exitUpload', 'a')
    two.add(2, 'exitUpload', 'b')
    two.pump()
    two.answer('U1', busy(9000))
    two.answer('U2', busy(50_000))
    expect(wakeAtMs(two.queue, two.env())).toBe(two.monoMs + 9000)
  })
})

describe('a car that waits again', () => {
  /** A charge whose post, query and second post got no answer. */
  function silentTwice(): QueueBench {
    const bench = benchOf(['charge'])
    bench.kick(1)
    for (let i = 0; i < 3; i++) bench.answer('U1', silence, 1000)
    return bench
  }
  const again = (bench: QueueBench): string[] => {
    bench.take(kickAgain(bench.queue, 'D1', bench.env()))
    return bench.look()
  }
  it('is asked for by its number; no third post follows a silence', () => {
    const bench = silentTwice()
    expect(again(bench)).toEqual(['query U1 1000'])
    expect(again(bench)).toEqual([])
    expect(bench.answer('U1', silence)).toEqual([])
    expect(bench.charges).toEqual(['D1 noAnswerTwice timeout', 'D1 noAnswerTwice timeout'])
  })
  it('is posted with the same number once the platform says that it has none, and asked sooner', () => {
    const bench = silentTwice()
    again(bench)
    expect(bench.answer('U1', notFound)).toEqual(['post U1 1000'])
    expect(bench.answer('U1', ok)).toEqual([])
    expect(bench.charges.at(-1)).toBe('D1 paid paid')
  })
  it('is not posted where that is forbidden: the answer is believed 30 s after the last post', () => {
    const bench = silentTwice()
    const postedMs = bench.queue.records.get('U1')?.lastPostMs ?? 0
    bench.mayRepost = false
    again(bench)
    expect(bench.answer('U1', notFound)).toEqual([])
    expect(bench.charges.at(-1)).toBe('D1 noAnswerTwice notFound')
    expect(wakeAtMs(bench.queue, bench.env())).toBe(postedMs + 30_000)
    bench.monoMs = postedMs + 40_000
    expect(again(bench)).toEqual(['query U1 1000'])
    bench.answer('U1', notFound)
    // After the 30 s the next query waits at least one second.
    expect(bench.wait().afterMs).toBe(1000)
  })
  it('is not asked for before the platform said that it may be', () => {
    const bench = silentTwice()
    again(bench)
    bench.answer('U1', busy(60_000))
    bench.add(9)
    bench.pump()
    bench.answer('U9', busy(1000))
    bench.monoMs += 59_999
    expect(again(bench)).toEqual([])
    bench.monoMs += 1
    expect(again(bench)).toEqual(['query U1 1000'])
  })
  it('is not asked for while its answer is known and only the disk is full', () => {
    const bench = benchOf(['charge'])
    bench.kick(1)
    bench.diskFull = true
    bench.answer('U1', ok)
    expect(again(bench)).toEqual([])
    expect(bench.wait()).toEqual({ afterMs: queueTimes.receiptMs, sent: ['query U1 10000'] })
  })
  it('keeps both posts in mind when the second never left', () => {
    const bench = benchOf(['charge'])
    bench.kick(1)
    bench.answer('U1', silence, 3000)
    bench.answer('U1', silence, 1000)
    bench.answer('U1', unsent)
    expect(bench.queue.records.get('U1')).toMatchObject({ state: 'unknown', attempts: 2 })
    expect(bench.wait().sent).toEqual(['query U1 10000'])
  })
  it('is nobody where its number is not known', () => {
    const bench = silentTwice()
    expect(kickAgain(bench.queue, 'D7', bench.env())).toEqual([])
  })
})

describe('a probe', () => {
  function broken(count = 5, none = silence): QueueBench {
    const bench = benchOf(Array.from({ length: count }, () => 'exitUpload' as const))
    bench.pump()
    for (let n = 1; n <= count; n++) bench.answer(`U${n}`, none)
    return bench
  }
  it('has the short limits of P26, for a query and for a post', () => {
    const queried = broken()
    expect(queried.wait().sent).toEqual([expect.stringMatching(/^query U\d 1000$/)])
    // Five posts that were never sent had no effect, so the first is posted as new.
    const posted = broken(5, { kind: 'silence', reason: 'refused', sent: false })
    expect(posted.wait()).toEqual({
      afterMs: 30_000,
      sent: [expect.stringMatching(/^post U\d 3000$/)],
    })
  })
  it('is one of those that were tried: a month without a platform wakes no record with each', () => {
    const bench = broken()
    for (let n = 6; n <= 100; n++) bench.add(n)
    bench.pump()
    for (let probes = 0; probes < 86_400; probes++) {
      const { sent } = bench.wait()
      bench.answer(sent[0]?.split(' ')[1] ?? '', silence)
    }
    expect([bench.queue.records.size, bench.queue.records.awake.size]).toEqual([100, 5])
    // Once the platform is back all are sent, records never tried before first, oldest first.
    expect(bench.wait().sent[0]).toMatch(/^query U[1-5] 1000$/)
    const order: string[] = []
    for (
      let id = [...bench.queue.records.awake.values()].find((r) => r.inFlight !== null)?.outboxId;
      id !== undefined;
    ) {
      bench.answer(id, ok)
      order.push(id)
      id = bench.wait().sent[0]?.split(' ')[1]
    }
    expect(order.slice(1, 96)).toEqual(Array.from({ length: 95 }, (_, i) => `U${i + 6}`))
    expect([order.length, bench.queue.records.size]).toEqual([100, 0])
  })
  const queriesOf = (bench: QueueBench): string[] => {
    bench.take(probeNow(bench.queue, dest, bench.monoMs))
    return bench.look()
  }
  it('of a car that waits leaves at the pace, whatever is under way, and leaves every record as it is', () => {
    const bench = broken()
    for (let n = 1; n <= 5; n++) receipt(bench, `U${n}`, 'confirmed')
    bench.add(6)
    destinationOf(bench.queue, dest).openUntilMs = bench.monoMs
    expect(bench.pump()).toEqual(['post U6 3000'])
    const before = { ...bench.queue.records.get('U6') }
    for (let n = 0; n < 6; n++) {
      expect(queriesOf(bench)).toEqual(['ask U6 3000'])
      bench.monoMs += queueTimes.paceMs - 1
      expect(queriesOf(bench)).toEqual([])
      bench.monoMs += 1
    }
    withAnswer(bench.queue, dest, silence, bench.env())
    expect(destinationOf(bench.queue, dest)).toMatchObject({ fails: 5 })
    expect(isUp(bench.queue, dest)).toBe(false)
    withAnswer(bench.queue, dest, notFound, bench.env())
    expect(isUp(bench.queue, dest)).toBe(true)
    expect(destinationOf(bench.queue, dest)).toMatchObject({ fails: 0, backlogInFlight: 1 })
    expect(bench.queue.records.get('U6')).toEqual(before)
    expect(queriesOf(bench)).toEqual([])
  })
  it('of a car asks by a number that has a query, where there is one, and of this platform', () => {
    const bench = new QueueBench()
    const up = destinationOf(bench.queue, dest)
    up.openUntilMs = bench.monoMs
    bench.add(1, 'charge', 'other')
    bench.add(2, 'exception')
    expect(queriesOf(bench)).toEqual(['ask U2 3000'])
    bench.add(3, 'refund')
    bench.monoMs += queueTimes.paceMs
    expect(queriesOf(bench)).toEqual(['ask U3 3000'])
  })
  it('of a car waits as long as the platform says, and as its backlog does', () => {
    const bench = broken()
    withAnswer(bench.queue, dest, { kind: 'busy', afterMs: 60_000, reason: '429' }, bench.env())
    expect(isUp(bench.queue, dest)).toBe(false)
    bench.monoMs += 59_999
    expect([queriesOf(bench), bench.pump()]).toEqual([[], []])
    bench.monoMs += 1
    expect(queriesOf(bench)).toHaveLength(1)
    withAnswer(bench.queue, dest, { kind: 'busy', afterMs: null, reason: '503' }, bench.env())
    expect(destinationOf(bench.queue, dest).busyUntilMs).toBe(bench.monoMs)
  })
  it('that has nothing left to ask for lets the charge of the car find out', () => {
    const bench = broken()
    for (let n = 1; n <= 5; n++) receipt(bench, `U${n}`, 'confirmed')
    bench.add(6, 'exitUpload', 'other')
    expect(queriesOf(bench)).toEqual([])
    expect(isUp(bench.queue, dest)).toBe(true)
  })
  it('of a car is not sent where the platform is there', () => {
    const bench = benchOf(['exitUpload', 'exitUpload'])
    bench.pump()
    bench.answer('U1', silence)
    expect(queriesOf(bench)).toEqual([])
    expect(isUp(bench.queue, dest)).toBe(true)
  })
  it('wakes nobody when there is nothing left to ask', () => {
    const bench = broken()
    for (let n = 1; n <= 5; n++) receipt(bench, `U${n}`, 'confirmed')
    expect(bench.wait().afterMs).toBeNull()
  })
  it('that is answered lets the others go at the pace, not in one burst', () => {
    const bench = broken(6)
    const first = bench.wait().sent[0]?.split(' ')[1] ?? ''
    bench.answer(first, ok)
    expect(bench.pump()).toEqual([])
    expect(bench.pump(queueTimes.paceMs - 1)).toEqual([])
    expect(bench.pump(1)).toHaveLength(1)
  })
})

describe('a refund', () => {
  /** A refund of the charge D1, next to a record of another kind. */
  function refundBeside(op: OutboxKind, deductionId: string, destination = dest): QueueBench {
    const bench = new QueueBench()
    const body = { businessNo: 'P1', body: '{}', bodySm3: '' }
    bench.write({
      kind: 'outbox',
      atMs: 1,
      deductionId,
      body: { ...body, outboxId: 'U1', destination, op },
    })
    bench.write({
      kind: 'outbox',
      atMs: 1,
      deductionId: 'D1',
      body: { ...body, outboxId: 'U2', destination: dest, op: 'refund' },
    })
    return bench
  }
  it.each([
    ['behind an upload of its charge', 'exitUpload', 'D1', dest, false],
    ['behind its online charge', 'charge', 'D1', dest, false],
    ['beside the charge of another car', 'charge', 'D7', dest, true],
    ['beside an exception of its charge', 'exception', 'D1', dest, true],
    ['beside its charge on another platform', 'exitUpload', 'D1', 'another', true],
  ] as const)('%s', (_name, op, deductionId, destination, goes) => {
    const bench = refundBeside(op, deductionId, destination)
    expect(bench.pump().includes('post U2 10000')).toBe(goes)
  })
})
