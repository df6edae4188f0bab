// The lots that a question is about, and how fresh their figures are.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { known } from './call.ts'
import type { Transaction } from './in-lots.ts'
import { upToOf, upToOfLots, type FeedTimes, type UpTo } from '#ledger/pure/centre/level.ts'

/** In place of a lot: all lots of the person. */
const allLots = '*'

interface LotName {
  readonly lotId: string
  readonly name: BilingualText
}

/** Throws CENTRE-38 for a lot that is not there, or that the person does not see. */
export async function lotsAsked(db: Transaction, lotId: string): Promise<readonly LotName[]> {
  const { rows } = await db.query<{ lot_id: string; name: BilingualText }>(
    `SELECT lot_id, name FROM centre.lot WHERE $1 = '${allLots}' OR lot_id = $1 ORDER BY lot_id`,
    [lotId],
  )
  if (lotId !== allLots) known(rows[0], 'lotId', lotId)
  return rows.map(({ lot_id, name }) => ({ lotId: lot_id, name }))
}

/** How old the figures of some lots are, and what is not in them yet. */
export interface Freshness {
  /** When the lot that was silent longest was last heard; null: none was. */
  readonly heardMs: number | null
  /** Rows that the lots had at their last heartbeats and that are not here. */
  readonly toCome: number
  /** Rows that are here and in no figure yet. */
  readonly unfolded: number
  /** Up to when the sums hold, and how many lots are catching up. */
  readonly upTo: UpTo & { readonly behind: number }
}

const feedsQuery = `SELECT lot_id AS "lotId",
    (extract(epoch FROM c.heard) * 1000)::float8 AS "heardMs",
    (extract(epoch FROM b.heard) * 1000)::float8 AS "beatMs", b.beat->>'atIso' AS "saidIso",
    greatest(0, coalesce((b.beat->>'lastSeq')::bigint, 0) - coalesce(c.last_seq, 0))::float8 AS "toCome",
    (coalesce(c.last_seq, 0) - coalesce(f.seq, 0))::float8 AS unfolded,
    (extract(epoch FROM f.at) * 1000)::float8 AS "atMs"
  FROM (SELECT * FROM centre.lot_cursor WHERE lot_id = ANY ($1)) c
  FULL JOIN (SELECT * FROM centre.lot_beat WHERE lot_id = ANY ($1)) b USING (lot_id, node_id)
  LEFT JOIN centre.fold_cursor f USING (lot_id, node_id)`

export async function freshnessOf(
  db: Transaction,
  lotIds: readonly string[],
  nowMs: InstantMs,
): Promise<Freshness> {
  const { rows } = await db.query<FeedTimes & { readonly lotId: string }>(feedsQuery, [lotIds])
  const sum = (of: (feed: FeedTimes) => number): number =>
    rows.reduce((all, feed) => all + of(feed), 0)
  const heard = rows.map(({ heardMs, beatMs }) => Math.max(heardMs ?? 0, beatMs ?? 0))
  const lots = [...Map.groupBy(rows, ({ lotId }) => lotId).values()].map((feeds) => ({
    feeds,
    upTo: upToOf(feeds, nowMs),
  }))
  return {
    heardMs: heard.length === 0 ? null : Math.min(...heard),
    toCome: sum(({ toCome }) => toCome),
    unfolded: sum(({ unfolded }) => unfolded),
    upTo: upToOfLots(lots, nowMs),
  }
}
