// A backlog rests on disk: what the queue holds awake and what it reads do not grow with the number of waiting records
// (memory per record is counted by queue-work.test.ts). The sums for caps and board equal counting every record.
import type { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { storedRows } from '#ledger/sqlite/chain.ts'
import { restAll } from '#ledger/pure/queue/queue.ts'
import { queueTimes } from '#ledger/pure/queue/destination.ts'
import {
  isAtRisk,
  noRows,
  outboxRowIn,
  OutboxRecords,
  type OutboxRecord,
} from '#ledger/pure/queue/records.ts'
import { Resting } from '#ledger/pure/queue/resting.ts'
import type { LedgerRow, OutboxKind } from '#base/pure/rows/ledger-row.ts'
import { QueueBench, benchCard, ok, silence } from './queue-bench.ts'

it('works on one of thousands that wait', () => {
  const count = 20_000
  const bench = new QueueBench()
  for (let n = 1; n <= count; n++) bench.add(n)
  bench.restart()
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

/** A record as its row gives it; `over` is its progress, or another row. */
const recordAt = (n: number, atMs: number, over: Partial<OutboxRecord> = {}): OutboxRecord => ({
  outboxId: `U${n}`,
  seq: n + 1,
  destination: 'platform',
  op: 'exitUpload',
  businessNo: `P${n}`,
  deductionId: `O${n}.D1`,
  stayId: `S${n}`,
  amountFen: 100 + n,
  cardNo: benchCard,
  atMs,
  state: 'unknown',
  attempts: 1,
  rounds: 0,
  lastPostMs: 7_000,
  inFlight: null,
  tryNo: 0,
  paced: false,
  live: null,
  lastNote: '',
  ...over,
})

function rowOf(r: OutboxRecord): LedgerRow {
  const { outboxId, op, businessNo, seq, atMs, amountFen, stayId, deductionId } = r
  const destination = r.destination === 'platform' ? 'platform' : 'operator'
  const refs = {
    ...(stayId === null ? {} : { stayId }),
    ...(deductionId === null ? {} : { deductionId }),
  }
  const named = { outboxId, destination, op, businessNo, body: '{}', bodySm3: '' } as const
  const link = { nodeId: 'n', seq, prevHash: '', hash: '' }
  return { kind: 'outbox', ...link, atMs, amountFen, ...refs, body: named }
}

/** Records whose rows are in a separate ledger. */
class Laid {
  private readonly rows = new Map<number, LedgerRow>()
  readonly reads: number[] = []
  readonly records = new OutboxRecords((seq) => {
    this.reads.push(seq)
    return outboxRowIn((behind) => [...this.rows.values()].filter((row) => row.seq > behind))(seq)
  })

  constructor() {
    this.records.restPostMs = 7_000
  }

  add(record: OutboxRecord): OutboxRecord {
    this.rows.set(record.seq, rowOf(record))
    this.records.add(record)
    return record
  }

  rest(record: OutboxRecord): boolean {
    return this.records.rest(this.add(record))
  }
}

describe('a record at rest', () => {
  const bare = { deductionId: null, stayId: null, cardNo: null, op: 'exception' } as const
  it.each<[string, OutboxRecord]>([
    ['with all names', recordAt(1, 5)],
    ['of nobody', recordAt(2, 6, { ...bare, state: 'new', attempts: 0 })],
    ['of the largest amount', recordAt(0, 6, { amountFen: 0xffff_ffff })],
  ])('%s is the record again, read from its row', (_name, record) => {
    const laid = new Laid()
    const { records, reads } = laid
    expect([laid.rest(record), records.awake.size, records.size]).toEqual([true, 0, 1])
    expect([records.has(record.outboxId), records.has('U9'), reads]).toEqual([true, false, []])
    expect([...records.values()]).toEqual([record])
    expect(records.seen(record.outboxId)).toEqual(record)
    expect([records.awake.size, reads]).toEqual([0, [record.seq, record.seq]])
    expect(records.get(record.outboxId)).toEqual(record)
    expect([records.awake.size, records.resting.size, records.size]).toEqual([1, 0, 1])
  })
  it('is kept and made anew with its sums', () => {
    const laid = new Laid()
    for (const n of [1, 2, 3]) laid.rest(recordAt(n, n))
    laid.records.delete('U1')
    const kept = structuredClone(laid.records.resting.state())
    expect(kept.columns.ids).toEqual(new Float64Array([2, 3]))
    const again = new OutboxRecords((seq) => {
      throw new Error(`read ${seq}`)
    }, Resting.of(kept))
    const sums = ({ byState, byKind, byDestination, atRiskFen, uploads, size }: OutboxRecords) => [
      [...byState, ...byKind, ...byDestination],
      [atRiskFen, uploads, size],
    ]
    expect(sums(again)).toEqual(sums(laid.records))
    expect([again.uploadFenOf(benchCard), again.oldestMs('any')]).toEqual([205, 2])
  })
  it('ends without its row being read', () => {
    const laid = new Laid()
    for (const n of [1, 2]) laid.rest(recordAt(n, n))
    expect(laid.records.delete('U1')).toMatchObject({ op: 'exitUpload', amountFen: 101 })
    expect([laid.records.delete('U1'), laid.records.delete('x')]).toEqual([null, null])
    expect([laid.records.size, laid.records.atRiskFen, laid.reads]).toEqual([1, 102, []])
  })
  it.each<[string, Partial<OutboxRecord>]>([
    ['another prefix', { outboxId: 'V7' }],
    ['no number', { outboxId: 'U' }],
    ['a number that is not written so', { outboxId: 'U07' }],
    ['a number from before', { outboxId: 'U4' }],
    ['a row from before', { seq: 6 }],
    ['a row beyond the column', { seq: 2 ** 32 }],
    ['an amount beyond the column', { amountFen: 2 ** 32 }],
    ['half a fen', { amountFen: 0.5 }],
    ['two tries', { attempts: 2 }],
    ['a note', { lastNote: 'approved' }],
    ['a state of its own', { state: 'sending' }],
  ])('with %s does not fit, and stays as it is', (_name, over) => {
    const laid = new Laid()
    expect(laid.rest(recordAt(5, 5))).toBe(true)
    const odd = recordAt(7, 7, over)
    expect([laid.rest(odd), laid.records.awake.size]).toEqual([false, 1])
    expect([laid.records.get(odd.outboxId), laid.records.size]).toEqual([odd, 2])
    expect(laid.records.byState.get(odd.state)).toBeGreaterThan(0)
  })
  it('of more kinds than there are numbers for does not fit', () => {
    const { records } = new Laid()
    const made = Array.from({ length: 300 }, (_, n) => recordAt(n, n, { destination: `d${n}` }))
    for (const one of made) records.add(one)
    expect(made.map((one) => records.rest(one)).indexOf(false)).toBe(255)
  })
  it.each<[string, Partial<OutboxRecord>]>([
    ['tried', { rounds: 1 }],
    ['asked', { inFlight: 'query' }],
    ['paced', { paced: true }],
    ['waited for', { live: 'query' }],
  ])('is not made of a record that is being %s', (_name, over) => {
    const laid = new Laid()
    expect(() => laid.rest(recordAt(1, 5, over))).toThrow('a record at work rests')
  })
  it('is no record that is not ours, and one is added once', () => {
    const laid = new Laid()
    expect(() => laid.records.rest(recordAt(1, 5))).toThrow('a record of ours rests')
    const record = laid.add(recordAt(1, 5))
    expect(() => laid.records.add(record)).toThrow('a record is added once')
    laid.records.rest(record)
    expect(() => laid.records.add(record)).toThrow('a record is added once')
  })
  it('is not made of another row', () => {
    const records = new OutboxRecords(() => rowOf(recordAt(2, 2)) as never)
    records.add(recordAt(1, 1))
    records.rest(records.get('U1') ?? recordAt(1, 1))
    expect(() => records.get('U1')).toThrow('a record rests where its row lies')
    expect(() => outboxRowIn(() => [])(7)).toThrow('row 7 can be read')
  })
  it('is found by kind behind a row, awake ones among them', () => {
    const laid = new Laid()
    for (const n of [1, 2, 4, 5])
      laid.rest(recordAt(n, n, { op: n === 2 ? 'exception' : 'exitUpload' }))
    laid.add(recordAt(3, 3))
    laid.add(recordAt(6, 6, { destination: 'other' }))
    const found: string[] = []
    for (let at = 0; ;) {
      const next = laid.records.next('exitUpload', 'platform', at)
      if (next === null) break
      found.push(next.outboxId)
      at = next.seq
    }
    expect(found).toEqual(['U1', 'U3', 'U4', 'U5'])
    expect([...laid.records.values()].map(({ outboxId }) => outboxId)).toEqual([
      'U1',
      'U2',
      'U3',
      'U4',
      'U5',
      'U6',
    ])
  })
})

it('thousands that rest and go leave what is kept as if only the others had come', () => {
  const [all, some] = [new Laid(), new Laid()]
  for (let n = 1; n <= 5_000; n++) {
    all.rest(recordAt(n, n, { cardNo: `card${n}` }))
    if (n % 7 === 0 || n === 5_000) some.rest(recordAt(n, n, { cardNo: `card${n}` }))
  }
  for (let n = 1; n < 5_000; n++) if (n % 7 !== 0) all.records.delete(`U${n}`)
  expect(all.records.resting.state()).toEqual(some.records.resting.state())
  expect(all.records.resting.first('platform')?.outboxId).toBe('U7')
  expect(all.records.get('U21')?.businessNo).toBe('P21')
})

describe('the oldest', () => {
  const oldest = (records: OutboxRecords) => [records.oldestMs('any'), records.oldestMs('upload')]
  it('is found whatever the order of times, and when it is gone the next one', () => {
    const records = new OutboxRecords(noRows)
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
    // One that is older than those already sent.
    records.add(recordAt(99, 5))
    expect(oldest(records)).toEqual([5, 5])
  })
  it('is the same behind thousands that came and went', () => {
    const records = new OutboxRecords(noRows)
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
    const records = new OutboxRecords(noRows)
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
  const laid = new Laid()
  const { records } = laid
  const refund = recordAt(9, 9, { op: 'refund', deductionId: 'O4.D1' })
  const others = [
    recordAt(1, 1, { deductionId: 'O4.D1', op: 'exception' }),
    recordAt(2, 2, { deductionId: 'O4.D1', destination: 'other' }),
    recordAt(3, 3, { deductionId: 'O4.D11' }),
    recordAt(5, 5, { deductionId: null }),
    refund,
  ]
  for (const one of others) laid.add(one)
  expect(records.chargeOf(refund)).toBeNull()
  for (const one of others) expect(records.rest(one)).toBe(true)
  expect(records.chargeOf(refund)).toBeNull()
  expect(records.chargeOf({ ...refund, deductionId: null })).toBeNull()
  for (const [n, op] of [
    [10, 'charge'],
    [11, 'exitUpload'],
  ] as const) {
    const charge = laid.add(recordAt(n, n, { op, deductionId: 'O4.D1' }))
    expect(records.chargeOf(refund)).toEqual(charge)
    expect(records.rest(charge)).toBe(true)
    expect(records.chargeOf(refund)).toEqual({ ...charge, cardNo: benchCard })
    expect(records.awake.size).toBe(0)
    records.delete(charge.outboxId)
  }
})

it('sums that come to nothing are gone, those of others stay', () => {
  const records = new OutboxRecords(noRows)
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
