// The centre as a whole: lots, rows, database. A page asks for the sequence each second and reads anew when it differs.
import { urgentKinds } from '#base/pure/values/centre-matters.ts'
import { present } from '#base/pure/values/must.ts'
import { noArguments, type CallRows } from '../../call.ts'
import type { SeqView, StateCalls, StateView } from './views.ts'

const wholeQuery = `SELECT
  (SELECT count(*)::int FROM centre.lot) AS lots,
  (SELECT coalesce(sum(last_seq), 0)::float8 FROM centre.lot_cursor) AS rows,
  (SELECT max(heard) FROM centre.lot_cursor) AS heard,
  (SELECT count(*)::int FROM desk.pairing WHERE state = 'pending' AND digits IS NOT NULL) AS pairings,
  (SELECT count(*)::int FROM desk.matter WHERE ended_at IS NULL) AS matters,
  (SELECT count(*)::int FROM desk.matter WHERE ended_at IS NULL AND kind = ANY($2) AND taken_at IS NULL
    AND coalesce(quiet_until <= $1, true)) AS loud,
  split_part(current_setting('server_version'), ' ', 1) AS version,
  pg_database_size(current_database())::float8 AS bytes`

const monthsQuery = `SELECT c.relname AS name, pg_total_relation_size(c.oid)::float8 AS bytes
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'centre.lot_batch'::regclass ORDER BY c.relname`

/** What a page shows of matters changes only while they are open, and for as long as their end is told. */
const lately = "(ended_at IS NULL OR ended_at > $1::timestamptz - interval '2 days')"

/**
 * Each part changes with its rows: new ones, and those whose state a door or a person changed. It is asked each second, so
 * matters that ended long ago are not read. `$1`: now.
 */
const seqQuery = `SELECT md5(concat_ws(' ',
  (SELECT sum(hashtextextended(lot_id || state || name::text, 0)) FROM centre.lot),
  (SELECT sum(hashtextextended(pairing_id || state || coalesce(digits, ''), 0)) FROM desk.pairing),
  (SELECT concat(count(*), ' ', count(revoked_at)) FROM desk.lot_key),
  (SELECT concat(count(*), ' ', count(passed_at)) FROM desk.aside_row),
  (SELECT concat(max(matter_id), ' ', count(ended_at), ' ', sum(hashtextextended(detail::text, 0)), ' ',
    sum(hashtextextended(concat(matter_id, taken_at, quiet_until, quiet_until > $1), 0)))
    FROM desk.matter WHERE ${lately}),
  (SELECT max(ended_at) FROM desk.matter),
  (SELECT concat(count(*), ' ', max(last_at), ' ', count(begin_at), ' ', sum(hashtextextended(why, 0)))
    FROM desk.alarm_told WHERE matter_id IN (SELECT matter_id FROM desk.matter WHERE ${lately})),
  (SELECT concat(count(*), ' ', count(removed_at)) FROM desk.alarm_way),
  (SELECT server FROM desk.mail_server))) AS seq,
  md5(concat_ws(' ',
  (SELECT concat(count(*), ' ', sum(last_seq), ' ', max(heard)) FROM centre.lot_cursor),
  (SELECT concat(count(*), ' ', sum(seq)) FROM centre.fold_cursor),
  (SELECT concat(count(*), ' ', sum(extract(epoch FROM heard))) FROM centre.lot_beat))) AS moved`

interface WholeRow {
  readonly lots: number
  readonly rows: number
  readonly heard: Date | null
  readonly pairings: number
  readonly matters: number
  readonly loud: number
  readonly version: string
  readonly bytes: number
}

export const stateCalls: CallRows<StateCalls> = {
  'state.get': {
    right: 'person',
    args: noArguments,
    answer: (_, { run, doorUrl, nowMs }) =>
      run(async (db): Promise<StateView> => {
        const whole = present(
          (await db.query<WholeRow>(wholeQuery, [new Date(nowMs), urgentKinds])).rows[0],
          'one row',
        )
        const months = await db.query<{ name: string; bytes: number }>(monthsQuery)
        const { lots, rows, heard, pairings, matters, loud, version, bytes } = whole
        return {
          door: doorUrl,
          lots,
          rows,
          heardMs: heard?.getTime() ?? null,
          waiting: { pairings, matters, loud },
          database: { version, bytes, months: months.rows },
        }
      }),
  },
  'state.seq': {
    right: 'person',
    onWalls: true,
    args: noArguments,
    answer: (_, { run, nowMs }) =>
      run(async (db) => {
        const { rows } = await db.query<SeqView>(seqQuery, [new Date(nowMs)])
        return present(rows[0], 'one row')
      }),
  },
}
