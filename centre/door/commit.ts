// Commits batches of many lots in one transaction. A group that the database refuses is tried again batch by batch, so that
// one lot never stops another.
import type pg from 'pg'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { codeOf, diskFull } from '../postgres/server.ts'
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

export interface Waiting {
  readonly batch: ReadBatch
  readonly rows: number
  done(written: Written): void
}

interface CommitParts {
  readonly pool: pg.Pool
  readonly clock: WallClock
  readonly mono: MonoClock
  /** A statement that takes longer is ended; after twice the time the connection is given up. */
  readonly groupMs: number
  isRevokedLately(lotId: string): boolean
  failed(error: unknown): void
}

/** Another transaction was in the way: serialization, deadlock, unique violation. */
const isInTheWay = (error: unknown): boolean => /^(?:40001|40P01|23505)$/.test(codeOf(error))

/** The statement itself is refused: data, constraints, a trigger. A month that is missing is no fault of a batch. */
export function isRefused(error: unknown): boolean {
  const noMonth = codeOf(error) === '23514' && !(error as { constraint?: string }).constraint
  return /^(?:22|23|54|P0)/.test(codeOf(error)) && !noMonth
}

/**
 * The server is gone, starts or stops, or has no memory or connections left: nothing to report, since its keeper says so.
 * A full disk is reported: the server itself goes on without one.
 */
export const isPassing = (error: unknown): boolean =>
  codeOf(error) !== diskFull &&
  (/^(?:08|53|57)|^(?:ECONN|EPIPE|ETIMEDOUT|ENOENT|EHOST)/.test(codeOf(error)) ||
    (error instanceof Error && /Connection terminated|timeout/i.test(error.message)))

const triesMax = 3

export class Commits {
  private readonly parts: CommitParts

  constructor(parts: CommitParts) {
    this.parts = parts
  }

  /** Answers every batch of the group, or throws. */
  write(group: readonly Waiting[]): Promise<void> {
    const { pool, mono, groupMs } = this.parts
    return onClient(pool, async (client) => {
      // Ends the query that waits, too.
      const stop = mono.after(2 * groupMs, () => {
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
    const { clock, groupMs, isRevokedLately } = this.parts
    for (let tries = 1; ; tries++) {
      try {
        const batches = group.map(({ batch }) => batch)
        const clocks = { nowMs: clock.nowMs(), limitMs: groupMs, isRevokedLately }
        const verdicts = await writeGroup(client, batches, clocks)
        for (const [at, verdict] of verdicts.entries()) group[at]?.done(verdict)
        return
      } catch (error) {
        if (!isInTheWay(error) || tries === triesMax) throw error
      }
    }
  }
}
