// The fold: a second cursor for each node makes stays, money, takings and flow from the batches (docs/centre.md,
// "Figures"). Its cursor moves in the transaction of its rows, so it may be killed at any time. A row that cannot be folded
// stops its feed alone.
import type pg from 'pg'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import { tell } from '../door/group.ts'
import { isPassing, isRefused } from '../door/commit.ts'
import { pause } from '../postgres/pause.ts'
import { codeOf } from '../postgres/server.ts'
import type { MakeMonths } from '../schema/months.ts'
import { onClient } from '../schema/transaction.ts'
import { foldChunk, MonthsMissing, type Folded, type Stopped } from './chunk.ts'
import { keepStopped, passedOf, type StoppedRow } from './set-aside.ts'
import { lagsOf, turnsOf, type FeedTurn } from './read.ts'
import { keyOf, type FeedPlace } from './tables.ts'

export interface FoldParts {
  readonly pool: pg.Pool
  readonly makeMonths: MakeMonths
  readonly clock: WallClock
  readonly mono: MonoClock
  /** Rows of a chunk. */
  readonly rowsMax?: number
}

const rowsUsual = 5_000
/** A feed that has stopped is tried again: what kept it may be gone, or the program newer. */
const againUs = 600_000_000
const nothing: Folded = { rows: 0, stopped: [] }
const isSome = ({ rows, stopped }: Folded): boolean => rows > 0 || stopped.length > 0

const added = (a: Folded, b: Folded): Folded => ({
  rows: a.rows + b.rows,
  stopped: [...a.stopped, ...b.stopped],
})

export class Fold {
  private readonly parts: FoldParts
  /** Months that have tables. */
  private readonly months = new Set<string>()
  /** When a feed that has stopped is tried again. */
  private readonly stopped = new Map<string, StoppedRow & { readonly againUs: number }>()
  private last = ''
  private client: pg.PoolClient | null = null

  constructor(parts: FoldParts) {
    this.parts = parts
  }

  /** Folds a chunk, and tells of feeds that stop in it. Throws what the database throws. */
  async step(): Promise<Folded> {
    const { pool, clock, mono } = this.parts
    const folded = await this.chunk(null)
    const { stopped } = folded
    for (const one of stopped) {
      const { lotId, nodeId, seq } = one
      const digest = await keepStopped(pool, one, clock.nowMs())
      const again = { againUs: mono.nowUs() + againUs }
      this.stopped.set(keyOf(one), { lotId, nodeId, seq, digest, ...again })
    }
    const matters = stopped.map(({ lotId, nodeId, seq, why }) => ({
      lotId,
      nodeId,
      kind: 'foldStopped' as const,
      detail: { seq, why },
    }))
    await tell(pool, matters, clock.nowMs())
    return folded
  }

  /** Until all is folded; `told`: after each chunk. */
  async run(told: (rows: number) => void): Promise<void> {
    let all = 0
    for (let one = await this.step(); isSome(one); one = await this.step()) told((all += one.rows))
  }

  /** Gives the chunk under way up. */
  giveUp(): void {
    void this.client?.end().catch(() => undefined)
  }

  private async choose(client: pg.ClientBase): Promise<readonly FeedTurn[]> {
    const nowUs = this.parts.mono.nowUs()
    const lags = await lagsOf(client)
    for (const key of await passedOf(client, [...this.stopped.values()])) this.stopped.delete(key)
    const going = lags.filter((one) => (this.stopped.get(keyOf(one))?.againUs ?? 0) <= nowUs)
    const isAfter = (feed: FeedPlace): boolean => keyOf(feed) > this.last
    const turns = turnsOf(going, this.parts.rowsMax ?? rowsUsual, isAfter)
    const last = turns.at(-1)
    if (last !== undefined) this.last = keyOf(last)
    return turns
  }

  /** `turns`: null: whose turn it is. */
  private async chunk(turns: readonly FeedTurn[] | null): Promise<Folded> {
    let chosen = turns ?? []
    try {
      return await this.once(async (client) => (chosen = turns ?? (await this.choose(client))))
    } catch (error) {
      if (!isRefused(error)) throw error
      return this.apart(chosen, codeOf(error))
    }
  }

  /** What the database refuses together is tried feed by feed, and then by ever fewer rows. */
  private async apart(turns: readonly FeedTurn[], code: string): Promise<Folded> {
    const [first, ...others] = turns
    if (first === undefined) return nothing
    if (others.length === 0 && first.rows === 1) return this.stopAt(first, code)
    const parts =
      others.length > 0
        ? turns.map((one) => [one])
        : [
            [{ ...first, rows: Math.ceil(first.rows / 2) }],
            [{ ...first, rows: Math.floor(first.rows / 2) }],
          ]
    let all = nothing
    for (const part of parts) {
      all = added(all, await this.chunk(part))
      // The rows behind one that stops cannot be folded.
      if (others.length === 0 && all.stopped.length > 0) break
    }
    return all
  }

  private async stopAt({ lotId, nodeId }: FeedPlace, code: string): Promise<Folded> {
    const { rows } = await this.parts.pool.query<{ seq: number }>(
      `SELECT coalesce(max(seq), 0)::float8 AS seq FROM centre.fold_cursor WHERE lot_id = $1 AND node_id = $2`,
      [lotId, nodeId],
    )
    const stop: Stopped = { lotId, nodeId, seq: (rows[0]?.seq ?? 0) + 1, why: `database ${code}` }
    return { rows: 0, stopped: [stop] }
  }

  private async once(
    choose: (client: pg.ClientBase) => Promise<readonly FeedTurn[]>,
  ): Promise<Folded> {
    const { pool, clock, makeMonths } = this.parts
    const hasMonth = (day: string): boolean => this.months.has(day.slice(0, 7))
    try {
      return await onClient(pool, (client) => {
        this.client = client
        return foldChunk(client, choose, { nowMs: clock.nowMs(), hasMonth })
      })
    } catch (error) {
      if (!(error instanceof MonthsMissing)) {
        // A month that somebody took away is made again.
        this.months.clear()
        throw error
      }
      await makeMonths(error.days)
      for (const day of error.days) this.months.add(day.slice(0, 7))
    }
    return this.once(choose)
  }
}

const [idleMs, failedMs] = [1_000, 5_000]
/** At the end: for the chunk under way, and for all. */
const [chunkMs, closeMs] = [1_500, 1_900]

/** Runs beside the centre: looks each second, and each 5 s while the database does not answer. `close`: within 2 s. */
export function startFold(parts: FoldParts & { failed(error: unknown): void }): {
  close(): Promise<void>
} {
  const { mono, failed } = parts
  const fold = new Fold(parts)
  let isOver = false
  let stop: Cancel = () => undefined
  let going: Promise<void> = Promise.resolve()
  const steps = async (): Promise<void> => {
    let waitMs = idleMs
    try {
      while (!isOver && isSome(await fold.step()));
    } catch (error) {
      waitMs = failedMs
      if (!isOver && !isPassing(error)) failed(error)
    }
    if (!isOver) stop = mono.after(waitMs, turn)
  }
  const turn = (): void => {
    going = steps()
  }
  turn()
  return {
    async close() {
      isOver = true
      stop()
      const late = mono.after(chunkMs, () => fold.giveUp())
      await Promise.race([going, pause(mono, closeMs)])
      late()
    },
  }
}
