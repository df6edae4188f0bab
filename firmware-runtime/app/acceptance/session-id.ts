// Which session a run is of: the one that stands, or one of its own with a later name.
import type { ArgsOf } from '../../api/table.ts'
import { compactOf, type InstantMs } from '../../core/values/instant.ts'
import type { AcceptanceSession, Aim, AimAsked } from './session.ts'

type RunArgs = ArgsOf<'acceptance.run'>

/** A run keeps to the platform that it was aimed at; null: it does. */
export function otherAim(aim: Aim | null, asked: AimAsked | undefined) {
  if (asked === undefined) return null
  const members = ['url', 'caFile', 'credentials'] as const
  if (aim !== null && members.every((name) => aim[name] === asked[name])) return null
  return { field: 'platform', was: aim?.url ?? '', is: asked.url }
}

/** Whether a run begins a session of its own. */
export const isAnew = (
  { sessionId }: AcceptanceSession,
  { isAnew: asked, fromIso }: RunArgs,
): boolean => sessionId === null || asked === true || fromIso !== undefined

const numberIn = (id: string | null): bigint => BigInt((id ?? 'A0').slice(1))
export const isAfter = (a: string, b: string | null): boolean => numberIn(a) > numberIn(b)

/** By the clock, and behind the one before whatever the clock says: the last name is the run that stands. */
export function idAfter(before: string | null, nowMs: InstantMs): string {
  const last = numberIn(before)
  const now = BigInt(compactOf(nowMs))
  return `A${now > last ? now : last + 1n}`
}
