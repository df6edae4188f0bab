// Who is signed in, by the SHA-256 of a token that only its window has: ended by idleness, by age, by a change.
// Reading pages does not keep a session: a hand does (`touched`).
import type { InstantMs } from '#base/pure/values/instant.ts'

export interface Session {
  /** Hex SHA-256 of the token. */
  readonly tokenHash: string
  readonly personId: string
  readonly openedAtMs: InstantMs
  readonly touchedAtMs: InstantMs
  /** Only setting a new secret is allowed. */
  readonly mustChange: boolean
}
export type Sessions = readonly Session[]

const minuteMs = 60_000
export const idleMs = 10 * minuteMs
export const sessionMs = 12 * 60 * minuteMs
const sessionsMax = 32

/** A clock set back ends a session, because the idle time is unknown. */
const isLive = ({ openedAtMs, touchedAtMs }: Session, nowMs: InstantMs): boolean =>
  nowMs >= touchedAtMs && nowMs - touchedAtMs < idleMs && nowMs - openedAtMs < sessionMs

export const liveSession = (
  sessions: Sessions,
  tokenHash: string,
  nowMs: InstantMs,
): Session | null =>
  sessions.find((one) => one.tokenHash === tokenHash && isLive(one, nowMs)) ?? null

/** The window that opened it; the one it had before ends: a quick change at shift is a new token. */
export const opened = (sessions: Sessions, session: Session, before: string): Sessions => [
  ...sessions
    .filter((one) => one.tokenHash !== before && isLive(one, session.openedAtMs))
    .slice(1 - sessionsMax),
  session,
]

export const touched = (sessions: Sessions, tokenHash: string, nowMs: InstantMs): Sessions =>
  sessions.map((one) =>
    one.tokenHash === tokenHash && isLive(one, nowMs) ? { ...one, touchedAtMs: nowMs } : one,
  )

export const ended = (sessions: Sessions, tokenHash: string): Sessions =>
  sessions.filter((one) => one.tokenHash !== tokenHash)

export const endedOf = (sessions: Sessions, personId: string): Sessions =>
  sessions.filter((one) => one.personId !== personId)
