// Rate limit of messages to the reservation platform (P29): one token bucket for all, a smaller one for the backlog.
// Pure: monotonic time in, the next bucket out.
export interface Bucket {
  readonly perSec: number
  readonly burst: number
  readonly tokens: number
  readonly atMs: number
}

export const bucket = (perSec: number, burst: number, atMs: number): Bucket => ({
  perSec,
  burst,
  tokens: burst,
  atMs,
})

export const messagesPerSec = 20
export const messagesBurst = 100
/** Share of the rate for messages that waited while the platform was out of reach. */
export const backfillShare = 0.3
export const inFlightMax = 32

const filled = (from: Bucket, nowMs: number): Bucket => {
  const gained = (Math.max(0, nowMs - from.atMs) * from.perSec) / 1000
  return { ...from, tokens: Math.min(from.burst, from.tokens + gained), atMs: nowMs }
}

/** The bucket with one token less; null while it is empty. */
export function taken(from: Bucket, nowMs: number): Bucket | null {
  const now = filled(from, nowMs)
  return now.tokens < 1 ? null : { ...now, tokens: now.tokens - 1 }
}

/** Time in ms until a token is available. */
export function waitMs(from: Bucket, nowMs: number): number {
  const { tokens, perSec } = filled(from, nowMs)
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1000) / perSec)
}
