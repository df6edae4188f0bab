// A chunk of the fold: rows of some feeds, what they change and the cursors behind them, in one transaction.
import type pg from 'pg'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { inTransaction } from '../schema/transaction.ts'
import { refundIdOf } from './changes.ts'
import { keepOddMoney } from './odd-money.ts'
import { readRows, type FeedRows, type FeedTurn } from './read.ts'
import { Unfoldable } from './row.ts'
import { Sums } from './sums.ts'
import {
  dropRefunds,
  readRefunds,
  readStays,
  writeCursors,
  writeFlows,
  writeMoney,
  writeRefunds,
  writeSetAside,
  writeStays,
  writeTakings,
  type CursorRow,
  type FeedPlace,
  type SetAsideRow,
} from './tables.ts'
import { locks } from '../schema/locks.ts'

/** A feed whose fold has stopped before a row. */
export interface Stopped extends FeedPlace {
  readonly seq: number
  readonly why: string
}

export interface Folded {
  readonly rows: number
  readonly stopped: readonly Stopped[]
}

/** Figures of these days are in months that have no table. */
export class MonthsMissing extends Error {
  readonly days: readonly string[]
  constructor(days: readonly string[]) {
    super('MonthsMissing')
    this.days = days
  }
}

const limitMs = 30_000

interface Moved extends CursorRow {
  readonly aside: readonly SetAsideRow[]
  readonly rows: number
  readonly fault: Unfoldable | null
}

/** What of a row says which stay and which refund are to be known; nothing of a row that cannot be folded. */
function namesOf(feeds: readonly FeedRows[]) {
  const stays = new Map<string, FeedPlace & { readonly id: string }>()
  const refunds = new Map<string, FeedPlace & { readonly id: string }>()
  for (const { lotId, nodeId, rows } of feeds) {
    const add = (to: typeof stays, id: string | null): void => {
      if (id !== null) to.set(`${lotId}/${nodeId}/${id}`, { lotId, nodeId, id })
    }
    for (const { row } of rows) {
      add(stays, row.stayId)
      try {
        add(refunds, refundIdOf(row))
      } catch (error) {
        if (!(error instanceof Unfoldable)) throw error
      }
    }
  }
  return { stays: [...stays.values()], refunds: [...refunds.values()] }
}

/** Counts the rows of a feed as far as they can be. */
function counted(sums: Sums, feed: FeedRows): Moved {
  const { lotId, nodeId, from } = feed
  let { before: day } = feed
  let atMs: InstantMs | null = null
  for (const { row, at } of feed.rows) {
    try {
      sums.add(feed, row, at)
    } catch (error) {
      if (!(error instanceof Unfoldable)) throw error
      const seq = row.seq - 1
      const aside = feed.aside.filter((one) => one.seq <= seq)
      return { lotId, nodeId, seq, day, atMs, aside, rows: seq - from, fault: error }
    }
    ;({ day } = at)
    if (!at.oddClock) ({ atMs } = row)
  }
  const { seq, aside, fault } = feed
  return { lotId, nodeId, seq, day: feed.day, atMs, aside, rows: seq - from, fault }
}

/** What told of a stop before these rows has ended by itself. */
async function endMatters(
  client: pg.ClientBase,
  moved: readonly CursorRow[],
  nowMs: InstantMs,
): Promise<void> {
  await client.query(
    `UPDATE desk.matter m SET ended_at = $4
     FROM unnest($1::text[], $2::text[], $3::bigint[]) AS f (lot_id, node_id, seq)
     WHERE m.ended_at IS NULL AND m.kind = 'foldStopped' AND m.lot_id = f.lot_id
       AND m.node_id = f.node_id AND (m.detail->>'seq')::bigint <= f.seq`,
    [
      moved.map(({ lotId }) => lotId),
      moved.map(({ nodeId }) => nodeId),
      moved.map(({ seq }) => seq),
      new Date(nowMs),
    ],
  )
}

interface FoldClock {
  readonly nowMs: InstantMs
  hasMonth(day: string): boolean
}

async function write(
  client: pg.ClientBase,
  sums: Sums,
  moved: readonly Moved[],
  { nowMs, hasMonth }: FoldClock,
): Promise<void> {
  const { stays, money, takings, flows, asked, refunded } = sums.written()
  const days = [...stays, ...money].map(({ day }) => day).filter((day) => !hasMonth(day))
  if (days.length > 0) throw new MonthsMissing(days)
  await writeStays(client, stays)
  await writeMoney(client, money)
  await dropRefunds(client, refunded)
  await writeRefunds(client, asked)
  await writeTakings(client, takings)
  await writeFlows(client, flows)
  await writeSetAside(
    client,
    moved.flatMap(({ aside }) => aside),
  )
  await keepOddMoney(client, money, nowMs)
  await writeCursors(client, moved)
}

/** Throws MonthsMissing and what the database throws; nothing is written then. */
export const foldChunk = (
  client: pg.ClientBase,
  choose: (client: pg.ClientBase) => Promise<readonly FeedTurn[]>,
  clock: FoldClock,
): Promise<Folded> =>
  inTransaction(
    client,
    async () => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [locks.fold])
      const turns = await choose(client)
      if (turns.length === 0) return { rows: 0, stopped: [] }
      const feeds = await readRows(client, turns)
      const names = namesOf(feeds)
      const stays = await readStays(client, names.stays)
      const sums = new Sums(stays, await readRefunds(client, names.refunds))
      const all = feeds.map((feed) => counted(sums, feed))
      const moved = all.filter(({ rows }) => rows > 0)
      await write(client, sums, moved, clock)
      await endMatters(client, moved, clock.nowMs)
      return {
        rows: moved.reduce((sum, { rows }) => sum + rows, 0),
        stopped: all.flatMap(({ lotId, nodeId, fault }) =>
          fault === null ? [] : [{ lotId, nodeId, seq: fault.seq, why: fault.why }],
        ),
      }
    },
    limitMs,
  )
