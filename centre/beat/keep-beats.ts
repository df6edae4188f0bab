// One light transaction for the heartbeats of many lots: each replaces the one before it of its node, and what is other
// than in that one is kept as a change.
import type pg from 'pg'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { changesBetween, type BeatChange } from '#ledger/pure/centre/beat-things.ts'
import { isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { keepLots } from '../door/known-lots.ts'
import { inTransaction } from '../schema/transaction.ts'

export interface HeardBeat {
  readonly lotId: string
  readonly beat: Beat
  /** By the clock of the door. */
  readonly heardMs: InstantMs
}

/** What the database has of a node. */
export interface KeptBeat {
  readonly beat: Beat
  readonly heardMs: InstantMs
  /** `YYYY-MM-DD` in China, of that receipt. */
  readonly day: string
  /** Changes that were kept of that day. */
  readonly changes: number
}

interface Judged extends KeptBeat {
  readonly changed: readonly BeatChange[]
}

export const changesOfDayMax = 5_000
/** A receipt so far behind now was written by a clock that has been set back since. */
const aheadMs = minuteMs

/** Null: a later one is there. Pure. */
export function judgeBeat(before: KeptBeat | null, { beat, heardMs }: HeardBeat): Judged | null {
  if (before !== null && before.heardMs > heardMs && before.heardMs - heardMs < aheadMs) return null
  const day = isoOf(heardMs).slice(0, 10)
  const kept = before?.day === day ? before.changes : 0
  const all = changesBetween(before?.beat ?? null, beat)
  const room = changesOfDayMax - kept
  // The last row of a day that has too many says so.
  const changed =
    all.length < room
      ? all
      : room === 0
        ? []
        : [...all.slice(0, room - 1), { thing: 'changes', state: 'tooMany', detail: {} }]
  return { beat, heardMs, day, changes: kept + changed.length, changed }
}

const keyOf = (lotId: string, nodeId: string): string => `${lotId}/${nodeId}`

async function keptOf(
  client: pg.ClientBase,
  heard: readonly HeardBeat[],
): Promise<ReadonlyMap<string, KeptBeat>> {
  const { rows } = await client.query<{
    readonly lot_id: string
    readonly node_id: string
    readonly heard: Date
    readonly beat: Beat
    readonly day: string
    readonly changes: number
  }>(
    `SELECT lot_id, node_id, heard, beat, day::text, changes FROM centre.lot_beat
     WHERE (lot_id, node_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
     ORDER BY lot_id, node_id FOR UPDATE`,
    [heard.map(({ lotId }) => lotId), heard.map(({ beat }) => beat.nodeId)],
  )
  return new Map(
    rows.map(({ lot_id, node_id, heard: at, ...kept }) => [
      keyOf(lot_id, node_id),
      { ...kept, heardMs: at.getTime() },
    ]),
  )
}

interface Row extends Judged {
  readonly lotId: string
}

async function writeBeats(client: pg.ClientBase, rows: readonly Row[]): Promise<void> {
  await client.query(
    `INSERT INTO centre.lot_beat (lot_id, node_id, heard, beat, day, changes)
     SELECT lot_id, node_id, heard, beat::jsonb, day, changes
     FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::date[], $6::int[])
       AS b (lot_id, node_id, heard, beat, day, changes)
     ON CONFLICT (lot_id, node_id) DO UPDATE SET heard = EXCLUDED.heard, beat = EXCLUDED.beat,
       day = EXCLUDED.day, changes = EXCLUDED.changes`,
    [
      rows.map(({ lotId }) => lotId),
      rows.map(({ beat }) => beat.nodeId),
      rows.map(({ heardMs }) => new Date(heardMs)),
      rows.map(({ beat }) => JSON.stringify(beat)),
      rows.map(({ day }) => day),
      rows.map(({ changes }) => changes),
    ],
  )
}

async function writeChanges(client: pg.ClientBase, rows: readonly Row[]): Promise<void> {
  const all = rows.flatMap(({ lotId, beat, heardMs, changed }) =>
    changed.map((change) => ({ lotId, nodeId: beat.nodeId, at: new Date(heardMs), ...change })),
  )
  if (all.length === 0) return
  await client.query(
    `INSERT INTO centre.lane_change (lot_id, node_id, thing, at, state, detail)
     SELECT lot_id, node_id, thing, at, state, detail::jsonb
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[])
       AS c (lot_id, node_id, thing, at, state, detail)
     ON CONFLICT DO NOTHING`,
    [
      all.map(({ lotId }) => lotId),
      all.map(({ nodeId }) => nodeId),
      all.map(({ thing }) => thing),
      all.map(({ at }) => at),
      all.map(({ state }) => state),
      all.map(({ detail }) => JSON.stringify(detail)),
    ],
  )
}

/** The row from which on those of each node are not here. */
async function wantsOf(
  client: pg.ClientBase,
  heard: readonly HeardBeat[],
): Promise<readonly number[]> {
  const { rows } = await client.query<{ readonly want: number }>(
    `SELECT (coalesce(c.last_seq, 0) + 1)::float8 AS want
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS b (lot_id, node_id, at)
     LEFT JOIN centre.lot_cursor c USING (lot_id, node_id) ORDER BY at`,
    [heard.map(({ lotId }) => lotId), heard.map(({ beat }) => beat.nodeId)],
  )
  return rows.map(({ want }) => want)
}

/**
 * Of one node the last counts; all are in the order of their keys, so that two doors never wait for each other. Returns what
 * each is answered: from which row on the centre wants those of its node.
 */
export function keepBeats(
  client: pg.ClientBase,
  heard: readonly HeardBeat[],
  limitMs: number,
): Promise<readonly number[]> {
  const newest = new Map(heard.map((one) => [keyOf(one.lotId, one.beat.nodeId), one]))
  const inOrder = [...newest].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return inTransaction(
    client,
    async () => {
      const kept = await keptOf(client, [...newest.values()])
      const rows = inOrder.flatMap(([key, one]) => {
        const judged = judgeBeat(kept.get(key) ?? null, one)
        return judged === null ? [] : [{ lotId: one.lotId, ...judged }]
      })
      if (rows.length > 0) {
        const first = rows.filter(({ lotId, beat }) => !kept.has(keyOf(lotId, beat.nodeId)))
        await keepLots(
          client,
          first.map(({ lotId }) => lotId),
        )
        await writeBeats(client, rows)
        await writeChanges(client, rows)
      }
      return wantsOf(client, heard)
    },
    limitMs,
  )
}
