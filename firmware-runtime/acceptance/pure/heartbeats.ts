// Heartbeats of the lanes (P15) against the time in which the lot ran: each lane reports to each platform as long as it
// runs. The access log keeps one accepted heartbeat an hour and each that was not accepted.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, minuteMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { DestinationName } from '#base/pure/rows/ledger-row.ts'
import { isStopRow } from '#base/pure/rows/stop-row.ts'
import { isTaken } from './accesses.ts'
import { bootsOf, namedAt } from './destinations-at.ts'
import type { AcceptanceFacts, AccessFact } from '#ledger/pure/facts.ts'

/** Longest time between two kept heartbeats of a lane (assumed): one of them may be kept up to an hour after the other. */
const gapMs = 90 * minuteMs

interface Running {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  /** Place of its start in the ledger. */
  readonly seq: number
}

/** The times in which the lot ran, from each start to its stop, or to the last row before the next start. */
function runningOf({ rows, nowMs }: Pick<AcceptanceFacts, 'rows' | 'nowMs'>): readonly Running[] {
  const found: Running[] = []
  const [first] = rows
  if (first === undefined) return []
  let from: { readonly atMs: InstantMs; readonly seq: number } | null = first
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1]
    if (row.kind === 'boot' && before !== undefined) {
      if (from !== null) found.push({ fromMs: from.atMs, toMs: before.atMs, seq: from.seq })
      from = row
    }
    if (isStopRow(row) && from !== null) {
      found.push({ fromMs: from.atMs, toMs: row.atMs, seq: from.seq })
      from = null
    }
  }
  if (from !== null) found.push({ fromMs: from.atMs, toMs: nowMs, seq: from.seq })
  return found
}

/** The longest time without a heartbeat, in the times in which the lot ran. */
interface Silence {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

function silenceIn(beats: readonly InstantMs[], { fromMs, toMs }: Running): Silence | null {
  const own = [fromMs, ...beats.filter((atMs) => atMs > fromMs && atMs < toMs), toMs]
  const gaps = own.slice(1).map((to, i) => ({ fromMs: own[i] ?? to, toMs: to }))
  const [longest] = gaps.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
  return longest !== undefined && longest.toMs - longest.fromMs > gapMs ? longest : null
}

interface SilentLane extends Silence {
  readonly laneId: string
}

/** Lines of older versions name no lane, and before them no platform: they prove nothing of any lane. */
const isUnnamed = ({ laneId, destination }: AccessFact): boolean =>
  laneId === undefined || destination === undefined

const beatsOf = (accesses: readonly AccessFact[]): readonly AccessFact[] =>
  accesses.filter(({ interfaceId }) => interfaceId === 'monitor')

/** Lanes that were silent for too long while the lot ran; null: the log does not name the lanes. */
export function silentLanes(
  facts: AcceptanceFacts,
  laneIds: readonly string[],
  isOwn: (access: AccessFact) => boolean,
  isAsked: (running: Running) => boolean = () => true,
): readonly SilentLane[] {
  const own = beatsOf(facts.accesses).filter(isOwn)
  const byLane = Map.groupBy(own, ({ laneId = '' }) => laneId)
  // The log may hold fewer days than the ledger: what is older than its first line is not known.
  const oldest = parseIso(facts.accesses[0]?.atIso ?? '') ?? facts.fromMs
  const runs = runningOf(facts)
    .filter(isAsked)
    .map((one) => (facts.isLogCut ? { ...one, fromMs: Math.max(one.fromMs, oldest) } : one))
  return laneIds.flatMap((laneId) => {
    const times = (byLane.get(laneId) ?? [])
      .map(({ atIso }) => parseIso(atIso))
      .filter((atMs) => atMs !== null)
      .toSorted((a, b) => a - b)
    const silences = runs.map((run) => silenceIn(times, run)).filter((one) => one !== null)
    const [first] = silences
    return first === undefined ? [] : [{ laneId, ...first }]
  })
}

/** True when lines of an older version make the silence of a lane unproven. */
export const isUnproven = ({ accesses }: AcceptanceFacts): boolean =>
  beatsOf(accesses).some(isUnnamed)

export const silenceWords = ({ laneId, fromMs, toMs }: SilentLane): BilingualText =>
  t(
    `${laneId} 从 ${isoOf(fromMs)} 到 ${isoOf(toMs)} 没有心跳`,
    `${laneId} sent no heartbeat from ${isoOf(fromMs)} to ${isoOf(toMs)}`,
  )

/** Lanes of a direction that were silent towards a platform, although the lot named it then. */
export function silentAt(
  facts: AcceptanceFacts,
  direction: 'entry' | 'exit',
  destination: DestinationName,
): readonly SilentLane[] {
  const ids = facts.lanes.filter((lane) => lane.direction === direction).map(({ laneId }) => laneId)
  const boots = bootsOf(facts)
  return silentLanes(
    facts,
    ids,
    (access) => access.destination === destination && isSign(access),
    ({ seq }) => namedAt(boots, destination, seq) !== false,
  )
}

/** An attempt that the platform did not answer is a sign of life of the lane; one that it refused brought nothing. */
const isSign = (access: AccessFact): boolean => access.status === null || isTaken(access)
