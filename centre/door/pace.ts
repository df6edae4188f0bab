// The pace that lots take from each answer: the more lots send, the longer each waits, and the more rows share a batch.
import { feedLimits, type FeedPace } from '#ledger/pure/centre/row-feed.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

const manyLots = 500
const [everyMs, everyMsOfMany] = [2_000, 5_000]

/** `lots`: that sent within the last minute; `waiting`: share of the rows that may wait, 0 to 1. */
export const paceOf = (lots: number, waiting: number): FeedPace => ({
  everyMs: (lots >= manyLots ? everyMsOfMany : everyMs) * (waiting > 0.5 ? 2 : 1),
  maxRows: feedLimits.rowsMax,
})

/** Lots that were heard within a time. */
export class Heard {
  private readonly withinMs: number
  /** In order of their last time. */
  private readonly at = new Map<string, InstantMs>()

  constructor(withinMs: number) {
    this.withinMs = withinMs
  }

  hear(lotId: string, nowMs: InstantMs): void {
    this.at.delete(lotId)
    this.at.set(lotId, nowMs)
  }

  has(lotId: string, nowMs: InstantMs): boolean {
    const atMs = this.at.get(lotId)
    return atMs !== undefined && nowMs - atMs < this.withinMs
  }

  count(nowMs: InstantMs): number {
    for (const [lotId, atMs] of this.at) {
      if (nowMs - atMs < this.withinMs) break
      this.at.delete(lotId)
    }
    return this.at.size
  }
}
