// Readings of the cameras of a site: judged for repeats, and the photo of each kept.
// What is left is an event for the lane.
import type { PhotoShelf } from '../../adapters/files/photos.ts'
import type { LaneEvent } from '../../core/lane/lane.ts'
import type { PlateRead } from '../../core/lane/plate-read.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import {
  emptyDedup,
  judgeRead,
  standardDedup,
  type DedupState,
} from '../../devices/camera/dedup.ts'

export class PlateReads {
  private readonly photos: PhotoShelf
  private readonly dedup = new Map<string, DedupState>()

  constructor(photos: PhotoShelf) {
    this.photos = photos
  }

  /** Null: the lane has had this reading, or it is of a time before. */
  taken(laneId: string, read: PlateRead, nowMs: InstantMs): LaneEvent | null {
    const before = this.dedup.get(laneId) ?? emptyDedup
    const judged = judgeRead(standardDedup, before, read, nowMs)
    this.dedup.set(laneId, judged.state)
    if (judged.verdict === 'sameRecord' || read.history) return null
    return { type: 'plate', read, photo: this.photos.keep(laneId, read.jpeg, nowMs) }
  }
}
