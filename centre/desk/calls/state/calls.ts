// The centre as a whole: lots, rows, database. A page asks for the sequence each second and reads anew when it differs.
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { noArguments, type CallRows } from '../../call.ts'
import type { StateCalls, StateView } from './views.ts'

const wholeQuery = `SELECT
  (SELECT count(*)::int FROM centre.lot) AS lots,
  (SELECT coalesce(sum(last_seq), 0)::float8 FROM centre.lot_cursor) AS rows,
  (SELECT max(heard) FROM centre.lot_cursor) AS heard,
  (SELECT count(*)::int FROM desk.pairing WHERE state = 'pending' AND digits IS NOT NULL) AS pairings,
  (SELECT count(*)::int FROM desk.matter WHERE ended_at IS NULL) AS matters,
  split_part(current_setting('server_version'), ' ', 1) AS version,
  pg_database_size(current_database())::float8 AS bytes`

const monthsQuery = `SELECT c.relname AS name, pg_total_relation_size(c.oid)::float8 AS bytes
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'centre.lot_batch'::regclass ORDER BY c.relname`

/** Each part changes with its rows: new ones, and those whose state a door or a person changed. */
const seqQuery = `SELECT md5(concat_ws(' ',
  (SELECT concat(count(*), ' ', sum(last_seq), ' ', max(heard)) FROM centre.lot_cursor),
  (SELECT sum(seq) FROM centre.fold_cursor),
  (SELECT sum(hashtextextended(lot_id || state || name::text, 0)) FROM centre.lot),
  (SELECT sum(hashtextextended(pairing_id || state || coalesce(digits, ''), 0)) FROM desk.pairing),
  (SELECT concat(count(*), ' ', count(revoked_at)) FROM desk.lot_key),
  (SELECT concat(count(*), ' ', count(passed_at)) FROM desk.aside_row),
  (SELECT concat(max(matter_id), ' ', count(ended_at), ' ', sum(hashtextextended(detail::text, 0)))
    FROM desk.matter))) AS seq`

interface WholeRow {
  readonly lots: number
  readonly rows: number
  readonly heard: Date | null
  readonly pairings: number
  readonly matters: number
  readonly version: string
  readonly bytes: number
}

export const stateCalls: CallRows<StateCalls> = {
  'state.get': {
    right: 'person',
    args: noArguments,
    answer: (_, { run, doorUrl }) =>
      run(async (db): Promise<StateView> => {
        const whole = present((await db.query<WholeRow>(wholeQuery)).rows[0], 'one row')
        const months = await db.query<{ name: string; bytes: number }>(monthsQuery)
        const { lots, rows, heard, pairings, matters, version, bytes } = whole
        return {
          door: doorUrl,
          lots,
          rows,
          heardMs: heard?.getTime() ?? null,
          waiting: { pairings, matters },
          database: { version, bytes, months: months.rows },
        }
      }),
  },
  'state.seq': {
    right: 'person',
    args: noArguments,
    answer: (_, { run }) =>
      run(async (db) => present((await db.query<{ seq: string }>(seqQuery)).rows[0], 'one row')),
  },
}
