// Writers of batches: each commits those of many lots together (5 ms or 4,000 rows), in turns, so that no lot waits behind
// the many batches of another. Lots that were away send full batches: these have half of the writers and half of the
// places to wait, so that the others go on as if nobody had been away.
import { feedLimits } from '#ledger/pure/centre/row-feed.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { ReadBatch } from './batch.ts'
import { isPassing, type Waiting, type Written } from './commit.ts'

export interface WriterLimits {
  readonly writers: number
  /** Time in which batches of other lots join a group. */
  readonly gatherMs: number
  readonly groupRowsMax: number
  /** Rows that wait at the door. */
  readonly waitingRowsMax: number
  /** A statement that takes longer is ended; after twice the time the connection is given up. */
  readonly groupMs: number
  readonly retryMs: number
}

export const writerLimits: WriterLimits = {
  writers: 4,
  gatherMs: 5,
  groupRowsMax: 4_000,
  waitingRowsMax: 20_000,
  groupMs: 20_000,
  retryMs: 5_000,
}

interface WriterParts {
  readonly mono: MonoClock
  readonly limits: WriterLimits
  /** Answers every batch of the group, or throws. */
  commit(group: readonly Waiting[]): Promise<void>
  failed(error: unknown): void
}

type BatchPlace = Pick<ReadBatch, 'lotId' | 'nodeId' | 'fromSeq' | 'toSeq'>
const rowsOf = ({ fromSeq, toSeq }: BatchPlace): number => toSeq - fromSeq + 1

/** A lot that is never away sends in 2 s what a few cars make: half of a full batch is a backlog of minutes. */
export const isBacklog = (batch: BatchPlace): boolean => rowsOf(batch) >= feedLimits.rowsMax / 2

class Writer {
  private readonly parts: WriterParts
  private readonly waiting = new Map<string, Waiting[]>()
  private isRunning = false
  rows = 0

  constructor(parts: WriterParts) {
    this.parts = parts
  }

  add(one: Waiting): void {
    const { lotId } = one.batch
    const queue = this.waiting.get(lotId)
    if (queue === undefined) this.waiting.set(lotId, [one])
    else queue.push(one)
    this.rows += one.rows
    if (this.isRunning) return
    this.isRunning = true
    this.parts.mono.after(this.parts.limits.gatherMs, () => {
      void this.run().catch((error: unknown) => this.parts.failed(error))
    })
  }

  /** One batch of each lot in turn; a lot that has more waits behind the others. */
  private next(rowsMax: number): readonly Waiting[] {
    const group: Waiting[] = []
    let rows = 0
    while (rows < rowsMax) {
      const [first] = this.waiting
      if (first === undefined) break
      const [lotId, [one, ...more]] = first
      this.waiting.delete(lotId)
      if (more.length > 0) this.waiting.set(lotId, more)
      if (one === undefined) continue
      group.push(one)
      rows += one.rows
    }
    this.rows -= rows
    return group
  }

  private async run(): Promise<void> {
    const { limits, failed } = this.parts
    while (this.waiting.size > 0) {
      const group = this.next(limits.groupRowsMax)
      try {
        await this.parts.commit(group)
      } catch (error) {
        if (!isPassing(error)) failed(error)
        // Batches that were answered already ignore this.
        for (const one of [...group, ...this.next(Infinity)])
          one.done({ is: 'notNow', retryMs: limits.retryMs })
      }
    }
    this.isRunning = false
  }
}

const placeOf = (text: string, count: number): number => {
  let sum = 0
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003
  return sum % count
}

const waitingIn = (writers: readonly Writer[]): number =>
  writers.reduce((sum, { rows }) => sum + rows, 0)

export class Writers {
  private readonly live: readonly Writer[]
  /** Those that a backlog may use. A single one is shared. */
  private readonly backlog: readonly Writer[]
  private readonly limits: WriterLimits

  constructor(parts: WriterParts) {
    this.limits = parts.limits
    const all = Array.from({ length: parts.limits.writers }, () => new Writer(parts))
    const half = Math.floor(all.length / 2)
    this.live = all.slice(half)
    this.backlog = half === 0 ? all : all.slice(0, half)
  }

  get waitingRows(): number {
    return waitingIn([...new Set([...this.live, ...this.backlog])])
  }

  /** Whether a batch of these rows may wait now. */
  hasRoom(batch: BatchPlace): boolean {
    const { waitingRowsMax } = this.limits
    const rows = rowsOf(batch)
    const ofBacklog = waitingIn(this.backlog) + rows
    return (
      this.waitingRows + rows <= waitingRowsMax &&
      (!isBacklog(batch) || ofBacklog <= waitingRowsMax / 2)
    )
  }

  /** Answers once the batch is committed, or cannot be. */
  write(batch: ReadBatch): Promise<Written> {
    const { retryMs } = this.limits
    if (!this.hasRoom(batch)) return Promise.resolve({ is: 'notNow', retryMs })
    const writers = isBacklog(batch) ? this.backlog : this.live
    const at = placeOf(`${batch.lotId}/${batch.nodeId}`, writers.length)
    return new Promise((done) => writers[at]?.add({ batch, rows: rowsOf(batch), done }))
  }
}
