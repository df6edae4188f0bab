// Looks at the centre each minute and adds what it finds to the hour (desk.sample): calls of its desk, processor and disk,
// how far the fold is behind, lots and sizes. Two weeks are kept.
import type pg from 'pg'
import { dayMs, minuteMs } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import { isPassing } from '../door/commit.ts'
import { coresHere, diskBusyMs, ownMs, postmasterHere, serverMs } from '../machine/processes.ts'
import { inTransaction, onClient } from '../schema/transaction.ts'
import { added, noCalls, withCall, type HourFigures } from './figures.ts'
import { hourOf } from './judge.ts'

const everyMs = minuteMs
const keptMs = 14 * dayMs

interface SamplerParts {
  readonly pool: pg.Pool
  readonly clock: WallClock
  readonly mono: MonoClock
  /** Reports an unexpected error. */
  failed(error: unknown): void
}

export interface Sampler {
  /** A call of the desk has come; the function is called when it is answered. */
  called(): () => void
  close(): Promise<void>
}

const gaugesQuery = `SELECT
  (SELECT count(*)::int FROM centre.lot) AS lots,
  (SELECT coalesce(sum(pg_total_relation_size(i.inhrelid)), 0)::float8 FROM pg_inherits i
    JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace
    WHERE n.nspname = 'centre' AND p.relkind = 'p') AS "hotBytes",
  pg_database_size(current_database())::float8 AS "databaseBytes",
  (SELECT count(*)::int FROM pg_stat_replication) AS standbys`

const cursorsQuery = `SELECT c.lot_id || '/' || c.node_id AS feed, c.last_seq::float8 AS last,
  coalesce(f.seq, 0)::float8 AS folded
  FROM centre.lot_cursor c LEFT JOIN centre.fold_cursor f USING (lot_id, node_id)`

type Found = Pick<HourFigures, 'lots' | 'hotBytes' | 'databaseBytes' | 'standbys'>

/** What counts up since the machine or a process began; null: not to be had. */
interface Counters {
  readonly atUs: number
  readonly ownMs: number
  readonly serverMs: number | null
  readonly diskMs: number | null
}

/** A process that began anew counts from 0. */
const since = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : Math.max(0, now - before) / 1_000

class Looking implements Sampler {
  private readonly parts: SamplerParts
  private calls = noCalls
  /** Last rows of the feeds at the look before. */
  private lasts: ReadonlyMap<string, number> = new Map()
  private before: Counters | null = null
  private stop: Cancel = () => undefined
  private running: Promise<void> = Promise.resolve()
  private isClosed = false

  constructor(parts: SamplerParts) {
    this.parts = parts
    this.look()
  }

  called(): () => void {
    const fromUs = this.parts.mono.nowUs()
    return () => {
      this.calls = withCall(this.calls, (this.parts.mono.nowUs() - fromUs) / 1_000)
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.stop()
    await this.running
  }

  /** A look begins a minute after the one before has ended. */
  private look(): void {
    const { mono, failed } = this.parts
    const next = (): void => {
      if (!this.isClosed) this.stop = mono.after(everyMs, () => this.look())
    }
    this.running = this.sample()
      .catch((error: unknown) => {
        // The next look adds what this one could not.
        if (!isPassing(error)) failed(error)
      })
      .finally(next)
  }

  private async counters(): Promise<Counters> {
    const postmaster = await postmasterHere(this.parts.pool)
    return {
      atUs: this.parts.mono.nowUs(),
      ownMs: ownMs(),
      serverMs: postmaster === null ? null : serverMs(postmaster),
      // The server works in the folder of its data.
      diskMs: postmaster === null ? null : diskBusyMs(`/proc/${postmaster}/cwd`),
    }
  }

  private async sample(): Promise<void> {
    const { pool } = this.parts
    const now = await this.counters()
    const { rows: found } = await pool.query<Found>(gaugesQuery)
    const { rows: feeds } = await pool.query<{ feed: string; last: number; folded: number }>(
      cursorsQuery,
    )
    const [gauges] = found
    must(gauges !== undefined, 'one row')
    const before = this.before ?? now
    const ownS = (now.ownMs - before.ownMs) / 1_000
    const serverS = since(now.serverMs, before.serverMs)
    const { calls } = this
    const figures: HourFigures = {
      ...gauges,
      atMs: this.parts.clock.nowMs(),
      cores: coresHere(),
      calls,
      measuredS: (now.atUs - before.atUs) / 1_000_000,
      processorS: serverS === null ? null : ownS + serverS,
      diskS: since(now.diskMs, before.diskMs),
      isBehind: feeds.some(({ feed, folded }) => folded < (this.lasts.get(feed) ?? 0)),
    }
    await this.keep(figures)
    this.before = now
    this.lasts = new Map(feeds.map(({ feed, last }) => [feed, last]))
    this.calls = this.calls.map((count, at) => count - (calls[at] ?? 0))
  }

  private async keep(figures: HourFigures): Promise<void> {
    const { pool, clock } = this.parts
    const nowMs = clock.nowMs()
    const hour = new Date(hourOf(nowMs))
    await onClient(pool, (client) =>
      inTransaction(client, async () => {
        const { rows } = await client.query<{ figures: HourFigures }>(
          'SELECT figures FROM desk.sample WHERE hour = $1',
          [hour],
        )
        await client.query(
          `INSERT INTO desk.sample (hour, figures) VALUES ($1, $2)
           ON CONFLICT (hour) DO UPDATE SET figures = EXCLUDED.figures`,
          [hour, JSON.stringify(added(rows[0]?.figures ?? null, figures))],
        )
        await client.query('DELETE FROM desk.sample WHERE hour < $1', [new Date(nowMs - keptMs)])
      }),
    )
  }
}

export const openSampler = (parts: SamplerParts): Sampler => new Looking(parts)
