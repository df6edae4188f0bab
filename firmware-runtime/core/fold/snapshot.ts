// A folded state as plain JSON, with the row it stands at, and back.
// What cannot be read back exactly is no snapshot: then all rows are folded.
import type { Folded, RowPlace } from './folded.ts'
import { lotSnapshot, readLotSnapshot, restoreLot, type LotSnapshot } from './lot-snapshot.ts'
import {
  queueSnapshot,
  readQueueSnapshot,
  restoreQueue,
  type QueueSnapshot,
} from './queue-snapshot.ts'
import { shape, ShapeError, text, whole } from './shape.ts'

export interface FoldSnapshot {
  readonly at: RowPlace
  readonly lot: LotSnapshot
  readonly queue: QueueSnapshot
}

/** Rows for a snapshot are folded with this; `restoreFold` puts the real start in its place. */
export const snapshotMonoMs = 0

const readPlace = shape<RowPlace>({ seq: whole, hash: text })
const read = shape<FoldSnapshot>({
  at: readPlace,
  lot: readLotSnapshot,
  queue: readQueueSnapshot,
})

/** Shares objects with the state: make text of it before another row is folded. */
export const foldSnapshot = ({ at, lot, queue }: Folded): FoldSnapshot => ({
  at,
  lot: lotSnapshot(lot),
  queue: queueSnapshot(queue, snapshotMonoMs),
})

function orNone<T>(make: () => T): T | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof ShapeError) return null
    throw error
  }
}

/** The row at which a snapshot stands, without its state; null when it is none. */
export const snapshotPlace = (value: unknown): RowPlace | null =>
  orNone(() => readPlace(typeof value === 'object' && value !== null && 'at' in value && value.at))

/** As if all rows had been folded with `startMonoMs`; null when it has another shape. */
export const restoreFold = (value: unknown, startMonoMs: number): Folded | null =>
  orNone(() => {
    const { at, lot, queue } = read(value)
    return { at, lot: restoreLot(lot), queue: restoreQueue(queue, startMonoMs) }
  })
