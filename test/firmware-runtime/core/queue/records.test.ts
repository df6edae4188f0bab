// A backlog is lines at rest: what the queue holds awake, what it reads and what it weighs do not grow
// with what waits. The sums that caps and the board ask for are those of counting every record.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { storedRows } from '../../../../firmware-runtime/adapters/sqlite/chain.ts'
import { queueTimes, restAll } from '../../../../firmware-runtime/core/queue/queue.ts'
import {
  destinationIn,
  isAtRisk,
  OutboxRecords,
  restingRecords,
  type OutboxRecord,
} from '../../../../firmware-runtime/core/queue/records.ts'
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
  const batchSizes: number[] = []
  const db = {
    prepare: () => ({
      setReturnArrays: () => undefined,
      all: (_node: string, after: number, most: number) => {
        batchSizes.push(most)
        return Array.from({ length: most }, (_, i) => ['n', after + i + 1])
      },
    }),
  } as unknown as DatabaseSync
  const rows = storedRows(db, 'n', 50_000)
  expect(rows.next().value).toMatchObject({ seq: 50_001 })
  expect(batchSizes).toEqual([2])
})

/** A record with every member that a line has. */
const recordAt = (n: number, atMs: number, over: Partial<OutboxRecord> = {}): OutboxRecord => ({
  outboxId: `U${n}`,
  seq: n,
  destination: 'platform',
  op: 'exitUpload',
  businessNo: `P${n}`,
  deductionId: `O${n}.D1`,
  stayId: `S${n}`,
  amountFen: 100 + n,
  cardNo: benchCard,
  atMs,
  state: 'unknown',
  attempts: 3,
  rounds: 0,
  lastPostMs: 7_000,
  inFlight: null,
  tryNo: 0,
  paced: false,
  live: null,
  lastNote: '',
  ...over,
})

describe('a line', () => {
  const bare = { deductionId: null, stayId: null, cardNo: null, op: 'exception' } as const
  it.each<[string, OutboxRecord]>([
    ['with all names and a note of several words', recordAt(1, 5, { lastNote: ' HTTP 502  bad ' })],
    ['of nobody, without a note', recordAt(2, 6, { ...bare, state: 'new', attempts: 0 })],
  ])('%s is the record again', (_name, record) => {
    const records = new OutboxRecords()
    records.add(record)
    records.restPostMs = 7_000
    records.rest(record)
    const [line] = records.all.values()
    expect([typeof line, records.awake.size]).toEqual(['string', 0])
    expect(destinationIn(String(line))).toBe('platform')
    expect([...records.values()]).toEqual([record])
    expect(records.awake.size).toBe(0)
    expect(records.get(record.outboxId)).toEqual(record)
    const kept = restingRecords([[record.outboxId, String(line)]], 9_000)
    expect(kept.get(record.outboxId)).toEqual({ ...record, lastPostMs: 9_000 })
    expect(kept.size).toBe(1)
    const sums = ({ byState, byKind, atRiskFen }: OutboxRecords) => [
      ...byState,
      ...byKind,
      atRiskFen,
    ]
    expect(sums(kept)).toEqual(sums(records))
    expect(kept.oldestMs('any')).toBe(record.atMs)
  })
  it('with nothing in it has no destination, and no number that would pass for one', () => {
    expect([destinationIn(''), destinationIn('charge new')]).toEqual(['', ''])
    const record = restingRecords([['U1', 'charge']], 0).get('U1')
    expect(record).toMatchObject({ destination: '', businessNo: '', amountFen: NaN })
  })
  it('is not made of a name with a blank, which would shift all behind it', () => {
    for (const over of [{ businessNo: 'P 1' }, { stayId: 'S 1' }, { destination: 'a b' }]) {
      const records = new OutboxRecords()
      const record = recordAt(1, 5, over)
      records.add(record)
      expect(() => records.rest(record)).toThrow('no name of a record has a blank')
    }
  })
  it.each<[string, Partial<OutboxRecord>]>([
    ['tried', { rounds: 1 }],
    ['asked', { inFlight: 'query' }],
    ['paced', { paced: true }],
    ['waited for', { live: 'query' }],
  ])('is not made of a record that is being %s', (_name, over) => {
    const records = new OutboxRecords()
    const record = recordAt(1, 5, over)
    records.add(record)
    expect(() => records.rest(record)).toThrow('a record at work rests')
  })
  it('is not made twice, and a record is added once', () => {
    const records = new OutboxRecords()
    const record = recordAt(1, 5)
    records.add(record)
    expect(() => records.add(record)).toThrow('a record is added once')
    expect(() => records.addResting('U1', 'x')).toThrow('a record is added once')
    records.rest(record)
    records.rest(record)
    expect(Object.fromEntries(records.byState)).toEqual({ unknown: 1 })
    records.delete('U9')
    expect([records.size, records.has('U1'), records.has('U9')]).toEqual([1, true, false])
  })
})

describe('the oldest', () => {
  const oldest = (records: OutboxRecords) => [records.oldestMs('any'), records.oldestMs('upload')]
  it('is found whatever the order of times, and when it is gone the next one', () => {
    const records = new OutboxRecords()
    expect(oldest(records)).toEqual([null, null])
    const times = [50, 70, 60, 70, 10, 90, 20, 80]
    times.forEach((atMs, n) => {
      records.add(recordAt(n, atMs, { op: n % 2 === 0 ? 'exitUpload' : 'refund' }))
    })
    const uploads = times.filter((_, n) => n % 2 === 0).toSorted((a, b) => a - b)
    const all = times.toSorted((a, b) => a - b)
    while (all.length > 0) {
      expect(oldest(records)).toEqual([all[0], uploads[0] ?? null])
      const n = [...records.values()].findIndex(({ atMs }) => atMs === all[0])
      const gone = [...records.values()][n]
      records.delete(gone?.outboxId ?? '')
      all.shift()
      if (gone?.op === 'exitUpload') uploads.shift()
    }
    expect(oldest(records)).toEqual([null, null])
    // One that is older than what has gone already.
    records.add(recordAt(99, 5))
    expect(oldest(records)).toEqual([5, 5])
  })
  it('is the same behind thousands that came and went', () => {
    const records = new OutboxRecords()
    records.add(recordAt(0, 1))
    for (let n = 1; n <= 5_000; n++) {
      records.add(recordAt(n, n % 2 === 0 ? n : n + 10))
      if (n > 3) records.delete(`U${n - 2}`)
      if (n === 4_000) records.delete('U0')
      const left = [...records.values()].map(({ atMs }) => atMs)
      expect(records.oldestMs('upload')).toBe(Math.min(...left))
    }
  })
  it('of a destination is the first that can be asked for by its number', () => {
    const records = new OutboxRecords()
    expect(records.oldestOf('platform')).toBeNull()
    records.add(recordAt(1, 1, { destination: 'other' }))
    records.add(recordAt(2, 2, { op: 'exception' }))
    records.add(recordAt(3, 3, { op: 'exception' }))
    expect(records.oldestOf('platform')?.outboxId).toBe('U2')
    records.add(recordAt(4, 4))
    records.add(recordAt(5, 5))
    expect(records.oldestOf('platform')?.outboxId).toBe('U4')
  })
})

it('the charge behind a refund is that of its deduction and destination, awake or at rest', () => {
  const records = new OutboxRecords()
  const refund = recordAt(9, 9, { op: 'refund', deductionId: 'O4.D1' })
  const others = [
    recordAt(1, 1, { deductionId: 'O4.D1', op: 'exception' }),
    recordAt(2, 2, { deductionId: 'O4.D1', destination: 'other' }),
    recordAt(3, 3, { deductionId: 'O4.D11' }),
    recordAt(6, 6, { deductionId: null }),
    recordAt(5, 5, { lastNote: 'O4.D1 is named' }),
    refund,
  ]
  for (const one of others) records.add(one)
  expect(records.chargeOf(refund)).toBeNull()
  for (const one of others) records.rest(one)
  expect(records.chargeOf(refund)).toBeNull()
  expect(records.chargeOf({ ...refund, deductionId: null })).toBeNull()
  for (const op of ['charge', 'exitUpload'] as const) {
    const charge = recordAt(4, 4, { op })
    records.add(charge)
    expect(records.chargeOf(refund)).toEqual(charge)
    records.restPostMs = 7_000
    records.rest(charge)
    expect(records.chargeOf(refund)).toEqual(charge)
    expect(records.awake.size).toBe(0)
    records.delete('U4')
  }
})

it('sums that come to nothing are gone, those of others stay', () => {
  const records = new OutboxRecords()
  records.add(recordAt(1, 1, { amountFen: 100 }))
  records.add(recordAt(2, 2, { amountFen: 50, cardNo: null, destination: 'other' }))
  records.add(recordAt(3, 3, { op: 'exception', amountFen: 7, deductionId: null }))
  expect([records.atRiskFen, records.uploads, records.uploadFenOf(benchCard)]).toEqual([
    150, 2, 100,
  ])
  expect(Object.fromEntries(records.byDestination)).toEqual({ platform: 2, other: 1 })
  records.delete('U1')
  expect([records.atRiskFen, records.uploads, records.uploadFenOf(benchCard)]).toEqual([50, 1, 0])
  records.delete('U2')
  expect([...records.byDestination, ...records.byKind]).toEqual([
    ['platform', 1],
    ['exception', 1],
  ])
  expect([records.atRiskFen, records.uploads]).toEqual([0, 0])
})
