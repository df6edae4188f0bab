// Readings of a site's cameras: repeats are removed, and the photo of each reading is stored.
// The remaining readings are events for the lane.
import type { PhotoShelf } from '#ledger/files/photos.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { PlateRead } from '../../pure/lane/plate-read.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { TimeVerdict } from '../../pure/camera/late-reading.ts'
import { LoopArrivals } from './loop-arrivals.ts'
import { emptyDedup, judgeRead, standardDedup, type DedupState } from '../../pure/camera/dedup.ts'

export class PlateReads {
  readonly arrivals = new LoopArrivals()
  private readonly photos: PhotoShelf
  private readonly dedup = new Map<string, DedupState>()

  constructor(photos: PhotoShelf) {
    this.photos = photos
  }

  /**
   * Null: a repeated reading, one of an earlier time, or one whose own time is unknown: its plate and its picture may be of
   * another car. While our own clock is in doubt, the plate stays beside the reading, unread.
   */
  taken(laneId: string, read: PlateRead, nowMs: InstantMs, verdict: TimeVerdict): LaneEvent | null {
    const before = this.dedup.get(laneId) ?? emptyDedup
    const judged = judgeRead(standardDedup, before, read, nowMs)
    this.dedup.set(laneId, judged.state)
    if (judged.verdict === 'sameRecord' || read.history) return null
    const isUndated = verdict.is === 'undated'
    if (isUndated && verdict.why !== 'ourClock') return null
    const photo = this.photos.keep(laneId, read.jpeg, nowMs)
    if (!isUndated) return { type: 'plate', read, photo }
    const unread = { ...read, plate: null, plateState: 'unreadable' } as const
    return { type: 'plate', read: unread, photo, isUndated: true }
  }
}
