// Measures a row: rounds of ours and of the peer in turn, medians of each, spread stated.
// Both run in the same process, so that other load affects both alike.
import { must } from '#base/pure/values/must.ts'

/** One printed row (contract.md section 7). */
export interface BenchResult {
  readonly metric: string
  readonly unit: string
  readonly ours: number
  readonly peer: number
  readonly peerName: string
  /** ours / peer. */
  readonly ratio: number
  readonly better: 'higher' | 'lower'
  /** Half the interquartile range of the rounds' ratios, as a fraction of their median. */
  readonly spread: number
}

/** A row of the bench: one file in rows/, with one or more metrics that share their set-up. */
export interface BenchRow {
  /** Why it cannot be measured on this machine, in words; null when it can. */
  missing?(): string | null
  run(): Promise<readonly BenchResult[]>
}

export interface MetricText {
  readonly metric: string
  readonly unit: string
  readonly peerName: string
  readonly better: 'higher' | 'lower'
}

/** The value below which `part` of the samples lie (nearest rank). */
export function quantile(samples: readonly number[], part: number): number {
  must(samples.length > 0, 'there is something to rank')
  const sorted = samples.toSorted((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))
  return sorted[at] ?? 0
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

const significant = (value: number): number => Number(value.toPrecision(4))

/** Summarises rounds: `pairs` are (ours, peer) of each round. */
export function resultOf(
  text: MetricText,
  pairs: readonly (readonly [number, number])[],
): BenchResult {
  const ratios = pairs.map(([ours, peer]) => ours / peer)
  const ours = median(pairs.map(([value]) => value))
  const peer = median(pairs.map(([, value]) => value))
  const reach = quantile(ratios, 0.75) - quantile(ratios, 0.25)
  return {
    ...text,
    ours: significant(ours),
    peer: significant(peer),
    ratio: significant(ours / peer),
    spread: significant(reach / 2 / median(ratios)),
  }
}

/** A tail quantile: the value below which `part` of all samples lie; the spread is over the medians of the rounds. */
export function tailOf(
  text: MetricText,
  part: number,
  sampled: readonly { readonly ours: readonly number[]; readonly peer: readonly number[] }[],
): BenchResult {
  const { spread } = resultOf(
    text,
    sampled.map(({ ours, peer }) => [median(ours), median(peer)]),
  )
  const ours = quantile(
    sampled.flatMap((round) => round.ours),
    part,
  )
  const peer = quantile(
    sampled.flatMap((round) => round.peer),
    part,
  )
  return {
    ...text,
    ours: significant(ours),
    peer: significant(peer),
    ratio: significant(ours / peer),
    spread,
  }
}

/** A brief run is enough (kit/measured.ts). */
export const isBrief = process.env['ETC_LANE_BENCH'] === 'brief'
/** A quarter of the rounds in a brief run, else all of them. */
export const roundsOf = (all: number): number => (isBrief ? Math.ceil(all / 4) : all)

/** Measures both in turn, the peer first in every second round; an extra first round is not counted. */
export async function rounds(
  count: number,
  ours: () => number | Promise<number>,
  peer: () => number | Promise<number>,
): Promise<[number, number][]> {
  const pairs: [number, number][] = []
  for (let round = -1; round < count; round++) {
    const peerFirst = round % 2 !== 0
    const early = peerFirst ? await peer() : 0
    const value = await ours()
    const beside = peerFirst ? early : await peer()
    if (round >= 0) pairs.push([value, beside])
  }
  return pairs
}

const nowNs = (): number => Number(process.hrtime.bigint())

/** Units of work a second: repeats `work`, which returns how much it did, for about `forMs`. */
export function perSecond(forMs: number, work: () => number): number {
  let done = 0
  const startNs = nowNs()
  const endNs = startNs + forMs * 1e6
  let atNs = startNs
  do {
    done += work()
    atNs = nowNs()
  } while (atNs < endNs)
  return (done * 1e9) / (atNs - startNs)
}
