// What changed at the lots is kept for 400 days: older changes are deleted, daily and at each start.
import type pg from 'pg'
import { dayMs, minuteMs } from '#base/pure/values/instant.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import { isPassing } from '../door/commit.ts'

export const keptDays = 400

interface OldChangesParts {
  readonly pool: pg.Pool
  readonly clock: WallClock
  readonly mono: MonoClock
  failed(error: unknown): void
}

/** Lot by lot, by its index. */
const deletion = `DELETE FROM centre.lane_change WHERE at < $1
  AND lot_id IN (SELECT lot_id FROM centre.lot)`

export function deleteOldChanges({ pool, clock, mono, failed }: OldChangesParts): Cancel {
  let isOver = false
  let stop: Cancel = () => undefined
  const next = (afterMs: number): void => {
    if (isOver) return
    stop = mono.after(afterMs, () => {
      pool
        .query(deletion, [new Date(clock.nowMs() - keptDays * dayMs)])
        .catch((error: unknown) => (isPassing(error) ? undefined : failed(error)))
        .finally(() => next(dayMs))
    })
  }
  next(minuteMs)
  return () => {
    isOver = true
    stop()
  }
}
