// Lots of a centre with days full of cars, made by the server itself as its owner: stays, their payments, and the sums of
// both as the fold makes them; cursors, keys and a heartbeat for each.
import { isoOf, dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { TestCentre } from './centre-database.ts'
import { beatOf } from './centre-day.ts'

interface Filled {
  readonly lots: number
  /** Up to the day of `nowMs`; 0: no stays and no sums. */
  readonly days: number
  /** Of a lot on a day. */
  readonly cars: number
  readonly nowMs: InstantMs
}

export const filledLot = (index: number): string => `G${String(index).padStart(4, '0')}`
const lotSql = `'G' || lpad(i::text, 4, '0')`

/** A partition for each month, unless the program has made it. */
async function months({ owner }: TestCentre, from: string, to: string): Promise<void> {
  const { rows } = await owner(
    `SELECT to_char(m, 'YYYYMM') AS name, m::date::text AS first, (m + interval '1 month')::date::text AS next
     FROM generate_series(date_trunc('month', $1::timestamp), $2::timestamp, '1 month') m`,
    [from, to],
  )
  for (const { name, first, next } of rows)
    for (const table of ['stay', 'money'])
      await owner(`CREATE TABLE centre.${table}_${name} PARTITION OF centre.${table}
        FOR VALUES FROM ('${first}') TO ('${next}')`).catch((error: unknown) => {
        if (!String(error).includes('overlap') && !String(error).includes('exists')) throw error
      })
}

const lotsOf = (lots: number, at: string): readonly string[] => [
  `INSERT INTO centre.lot (lot_id, name) SELECT ${lotSql},
     json_build_object('zh', '测试停车场 ' || i, 'en', 'Test car park ' || i)
   FROM generate_series(1, ${lots}) i`,
  `INSERT INTO centre.lot_cursor (lot_id, node_id, last_seq, head, heard) SELECT ${lotSql}, 'n1', 2847000, '\\x00', timestamptz '${at}'
   FROM generate_series(1, ${lots}) i`,
  `INSERT INTO centre.fold_cursor (lot_id, node_id, seq, day) SELECT ${lotSql}, 'n1', 2847000, date '${at.slice(0, 10)}'
   FROM generate_series(1, ${lots}) i`,
  `INSERT INTO desk.lot_key SELECT 'S' || i || use, ${lotSql}, use, '', timestamptz '${at}',
     timestamptz '${at}' + interval '1 year'
   FROM generate_series(1, ${lots}) i, unnest(ARRAY['tls', 'sign']) use`,
]

const daysOf = ({ lots, days, cars }: Filled, day: string): readonly string[] => [
  `INSERT INTO centre.stay (lot_id, node_id, stay_id, day, plate, colour, entered_at, left_at, ended, no_entry,
     entry_lane, exit_lane, order_fen, paid_fen, back_fen, first_seq, last_seq, odd_clock)
   SELECT ${lotSql}, 'n1', 's' || d || '-' || c, at::date, '测A' || lpad((c * 37 % 99999)::text, 5, '0'),
     'blue', at, at + interval '2 hours', 'paid', false, 'in', 'out', 600, 600, 0,
     (${days} - d) * ${cars * 26}::bigint + c * 26, (${days} - d) * ${cars * 26}::bigint + c * 26 + 25, false
   FROM generate_series(0, ${days - 1}) d, generate_series(1, ${lots}) i, generate_series(0, ${cars - 1}) c,
     LATERAL (SELECT date '${day}' - d + c * interval '20 hours' / ${cars} AS at) t`,
  `INSERT INTO centre.money (lot_id, node_id, seq, day, hour, what, means, fen, stay_id, order_id, at)
   SELECT lot_id, node_id, last_seq, day, extract(hour FROM left_at), 'payment',
     (ARRAY['etc', 'etc', 'etc', 'qr', 'cash'])[1 + last_seq / 26 % 5], paid_fen, stay_id, 'o' || stay_id, left_at
   FROM centre.stay`,
  `INSERT INTO centre.taking SELECT lot_id, day, hour, what, means, count(*), sum(fen)
   FROM centre.money GROUP BY lot_id, day, hour, what, means`,
  `INSERT INTO centre.flow SELECT lot_id, day, hour, count(*), count(*) FROM centre.money
   GROUP BY lot_id, day, hour`,
]

export async function fillCentre(centre: TestCentre, filled: Filled): Promise<void> {
  const { lots, days, cars, nowMs } = filled
  const at = isoOf(nowMs)
  const day = at.slice(0, 10)
  for (const statement of lotsOf(lots, at)) await centre.owner(statement)
  const beat = beatOf({
    lastSeq: 2_847_000,
    today: {
      day,
      entered: cars,
      left: cars,
      takings: [{ means: 'etc', n: cars, fen: 600 * cars }],
    },
    devices: Array.from({ length: 12 }, (_, index) => ({
      laneId: `L${index}`,
      kind: 'camera',
      state: index === 0 ? ('down' as const) : ('up' as const),
      reason: null,
    })),
  })
  await centre.owner(
    `INSERT INTO centre.lot_beat SELECT ${lotSql}, 'n1', timestamptz '${at}', $1::jsonb
     FROM generate_series(1, ${lots}) i`,
    [JSON.stringify(beat)],
  )
  if (days > 0) {
    await months(centre, isoOf(nowMs - (days - 1) * dayMs).slice(0, 10), day)
    for (const statement of daysOf(filled, day)) await centre.owner(statement)
  }
  await centre.owner('ANALYZE')
}
