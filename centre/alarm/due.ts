// What a way of alarms is to be told now: the begin of each matter once, and its end if the begin was told. A way that
// fails is tried again after growing waits, with all that is due by then.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { minuteMs } from '#base/pure/values/instant.ts'

export interface Way {
  readonly wayId: string
  readonly kind: 'mail' | 'webhook'
  /** Of mail, or of the webhook. */
  readonly address: string
  /** After the begin of a matter. */
  readonly afterS: number
}

/** A matter as a way sees it. */
export interface Telling {
  readonly matterId: string
  readonly sinceMs: InstantMs
  readonly endedMs: InstantMs | null
  /** A person has taken it, or it is quiet now. */
  readonly isHeld: boolean
}

export interface Told {
  readonly matterId: string
  readonly wayId: string
  /** Of what is being told now. */
  readonly tries: number
  readonly lastMs: InstantMs
  /** Why the last try failed; empty: it did not. */
  readonly why: string
  readonly beginMs: InstantMs | null
  readonly endMs: InstantMs | null
}

export interface Due {
  readonly matterId: string
  readonly is: 'begin' | 'end'
}

/** Of one way at once. */
const dueMax = 50
const [waitMs, waitMsMax] = [15_000, 30 * minuteMs]

/** 15 s, 30 s, 1 min … 30 min. */
export const retryMs = (tries: number): number =>
  Math.min(waitMsMax, waitMs * 2 ** Math.min(Math.max(0, tries - 1), 10))

/** `told`: of this way. */
export function dueOf(
  way: Way,
  matters: readonly Telling[],
  told: readonly Told[],
  nowMs: InstantMs,
): readonly Due[] {
  const before = new Map(told.map((one) => [one.matterId, one]))
  const due = matters.flatMap(({ matterId, sinceMs, endedMs, isHeld }): Due[] => {
    const { beginMs = null, endMs = null } = before.get(matterId) ?? {}
    if (beginMs !== null) return endedMs !== null && endMs === null ? [{ matterId, is: 'end' }] : []
    const isDue = endedMs === null && !isHeld && nowMs >= sinceMs + way.afterS * 1_000
    return isDue ? [{ matterId, is: 'begin' }] : []
  })
  const failing = due
    .flatMap(({ matterId }) => before.get(matterId) ?? [])
    .filter(({ why }) => why !== '')
  const nextMs =
    Math.max(...failing.map(({ lastMs }) => lastMs)) +
    retryMs(Math.max(...failing.map(({ tries }) => tries)))
  return failing.length > 0 && nowMs < nextMs ? [] : due.slice(0, dueMax)
}
