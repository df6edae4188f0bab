// A driver's complaint about a charge that the platform does not know: sent again while the charge may still come, then
// held for a person.
import { expect, it } from 'vitest'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'
import { ok, QueueBench } from './queue-bench.ts'

const day = 86_400_000
const notThere: QueueVerdict = { kind: 'processing' }
const refused: QueueVerdict = { kind: 'refused', reason: 'expired' }

/** A charge U1 and a complaint U2 after it. */
function told(op: OutboxKind = 'feedback'): QueueBench {
  const bench = new QueueBench()
  bench.add(1, 'exitUpload')
  bench.add(2, op)
  return bench
}

/** Runs for so long with these answers to both; returns how often the complaint was sent. */
function tells(
  bench: QueueBench,
  forMs: number,
  ofCharge: QueueVerdict,
  ofWord = notThere,
): number {
  const untilMs = bench.monoMs + forMs
  let count = 0
  let sent = bench.pump()
  for (;;) {
    for (const word of sent) {
      const id = word.split(' ')[1] ?? ''
      if (id === 'U2') count++
      bench.answer(id, id === 'U1' ? ofCharge : ofWord, 100)
    }
    const next = bench.monoMs < untilMs ? bench.wait() : null
    if (next === null || next.afterMs === null) return count
    ;({ sent } = next)
  }
}

it.each(['feedback', 'feedbackState'] as const)(
  'a %s whose charge never comes is set aside after a day, and stays so',
  (op) => {
    const bench = told(op)
    expect(tells(bench, day / 2, refused)).toBeGreaterThan(5)
    expect(bench.state('U2')).toBe('unknown')
    tells(bench, day, refused)
    expect([bench.state('U2'), bench.queue.aside.has('U2')]).toEqual(['held', true])
    const held = bench.rows.filter(
      ({ kind, body }) => kind === 'outboxState' && body.outboxId === 'U2',
    )
    expect(held.map(({ body }) => body)).toMatchObject([{ state: 'held', note: 'aboutNothing' }])
    bench.restart()
    expect([tells(bench, day, refused), bench.state('U2')]).toEqual([0, 'held'])
  },
)

it('is told on while its charge is under way, however long that takes', () => {
  const bench = told()
  expect(tells(bench, 3 * day, notThere)).toBeGreaterThan(100)
  expect(bench.state('U2')).toBe('unknown')
  tells(bench, day / 2, ok, ok)
  expect([bench.queue.records.size, bench.queue.aside.size]).toEqual([0, 0])
})

it('days without a network count for nothing: it is asked some times before', () => {
  const bench = told()
  bench.monoMs += 3 * day
  expect(tells(bench, 60_000, ok)).toBeGreaterThan(0)
  expect(bench.state('U2')).toBe('unknown')
  tells(bench, day / 2, ok, ok)
  expect(bench.queue.aside.size).toBe(0)
})

it('another record that is processed is asked for without an end', () => {
  const bench = told('refund')
  tells(bench, 3 * day, ok)
  expect(bench.state('U2')).toBe('unknown')
})
