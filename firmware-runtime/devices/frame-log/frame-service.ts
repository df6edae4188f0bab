// Between a link and its watchers: decodes only when somebody watches, keeps the last rows, and reports how many a
// watcher missed. Rows are numbered; a gap in the numbers means dropped rows.
import type { ConsolePageView } from '../calls/console-views.ts'
import { frameFits, type FrameFilter } from '#base/pure/data/frame-filter.ts'
import type { FrameDecoder, DecodedRow } from './frame-decoder.ts'
import type { FrameRing } from './frame-ring.ts'

export interface FrameRow extends DecodedRow {
  readonly seq: number
  readonly laneId: string
  readonly device: string
}

interface FramePage extends Omit<ConsolePageView, 'rows'> {
  readonly rows: readonly FrameRow[]
}

/** Ring events decoded in one turn: 2 to 4 ms of the lane's thread. */
const eventsPerTurn = 1_000
const rowsKept = 8_192

interface FrameServiceParts {
  readonly laneId: string
  readonly device: string
  readonly ring: FrameRing
  readonly decoder: FrameDecoder
}

export class FrameService {
  private readonly parts: FrameServiceParts
  private readonly rows: FrameRow[] = []
  private ringSeq = 0
  private lastRow = 0

  constructor(parts: FrameServiceParts) {
    this.parts = parts
  }

  read(after: number, limit: number, filter: FrameFilter = {}): FramePage {
    const more = this.decode()
    const first = this.rows[0]?.seq ?? this.lastRow + 1
    // A new watcher misses nothing; a number from before a restart counts as a new watcher.
    const from = after === 0 || after > this.lastRow ? first - 1 : after
    const rows: FrameRow[] = []
    let next = from
    let seen = 0
    for (let i = this.indexAfter(from); i < this.rows.length; i++) {
      const row = this.rows[i]
      if (row === undefined || rows.length >= limit) break
      next = row.seq
      seen++
      if (frameFits(filter, row)) rows.push(row)
    }
    return { rows, next, dropped: next - from - seen, more: more || next < this.lastRow }
  }

  /** True when the ring holds more events than one turn decodes. */
  private decode(): boolean {
    const { ring, decoder, laneId, device } = this.parts
    const { events, dropped } = ring.since(this.ringSeq, eventsPerTurn)
    if (dropped > 0) {
      decoder.reset()
      this.lastRow += dropped
    }
    for (const event of events)
      for (const row of decoder.take(event))
        this.rows.push({ ...row, seq: ++this.lastRow, laneId, device })
    this.ringSeq = events.at(-1)?.seq ?? this.ringSeq
    if (this.rows.length > rowsKept * 1.25) this.rows.splice(0, this.rows.length - rowsKept)
    return this.ringSeq < ring.lastSeq
  }

  private indexAfter(seq: number): number {
    let low = 0
    let high = this.rows.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.rows[middle]?.seq ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }
}
