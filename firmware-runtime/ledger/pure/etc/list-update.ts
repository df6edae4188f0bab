// Applies a new status list to the stored one: replace it, change it, or be refused (P18).
// Versions count up without a gap; an older list, or one that does not follow on, never replaces a newer one. A version
// that jumped must not lock out later lists (ADR 383).
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { ListedNumbers, merged, type ListChanges } from './listed-numbers.ts'

/** A list as a lot holds it. */
export interface HeldList {
  readonly version: string
  /** Time of the platform's statement; business time. */
  readonly asOfMs: InstantMs
  /** When the last full list was made. */
  readonly fullAtMs: InstantMs
  readonly numbers: ListedNumbers
}

/** A list as the platform sends it, without its items. */
export interface ListHead {
  readonly version: string
  /** Version that an incremental list follows; null for a full list. */
  readonly since: string | null
  readonly atMs: InstantMs
}

/** Version of a lot without a list. */
export const noVersion = '0'
/** A list dated later than the clock here by more than this is refused. */
const aheadMs = 300_000

/** Decimal without leading zeros, so that length decides first. */
const isOlder = (a: string, b: string): boolean =>
  a.length === b.length ? a < b : a.length < b.length

/** More digits than lists of a century add: such a version was never counted up to. */
const jumpDigits = 4
/** True where one version is beyond all counting from the other: the platform began anew, or one of them is wrong. */
export const isVersionJump = (before: string, after: string): boolean =>
  before !== noVersion && Math.abs(before.length - after.length) >= jumpDigits

interface TakenAt {
  readonly nowMs: InstantMs
  /** A person asked for the whole list, which may have a lower version. */
  readonly isAnew?: boolean
}

/**
 * Throws LIST-04 for an older list, LIST-05 for one that does not follow on; the one held stays. A full list of a later
 * time replaces a version that jumped, and any version where a person asked for it.
 */
export function updated(
  held: HeldList | null,
  head: ListHead,
  changes: ListChanges,
  { nowMs, isAnew = false }: TakenAt,
): HeldList {
  const { version, since, atMs } = head
  if (atMs - nowMs > aheadMs)
    throw new LaneFault('LIST-02', {
      field: '/timestamp',
      note: t('晚于本机时钟', 'later than the clock here'),
    })
  const mayGoBack = since === null && (isAnew || isVersionJump(held?.version ?? noVersion, version))
  const isBack = held !== null && isOlder(version, held.version) && !mayGoBack
  if (held !== null && (isBack || atMs < held.asOfMs))
    throw new LaneFault('LIST-04', { value: version, note: `held: ${held.version}` })
  if (since === null) {
    const numbers = merged(new ListedNumbers(), changes)
    return { version, asOfMs: atMs, fullAtMs: atMs, numbers }
  }
  if (held?.version !== since)
    throw new LaneFault('LIST-05', { value: since, note: `held: ${held?.version ?? noVersion}` })
  if (version === since && changes.size > 0)
    throw new LaneFault('LIST-02', {
      field: '/data/version',
      note: t('有条目而没有新版本', 'items without a new version'),
    })
  const numbers = changes.size === 0 ? held.numbers : merged(held.numbers, changes)
  return { version, asOfMs: atMs, fullAtMs: held.fullAtMs, numbers }
}
