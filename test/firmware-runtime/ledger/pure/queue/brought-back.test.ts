// Receipts by offline transfer, in any order and any number of times, between tries over the link and restarts: each record
// ends once, by the first receipt, and an unproven one changes nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { broughtBack } from '#ledger/pure/queue/answer.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'
import { benchOf, ok, silence, type QueueBench } from './queue-bench.ts'

const meta = { httpStatus: 200, respCode: '100000', requestId: 'R1' }
const refused: QueueVerdict = { kind: 'refused', reason: 'insufficient' }
const unclear: QueueVerdict = { kind: 'unclear', reason: 'otherNumber' }
const ops: readonly OutboxKind[] = ['exitUpload', 'exception', 'charge', 'refund', 'exitUpload']

const brings = (bench: QueueBench, n: number, verdict: QueueVerdict): void =>
  bench.take(broughtBack(bench.queue, `U${n}`, verdict, bench.env(), meta))

/** Ends of each record, in the order of the ledger. */
function endsOf({ rows }: QueueBench): ReadonlyMap<string, readonly string[]> {
  const ends = new Map<string, string[]>()
  for (const row of rows)
    if (row.kind === 'outboxState' && ['confirmed', 'rejected'].includes(row.body.state))
      ends.set(row.body.outboxId, [...(ends.get(row.body.outboxId) ?? []), row.body.state])
  return ends
}

const step = fc.oneof(
  fc.record({
    do: fc.constant('brings' as const),
    n: fc.integer({ min: 1, max: ops.length + 1 }),
    verdict: fc.constantFrom(ok, ok, refused, unclear, silence),
  }),
  fc.record({ do: fc.constant('pump' as const), afterMs: fc.integer({ min: 0, max: 60_000 }) }),
  fc.record({
    do: fc.constant('online' as const),
    n: fc.integer({ min: 1, max: ops.length }),
    verdict: fc.constantFrom(ok, silence, unclear),
  }),
  fc.constant({ do: 'dies' as const }),
)

describe('answers that come back by a stick', () => {
  it('end each record once, in any order and any repetition, whatever the link and restarts do', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, restarted) => {
        const bench = benchOf(ops, restarted)
        for (const one of steps)
          if (one.do === 'brings') brings(bench, one.n, one.verdict)
          else if (one.do === 'pump') bench.pump(one.afterMs)
          else if (one.do === 'online') bench.answer(`U${one.n}`, one.verdict)
          else bench.restart()
        // The whole file once more, backwards, and again.
        for (const n of [5, 4, 3, 2, 1, 1, 2, 3, 4, 5]) brings(bench, n, ok)
        const ends = endsOf(bench)
        expect([...ends.values()].map(({ length }) => length)).toEqual(Array(ops.length).fill(1))
        expect(bench.queue.records.size).toBe(0)
        const { backlogInFlight = 0 } = bench.queue.destinations.get('platform') ?? {}
        expect(backlogInFlight).toBe(0)
        const rows = bench.rows.length
        for (const n of [1, 2, 3, 4, 5]) brings(bench, n, refused)
        expect(bench.rows).toHaveLength(rows)
      }),
      { numRuns: 300 },
    )
  })

  it('leave a record alone that they prove nothing of', () => {
    const bench = benchOf(['exitUpload'])
    bench.pump()
    for (const verdict of [unclear, silence]) brings(bench, 1, verdict)
    expect(endsOf(bench).size).toBe(0)
    // Its try over the link is still pending.
    bench.answer('U1', ok)
    expect(endsOf(bench).get('U1')).toEqual(['confirmed'])
  })

  it('settle a charge whose car waits, and the late answer of the link finds it gone', () => {
    const bench = benchOf(['charge'])
    bench.kick(1)
    brings(bench, 1, ok)
    expect(bench.charges).toEqual(['D1 paid paid'])
    bench.answer('U1', refused)
    expect(bench.charges).toEqual(['D1 paid paid'])
  })

  it('are taken again after a full disk', () => {
    const bench = benchOf(['exitUpload'])
    bench.diskFull = true
    brings(bench, 1, ok)
    expect(bench.queue.records.size).toBe(1)
    bench.diskFull = false
    brings(bench, 1, ok)
    expect(endsOf(bench).get('U1')).toEqual(['confirmed'])
  })
})
