// One destination of the queue: what waits for it, and its circuit, which is open while nobody answers there.
// Where its link can be looked at, it is probed when it is there (ADR 347).
import { emptyWaiting, takeAll, type Waiting } from './waiting.ts'

export interface LinkEnv {
  /** Monotonic ms. */
  readonly monoMs: number
  /** True where a look at the link costs no request (`Uploader.reach`). Absent: circuits are probed by time alone. */
  readonly looks?: (destination: string) => boolean
}

export interface Destination {
  /** Transport failures in a row. */
  fails: number
  /**
   * Monotonic ms until which not even a probe goes out; null while the circuit is closed. A look that finds the
   * link there makes it now.
   */
  openUntilMs: number | null
  /** Of a link that can be looked at: answers to come until it is trusted again; one failure opens its circuit. */
  trial: number
  /** Probes in a row that failed although the link had been there. */
  lostProbes: number
  /** Monotonic ms of the last answer, or of a look that found the link there. */
  thereAtMs: number
  /** Monotonic ms before which the link is not looked at; Infinity while a look is under way. */
  lookAtMs: number
  /** Monotonic ms before which the platform said that it wants nothing. */
  busyUntilMs: number
  /** Monotonic ms before which the next question for a waiting car does not go out. */
  askAtMs: number
  /** Monotonic ms before which no backlog record goes out. */
  paceUntilMs: number
  backlogInFlight: number
  /** Ready to go, beside what rests: records that were tried, or do not fit there. */
  readonly backlog: Set<string>
  readonly waiting: Waiting
  /** Kinds of records that it said it does not take: none of them goes out before the next start. */
  readonly ended: Set<string>
}

/** Whoever takes no record of a kind takes no batch of them either. */
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
  /** Where looks find nothing: a link slower than a look would never be probed. */
  unseenProbeMs: 600_000,
  /** A link that is up for two seconds in thirty is found: each second at first, later every four. */
  lookMs: 1_000,
  lateLookMs: 4_100,
  lateLookAfterMs: 120_000,
  lookTimeoutMs: 2_000,
  /** After a probe that failed on a link that was there: twice as long each time, up to `probeMs`. */
  lostProbeMs: 5_000,
  trialAnswers: 20,
  notFoundAfterMs: 30_000,
  /** A receipt that could not be written is fetched again after this. */
  receiptMs: 30_000,
  /** A refund is looked at again this long after its charge is due. */
  behindMs: 1000,
  /** 1.5 backlog records a second unless the platform says otherwise. */
  paceMs: 667,
  /** An answer takes about so long: a faster pace has several tries under way. */
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

/** Nothing but a probe goes out from now on. */
export function openCircuit(d: Destination, name: string, env: LinkEnv): void {
  if (env.looks?.(name) !== true) {
    d.openUntilMs = env.monoMs + queueTimes.probeMs
    return
  }
  // A car's own try on a link that no look has found says nothing new of it.
  if ((d.openUntilMs ?? 0) > env.monoMs) return
  const isProbe = d.openUntilMs !== null
  if (isProbe) d.lostProbes++
  d.trial = queueTimes.trialAnswers
  const { lookMs, lostProbeMs, probeMs, unseenProbeMs } = queueTimes
  d.openUntilMs = env.monoMs + unseenProbeMs
  const waitMs = isProbe ? Math.min(probeMs, lostProbeMs * 2 ** (d.lostProbes - 1)) : lookMs
  if (d.lookAtMs < Infinity) d.lookAtMs = env.monoMs + waitMs
}

/** Takes what a look found. A link that is there is probed at once. */
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

/** The destination is back, or a person says so: what waits for a time goes on, at the pace. */
export function closeCircuit(d: Destination): void {
  d.openUntilMs = null
  d.lostProbes = 0
  d.paceUntilMs = 0
  for (const outboxId of takeAll(d.waiting)) d.backlog.add(outboxId)
}
