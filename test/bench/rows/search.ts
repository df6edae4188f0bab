// Every search that the product offers, asked of the reading worker while a lane writes to the same ledger: the p95 of
// each, beside the same question to a bare SQLite table with an index made for it, and beside what is promised.
// ETC_LANE_BENCH_PASSAGES=2000000 is a year of a busy lot; otherwise a few days of it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { ReaderWorker } from '../../../firmware-runtime/adapters/sqlite/reader-worker.ts'
import { must } from '../../../firmware-runtime/core/values/must.ts'
import { dayMs, dayStartMs } from '../../../firmware-runtime/core/values/instant.ts'
import { isBrief, median, quantile, resultOf, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { inFolder, program } from '../kit/place.ts'
import type { WriterWord } from '../kit/search-writer.ts'
import {
  atOf,
  fenOf,
  firstMs,
  lotPlace,
  personOf,
  plateOf,
  writeBare,
  writeLot,
} from '../kit/search-lot.ts'

const asked = Number(process.env['ETC_LANE_BENCH_PASSAGES'] ?? '')
const passages = asked > 0 ? asked : isBrief ? 3_000 : 20_000
/** Of each search; p95 of fewer says nothing. */
const times = roundsOf(80)
const promisedMs = 200
const shown = 100

interface Search {
  readonly name: string
  ours(reader: ReaderWorker, n: number): Promise<unknown>
  peer(bare: DatabaseSync, n: number): unknown
}

/** Cars all over the year. */
const car = (n: number): number => (n * 104_729) % passages
const monthOf = (n: number) => {
  const fromMs = Math.max(firstMs, dayStartMs(atOf(car(n))) - 30 * dayMs)
  return { fromMs, toMs: fromMs + 31 * dayMs }
}
const dayOf = (n: number) => {
  const fromMs = dayStartMs(atOf(car(n)))
  return { fromMs, toMs: fromMs + dayMs }
}
const cashCar = (n: number): number => Math.min(passages - 1, car(n) - (car(n) % 10) + 9)
const inSpan = 'atMs >= ? AND atMs < ?'
const newest = { newestFirst: true, limit: shown } as const
const page = `ORDER BY atMs DESC LIMIT ${shown + 1}`

const part =
  (length: number): Search['ours'] =>
  (reader, n) =>
    reader.query('stay', { ...newest, platePart: plateOf(car(n)).slice(-length) })
const barePart =
  (length: number): Search['peer'] =>
  (bare, n) =>
    bare
      .prepare(`SELECT * FROM passage WHERE instr(plate, ?) > 0 ${page}`)
      .all(plateOf(car(n)).slice(-length))

const ofDay =
  (kind: 'stay' | 'deduction' | 'payment' | 'event'): Search['ours'] =>
  (reader, n) =>
    reader.query(kind, { ...newest, ...dayOf(n) })
const bareDay: Search['peer'] = (bare, n) => {
  const { fromMs, toMs } = dayOf(n)
  return bare.prepare(`SELECT * FROM passage WHERE ${inSpan} ${page}`).all(fromMs, toMs)
}

const searches: readonly Search[] = [
  { name: 'stays of a day', ours: ofDay('stay'), peer: bareDay },
  { name: 'charges of a day', ours: ofDay('deduction'), peer: bareDay },
  { name: 'payments of a day', ours: ofDay('payment'), peer: bareDay },
  { name: 'exceptions and acts of a day', ours: ofDay('event'), peer: bareDay },
  {
    name: 'a whole plate',
    ours: (reader, n) => reader.query('stay', { ...newest, plate: plateOf(car(n)) }),
    peer: (bare, n) =>
      bare.prepare(`SELECT * FROM passage WHERE plate = ? ${page}`).all(plateOf(car(n))),
  },
  { name: '2 characters of a plate', ours: part(2), peer: barePart(2) },
  { name: '4 characters of a plate', ours: part(4), peer: barePart(4) },
  {
    name: 'payments of a plate by 4 characters',
    ours: (reader, n) =>
      reader.query('payment', { ...newest, platePart: plateOf(car(n)).slice(-4) }),
    peer: barePart(4),
  },
  {
    name: 'a lane of a day',
    ours: (reader, n) => reader.query('payment', { ...newest, ...dayOf(n), laneId: 'exit-3' }),
    peer(bare, n) {
      const { fromMs, toMs } = dayOf(n)
      const sql = `SELECT * FROM passage WHERE ${inSpan} AND +lane = ? ${page}`
      return bare.prepare(sql).all(fromMs, toMs, 'exit-3')
    },
  },
  {
    name: 'a person in 31 days',
    ours: (reader, n) =>
      reader.query('payment', { ...newest, ...monthOf(n), by: personOf(cashCar(n)) ?? '' }),
    peer(bare, n) {
      const { fromMs, toMs } = monthOf(n)
      const sql = `SELECT * FROM passage WHERE person = ? AND ${inSpan} ${page}`
      return bare.prepare(sql).all(personOf(cashCar(n)), fromMs, toMs)
    },
  },
  {
    name: 'nobody of that name in 31 days',
    ours: (reader, n) => reader.query('payment', { ...newest, ...monthOf(n), by: '无此人' }),
    peer(bare, n) {
      const { fromMs, toMs } = monthOf(n)
      const sql = `SELECT * FROM passage WHERE person = ? AND ${inSpan} ${page}`
      return bare.prepare(sql).all('无此人', fromMs, toMs)
    },
  },
  {
    name: 'an amount in 31 days',
    ours: (reader, n) =>
      reader.query('payment', { ...newest, ...monthOf(n), amountFen: fenOf(car(n)) }),
    peer(bare, n) {
      const { fromMs, toMs } = monthOf(n)
      const sql = `SELECT * FROM passage WHERE fen = ? AND ${inSpan} ${page}`
      return bare.prepare(sql).all(fenOf(car(n)), fromMs, toMs)
    },
  },
  {
    name: 'an amount that nobody paid, in 31 days',
    ours: (reader, n) => reader.query('payment', { ...newest, ...monthOf(n), amountFen: 77 }),
    peer(bare, n) {
      const { fromMs, toMs } = monthOf(n)
      const sql = `SELECT * FROM passage WHERE fen = ? AND ${inSpan} ${page}`
      return bare.prepare(sql).all(77, fromMs, toMs)
    },
  },
  {
    name: 'cash in 31 days',
    ours: (reader, n) => reader.query('payment', { ...newest, ...monthOf(n), means: 'cash' }),
    peer(bare, n) {
      const { fromMs, toMs } = monthOf(n)
      const sql = `SELECT * FROM passage WHERE means = ? AND ${inSpan} ${page}`
      return bare.prepare(sql).all('cash', fromMs, toMs)
    },
  },
  {
    name: 'sums by means of a day',
    ours: (reader, n) => reader.sums(dayOf(n)),
    peer: bareSums(dayOf),
  },
  {
    name: 'sums by means of 31 days',
    ours: (reader, n) => reader.sums(monthOf(n)),
    peer: bareSums(monthOf),
  },
  {
    name: 'the next page of a year',
    ours: (reader, n) => reader.query('stay', { ...newest, after: 1 + 6 * car(n) }),
    peer: (bare, n) =>
      bare.prepare(`SELECT * FROM passage WHERE atMs < ? ${page}`).all(atOf(car(n))),
  },
  {
    name: 'all of one stay',
    ours: (reader, n) => reader.timeline(`n1-S${car(n)}`),
    peer: (bare, n) => bare.prepare('SELECT * FROM passage WHERE id = ?').all(car(n)),
  },
]

function bareSums(spanOf: typeof dayOf): Search['peer'] {
  const sql = `SELECT means, count(*), sum(fen) FROM passage WHERE ${inSpan} GROUP BY means`
  return (bare, n) => {
    const { fromMs, toMs } = spanOf(n)
    return bare.prepare(sql).all(fromMs, toMs)
  }
}

async function tookMs(work: () => unknown): Promise<number> {
  const startNs = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - startNs) / 1e6
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const lot = join(dir, 'lot')
  writeLot(lot, passages)
  const bare = writeBare(dir, passages)
  const writer = fork(join(import.meta.dirname, '..', 'kit', 'search-writer.ts'), [
    lot,
    String(passages),
  ])
  const ended = once(writer, 'exit')
  const reader = new ReaderWorker(program(), lotPlace(lot))
  try {
    const [word] = (await once(writer, 'message')) as [WriterWord]
    must(word === 'ready', 'a lane writes')
    // The first question makes the index of plates.
    await reader.query('stay', { ...newest, platePart: '12345' })
    const results: BenchResult[] = []
    const worst: number[] = []
    const middle = { ours: 0, bare: 0 }
    for (const { name, ours, peer } of searches) {
      const pairs: (readonly [number, number])[] = []
      for (let n = 0; n < times; n++)
        pairs.push([await tookMs(() => ours(reader, n)), await tookMs(() => peer(bare, n))])
      const p95 = quantile(
        pairs.map(([ms]) => ms),
        0.95,
      )
      const bareP95 = quantile(
        pairs.map(([, ms]) => ms),
        0.95,
      )
      worst.push(p95)
      middle.ours += median(pairs.map(([ms]) => ms))
      middle.bare += median(pairs.map(([, ms]) => ms))
      const peerName = 'bare SQLite with an index, p95'
      const text = {
        metric: `search: ${name}, p95`,
        unit: 'ms',
        better: 'lower',
        peerName,
      } as const
      results.push(resultOf(text, [[p95, bareP95]]))
    }
    const all = {
      metric: 'search: the medians of all, added up',
      unit: 'ms',
      better: 'lower',
      peerName: 'bare SQLite with indices, the same sum',
    } as const
    const promise = {
      metric: 'search: the slowest p95, of the time that is promised',
      unit: 'ms',
      better: 'lower',
      peerName: 'what is promised for 2,000,000 passages',
    } as const
    return [
      ...results,
      resultOf(all, [[middle.ours, middle.bare]]),
      resultOf(promise, [[Math.max(...worst), promisedMs]]),
    ]
  } finally {
    await reader.close()
    writer.disconnect()
    await ended
    bare.close()
  }
}

export const searchRow: BenchRow = { run: () => inFolder(measure) }
