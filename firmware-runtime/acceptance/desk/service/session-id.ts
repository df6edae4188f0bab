// The session of a run: the current one, or a new one with a later id.
import type { ArgsOf } from '#runtime/api/table.ts'
import { compactOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { AcceptanceSession, Aim, AimAsked } from './session.ts'

type RunArgs = ArgsOf<'acceptance.run'>

/** A run keeps the platform at which it is aimed. The difference when another one is requested; null: none. */
export function otherAim(aim: Aim | null, asked: AimAsked | undefined) {
  if (asked === undefined) return null
  const members = ['url', 'caFile', 'credentials'] as const
  if (aim !== null && members.every((name) => aim[name] === asked[name])) return null
  return { field: 'platform', was: aim?.url ?? '', is: asked.url }
}

/** Whether a run starts a new session. */
export const isAnew = (
  { sessionId }: AcceptanceSession,
  { isAnew: asked, fromIso }: RunArgs,
): boolean => sessionId === null || asked === true || fromIso !== undefined

const numberIn = (id: string | null): bigint => BigInt((id ?? 'A0').slice(1))
export const isAfter = (a: string, b: string | null): boolean => numberIn(a) > numberIn(b)

/** An id by the clock, but always after the last one: the session with the last id is the current one. */
export function idAfter(before: string | null, nowMs: InstantMs): string {
  const last = numberIn(before)
  const now = BigInt(compactOf(nowMs))
  return `A${now > last ? now : last + 1n}`
}
