// The queue under any answers in any order: nothing is dropped, and no number is posted twice at a time.
// queue-work.test.ts shows that no step looks at every record.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { notFound, ok, QueueBench, silence } from './queue-bench.ts'

const busy = (afterMs: number | null): QueueVerdict => ({ kind: 'busy', afterMs, reason: 'busy' })

describe('any answers in any order', () => {
  const verdicts: readonly QueueVerdict[] = [
    ok,
    silence,
    notFound,
    { kind: 'silence', reason: 'cut', sent: false },
    { kind: 'unclear', reason: 'hold' },
    { kind: 'processing' },
    { kind: 'held', reason: 'format' },
    { kind: 'refused', reason: 'no' },
    busy(null),
    busy(5000),
  ]
  it('nothing is dropped, every number is posted under itself, one post at a time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: verdicts.length - 1 }), fc.boolean()), {
          minLength: 5,
          maxLength: 120,
        }),
        (steps) => {
          const bench = new QueueBench()
          const inFlight = new Map<string, string>()
          /** Background queries that a waiting car's query has replaced. */
          const older: [outboxId: string, tryNo: number][] = []
          const noteSent = (sent: readonly string[]): void => {
            for (const word of sent) {
              const [op = '', id = '', limitMs] = word.split(' ')
              if (inFlight.has(id)) {
                expect(inFlight.get(id)).toBe('query')
                expect(['1000', '3000']).toContain(limitMs)
                older.push([id, bench.tryNoOf(id) - 1])
              }
              inFlight.set(id, op)
            }
          }
          let made = 0
          for (const [what, which, flag] of steps) {
            if (what === 0) bench.add(++made, flag ? 'charge' : 'exitUpload')
            else if (what === 1) noteSent(bench.kick(1 + (which % Math.max(1, made))))
            else if (what === 2) {
              bench.restart()
              inFlight.clear()
              older.length = 0
            } else if (what === 3) bench.mayRepost = flag
            else if (what === 6) {
              const [id, tryNo] = older.pop() ?? []
              if (id !== undefined) noteSent(bench.answer(id, verdicts[which] ?? ok, 0, tryNo))
              if (!bench.queue.records.has(id ?? '')) inFlight.delete(id ?? '')
            } else {
              const id = [...inFlight.keys()][which % Math.max(1, inFlight.size)]
              if (id !== undefined) {
                inFlight.delete(id)
                noteSent(bench.answer(id, verdicts[which] ?? ok, which * 1000))
              }
            }
            noteSent(bench.pump(flag ? 700 : 0))
          }
          const settled = bench.queue.confirmed + bench.queue.aside.size
          const refused = bench.rows.filter(
            (r) => r.kind === 'outboxState' && r.body.state === 'rejected',
          )
          const charges = refused.filter((r) =>
            bench.rows.some(
              (o) =>
                o.kind === 'outbox' &&
                o.body.op === 'charge' &&
                r.kind === 'outboxState' &&
                o.body.outboxId === r.body.outboxId,
            ),
          )
          expect(bench.queue.records.size + settled + charges.length).toBe(made)
          // No record may be forgotten: each is in flight or has a time to be sent.
          let left = bench.queue.records.size
          bench.mayRepost = true
          for (let i = 0; i < 2000 && left > 0; i++) {
            for (const id of [...inFlight.keys()]) {
              inFlight.delete(id)
              noteSent(bench.answer(id, ok))
            }
            noteSent(bench.wait().sent)
            left = bench.queue.records.size
          }
          expect(left).toBe(0)
        },
      ),
      { numRuns: 400 },
    )
  })
})
