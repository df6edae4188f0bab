// A refund is sent after its charge: sent first, a platform would refuse it for good because the order is unknown.
// Both are made in one transaction when a card-side charge turns out paid after the driver paid otherwise.
import { describe, expect, it } from 'vitest'
import { dest, ok, QueueBench, silence } from './queue-bench.ts'

/** The upload U1 of a charge and the refund U2 of the same charge. */
function paidTwice(): QueueBench {
  const bench = new QueueBench()
  bench.add(1)
  bench.write({
    kind: 'outbox',
    atMs: bench.monoMs,
    stayId: 'S1',
    deductionId: 'D1',
    amountFen: 100,
    body: {
      outboxId: 'U2',
      destination: dest,
      op: 'refund',
      businessNo: 'R1',
      body: '{}',
      bodySm3: '',
    },
  })
  return bench
}

/** The requests until nothing is sent any more, with upload tries unanswered, and how often the queue woke. */
function tries(bench: QueueBench, wakes: number): string[] {
  const all: string[] = []
  for (let i = 0; i < wakes; i++) {
    for (const sent of bench.wait().sent) {
      all.push(sent)
      bench.answer(sent.split(' ')[1] ?? '', silence, 100)
    }
  }
  return all
}

describe('a refund', () => {
  it('waits for the answer to its charge', () => {
    const bench = paidTwice()
    expect(bench.pump()).toEqual(['post U1 10000'])
    expect(bench.wait().sent).toEqual([])
    bench.answer('U1', ok)
    expect(bench.wait().sent).toEqual(['post U2 10000'])
  })

  it('waits while the platform is silent, and keeps nobody awake or unprobed', () => {
    const bench = paidTwice()
    bench.pump()
    bench.answer('U1', silence, 3000)
    const fromMs = bench.monoMs
    const all = tries(bench, 60)
    expect(all.every((sent) => sent.includes('U1'))).toBe(true)
    expect(all.length).toBeGreaterThan(15)
    expect(bench.monoMs - fromMs).toBeGreaterThan(600_000)
    expect(bench.state('U2')).toBe('new')
    for (let sent: string[] = []; !sent.some((s) => s.includes('U1')); sent = bench.wait().sent);
    bench.answer('U1', ok)
    expect(bench.wait().sent).toEqual(['post U2 10000'])
  })

  it('also after a restart', () => {
    const bench = paidTwice()
    bench.restart()
    expect(bench.pump()).toEqual(['post U1 10000'])
    bench.answer('U1', ok)
    expect(bench.wait().sent).toEqual(['query U2 10000'])
  })

  it('goes by itself once its charge lies aside', () => {
    const bench = paidTwice()
    bench.pump()
    bench.answer('U1', { kind: 'held', reason: '200004' })
    expect(bench.wait().sent).toEqual(['post U2 10000'])
  })
})
