// When a lot looks by itself for a newer version, and when a person is told that it cannot: pure functions of the lot's
// time, which may be set back or ahead. Each lot looks at a minute of its own, so that an address is not asked by all at once.
import type { Why } from '#base/pure/words/fault-text.ts'
import {
  dayMs,
  dayStartMs,
  instantOfIso,
  minuteMs,
  type InstantMs,
} from '#base/pure/values/instant.ts'
import type { Offer, ReleaseFile } from './offer.ts'

const hourMs = 60 * minuteMs
const fromHour = 1
const spreadMin = 4 * 60
/** From its minute on a lot looks within an hour; a night that it missed is made up for after a day and two hours. */
const openMs = hourMs
const overdueMs = 26 * hourMs
/** A place without an answer, or without a file for this computer, is told after a week. */
const quietMs = 7 * dayMs
const quietCodes: readonly string[] = [
  ...['UPDATE-05', 'UPDATE-06', 'UPDATE-23', 'UPDATE-25', 'UPDATE-26'],
]

/** What the looks of a lot found, as they are kept from one start to the next. */
export interface KeptLook {
  /** When it began to look, or when its clock was set back behind its last look. */
  readonly sinceIso: string
  /** The last look, whatever it found. */
  readonly triedIso: string | null
  readonly found: {
    readonly atIso: string
    readonly from: string
    readonly is: Exclude<Offer['is'], 'none'>
    readonly file: ReleaseFile
  } | null
  readonly failed: {
    readonly code: string
    readonly note: Why
    readonly from: string
    readonly sinceIso: string
  } | null
}

export const noLook = (sinceIso: string): KeptLook => ({
  sinceIso,
  triedIso: null,
  found: null,
  failed: null,
})

/** FNV-1a, 32 bits: the same lot has the same minute on every computer. */
function spreadOf(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % spreadMin
}

/** Time of the lot's look after the beginning of its day, in ms. */
export const lookOfDayMs = (lotId: string): number => fromHour * hourMs + spreadOf(lotId) * minuteMs

/** True when the clock was set back behind something that was kept: its times say nothing any more. */
export const isSetBack = ({ sinceIso, triedIso }: KeptLook, atMs: InstantMs): boolean =>
  instantOfIso(triedIso ?? sinceIso) > atMs + minuteMs

export function isLookDue(kept: KeptLook, atMs: InstantMs, lotId: string): boolean {
  const lastMs = instantOfIso(kept.triedIso ?? kept.sinceIso)
  if (atMs - lastMs >= overdueMs) return true
  const today = dayStartMs(atMs) + lookOfDayMs(lotId)
  return atMs >= today && atMs < today + openMs && (kept.triedIso === null || lastMs < today)
}

/** Whether a person is told of what keeps the looks from their result. */
export function isFailureTold(failed: KeptLook['failed'], atMs: InstantMs): boolean {
  if (failed === null) return false
  return !quietCodes.includes(failed.code) || atMs - instantOfIso(failed.sinceIso) >= quietMs
}
