// Tells each way what is due. A try is counted in the database before it is made, so that a restart neither forgets nor
// repeats one at once; what came of it is written behind it.
import type pg from 'pg'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { inTransaction, onClient } from '../schema/transaction.ts'
import { dueOf, type Due, type Telling, type Told, type Way } from './due.ts'
import type { AlarmNews } from './message.ts'
import type { MailServer } from './mail.ts'
import type { AlarmPost, Sent } from './post.ts'
import { locks } from '../schema/locks.ts'

/** The end of a matter is told for so long. */
const endDays = 1

const waysQuery = `SELECT way_id AS "wayId", kind, address, after_s AS "afterS" FROM desk.alarm_way
  WHERE removed_at IS NULL ORDER BY way_id`
const mattersQuery = `SELECT m.*, (SELECT name FROM centre.lot l WHERE l.lot_id = m.lot_id) AS lot_name
  FROM (SELECT * FROM desk.matter WHERE ended_at IS NULL UNION ALL
    SELECT * FROM desk.matter e WHERE ended_at > $1::timestamptz - interval '${endDays} day'
    AND EXISTS (SELECT FROM desk.alarm_told s WHERE s.matter_id = e.matter_id
      AND begin_at IS NOT NULL AND end_at IS NULL)) m
  ORDER BY matter_id`
const toldQuery = `SELECT matter_id, way_id, tries, last_at, why, begin_at, end_at FROM desk.alarm_told
  WHERE matter_id = ANY($1)`
const claimWrite = `INSERT INTO desk.alarm_told (matter_id, way_id, lot_id, tries, last_at, why)
  SELECT matter_id, $2, lot_id, 1, $3, 'sending' FROM desk.matter WHERE matter_id = ANY($1)
  ON CONFLICT (matter_id, way_id) DO UPDATE
  SET tries = desk.alarm_told.tries + 1, last_at = $3, why = 'sending'`
const takenWrite = `UPDATE desk.alarm_told SET tries = 0, last_at = $3, why = '',
  begin_at = coalesce(begin_at, $3), end_at = CASE WHEN begin_at IS NOT NULL THEN $3::timestamptz END
  WHERE matter_id = ANY($1) AND way_id = $2`
const failedWrite = 'UPDATE desk.alarm_told SET why = $3 WHERE matter_id = ANY($1) AND way_id = $2'

interface MatterRow {
  readonly matter_id: string
  readonly lot_id: string
  readonly lot_name: BilingualText | null
  readonly node_id: string
  readonly kind: string
  readonly thing: string
  readonly detail: { readonly what?: BilingualText }
  readonly since: Date
  readonly ended_at: Date | null
  readonly taken_at: Date | null
  readonly quiet_until: Date | null
}

interface ToldRow {
  readonly matter_id: string
  readonly way_id: string
  readonly tries: number
  readonly last_at: Date
  readonly why: string
  readonly begin_at: Date | null
  readonly end_at: Date | null
}

const toldOf = (row: ToldRow): Told => ({
  matterId: row.matter_id,
  wayId: row.way_id,
  tries: row.tries,
  lastMs: row.last_at.getTime(),
  why: row.why,
  beginMs: row.begin_at?.getTime() ?? null,
  endMs: row.end_at?.getTime() ?? null,
})

const tellingOf = (row: MatterRow, nowMs: InstantMs): Telling => ({
  matterId: row.matter_id,
  sinceMs: row.since.getTime(),
  endedMs: row.ended_at?.getTime() ?? null,
  isHeld: row.taken_at !== null || (row.quiet_until?.getTime() ?? 0) > nowMs,
})

const newsOf = (row: MatterRow, is: Due['is']): AlarmNews => ({
  is,
  matterId: row.matter_id,
  lotId: row.lot_id,
  lotName: row.lot_name ?? { zh: row.lot_id, en: row.lot_id },
  nodeId: row.node_id,
  kind: row.kind,
  thing: row.thing,
  what: row.detail.what ?? null,
  sinceMs: row.since.getTime(),
  endedMs: row.ended_at?.getTime() ?? null,
})

interface Claimed {
  readonly way: Way
  readonly news: readonly AlarmNews[]
}

/** Counts a try of all that is due. */
async function claim(
  client: pg.ClientBase,
  nowMs: InstantMs,
  isBusy: (wayId: string) => boolean,
): Promise<{ readonly server: MailServer | null; readonly claimed: readonly Claimed[] }> {
  const locked = await client.query<{ own: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1) AS own',
    [locks.tell],
  )
  if (locked.rows[0]?.own !== true) return { server: null, claimed: [] }
  const ways = (await client.query<Way>(waysQuery)).rows.filter(({ wayId }) => !isBusy(wayId))
  if (ways.length === 0) return { server: null, claimed: [] }
  const { rows } = await client.query<MatterRow>(mattersQuery, [new Date(nowMs)])
  const told = (
    await client.query<ToldRow>(toldQuery, [rows.map((row) => row.matter_id)])
  ).rows.map(toldOf)
  const tellings = rows.map((row) => tellingOf(row, nowMs))
  const byId = new Map(rows.map((row) => [row.matter_id, row]))
  const claimed = ways.flatMap((way) => {
    const own = told.filter(({ wayId }) => wayId === way.wayId)
    const news = dueOf(way, tellings, own, nowMs).map(({ matterId, is }) =>
      newsOf(present(byId.get(matterId), 'a matter that was read'), is),
    )
    return news.length === 0 ? [] : { way, news }
  })
  for (const { way, news } of claimed)
    await client.query(claimWrite, [
      news.map(({ matterId }) => matterId),
      way.wayId,
      new Date(nowMs),
    ])
  const servers = await client.query<{ server: MailServer }>('SELECT server FROM desk.mail_server')
  return { server: servers.rows[0]?.server ?? null, claimed }
}

interface Teller {
  readonly pool: pg.Pool
  readonly post: Pick<AlarmPost, 'send'>
  nowMs(): InstantMs
}

async function write(
  { pool, nowMs }: Teller,
  { way, news }: Claimed,
  { taken, answer }: Sent,
): Promise<void> {
  const idsOf = (some: readonly AlarmNews[]): readonly string[] => some.map((one) => one.matterId)
  const [done, others] = [idsOf(news.slice(0, taken)), idsOf(news.slice(taken))]
  await onClient(pool, (client) =>
    inTransaction(client, async () => {
      if (done.length > 0) await client.query(takenWrite, [done, way.wayId, new Date(nowMs())])
      if (others.length > 0)
        await client.query(failedWrite, [others, way.wayId, answer || 'noAnswer'])
    }),
  )
}

/** `busy`: ways whose last news are still under way; a slow one keeps no other one waiting. */
export async function tellOnce(teller: Teller, busy: Map<string, Promise<void>>): Promise<void> {
  const { pool, post, nowMs } = teller
  const { server, claimed } = await onClient(pool, (client) =>
    inTransaction(client, () => claim(client, nowMs(), (wayId) => busy.has(wayId))),
  )
  for (const one of claimed) {
    const { way, news } = one
    const work = async (): Promise<void> => {
      try {
        await write(teller, one, await post.send(way, server, news, nowMs()))
      } catch {
        // The database is away: the try is counted, and made again after its wait.
      } finally {
        busy.delete(way.wayId)
      }
    }
    busy.set(way.wayId, work())
  }
}
