// All lots as one: how many have been heard, their spaces, and their day by heartbeats where rows are still to come.
import { upToOfLots } from '#ledger/pure/centre/level.ts'
import type { LotRow } from '../../desk/calls/lots/views.ts'
import { feedState, toComeOf, type FeedState } from './figures.ts'

interface Whole {
  readonly states: Readonly<Record<FeedState, number>>
  /** Of the lots that have sent a heartbeat. */
  readonly spaces: { readonly capacity: number; readonly inside: number; readonly free: number }
  /** Null: no lot has told its spaces. */
  readonly usePercent: number | null
  readonly entered: number
  readonly left: number
  readonly fen: number
  readonly backFen: number
  readonly backN: number
  readonly toCome: number
  /** Up to when all of it holds, and how many lots are catching up. */
  readonly upTo: ReturnType<typeof upToOfLots>
  /** With heartbeats in place of rows where they differ; null: nowhere. */
  readonly told: { readonly fen: number; readonly entered: number; readonly left: number } | null
}

const sum = <R>(rows: readonly R[], of: (row: R) => number): number =>
  rows.reduce((all, row) => all + of(row), 0)

export function wholeOf(lots: readonly LotRow[], nowMs: number): Whole {
  const states = { stopped: 0, noKeys: 0, never: 0, silent: 0, behind: 0, fresh: 0 }
  for (const lot of lots) states[feedState(lot, nowMs)]++
  const beats = lots.flatMap(({ beat }) => (beat === null ? [] : [beat]))
  const spaces = {
    capacity: sum(beats, ({ capacity }) => capacity),
    inside: sum(beats, ({ inside }) => inside),
    free: sum(beats, ({ free }) => free),
  }
  const used = spaces.capacity - spaces.free
  const newest = lots.map(({ told, today }) => told ?? today)
  return {
    states,
    spaces,
    usePercent: spaces.capacity === 0 ? null : Math.round((100 * used) / spaces.capacity),
    entered: sum(lots, ({ today }) => today.entered),
    left: sum(lots, ({ today }) => today.left),
    fen: sum(lots, ({ today }) => today.fen),
    backFen: sum(lots, ({ today }) => today.backFen),
    backN: sum(lots, ({ today }) => today.backN),
    toCome: sum(lots, toComeOf),
    upTo: upToOfLots(lots, nowMs),
    told: lots.every(({ told }) => told === null)
      ? null
      : {
          fen: sum(newest, ({ fen }) => fen),
          entered: sum(newest, ({ entered }) => entered),
          left: sum(newest, ({ left }) => left),
        },
  }
}
