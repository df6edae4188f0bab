// A backlog is lines at rest: what the queue holds awake, what it reads and what it weighs do not grow
// with what waits. The sums that caps and the board ask for are those of counting every record.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { storedRows } from '../../../../firmware-runtime/adapters/sqlite/chain.ts'
import { queueTimes, restAll } from '../../../../firmware-runtime/core/queue/queue.ts'
import { isAtRisk } from '../../../../firmware-runtime/core/queue/records.ts'
import type { OutboxKind } from '../../../../firmware-runtime/core/values/ledger-row.ts'
import { QueueBench, benchCard, ok, silence } from './queue-bench.ts'

const collect = (): void => {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  if (typeof gc === 'function') gc()
}

/** Waiting records of which each costs this much at most: a line, its number and its place in the backlog. */
const recordBytesMax = 450

it('weighs a line for each record that waits, and works on one of them', () => {
  const count = 20_000
  const bench = new QueueBench()
  for (let n = 1; n <= count; n++) bench.add(n)
  collect()
  const before = process.memoryUsage().heapUsed
  const awake = bench.queue
  bench.restart()
  collect()
  // The records of the first life are objects: they are held until here, so that only the second counts.
  expect(awake.records.awake.size).toBe(count)
  expect((process.memoryUsage().heapUsed - before) / count).toBeLessThan(recordBytesMax)
  for (let n = 1; n <= 20; n++) {
    expect(bench.wait().sent).toEqual([`post U${n} 10000`])
    expect(bench.queue.records.awake.size).toBe(1)
    bench.answer(`U${n}`, ok)
  }
  expect([bench.queue.records.size, bench.queue.records.awake.size]).toEqual([count - 20, 0])
})

it('a lot that joins later holds none of its records awake', () => {
  const bench = new QueueBench()
  for (let n = 1; n <= 50; n++) {
    bench.add(n)
    restAll(bench.queue)
  }
  expect([bench.queue.records.size, bench.queue.records.awake.size]).toEqual([50, 0])
  expect(bench.pump()).toEqual(['post U1 10000'])
})

it('keeps the sums that counting gives, through answers, silence, restarts and records put back', () => {
  const bench = new QueueBench()
  const kinds: readonly OutboxKind[] = ['exitUpload', 'exception', 'charge', 'refund']
  const counted = () => {
    const all = [...bench.queue.records.values()]
    const uploads = all.filter(({ op }) => op === 'exitUpload')
    const of = (list: readonly string[]) =>
      Object.fromEntries([...new Set(list)].map((k) => [k, list.filter((x) => x === k).length]))
    const oldest = (list: typeof all) =>
      list.length === 0 ? null : Math.min(...list.map(({ atMs }) => atMs))
    return {
      size: all.length,
      atRiskFen: all.filter(isAtRisk).reduce((sum, r) => sum + r.amountFen, 0),
      cardFen: uploads.reduce((sum, r) => sum + r.amountFen, 0),
      byKind: of(all.map((r) => r.op)),
      byState: of(all.map((r) => r.state)),
      oldest: [oldest(all), oldest(uploads)],
    }
  }
  const kept = () => {
    const { records } = bench.queue
    return {
      size: records.size,
      atRiskFen: records.atRiskFen,
      cardFen: records.uploadFenOf(benchCard),
      byKind: Object.fromEntries(records.byKind),
      byState: Object.fromEntries(records.byState),
      oldest: [records.oldestMs('any'), records.oldestMs('upload')],
    }
  }
  for (let n = 1; n <= 40; n++) {
    // The clock is set back once in between.
    bench.monoMs += n === 20 ? -5_000 : 700
    bench.add(n, kinds[n % 4])
    for (const sent of bench.pump()) {
      const id = sent.split(' ')[1] ?? ''
      const held = { kind: 'held', reason: 'x y' } as const
      bench.answer(id, n % 5 === 0 ? held : n % 3 === 0 ? silence : ok)
    }
    expect(kept()).toEqual(counted())
  }
  bench.restart()
  expect(kept()).toEqual(counted())
  for (let n = 0; n < 30; n++) {
    bench.monoMs += queueTimes.probeMs
    for (const sent of bench.pump()) bench.answer(sent.split(' ')[1] ?? '', ok)
    expect(kept()).toEqual(counted())
  }
})

it('reads two rows, not a page, for the one row that is sent next', () => {
  const asked: number[] = []
  const db = {
    prepare: () => ({
      all: (_node: string, after: number, most: number) => {
        asked.push(most)
        return Array.from({ length: most }, (_, i) => ({ seq: after + i + 1 }))
      },
    }),
  } as unknown as DatabaseSync
  const rows = storedRows(db, 'n', 50_000)
  expect(rows.next().value).toMatchObject({ seq: 50_001 })
  expect(asked).toEqual([2])
})
