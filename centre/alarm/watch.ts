// Reads what is known of all lots, judges it, and writes what begins and ends, in one transaction: a restart names nothing
// twice and forgets nothing. One watcher in a database.
import type pg from 'pg'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { inTransaction, onClient } from '../schema/transaction.ts'
import {
  judge,
  listened,
  type Change,
  type Episode,
  type Listening,
  type LotSeen,
  type NodeSeen,
} from './judge.ts'
import { alarmKinds, factsOf, isAlarm } from './rules.ts'
import { locks } from '../schema/locks.ts'

const beatsMax = 100

interface NodeRow {
  readonly lot_id: string
  readonly node_id: string
  readonly heard: Date
}

const listeningQuery = 'SELECT since_at, until_at FROM desk.alarm_listening'
const listeningWrite = `INSERT INTO desk.alarm_listening (since_at, until_at) VALUES ($1, $2)
  ON CONFLICT (one) DO UPDATE SET since_at = $1, until_at = $2`
const lotsQuery = `SELECT l.lot_id, l.state,
  (SELECT max(heard) FROM centre.lot_cursor c WHERE c.lot_id = l.lot_id) AS rows_at,
  coalesce((SELECT json_agg(json_build_object('use', use, 'toMs', extract(epoch FROM to_at) * 1000))
    FROM desk.lot_key k WHERE k.lot_id = l.lot_id AND revoked_at IS NULL), '[]') AS keys
  FROM centre.lot l`
const episodesQuery = `SELECT lot_id, node_id, kind, thing, coalesce(e.bad_at, m.since) AS bad_at,
  e.good_at, m.matter_id IS NOT NULL AS named FROM desk.alarm_episode e
  FULL JOIN (SELECT * FROM desk.matter WHERE ended_at IS NULL AND kind = ANY($1)) m
  USING (lot_id, node_id, kind, thing)`

interface EpisodeRow {
  readonly lot_id: string
  readonly node_id: string
  readonly kind: string
  readonly thing: string
  readonly bad_at: Date
  readonly good_at: Date | null
  readonly named: boolean
}

interface LotData {
  readonly lot_id: string
  readonly state: string
  readonly rows_at: Date | null
  readonly keys: LotSeen['keys']
}

/** What the heartbeats said, by their receipt: each is read once. */
export type Heard = Map<string, NodeSeen>

const nodeKey = (row: { readonly lot_id: string; readonly node_id: string }): string =>
  JSON.stringify([row.lot_id, row.node_id])

function seenOf({ node_id: nodeId, heard, beat }: NodeRow & { readonly beat: Beat }): NodeSeen {
  const heardMs = heard.getTime()
  try {
    return { nodeId, heardMs, facts: factsOf(beat, heardMs) }
  } catch {
    // Of a lot with another version: it is heard, and says nothing.
    return { nodeId, heardMs, facts: null }
  }
}

/** Reads the heartbeats that are new; forgets those of nodes that are gone. */
async function readBeats(client: pg.ClientBase, heard: Heard): Promise<readonly NodeRow[]> {
  const { rows } = await client.query<NodeRow>('SELECT lot_id, node_id, heard FROM centre.lot_beat')
  const fresh = rows.filter((row) => heard.get(nodeKey(row))?.heardMs !== row.heard.getTime())
  for (let from = 0; from < fresh.length; from += beatsMax) {
    const some = fresh.slice(from, from + beatsMax)
    const beats = await client.query<NodeRow & { readonly beat: Beat }>(
      `SELECT lot_id, node_id, heard, beat FROM centre.lot_beat
       WHERE (lot_id, node_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      [some.map((row) => row.lot_id), some.map((row) => row.node_id)],
    )
    for (const row of beats.rows) heard.set(nodeKey(row), seenOf(row))
  }
  return rows
}

async function readEpisodes(client: pg.ClientBase): Promise<readonly Episode[]> {
  const { rows } = await client.query<EpisodeRow>(episodesQuery, [alarmKinds])
  return rows.flatMap(({ kind, ...row }) =>
    isAlarm(kind)
      ? {
          lotId: row.lot_id,
          nodeId: row.node_id,
          kind,
          thing: row.thing,
          badMs: row.bad_at.getTime(),
          goodMs: row.good_at?.getTime() ?? null,
          isNamed: row.named,
        }
      : [],
  )
}

async function readLots(client: pg.ClientBase, heard: Heard): Promise<readonly LotSeen[]> {
  const nodes = Map.groupBy(await readBeats(client, heard), (row) => row.lot_id)
  const { rows } = await client.query<LotData>(lotsQuery)
  return rows.map(({ lot_id: lotId, state, rows_at: rowsAt, keys }) => ({
    lotId,
    isActive: state === 'active',
    rowsMs: rowsAt?.getTime() ?? null,
    keys,
    nodes: (nodes.get(lotId) ?? []).flatMap((row) => heard.get(nodeKey(row)) ?? []),
  }))
}

/** `unnest` of the keys of episodes. */
const keysOf = (changes: readonly Change[]): readonly (readonly string[])[] => [
  changes.map(({ episode }) => episode.lotId),
  changes.map(({ episode }) => episode.nodeId),
  changes.map(({ episode }) => episode.kind),
  changes.map(({ episode }) => episode.thing),
]
const given = 'unnest($1::text[], $2::text[], $3::text[], $4::text[]'
const sameKey = (one: string): string =>
  ['lot_id', 'node_id', 'kind', 'thing'].map((name) => `${one}.${name} = g.${name}`).join(' AND ')
const timeOf = (ms: InstantMs | null): Date | null => (ms === null ? null : new Date(ms))

async function write(
  client: pg.ClientBase,
  changes: readonly Change[],
  nowMs: InstantMs,
): Promise<void> {
  const those = (...which: readonly Change['is'][]): readonly Change[] =>
    changes.filter(({ is }) => which.includes(is))
  const run = async (text: string, some: readonly Change[], ...more: unknown[]): Promise<void> => {
    if (some.length > 0) await client.query(text, [...keysOf(some), ...more])
  }
  const [begun, kept, ended] = [those('begin'), those('begin', 'keep'), those('end')]
  await run(
    `INSERT INTO desk.alarm_episode (lot_id, node_id, kind, thing, bad_at, good_at)
     SELECT * FROM ${given}, $5::timestamptz[], $6::timestamptz[])
     ON CONFLICT (lot_id, node_id, kind, thing)
     DO UPDATE SET bad_at = excluded.bad_at, good_at = excluded.good_at`,
    kept,
    kept.map(({ episode }) => timeOf(episode.badMs)),
    kept.map(({ episode }) => timeOf(episode.goodMs)),
  )
  await run(
    `DELETE FROM desk.alarm_episode e USING ${given})
     AS g (lot_id, node_id, kind, thing) WHERE ${sameKey('e')}`,
    those('end', 'drop'),
  )
  await run(
    `INSERT INTO desk.matter (lot_id, node_id, kind, thing, since, detail)
     SELECT lot_id, node_id, kind, thing, since, detail::jsonb FROM ${given},
     $5::timestamptz[], $6::text[]) AS g (lot_id, node_id, kind, thing, since, detail)
     ON CONFLICT (lot_id, node_id, kind, thing) WHERE ended_at IS NULL DO NOTHING`,
    begun,
    begun.map(({ episode }) => timeOf(episode.badMs)),
    begun.map(({ what }) => JSON.stringify(what === null ? {} : { what })),
  )
  await run(
    `UPDATE desk.matter m SET ended_at = $5 FROM ${given})
     AS g (lot_id, node_id, kind, thing) WHERE m.ended_at IS NULL AND ${sameKey('m')}`,
    ended,
    timeOf(nowMs),
  )
}

async function listen(client: pg.ClientBase, nowMs: InstantMs): Promise<Listening> {
  const { rows } = await client.query<{ since_at: Date; until_at: Date }>(listeningQuery)
  const [row] = rows
  const before =
    row === undefined ? null : { sinceMs: row.since_at.getTime(), untilMs: row.until_at.getTime() }
  const listening = listened(before, nowMs)
  // A database that cannot be written to takes no heartbeats either.
  await client.query(listeningWrite, [timeOf(listening.sinceMs), timeOf(listening.untilMs)])
  return listening
}

/** Looks once; returns what changed. Null: another program watches. Throws what the database throws. */
export const watchOnce = (
  pool: pg.Pool,
  nowMs: InstantMs,
  heard: Heard,
): Promise<readonly Change[] | null> =>
  onClient(pool, (client) =>
    inTransaction(client, async () => {
      const { rows } = await client.query<{ own: boolean }>(
        'SELECT pg_try_advisory_xact_lock($1) AS own',
        [locks.watch],
      )
      if (rows[0]?.own !== true) return null
      const listening = await listen(client, nowMs)
      const lots = await readLots(client, heard)
      const episodes = Map.groupBy(await readEpisodes(client), ({ lotId }) => lotId)
      const changes = lots.flatMap((lot) =>
        judge(lot, episodes.get(lot.lotId) ?? [], { listening, nowMs }),
      )
      await write(client, changes, nowMs)
      return changes
    }),
  )
