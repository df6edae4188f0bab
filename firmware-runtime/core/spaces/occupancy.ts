// The spaces of a lot as their sensors report them. A state comes from reports only, never from a timer;
// an unknown state counts as occupied.
import type { InstantMs } from '../values/instant.ts'
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
}

export const unheardSpace = (spaceId: string, sourceId: string, deviceId: string): SpaceState => ({
  spaceId,
  sourceId,
  deviceId,
  occupied: null,
  sinceMs: null,
  receivedMs: null,
  last: null,
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
