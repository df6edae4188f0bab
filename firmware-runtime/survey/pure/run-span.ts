// The time from the start of a run to its record must be able to contain what the record names: probes at their interval,
// transfers with their pauses. One rule for rows 7 to 12 of table D.1.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { because, type Reason } from './next-steps.ts'
import type { LinkBody, RateBody } from './file/record.ts'
import { unless } from './row-gates.ts'
import type { Begun } from './run-starts.ts'
import type { SeriesFinding } from './file/series.ts'

/** Random gaps are shorter than their mean at times: four standard deviations (assumed). */
const deviations = 4

/** Least time of a run of probes at this mean interval, ms. */
function probesMs({ latenciesMs, everyMs = 0 }: LinkBody): number {
  const gaps = latenciesMs.length - 1
  return Math.max(0, gaps - deviations * Math.sqrt(gaps)) * everyMs
}

/** Least time of the runs of one series in one direction: each with its warm-up, and the pauses between them, ms. */
const ratesMs = (runs: readonly RateBody[]): number =>
  runs.reduce(
    (sum, { durationMs, warmMs = 0, apartMs = 0 }, i) =>
      sum + durationMs + warmMs + (i === 0 ? 0 : apartMs),
    0,
  )

type Run = Begun & { readonly atMs: InstantMs } & (LinkBody | RateBody)

/** Why these runs, which were recorded together, cannot have been made in their time; null: they can, or it is not known. */
function shortWords(runs: readonly Run[]): Reason | null {
  const live = runs.filter(({ origin }) => origin === undefined || origin.how === 'live')
  const starts = live.flatMap(({ startedAtMs }) => startedAtMs ?? [])
  if (live.length === 0 || starts.length < live.length) return null
  const spanMs = Math.max(...live.map(({ atMs }) => atMs)) - Math.min(...starts)
  const links = live.flatMap((run) => (run.kind === 'link' ? [probesMs(run)] : []))
  const needMs = Math.max(ratesMs(live.filter((run) => run.kind === 'rate')), ...links)
  if (spanMs >= needMs) return null
  const [span, need] = [(spanMs / 1000).toFixed(0), (needMs / 1000).toFixed(0)]
  return because(
    'again',
    `从开始到记录只有 ${span} s,所记的至少要 ${need} s`,
    `recorded ${span} s after its start; what it names takes ${need} s at least`,
  )
}

/** Runs recorded sooner than they can have been made show no pass. */
export const inTime = (runs: readonly Run[], found: SeriesFinding): SeriesFinding =>
  unless(found, () => shortWords(runs))
