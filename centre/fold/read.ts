// The rows that a chunk folds: which feeds have some, how many of each, and the rows themselves with their days.
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'
import { feedLimits } from '#ledger/pure/centre/row-feed.ts'
import { firstDay, placed, type Placed } from './day.ts'
import { rowOf, Unfoldable, type FoldRow } from './row.ts'
import { SetAside, wordsOf } from './set-aside.ts'
import type { FeedPlace, SetAsideRow } from './tables.ts'

/** Rows of a feed that are to be folded next. */
export interface FeedTurn extends FeedPlace {
  readonly rows: number
}

interface Lag extends FeedPlace {
  /** Rows that are not folded. */
  readonly rows: number
}

/** Of a feed in one chunk at least, so that a batch is not unpacked for each few rows. */
const turnMin = 500

/**
 * Who is folded next: feeds in turn, those behind `after` first, each with a fair part of a chunk. Pure. `lags`: in the
 * order of their keys.
 */
export function turnsOf(
  lags: readonly Lag[],
  rowsMax: number,
  isAfter: (feed: FeedPlace) => boolean,
): readonly FeedTurn[] {
  const inTurn = [...lags.filter(isAfter), ...lags.filter((one) => !isAfter(one))]
  const part = Math.max(Math.min(turnMin, rowsMax), Math.floor(rowsMax / lags.length))
  const turns: FeedTurn[] = []
  let left = rowsMax
  for (const { lotId, nodeId, rows } of inTurn) {
    if (left <= 0) break
    const taken = Math.min(rows, part, left)
    turns.push({ lotId, nodeId, rows: taken })
    left -= taken
  }
  return turns
}

export async function lagsOf(client: pg.ClientBase): Promise<readonly Lag[]> {
  const { rows } = await client.query<Lag>(
    `SELECT c.lot_id AS "lotId", c.node_id AS "nodeId",
       (c.last_seq - coalesce(f.seq, 0))::float8 AS rows
     FROM centre.lot_cursor c LEFT JOIN centre.fold_cursor f USING (lot_id, node_id)
     WHERE c.last_seq > coalesce(f.seq, 0) ORDER BY c.lot_id COLLATE "C", c.node_id COLLATE "C"`,
  )
  return rows
}

interface PlacedRow {
  readonly row: FoldRow
  readonly at: Placed
}

interface ReadFeed extends FeedPlace {
  readonly rows: PlacedRow[]
  /** Those that a person set aside. */
  readonly aside: SetAsideRow[]
  /** The last row that was folded before, and its day. */
  readonly from: number
  readonly before: string
  /** The last row that was read, and the day of the last one whose clock can be right. */
  seq: number
  day: string
  /** Why it was not read further; null: as far as was asked. */
  fault: Unfoldable | null
}
export type FeedRows = Readonly<ReadFeed>

interface BatchData {
  readonly at: number
  readonly from: number
  readonly to: number
  readonly receivedMs: number
  readonly rows: Buffer
}

function linesOf({ from, to, rows }: BatchData): readonly string[] {
  try {
    const plain = gunzipSync(rows, { maxOutputLength: feedLimits.plainBytesMax }).toString('utf8')
    const lines = plain.split('\n').slice(0, -1)
    if (lines.length === to - from + 1) return lines
  } catch {
    // As for a batch with other lines.
  }
  throw new Unfoldable(from, 'batch')
}

/** A row that is not counted, with the day whose sums lack it. */
function asideOf(feed: ReadFeed, seq: number, line: string, receivedMs: number): SetAsideRow {
  const { lotId, nodeId, day: lastDay } = feed
  const { atMs, ...words } = wordsOf(line)
  const day = atMs === null ? lastDay : placed(atMs, receivedMs, lastDay).day
  return { lotId, nodeId, seq, day, ...words }
}

/** Adds the rows of a batch behind those that were read, up to `until`. */
function readBatch(feed: ReadFeed, batch: BatchData, until: number, setAside: SetAside): void {
  const { from, receivedMs } = batch
  if (from > feed.seq + 1) throw new Unfoldable(feed.seq + 1, 'batch')
  for (const [at, line] of linesOf(batch).entries()) {
    const seq = from + at
    if (seq > until) return
    if (seq <= feed.seq) continue
    const isAside = setAside.has(feed, seq, line)
    if (isAside) feed.aside.push(asideOf(feed, seq, line, receivedMs))
    const row = isAside ? null : rowOf(line, seq)
    if (row !== null) {
      const place = placed(row.atMs, receivedMs, feed.day)
      feed.day = place.day
      feed.rows.push({ row, at: place })
    }
    feed.seq = seq
  }
}

const faultOf = (error: unknown): Unfoldable => {
  if (error instanceof Unfoldable) return error
  throw error
}

/** In the order of the turns. A feed whose next row cannot be read ends before it. */
export async function readRows(
  client: pg.ClientBase,
  turns: readonly FeedTurn[],
): Promise<readonly FeedRows[]> {
  const places = [turns.map(({ lotId }) => lotId), turns.map(({ nodeId }) => nodeId)]
  const cursors = await client.query<FeedPlace & { readonly seq: number; readonly day: string }>(
    `SELECT lot_id AS "lotId", node_id AS "nodeId", coalesce(f.seq, 0)::float8 AS seq,
       coalesce(to_char(f.day, 'YYYY-MM-DD'), '${firstDay}') AS day
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (lot_id, node_id, at)
     LEFT JOIN centre.fold_cursor f USING (lot_id, node_id) ORDER BY t.at`,
    places,
  )
  const feeds = cursors.rows.map((one): ReadFeed => ({
    ...one,
    from: one.seq,
    before: one.day,
    rows: [],
    aside: [],
    fault: null,
  }))
  const untils = turns.map(({ rows }, at) => (feeds[at]?.seq ?? 0) + rows)
  const batches = await client.query<BatchData>(
    `SELECT t.at::int - 1 AS at, b.*
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
       WITH ORDINALITY AS t (lot_id, node_id, seq, until, at)
     CROSS JOIN LATERAL (
       SELECT from_seq::float8 AS "from", to_seq::float8 AS "to", rows,
         (extract(epoch FROM received) * 1000)::float8 AS "receivedMs"
       FROM centre.lot_batch b WHERE b.lot_id = t.lot_id AND b.node_id = t.node_id
         AND b.to_seq > t.seq AND b.from_seq <= t.until
     ) b ORDER BY t.at, b."to"`,
    [...places, feeds.map(({ seq }) => seq), untils],
  )
  const setAside = await SetAside.read(
    client,
    feeds.map((feed, at) => ({ ...feed, until: untils[at] ?? 0 })),
  )
  for (const batch of batches.rows) {
    const feed = feeds[batch.at]
    if (feed === undefined || feed.fault !== null) continue
    try {
      readBatch(feed, batch, untils[batch.at] ?? 0, setAside)
    } catch (error) {
      feed.fault = faultOf(error)
    }
  }
  for (const [at, feed] of feeds.entries())
    if (feed.seq < (untils[at] ?? 0)) feed.fault ??= new Unfoldable(feed.seq + 1, 'batch')
  return feeds
}
