// What stands beside the sums of some lots: rows of those days that a person set aside, which no sum has, and money whose
// date cannot be right, which counts for other days than its own.
import { present } from '#base/pure/values/must.ts'
import type { Transaction } from './in-lots.ts'

/** A row that is in no sum. */
export interface AsideRow {
  readonly lotId: string
  readonly nodeId: string
  readonly seq: number
  readonly day: string
  /** As the row says them; null: it does not, or not so that it can be read. */
  readonly kind: string | null
  readonly amount: string | null
  readonly means: string | null
  readonly stayId: string | null
  /** Why it cannot be counted, and who set it aside, when and for what reason. */
  readonly why: string
  readonly by: string
  readonly atMs: number
  readonly reason: string
}

/** Payments and refunds apart. */
export interface OddSum {
  readonly n: number
  readonly fen: number
  readonly backN: number
  readonly backFen: number
  /** The days that it counts for, `2020-01-01`. */
  readonly from: string
  readonly to: string
}

export interface SumNotes {
  /** The newest hundred of `asideCount`. */
  readonly aside: readonly AsideRow[]
  readonly asideCount: number
  /** Of any day. Null: none. */
  readonly past: OddSum | null
  readonly future: OddSum | null
}

const asideMax = 100

interface AsideData {
  readonly lot_id: string
  readonly node_id: string
  readonly seq: string
  readonly day: string
  readonly kind: string | null
  readonly amount: string | null
  readonly means: string | null
  readonly stay_id: string | null
  readonly why: string | null
  readonly passed_by: string | null
  readonly passed_at: Date | null
  readonly reason: string | null
  readonly count: number
}

const asideQuery = `SELECT s.lot_id, s.node_id, s.seq, s.day::text AS day, s.kind, s.amount, s.means, s.stay_id,
    a.why, a.passed_by, a.passed_at, a.reason, (count(*) OVER ())::int AS count
  FROM centre.set_aside s LEFT JOIN LATERAL (SELECT why, passed_by, passed_at, reason FROM desk.aside_row a
    WHERE a.lot_id = s.lot_id AND a.node_id = s.node_id AND a.seq = s.seq AND of_fold AND passed_at IS NOT NULL
    ORDER BY passed_at DESC LIMIT 1) a ON true
  WHERE s.lot_id = ANY ($1::text[]) AND s.day BETWEEN $2::date AND $3::date
  ORDER BY s.day DESC, s.lot_id, s.node_id, s.seq DESC LIMIT ${asideMax}`

const oddSums = (past: string): string =>
  `(count(*) FILTER (WHERE what = 'payment'))::float8 AS n,
   coalesce(sum(fen) FILTER (WHERE what = 'payment'), 0)::float8 AS fen,
   (count(*) FILTER (WHERE what = 'refund'))::float8 AS "backN",
   coalesce(sum(fen) FILTER (WHERE what = 'refund'), 0)::float8 AS "backFen",
   min(day)::text AS "from", max(day)::text AS "to"
   FROM centre.odd_money WHERE lot_id = ANY ($1::text[]) AND past = ${past}`
const oddQuery = `SELECT (SELECT to_json(p) FROM (SELECT ${oddSums('true')}) p) AS past,
  (SELECT to_json(f) FROM (SELECT ${oddSums('false')}) f) AS future`

const rowOf = (row: AsideData): AsideRow => ({
  lotId: row.lot_id,
  nodeId: row.node_id,
  seq: Number(row.seq),
  day: row.day,
  kind: row.kind,
  amount: row.amount,
  means: row.means,
  stayId: row.stay_id,
  why: row.why ?? '',
  by: row.passed_by ?? '',
  atMs: row.passed_at?.getTime() ?? 0,
  reason: row.reason ?? '',
})

const someOf = (sum: OddSum): OddSum | null => (sum.n + sum.backN === 0 ? null : sum)

/** Of the sums of these lots and days, `2026-11-29`, both inclusive. */
export async function sumNotesOf(
  db: Transaction,
  lotIds: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<SumNotes> {
  const { rows } = await db.query<AsideData>(asideQuery, [lotIds, from, to])
  const odd = await db.query<{ past: OddSum; future: OddSum }>(oddQuery, [lotIds])
  const { past, future } = present(odd.rows[0], 'one row')
  return {
    aside: rows.map(rowOf),
    asideCount: rows[0]?.count ?? 0,
    past: someOf(past),
    future: someOf(future),
  }
}
