// Lots as a list: how far their rows are here, their day by its rows, and what the newest heartbeat says.
import type { Beat } from '#ledger/pure/centre/beat.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { exact } from '../../exact.ts'
import type { Transaction } from '../../in-lots.ts'
import { upToOf } from '#ledger/pure/centre/level.ts'
import { toldOf } from './told.ts'
import type { DaySums, FeedView, LotBeat, LotRow } from './views.ts'

/** `$1`: one lot, or null for all. `$2`: the day in China. */
const lotsQuery = `SELECT lot_id, name, state,
  (SELECT coalesce(json_agg(json_build_object('nodeId', node_id, 'lastSeq', coalesce(c.last_seq, 0),
      'heardMs', round(extract(epoch FROM c.heard) * 1000),
      'beatMs', round(extract(epoch FROM b.heard) * 1000), 'saidIso', b.said,
      'atMs', round(extract(epoch FROM f.at) * 1000),
      'toCome', greatest(0, coalesce(b.seq, 0) - coalesce(c.last_seq, 0)),
      'unfolded', coalesce(c.last_seq, 0) - coalesce(f.seq, 0)) ORDER BY node_id), '[]')
    FROM (SELECT * FROM centre.lot_cursor WHERE lot_id = l.lot_id) c
    FULL JOIN (SELECT node_id, heard, (beat->>'lastSeq')::bigint AS seq, beat->>'atIso' AS said
      FROM centre.lot_beat WHERE lot_id = l.lot_id) b USING (node_id)
    LEFT JOIN (SELECT * FROM centre.fold_cursor WHERE lot_id = l.lot_id) f USING (node_id)) AS feeds,
  (SELECT coalesce(json_agg(DISTINCT kind ORDER BY kind), '[]') FROM desk.matter m
    WHERE m.lot_id = l.lot_id AND ended_at IS NULL) AS matters,
  (SELECT min(to_at) FROM desk.lot_key k WHERE k.lot_id = l.lot_id AND revoked_at IS NULL) AS keys_to,
  today, beat.*
  FROM centre.lot l
  CROSS JOIN LATERAL (SELECT json_build_object(
      'n', coalesce(sum(n) FILTER (WHERE what = 'payment'), 0),
      'fen', coalesce(sum(fen) FILTER (WHERE what = 'payment'), 0),
      'backN', coalesce(sum(n) FILTER (WHERE what = 'refund'), 0),
      'backFen', coalesce(sum(fen) FILTER (WHERE what = 'refund'), 0),
      'entered', (SELECT coalesce(sum(entered), 0) FROM centre.flow w WHERE w.lot_id = l.lot_id AND day = $2),
      'left', (SELECT coalesce(sum(left_n), 0) FROM centre.flow w WHERE w.lot_id = l.lot_id AND day = $2),
      'aside', (SELECT count(*) FROM centre.set_aside a WHERE a.lot_id = l.lot_id AND day = $2)
    ) AS today FROM centre.taking t WHERE t.lot_id = l.lot_id AND day = $2) sums
  LEFT JOIN LATERAL (SELECT node_id AS beat_node, heard AS beat_heard,
      beat->'spaces' AS spaces, beat->'today' AS said, (beat->>'lastSeq')::float8 AS beat_seq,
      jsonb_array_length(jsonb_path_query_array(beat, '$.devices[*] ? (@.state == "down")')) AS down,
      jsonb_array_length(jsonb_path_query_array(beat, '$.lanes[*].waiting ? (@ != null)')) AS waiting
    FROM centre.lot_beat b WHERE b.lot_id = l.lot_id ORDER BY heard DESC LIMIT 1) beat ON true
  WHERE $1::text IS NULL OR lot_id = $1 ORDER BY lot_id`

type LotData = {
  readonly lot_id: string
  readonly name: BilingualText
  readonly state: string
  readonly feeds: readonly FeedView[]
  readonly matters: readonly string[]
  readonly keys_to: Date | null
  readonly today: DaySums
} & (BeatData | { readonly beat_node: null })

interface BeatData {
  readonly beat_node: string
  readonly beat_heard: Date
  readonly spaces: Beat['spaces']
  readonly said: Beat['today']
  readonly beat_seq: number
  readonly down: number
  readonly waiting: number
}

const beatOf = ({ beat_heard: heard, spaces, down, waiting }: BeatData): LotBeat => ({
  heardMs: heard.getTime(),
  ...spaces,
  devicesDown: down,
  waiting,
})

function rowOf(data: LotData, day: string, nowMs: InstantMs): LotRow {
  const { lot_id: lotId, name, state, feeds, matters, keys_to: keysTo, today } = data
  // JSON has read them: one beyond what a number holds is not safe any more.
  for (const value of Object.values<number>({ ...today })) exact(value)
  const keysToMs = keysTo?.getTime() ?? null
  const row = { lotId, name, state, feeds, matters, keysToMs, today, upTo: upToOf(feeds, nowMs) }
  if (data.beat_node === null) return { ...row, beat: null, told: null }
  const feed = feeds.find(({ nodeId }) => nodeId === data.beat_node)
  const folded = (feed?.lastSeq ?? 0) - (feed?.unfolded ?? 0)
  const told = toldOf({ day, sums: today, said: data.said, folded, beatSeq: data.beat_seq })
  return { ...row, beat: beatOf(data), told }
}

export const dayAt = (nowMs: InstantMs): string => isoOf(nowMs).slice(0, 10)

/** `lotId`: that one alone. */
export async function lotsOf(
  db: Transaction,
  nowMs: InstantMs,
  lotId: string | null = null,
): Promise<readonly LotRow[]> {
  const day = dayAt(nowMs)
  const { rows } = await db.query<LotData>(lotsQuery, [lotId, day])
  return rows.map((row) => rowOf(row, day, nowMs))
}
