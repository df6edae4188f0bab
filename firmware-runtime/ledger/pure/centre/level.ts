// Up to when the figures of a lot hold, and whether they are level with it: a lot that was away sends its rows in their
// order, so its sums end in the past until it has caught up. Pure.
import { dayMs, minuteMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'

export interface FeedTimes {
  /** Receipt of the last batch and of the last heartbeat; null: none yet. */
  readonly heardMs: InstantMs | null
  readonly beatMs: InstantMs | null
  /** The lot's own clock at that heartbeat. */
  readonly saidIso: string | null
  /** Rows that the lot had then and that are not here, and rows that are here and in no figure. */
  readonly toCome: number
  readonly unfolded: number
  /** Time of the last row that is in the figures, by the lot's clock; null: not known. */
  readonly atMs: InstantMs | null
}

export interface UpTo {
  /** All rows up to then are in the figures; null: not known. */
  readonly ms: InstantMs | null
  /** False: it is catching up, and its sums are those of the past. */
  readonly isLevel: boolean
}

/** So far behind the lot's own clock is no delay of a batch any more. */
const behindMs = 10 * minuteMs
/** Rows of some cars that have just come are counted in a moment, however long it was quiet before them. */
const [fewRows, justMs] = [100, 15_000]
/** Two heartbeats and their way: a lot that was heard since is silent not yet. */
export const heardWithinMs = 150_000

function feedUpTo(feed: FeedTimes, nowMs: InstantMs): UpTo {
  const { heardMs, beatMs, saidIso, atMs } = feed
  const pending = feed.toCome + feed.unfolded
  if (pending === 0) {
    const known = [beatMs, atMs === null ? null : Math.min(atMs, nowMs)].filter((ms) => ms !== null)
    return { ms: known.length === 0 ? null : Math.max(...known), isLevel: true }
  }
  const saidMs = parseIso(saidIso ?? '') ?? nowMs
  const isNear = atMs !== null && saidMs - atMs <= behindMs
  const isMoment = pending < fewRows && heardMs !== null && nowMs - heardMs < justMs
  return { ms: atMs, isLevel: isNear || isMoment }
}

const lastOf = ({ heardMs, beatMs }: FeedTimes): number => Math.max(heardMs ?? 0, beatMs ?? 0)

/** Of the nodes of a lot. One that said nothing for a day while another one did is out of use. */
export function upToOf(feeds: readonly FeedTimes[], nowMs: InstantMs): UpTo {
  const newest = Math.max(0, ...feeds.map(lastOf))
  const inUse = feeds.filter((feed) => newest - lastOf(feed) < dayMs)
  const all = inUse.map((feed) => feedUpTo(feed, nowMs))
  const times = all.map(({ ms }) => ms).filter((ms) => ms !== null)
  return {
    ms: times.length === 0 || times.length < all.length ? null : Math.min(...times),
    isLevel: all.every(({ isLevel }) => isLevel),
  }
}

/** Of several lots. One that said nothing for a day is named as silent, and holds no sum back. */
export function upToOfLots(
  lots: readonly { readonly feeds: readonly FeedTimes[]; readonly upTo: UpTo }[],
  nowMs: InstantMs,
): UpTo & { readonly behind: number } {
  const heard = lots.filter(({ feeds }) => feeds.some((feed) => nowMs - lastOf(feed) < dayMs))
  const times = heard.map(({ upTo }) => upTo.ms).filter((ms) => ms !== null)
  const behind = heard.filter(({ upTo }) => !upTo.isLevel).length
  return { ms: times.length === 0 ? null : Math.min(...times), isLevel: behind === 0, behind }
}

/** Whether all rows of a lot up to a time are counted, as far as a lot that is heard can be. */
export const isLevelWith = ({ ms, isLevel }: UpTo, untilMs: InstantMs, nowMs: InstantMs): boolean =>
  isLevel && ms !== null && ms >= Math.min(untilMs, nowMs - heardWithinMs)
