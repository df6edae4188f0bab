// The spaces of a lot as their sensors report them. A state comes from reports only, never from a timer;
// an unknown state counts as occupied.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { SpaceReport } from './report.ts'

export interface SpaceState {
  readonly spaceId: string
  readonly sourceId: string
  readonly deviceId: string
  /** Null: never reported, silent for too long, or the connection is down. */
  readonly occupied: boolean | null
  /** Time of the last change; null: unknown. */
  readonly sinceMs: InstantMs | null
  readonly receivedMs: InstantMs | null
  readonly last: SpaceReport | null
  /** Picture of the last change; null: none. */
  readonly photo: string | null
}

export const unheardSpace = (spaceId: string, sourceId: string, deviceId: string): SpaceState => ({
  spaceId,
  sourceId,
  deviceId,
  occupied: null,
  sinceMs: null,
  receivedMs: null,
  last: null,
  photo: null,
})

/** Applies a current report. */
export function withSpaceReport(
  was: SpaceState,
  report: SpaceReport,
  nowMs: InstantMs,
): SpaceState {
  const same = was.last?.occupied === report.occupied && was.sinceMs !== null
  const { occupied } = report
  return { ...was, occupied, sinceMs: same ? was.sinceMs : nowMs, receivedMs: nowMs, last: report }
}

/** The state becomes unknown. */
export const lost = (was: SpaceState): SpaceState => ({ ...was, occupied: null })

/** The connection to a sensor is back and it was not silent: its last report still holds. */
export const found = (was: SpaceState): SpaceState => ({
  ...was,
  occupied: was.last?.occupied ?? null,
})

/** True when a report tells of another car, or of none: then its picture is kept. */
export const isChange = ({ last }: SpaceState, { occupied, look }: SpaceReport): boolean =>
  last?.occupied !== occupied ||
  (occupied && (last.look?.plateRaw ?? '') !== (look?.plateRaw ?? ''))

/**
 * What the watcher of a space and its second witness say together (7.2.1 e): a witness that says the opposite makes the
 * state unknown, one that says nothing changes nothing, and a witness alone makes no state.
 */
export function agreed(
  watcher: Pick<SpaceState, 'occupied'>,
  witness: Pick<SpaceState, 'occupied'> | null,
): boolean | null {
  const second = witness?.occupied ?? null
  return second === null || second === watcher.occupied ? watcher.occupied : null
}

interface SpaceCounts {
  readonly total: number
  /** Known to be free: what a sign may show. */
  readonly free: number
  readonly occupied: number
  readonly unknown: number
}

export function countSpaces(spaces: Iterable<Pick<SpaceState, 'occupied'>>): SpaceCounts {
  const counts = { total: 0, free: 0, occupied: 0, unknown: 0 }
  for (const { occupied } of spaces) {
    counts.total++
    counts[occupied === null ? 'unknown' : occupied ? 'occupied' : 'free']++
  }
  return counts
}
