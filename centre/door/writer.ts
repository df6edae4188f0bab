// Writers of batches: a node's batches always go to the same writer, which commits those of many lots together (5 ms or
// 4,000 rows). A group that fails is tried again batch by batch, so that one lot never stops another.
import type pg from 'pg'
import type { MonoClock, WallClock } from '../../firmware-runtime/ports/clocks.ts'
import { onClient } from '../schema/transaction.ts'
import type { ReadBatch } from './batch.ts'
import { setBatchAside, writeGroup } from './group.ts'
import type { Verdict } from './judge.ts'

/** 503: the database does not take rows now, or too many wait. */
interface NotNow {
  readonly is: 'notNow'
  readonly retryMs: number
}

export type Written = Verdict | NotNow

interface Waiting {
  readonly batch: ReadBatch
  readonly rows: number
  done(written: Written): void
}

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
  readonly pool: pg.Pool
  readonly clock: WallClock
  readonly mono: MonoClock
  readonly limits: WriterLimits
  isRevokedLately(lotId: string): boolean
  failed(error: unknown): void
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** Another transaction was in the way: serialization, deadlock, unique violation. */
const isInTheWay = (error: unknown): boolean => /^(?:40001|40P01|23505)$/.test(codeOf(error))

/** The statement itself is refused: data, constraints, a trigger. A month that is missing is no fault of a batch. */
export function isRefused(error: unknown): boolean {
  const noMonth = codeOf(error) === '23514' && !(error as { constraint?: string }).constraint
  return /^(?:22|23|54|P0)/.test(codeOf(error)) && !noMonth
}

/** The server is gone, starts or stops, or has no disk, memory or connections left. */
export const isPassing = (error: unknown): boolean =>
  /^(?:08|53|57)|^(?:ECONN|EPIPE|ETIMEDOUT|ENOENT|EHOST)/.test(codeOf(error)) ||
  (error instanceof Error && /Connection terminated|timeout/i.test(error.message))

const triesMax = 3

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
        await this.write(group)
      } catch (error) {
        if (!isPassing(error)) failed(error)
        // Batches that were answered already ignore this.
        for (const one of [...group, ...this.next(Infinity)])
          one.done({ is: 'notNow', retryMs: limits.retryMs })
      }
    }
    this.isRunning = false
  }

  /** Answers every batch of the group, or throws. */
  private write(group: readonly Waiting[]): Promise<void> {
    const { pool, mono, limits } = this.parts
    return onClient(pool, async (client) => {
      // Ends the query that waits, too.
      const stop = mono.after(2 * limits.groupMs, () => {
        void client.end().catch(() => undefined)
      })
      try {
        await this.writeOn(client, group)
      } finally {
        stop()
      }
    })
  }

  private async writeOn(client: pg.ClientBase, group: readonly Waiting[]): Promise<void> {
    try {
      await this.once(client, group)
    } catch (error) {
      if (!isRefused(error)) throw error
      for (const one of group) await this.alone(client, one)
    }
  }

  private async alone(client: pg.ClientBase, one: Waiting): Promise<void> {
    try {
      await this.once(client, [one])
    } catch (error) {
      if (!isRefused(error)) throw error
      this.parts.failed(error)
      const nowMs = this.parts.clock.nowMs()
      one.done(await setBatchAside(client, one.batch, `database ${codeOf(error)}`, nowMs))
    }
  }

  /** One transaction, again when another one was in its way. */
  private async once(client: pg.ClientBase, group: readonly Waiting[]): Promise<void> {
    const { clock, limits, isRevokedLately } = this.parts
    for (let tries = 1; ; tries++) {
      try {
        const batches = group.map(({ batch }) => batch)
        const clocks = { nowMs: clock.nowMs(), limitMs: limits.groupMs, isRevokedLately }
        const verdicts = await writeGroup(client, batches, clocks)
        for (const [at, verdict] of verdicts.entries()) group[at]?.done(verdict)
        return
      } catch (error) {
        if (!isInTheWay(error) || tries === triesMax) throw error
      }
    }
  }
}

const placeOf = (text: string, count: number): number => {
  let sum = 0
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003
  return sum % count
}

export class Writers {
  private readonly writers: readonly Writer[]
  private readonly limits: WriterLimits

  constructor(parts: WriterParts) {
    this.limits = parts.limits
    this.writers = Array.from({ length: parts.limits.writers }, () => new Writer(parts))
  }

  get waitingRows(): number {
    return this.writers.reduce((sum, { rows }) => sum + rows, 0)
  }

  /** Answers once the batch is committed, or cannot be. */
  write(batch: ReadBatch): Promise<Written> {
    const { waitingRowsMax, retryMs } = this.limits
    const rows = batch.toSeq - batch.fromSeq + 1
    if (this.waitingRows + rows > waitingRowsMax) return Promise.resolve({ is: 'notNow', retryMs })
    const at = placeOf(`${batch.lotId}/${batch.nodeId}`, this.writers.length)
    return new Promise((done) => this.writers[at]?.add({ batch, rows, done }))
  }
}
