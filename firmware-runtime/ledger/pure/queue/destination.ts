// One destination of the queue: its waiting records and its circuit breaker, which is open while it does not answer.
// Where its link can be checked without a request, it is probed as soon as the link is up (ADR 347).
import { emptyWaiting, takeAll, type Waiting } from './waiting.ts'

export interface LinkEnv {
  /** Monotonic ms. */
  readonly monoMs: number
  /** True where the link can be checked without a request (`Uploader.reach`). Absent: circuits are probed by time only. */
  readonly looks?: (destination: string) => boolean
}

export interface Destination {
  /** Transport failures in a row. */
  fails: number
  /**
   * Monotonic ms until which not even a probe goes out; null while the circuit is closed. A check that finds the link up
   * sets it to now.
   */
  openUntilMs: number | null
  /** For a link that can be checked: answers still needed until it is trusted; one failure opens its circuit. */
  trial: number
  /** Consecutive failed probes although the link was up. */
  lostProbes: number
  /** Monotonic ms of the last answer, or of the last check that found the link up. */
  thereAtMs: number
  /** Monotonic ms of the next check of the link; Infinity while a check is in progress. */
  lookAtMs: number
  /** Monotonic ms until which the platform asked not to be sent anything. */
  busyUntilMs: number
  /** Monotonic ms of the next allowed probe for a waiting car. */
  askAtMs: number
  /** Monotonic ms before which no backlog record goes out. */
  paceUntilMs: number
  backlogInFlight: number
  /** Records ready to send that do not rest: tried before, or unsuited to the compact store. */
  readonly backlog: Set<string>
  readonly waiting: Waiting
  /** Kinds of records that it refuses to accept; none of them is sent before the next start. */
  readonly ended: Set<string>
}

/** A destination that refuses a kind of record also refuses its batches. */
export const isEnded = (
  { ended }: Destination,
  { told }: { readonly told?: string | undefined },
): boolean =>
  ended.size > 0 && told !== undefined && (ended.has(told) || ended.has(told.replace('batch ', '')))

export const queueTimes = {
  /** P26: attempt 3 s, one query 1 s, second attempt 3 s. */
  postMs: 3000,
  queryMs: 1000,
  backgroundMs: 10_000,
  /** D.2 rule 5, seconds; then every 10 min up to 24 h, then hourly. */
  backOffSec: [10, 20, 40, 80, 160, 300] as readonly number[],
  laterSec: 600,
  hourlySec: 3600,
  hourlyAfter: 150,
  circuitFails: 5,
  probeMs: 30_000,
  /** Probe interval when checks find no link: a link slower than a check would never be probed otherwise. */
  unseenProbeMs: 600_000,
  /** Check interval: finds a link that is up for 2 s in 30 s; each second at first, later every four. */
  lookMs: 1_000,
  lateLookMs: 4_100,
  lateLookAfterMs: 120_000,
  lookTimeoutMs: 2_000,
  /** Delay after a failed probe on a link that was up: doubled each time, up to `probeMs`. */
  lostProbeMs: 5_000,
  trialAnswers: 20,
  notFoundAfterMs: 30_000,
  /** Longest back-off of an order of an access system. */
  orderMs: 10_000,
  /** Delay before fetching a receipt again that could not be written. */
  receiptMs: 30_000,
  /** A refund is considered again this long after its charge is due. */
  behindMs: 1000,
  /** 1.5 backlog records per second unless the platform sets another pace. */
  paceMs: 667,
  /** Typical time to an answer: a faster pace needs several tries in flight. */
  answerMs: 100,
} as const

export const newDestination = (): Destination => ({
  fails: 0,
  openUntilMs: null,
  trial: 0,
  lostProbes: 0,
  thereAtMs: -Infinity,
  lookAtMs: 0,
  busyUntilMs: 0,
  askAtMs: 0,
  paceUntilMs: 0,
  backlogInFlight: 0,
  backlog: new Set(),
  waiting: emptyWaiting(),
  ended: new Set(),
})

/** From now on only probes are sent. */
export function openCircuit(d: Destination, name: string, env: LinkEnv): void {
  if (env.looks?.(name) !== true) {
    d.openUntilMs = env.monoMs + queueTimes.probeMs
    return
  }
  // The failed try of a car on a link that no check has found up brings no new information.
  if ((d.openUntilMs ?? 0) > env.monoMs) return
  const isProbe = d.openUntilMs !== null
  if (isProbe) d.lostProbes++
  d.trial = queueTimes.trialAnswers
  const { lookMs, lostProbeMs, probeMs, unseenProbeMs } = queueTimes
  d.openUntilMs = env.monoMs + unseenProbeMs
  const waitMs = isProbe ? Math.min(probeMs, lostProbeMs * 2 ** (d.lostProbes - 1)) : lookMs
  if (d.lookAtMs < Infinity) d.lookAtMs = env.monoMs + waitMs
}

/** Handles the result of a check. A link that is up is probed at once. */
export function looked(
  d: Destination,
  isThere: boolean,
  { monoMs }: Pick<LinkEnv, 'monoMs'>,
): void {
  const { lookMs, lateLookMs, lateLookAfterMs } = queueTimes
  if (isThere) d.thereAtMs = monoMs
  d.lookAtMs = monoMs + (monoMs - d.thereAtMs < lateLookAfterMs ? lookMs : lateLookMs)
  if (isThere && d.openUntilMs !== null) d.openUntilMs = monoMs
}

/** The destination is back, or a person says so: waiting records continue at the pace. */
export function closeCircuit(d: Destination): void {
  d.openUntilMs = null
  d.lostProbes = 0
  d.paceUntilMs = 0
  for (const outboxId of takeAll(d.waiting)) d.backlog.add(outboxId)
}
