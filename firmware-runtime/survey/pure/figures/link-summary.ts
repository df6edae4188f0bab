// The figures of one run of probes or data, as the command and the report print them.
// Percentiles are measured values (nearest rank); the loss carries its 95 % interval.
import type { LinkBody, RateBody } from '../file/record.ts'
import { percentile, shareInterval } from '../file/samples.ts'

export interface LinkSummary {
  readonly sent: number
  readonly lost: number
  readonly lossPercent: number
  /** 95 % interval of the loss, in per cent. */
  readonly lossLowPercent: number
  readonly lossHighPercent: number
  /** Null where nothing came back. */
  readonly times: {
    readonly minMs: number
    readonly meanMs: number
    readonly p50Ms: number
    readonly p95Ms: number
    readonly p99Ms: number
    readonly maxMs: number
    /** Mean difference between answers that follow each other. */
    readonly jitterMs: number
  } | null
}

const round = (value: number): number => Math.round(value * 1000) / 1000
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length

/** Null for a run in which nothing was sent. */
export function linkSummary({ latenciesMs }: LinkBody): LinkSummary | null {
  const sent = latenciesMs.length
  if (sent === 0) return null
  const came = latenciesMs.filter((ms) => ms !== null)
  const { share, low, high } = shareInterval(sent - came.length, sent)
  const steps = came.slice(1).map((ms, i) => Math.abs(ms - (came[i] ?? ms)))
  const at = (part: number): number => percentile(came, part)
  return {
    sent,
    lost: sent - came.length,
    lossPercent: round(100 * share),
    lossLowPercent: round(100 * low),
    lossHighPercent: round(100 * high),
    times:
      came.length === 0
        ? null
        : {
            minMs: Math.min(...came),
            meanMs: round(mean(came)),
            p50Ms: at(0.5),
            p95Ms: at(0.95),
            p99Ms: at(0.99),
            maxMs: Math.max(...came),
            jitterMs: round(mean(steps)),
          },
  }
}

export const rateKbps = ({ bytes, durationMs }: RateBody): number => round((bytes * 8) / durationMs)
