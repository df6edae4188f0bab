// Stays that no exit will close: open for days, or left under a misread plate.
// Pure: selects them, the exits without entry that may match, and the rows that close one.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { plateDistance } from '#base/pure/plates/plate.ts'
import type { LotState, Stay } from './lot-state.ts'
import { scoreOf } from './plate-match.ts'

const dayMs = 86_400_000

/** A car that left without an entry on record, as the ledger has it. */
export interface ExitWithoutEntry {
  readonly stayId: string
  readonly plate: string
  readonly laneId: string
  readonly leftAtMs: InstantMs
  /** A stay was closed with it: it is that car's. */
  readonly isJoined: boolean
}

interface StayPair {
  readonly stay: Stay
  readonly exit: ExitWithoutEntry
}

export const isStale = (stay: Stay, nowMs: InstantMs, afterDays: number): boolean =>
  nowMs - stay.enteredAtMs > afterDays * dayMs

/** Oldest first. */
export const staleStays = (lot: LotState, nowMs: InstantMs, afterDays: number): readonly Stay[] =>
  [...lot.stays.values()]
    .filter((stay) => isStale(stay, nowMs, afterDays))
    .sort((a, b) => a.enteredAtMs - b.enteredAtMs)

/** True when one character differs or is missing and the exit is after the entry: possibly the same car. A person decides. */
export function mayBeOne(stay: Stay, exit: ExitWithoutEntry): boolean {
  if (stay.plate === null || stay.stayId === exit.stayId || exit.isJoined) return false
  if (exit.leftAtMs < stay.enteredAtMs) return false
  if (stay.plate.length === exit.plate.length) return plateDistance(stay.plate, exit.plate) <= 1
  const reading = { plate: exit.plate, colour: 'unknown', confidence: null, nowMs: null } as const
  return scoreOf(reading, stay) !== null
}

/**
 * Pairs of which each side has no other: where two cars may be meant, none is proposed, and a person who knows more joins them by
 * name. An exit of another area than the entry is no candidate; a lane without an area serves all.
 */
export function pairsOf(
  lot: LotState,
  exits: readonly ExitWithoutEntry[],
  areaOf: (laneId: string) => string | null,
): readonly StayPair[] {
  const found: StayPair[] = []
  for (const stay of lot.stays.values()) {
    const area = areaOf(stay.entryLaneId)
    for (const exit of exits) {
      const isElsewhere = area !== null && ![null, area].includes(areaOf(exit.laneId))
      if (!isElsewhere && mayBeOne(stay, exit)) found.push({ stay, exit })
    }
  }
  const timesOf = (ids: readonly string[]): ReadonlyMap<string, number> => {
    const times = new Map<string, number>()
    for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1)
    return times
  }
  const ofStay = timesOf(found.map(({ stay }) => stay.stayId))
  const ofExit = timesOf(found.map(({ exit }) => exit.stayId))
  return found
    .filter(({ stay, exit }) => ofStay.get(stay.stayId) === 1 && ofExit.get(exit.stayId) === 1)
    .sort((a, b) => a.exit.leftAtMs - b.exit.leftAtMs)
}

/** Why a person may not close this stay now, or null. Its car may stand in a lane, or money be due. */
export function closeBar(stay: Stay, inLane: boolean): 'carInLane' | 'chargeUnsettled' | null {
  if (inLane) return 'carInLane'
  const unsettled = stay.orders.some((order) =>
    order.deductions.some((d) => d.state === 'intent' || d.state === 'unknown'),
  )
  return unsettled ? 'chargeUnsettled' : null
}

/** The stay ends without a car seen and without money: no lane, no order, no payment. */
export const closingRow = (stay: Stay, nowMs: InstantMs, leftAtMs: InstantMs): RowDraft => ({
  kind: 'stayClosed',
  atMs: nowMs,
  stayId: stay.stayId,
  body: { end: 'open', leftAtMs },
})
