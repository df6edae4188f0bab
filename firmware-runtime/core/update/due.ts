// When an update that a person wants may begin: pure functions of the lot's time.
import { dayStartMs, type InstantMs } from '../values/instant.ts'
import type { Wanted } from './plan.ts'

const hourMs = 3_600_000
/** `tonight`, by the lot's day. */
export const nightHours = { from: 2, to: 5 } as const

/**
 * Whether the lanes may be switched once they are empty. Tonight has no date: a night in which a car always stood in a
 * lane, or in which the computer was off, is followed by the next one, and so is one that a set clock jumped over.
 */
export function isDue({ when }: Pick<Wanted, 'when'>, atMs: InstantMs): boolean {
  const ofDayMs = atMs - dayStartMs(atMs)
  return when === 'now' || (ofDayMs >= nightHours.from * hourMs && ofDayMs < nightHours.to * hourMs)
}
