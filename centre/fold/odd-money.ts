// Money whose own time cannot be right: dated before its lot began, or in the future. It counts for the day that the row is
// placed on, where a person may never look; so each feed that has some is a matter, and the sums of its lot say how much.
import type pg from 'pg'
import { dayMs, instantOf, type InstantMs } from '#base/pure/values/instant.ts'
import { keyOf, writeOddMoney, type MoneyRow, type OddMoneyRow } from './tables.ts'

/** Lots may join after they have run for a time: as the door judges a row (docs/centre.md). */
const beforeMs = 400 * dayMs
const soonestMs = instantOf(2020, 1, 1)

/** Null: its time can be right. `beganMs`: when the lot joined; null: not known. */
export function oddOf(
  row: Pick<MoneyRow, 'atMs' | 'oddClock'>,
  beganMs: InstantMs | null,
): 'past' | 'future' | null {
  const { atMs, oddClock } = row
  if (atMs < soonestMs || (beganMs !== null && atMs < beganMs - beforeMs)) return 'past'
  return oddClock ? 'future' : null
}

async function begunOf(
  client: pg.ClientBase,
  lotIds: readonly string[],
): Promise<ReadonlyMap<string, InstantMs>> {
  const { rows } = await client.query<{ readonly lot_id: string; readonly began: Date }>(
    `SELECT lot_id, min(decided_at) AS began FROM desk.pairing
     WHERE lot_id = ANY ($1::text[]) AND state = 'accepted' GROUP BY lot_id`,
    [lotIds],
  )
  return new Map(rows.map(({ lot_id: lotId, began }) => [lotId, began.getTime()]))
}

const sumOf = (which: string): string => {
  const of = (sum: string, what: string): string =>
    `coalesce(${sum} FILTER (WHERE ${which} AND what = '${what}'), 0)`
  return `jsonb_build_object('n', ${of('count(*)', 'payment')}, 'fen', ${of('sum(fen)', 'payment')},
    'backN', ${of('count(*)', 'refund')}, 'backFen', ${of('sum(fen)', 'refund')})`
}

/** Once for each row: a fold of all rows anew tells nothing again that a person has seen. */
const tellSql = `INSERT INTO desk.matter (lot_id, node_id, kind, detail, since)
  SELECT g.lot_id, g.node_id, 'oddMoney', s.detail, $4
  FROM unnest($1::text[], $2::text[], $3::bigint[]) AS g (lot_id, node_id, seq)
  CROSS JOIN LATERAL (SELECT jsonb_build_object('seq', g.seq,
      'past', ${sumOf('past')}, 'future', ${sumOf('NOT past')}) AS detail
    FROM centre.odd_money o WHERE o.lot_id = g.lot_id AND o.node_id = g.node_id) s
  WHERE NOT EXISTS (SELECT 1 FROM desk.matter m WHERE m.lot_id = g.lot_id AND m.node_id = g.node_id
    AND m.kind = 'oddMoney' AND (m.detail->>'seq')::bigint >= g.seq)
  ON CONFLICT (lot_id, node_id, kind, thing) WHERE ended_at IS NULL DO UPDATE SET detail = EXCLUDED.detail`

/** In the transaction of the fold. */
export async function keepOddMoney(
  client: pg.ClientBase,
  money: readonly MoneyRow[],
  nowMs: InstantMs,
): Promise<void> {
  if (money.length === 0) return
  const began = await begunOf(client, [...new Set(money.map(({ lotId }) => lotId))])
  const odd = money.flatMap((row): readonly OddMoneyRow[] => {
    const is = oddOf(row, began.get(row.lotId) ?? null)
    return is === null ? [] : [{ ...row, isPast: is === 'past' }]
  })
  if (odd.length === 0) return
  await writeOddMoney(client, odd)
  const last = [...new Map(odd.map((row) => [keyOf(row), row])).values()]
  await client.query(tellSql, [
    last.map(({ lotId }) => lotId),
    last.map(({ nodeId }) => nodeId),
    last.map(({ seq }) => seq),
    new Date(nowMs),
  ])
}
