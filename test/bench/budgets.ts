// The budgets of design.md section 7 as data: the limit of each measured ratio.
// `npm run bench` prints beside each figure whether it keeps its budget, and fails only with `--judge`.
import type { BenchResult } from './kit/measure.ts'

export interface Budget {
  /** Name of the bench row. */
  readonly row: string
  readonly metric: string
  /** Limit of ours / peer, in the direction that `better` of the row names. */
  readonly ratio: number
  /** The promise is a time or rate, not a ratio. */
  readonly absolute?: true
  /** The figure does not depend on other load, so it is judged without slack. */
  readonly isFixed?: true
  /** `--judge` fails beyond so many times the budget; absent: twice. A ratio of growth that doubles is growth. */
  readonly slack?: number
}

/** A shared machine may measure this much worse; `--judge` fails beyond it, after three tries. */
const slackTimes = 2
export const triesMax = 3

export const budgets: readonly Budget[] = [
  // ADR 20 says why these limits are lower than in design.md, ADR 122 with a profile why they are lower still.
  { row: 'codec', metric: 'framing generic-bcc', ratio: 0.3 },
  { row: 'codec', metric: 'decode generic-bcc', ratio: 0.085 },
  { row: 'codec', metric: 'framing generic-ver', ratio: 0.6 },
  { row: 'codec', metric: 'decode generic-ver', ratio: 0.12 },
  { row: 'codec', metric: 'framing generic-len', ratio: 0.7 },
  { row: 'codec', metric: 'decode generic-len', ratio: 0.15 },
  // Price lines that explain each stay, against one sum without any.
  { row: 'tariff', metric: 'tariff of one band with a daily cap', ratio: 0.0016 },
  { row: 'tariff', metric: 'tariff of day and night with caps and packages', ratio: 0.0006 },
  { row: 'list', metric: 'status list of a million, built', ratio: 0.8 },
  { row: 'list', metric: 'status list of a million, asked', ratio: 1.2 },
  { row: 'list', metric: 'status list of a million, memory', ratio: 0.5 },
  {
    row: 'console',
    metric: 'console with a watcher, of the rate that is promised',
    ratio: 1,
    absolute: true,
  },
  {
    row: 'survey',
    metric: 'model raster 60x60, of the time that is promised',
    ratio: 1,
    absolute: true,
  },
  {
    row: 'survey',
    metric: 'slider 60x60: raster, line, zone, score, of the time that is promised',
    ratio: 1,
    absolute: true,
  },
  { row: 'survey', metric: 'model raster 60x60', ratio: 8 },
  { row: 'survey', metric: 'fit 18x13 readings', ratio: 40 },
  // The cost for each car of being able to explain it later.
  { row: 'sim', metric: 'simulation with the turns kept that explain each car, CPU', ratio: 1.4 },
  // Work must not grow with its history. Both run in turns, so that other load meets them alike; a brief run is too short.
  {
    row: 'sim',
    metric: 'simulation of 40 days, CPU a day',
    ratio: 1.1,
    absolute: true,
    slack: 1.15,
  },
  // design.md says 0.7; ADR 122 shows with a profile what that would cost.
  { row: 'commit', metric: 'durable row commit', ratio: 0.5 },
  {
    row: 'lane',
    metric: 'trigger frame in to barrier command out, software turnarounds, p99',
    ratio: 1,
  },
  // Through the reading worker, beside a lane that writes, against a table in the same thread.
  { row: 'search', metric: 'search: the medians of all, added up', ratio: 8 },
  {
    row: 'search',
    metric: 'search: the slowest p95, of the time that is promised',
    ratio: 1,
    absolute: true,
  },
  { row: 'money', metric: 'PIN check', ratio: 1.2 },
  { row: 'money', metric: 'payment by a shown code', ratio: 4 },
  {
    row: 'replay',
    metric: 'replay --wire, passages, two lanes, of the pace that is promised',
    ratio: 1,
    absolute: true,
  },
  {
    row: 'replay',
    metric: 'replay --wire, passages, two lanes of 7.1.4, of the pace that is promised',
    ratio: 1,
    absolute: true,
  },
  {
    row: 'files',
    metric: 'records in sealed files, processor of the lot, of what is promised',
    ratio: 1,
    absolute: true,
  },
  // Two SM2 signatures and their two checks, and HTTP, beside one durable row.
  { row: 'orders', metric: 'settlement through signed HTTP', ratio: 9 },
  { row: 'receipt', metric: 'check of a receipt', ratio: 2 },
  { row: 'receipt', metric: 'check of a receipt, its key read first', ratio: 1 },
  // design.md says 4; ADR 105 shows with a profile why it is not reached.
  { row: 'start', metric: 'process start to lane accepts, two lanes', ratio: 8 },
  { row: 'start', metric: 'memory headless, eight lanes', ratio: 4 },
  {
    row: 'service',
    metric: 'kill -9 to lanes ready, of the time that is promised',
    ratio: 1,
    absolute: true,
  },
  {
    row: 'service',
    metric: 'memory of the service, four lanes, of what is promised',
    ratio: 1,
    isFixed: true,
  },
  {
    row: 'service',
    metric: 'memory of the service, four lanes, behind documents',
    ratio: 0.9,
    isFixed: true,
  },
  // ADR 286: documents are laid out in a process of their own.
  {
    row: 'service',
    metric: 'memory of the service, four lanes, while documents are made',
    ratio: 1,
    isFixed: true,
  },
  {
    row: 'backlog',
    metric: 'start to first upload, 100,000 unsent, kept state',
    ratio: 1,
    absolute: true,
  },
  { row: 'backlog', metric: 'memory, 100,000 unsent, kept state', ratio: 1, absolute: true },
  {
    row: 'backlog',
    metric: 'start to ready, 100,000 unsent, more than without any',
    ratio: 1,
    absolute: true,
  },
  { row: 'million', metric: 'memory, 1,000,000 unsent, kept state', ratio: 1, absolute: true },
  // Parameter P31 of platform-access.md.
  {
    row: 'mqtt',
    metric: 'events of entry and exit, of the time that is promised',
    ratio: 1,
    absolute: true,
  },
  {
    row: 'mqtt',
    metric: 'events of saturation, of the time that is promised',
    ratio: 1,
    absolute: true,
  },
  {
    row: 'mqtt',
    metric: 'answers to reservations, of the time that is promised',
    ratio: 1,
    absolute: true,
  },
  { row: 'mqtt', metric: 'count of bays, of the time that is promised', ratio: 1, absolute: true },
  // Fold tables of 11 million stays.
  ...['today.get', 'lots.list', 'lots.get', 'state.seq'].map((name) => ({
    row: 'centre',
    metric: `desk of a centre: ${name}, p95, of the time that is promised`,
    ratio: 1,
    absolute: true as const,
  })),
  // ADR 123: the demo starts a runtime and its simulators before its page has anything to show.
  { row: 'window', metric: 'Studio window start, client of a running lane', ratio: 2 },
  { row: 'window', metric: 'Studio window start, demo lot included', ratio: 3 },
  { row: 'window', metric: 'Studio memory, client of a running lane', ratio: 1.5 },
]

export const keeps = (ratio: number, better: 'higher' | 'lower', bound: number): boolean =>
  better === 'higher' ? ratio >= bound : ratio <= bound

/** The limit with slack, in the direction that `better` names. */
const withSlack = (bound: number, better: 'higher' | 'lower', times = slackTimes): number =>
  better === 'higher' ? bound / times : bound * times

/**
 * Metrics of a row whose printed figure exceeds twice its budget, or that were not printed. Empty for a row that was
 * left out on this machine: it prints nothing and says why.
 */
export function brokenBy(row: string, stdout: string): readonly string[] {
  const results = resultsIn(stdout)
  if (results.size === 0) return []
  return budgets
    .filter((budget) => budget.row === row)
    .filter(({ metric, ratio, isFixed, slack }) => {
      const result = results.get(metric)
      if (result === undefined) return true
      const { better } = result
      return !keeps(result.ratio, better, isFixed ? ratio : withSlack(ratio, better, slack))
    })
    .map(({ metric }) => metric)
}

const resultsIn = (stdout: string): ReadonlyMap<string, BenchResult> =>
  new Map(
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as BenchResult)
      .map((result) => [result.metric, result]),
  )

/** Metrics of a row that exceed their budget, by however much. */
export const pastOf = (row: string, stdout: string): readonly string[] =>
  pastBudgets(row, resultsIn(stdout)).map(({ metric }) => metric)

/** The last line of the judge: what holds for all budgets of the rows that ran. `broken`: past twice a budget. */
export function verdictOf(broken: readonly string[], past: readonly string[]): string {
  const only = past.filter((metric) => !broken.includes(metric))
  const worse = only.length === 0 ? '' : `past a budget, by less than twice: ${only.join('; ')}`
  if (broken.length === 0)
    return worse === '' ? 'every budget is kept' : `${worse}. None is past twice its budget`
  return [`past twice a budget: ${broken.join('; ')}`, worse].filter(Boolean).join('. ')
}

/** A ratio against a peer in the same run, which a brief run measures well enough to show. */
export const isBrief = ({ absolute, isFixed }: Budget): boolean => !absolute && !isFixed

const pastBudgets = (
  row: string,
  results: ReadonlyMap<string, BenchResult>,
): readonly (Budget & { readonly is: number })[] =>
  budgets
    .filter((budget) => budget.row === row)
    .flatMap((budget) => {
      const result = results.get(budget.metric)
      if (result === undefined || keeps(result.ratio, result.better, budget.ratio)) return []
      return [{ ...budget, is: result.ratio }]
    })

/** Lines for the figures of a row over their budget; tests print them, and they fail nothing there. */
export const pastBudget = (row: string, results: ReadonlyMap<string, BenchResult>): string =>
  pastBudgets(row, results)
    .map(({ metric, is, ratio }) => `PAST ITS BUDGET: ${metric} ${is}, budget ${ratio}\n`)
    .join('')
