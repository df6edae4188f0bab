// Counts how often each boom was seen up and down by its position input, for the check whether a lot may be left:
// stored up to a limit. A boom with another link starts again.
import type { LaneEvent } from '../../pure/lane.ts'
import type { BoomSeen } from '../../pure/lot/leave-lines.ts'
import type { LotRuntime } from '../lot-runtime.ts'

export interface BoomOfLink extends BoomSeen {
  readonly link: string
}
type Booms = Readonly<Record<string, BoomOfLink>>

interface BoomCyclesParts {
  readonly runtime: Pick<LotRuntime, 'onLaneEvent' | 'lanes'>
  read(): Booms
  keep(booms: Booms): void
}

/** Counting and writing stop here. */
export const cyclesMax = 20

/** For as long as the lanes run. */
export function countCycles({ runtime, read, keep }: BoomCyclesParts): void {
  let booms = read()
  /** Last position: a repeated report counts once. */
  const last = new Map<string, 'open' | 'closed'>()
  runtime.onLaneEvent.add((laneId: string, event: LaneEvent): void => {
    if (event.type !== 'position') return
    const { position } = event
    if (position !== 'open' && position !== 'closed') return
    const link = runtime.lanes.get(laneId)?.config.barrier ?? null
    const before = last.get(laneId)
    last.set(laneId, position)
    // The first known position is not a movement.
    if (link === null || before === undefined || before === position) return
    const kept = booms[laneId]
    const own = kept?.link === link ? kept : { link, opened: 0, closed: 0 }
    if (own.opened >= cyclesMax && own.closed >= cyclesMax) return
    const now =
      position === 'open' ? { ...own, opened: own.opened + 1 } : { ...own, closed: own.closed + 1 }
    booms = { ...booms, [laneId]: now }
    keep(booms)
  })
}
