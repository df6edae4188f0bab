// Every search and every page that reads the ledger, sent to the reading worker while a lane writes to the same ledger: p50 and
// p95 of each, warm and cold, beside the same query on a bare SQLite table with an index for it, and beside the
// promise. ETC_LANE_BENCH_PASSAGES=2000000 is a year of a busy lot; the default is a few days.
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { ReaderWorker } from '#lane/sqlite/reader-worker.ts'
import { must } from '#base/pure/values/must.ts'
import { isBrief, median, quantile, resultOf, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow, MetricText } from '../kit/measure.ts'
import { inFolder, program } from '../kit/place.ts'
import type { WriterWord } from '../kit/search-writer.ts'
import { pagesOf, searchesOf, type Page, type Search } from '../kit/searches.ts'
import { lotPlace, writeBare, writeYear } from '../kit/year-lot.ts'

const asked = Number(process.env['ETC_LANE_BENCH_PASSAGES'] ?? '')
const isYear = asked > 0
/** Samples per search; with fewer p95 means nothing. */
const times = roundsOf(80)
const promisedMs = 200
/** A cold query starts a new worker, so it is repeated less often. */
const coldTimes = isYear ? 5 : 0

async function tookMs(work: () => unknown): Promise<number> {
  const startNs = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - startNs) / 1e6
}

const metric = (name: string, of: string, peerName: string): MetricText => ({
  metric: `search: ${name}, ${of}`,
  unit: 'ms',
  better: 'lower',
  peerName,
})

interface Place {
  readonly lot: string
  readonly bare: DatabaseSync
}

interface Took {
  readonly name: string
  readonly ours: readonly number[]
  readonly bare: readonly number[]
}

async function takenBy(
  reader: ReaderWorker,
  bare: DatabaseSync,
  one: Page & Partial<Search>,
): Promise<Took> {
  const ours: number[] = []
  const peers: number[] = []
  for (let n = 0; n < times; n++) {
    ours.push(await tookMs(() => one.ours(reader, n)))
    const { peer } = one
    if (peer !== undefined) peers.push(await tookMs(() => peer(bare, n)))
  }
  return { name: one.name, ours, bare: peers }
}

/** Drops the system's cache of the two files, where it has a tool for that. */
function forget(lot: string): void {
  if (process.platform !== 'linux') return
  for (const file of ['ledger.db', 'index.db'])
    execFileSync('dd', [`if=${join(lot, file)}`, 'iflag=nocache', 'count=0', 'status=none'])
}

/** The first query of a new worker: nothing of the ledger is in its memory or the system's cache. */
async function cold(lot: string, one: Page): Promise<readonly number[]> {
  const took: number[] = []
  for (let n = 0; n < coldTimes; n++) {
    const reader = new ReaderWorker(program(), lotPlace(lot))
    // The worker runs, and has not opened the ledger yet.
    await reader.tariffPrices({} as never, [])
    forget(lot)
    took.push(await tookMs(() => one.ours(reader, n)))
    await reader.close()
  }
  return took
}

const promiseName = 'what is promised for 2,000,000 passages'

function resultsOf({ name, ours, bare }: Took, colds: readonly number[]): BenchResult[] {
  const parts = [
    ['p50', 0.5],
    ['p95', 0.95],
  ] as const
  const warm = parts.map(([of, part]) =>
    bare.length === 0
      ? resultOf(metric(name, of, promiseName), [[quantile(ours, part), promisedMs]])
      : resultOf(metric(name, of, `bare SQLite with an index, ${of}`), [
          [quantile(ours, part), quantile(bare, part)],
        ]),
  )
  if (colds.length === 0) return warm
  return [
    ...warm,
    ...parts.map(([of, part]) =>
      resultOf(metric(name, `cold, ${of}`, promiseName), [[quantile(colds, part), promisedMs]]),
    ),
  ]
}

async function measureAll({ lot, bare }: Place, passages: number): Promise<readonly BenchResult[]> {
  const all: readonly (Page & Partial<Search>)[] = [...searchesOf(passages), ...pagesOf(passages)]
  const reader = new ReaderWorker(program(), lotPlace(lot))
  const took: Took[] = []
  try {
    // The first query builds the index.
    await reader.query('stay', { newestFirst: true, limit: 1, platePart: '12345' })
    for (const one of all) took.push(await takenBy(reader, bare, one))
  } finally {
    await reader.close()
  }
  const results: BenchResult[] = []
  for (const [i, one] of all.entries()) {
    const of = took[i]
    if (of !== undefined) results.push(...resultsOf(of, await cold(lot, one)))
  }
  const searched = took.filter((one) => one.bare.length > 0)
  const middle = (of: 'ours' | 'bare'): number =>
    searched.reduce((sum, one) => sum + median(one[of]), 0)
  const pages = took.filter((one) => one.bare.length === 0)
  const worst = (of: readonly Took[]): number =>
    Math.max(...of.map(({ ours }) => quantile(ours, 0.95)))
  const slowest = (name: string, of: readonly Took[]): BenchResult =>
    resultOf(metric(name, 'of the time that is promised', promiseName), [[worst(of), promisedMs]])
  const bareName = 'bare SQLite with indices, the same sum'
  return [
    ...results,
    resultOf(metric('the medians of all', 'added up', bareName), [
      [middle('ours'), middle('bare')],
    ]),
    slowest('the slowest p95', searched),
    slowest('the slowest p95 of a page', pages),
  ]
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const lot = join(dir, 'lot')
  const passages = writeYear(lot, isYear ? asked : isBrief ? 3_000 : 20_000)
  const bare = writeBare(dir, passages)
  const writer = fork(join(import.meta.dirname, '..', 'kit', 'search-writer.ts'), [
    lot,
    String(passages),
  ])
  const ended = once(writer, 'exit')
  try {
    const [word] = (await once(writer, 'message')) as [WriterWord]
    must(word === 'ready', 'a lane writes')
    return await measureAll({ lot, bare }, passages)
  } finally {
    writer.disconnect()
    await ended
    bare.close()
  }
}

export const searchRow: BenchRow = { run: () => inFolder(measure) }
