// The money of days, lots and means: the sums that the fold keeps, the rows that they are made of, and both beside each
// other. Payments and refunds are never added up.
import { z } from 'zod'
import { plateMask } from '../../../../firmware-runtime/core/explain/mask.ts'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { idText, seqNumber, type CallRows } from '../../call.ts'
import type { Transaction } from '../../in-lots.ts'
import { freshnessOf, lotsAsked } from '../../lots-asked.ts'
import { sumNotesOf } from '../../sum-notes.ts'
import { spanOf, type DaySpan } from './span.ts'
import type { MoneyCalls, MoneyCell, MoneyPlace, MoneyProof, MoneyRow, MoneyWhat } from './views.ts'

const pageRows = 100
const exportRows = 20_000

const ask = { lotId: idText, span: z.string().refine((text) => spanOf(text) !== null) }
const rowsAsk = { ...ask, what: z.enum(['payment', 'refund']).nullable(), means: idText.nullable() }
const dayText = z.string().refine((text) => text.length === 10 && spanOf(text) !== null)
const place = z.strictObject({
  day: dayText,
  atMs: z.number().int(),
  lotId: idText,
  nodeId: idText,
  seq: seqNumber,
})

interface Wanted extends DaySpan {
  readonly lotIds: readonly string[]
  readonly what: MoneyWhat | null
  readonly means: string | null
}

/** The values of `wantedRows`. */
const valuesOf = ({ lotIds, from, to, what, means }: Wanted): readonly unknown[] => [
  lotIds,
  from,
  to,
  what,
  means,
]
const wantedRows = [
  'lot_id = ANY ($1::text[])',
  'day >= $2::date',
  'day <= $3::date',
  '($4::text IS NULL OR what = $4)',
  '($5::text IS NULL OR means = $5)',
].join(' AND ')

async function wantedOf(
  db: Transaction,
  { lotId, span, what, means }: MoneyCalls['money.proof']['args'],
): Promise<Wanted> {
  const lots = await lotsAsked(db, lotId)
  const days = present(spanOf(span), 'a checked span')
  return { lotIds: lots.map((one) => one.lotId), ...days, what, means }
}

const sums = 'sum(n)::float8 AS n, sum(fen)::float8 AS fen'
/** In one statement, so that the fold cannot write between table and rows. */
const proofQuery = `SELECT 'table' AS "of", what, ${sums} FROM centre.taking
  WHERE ${wantedRows} GROUP BY what
  UNION ALL SELECT 'rows', what, count(*)::float8, sum(fen)::float8 FROM centre.money
  WHERE ${wantedRows} GROUP BY what`

async function proofOf(db: Transaction, wanted: Wanted): Promise<MoneyProof> {
  const { rows } = await db.query<{ of: string; what: MoneyWhat; n: number; fen: number }>(
    proofQuery,
    [...valuesOf(wanted)],
  )
  const sumOf = (side: string, wantedWhat: MoneyWhat) => {
    const { n = 0, fen = 0 } = rows.find((row) => row.of === side && row.what === wantedWhat) ?? {}
    return { n, fen }
  }
  const sideOf = (side: string) => ({
    payment: sumOf(side, 'payment'),
    refund: sumOf(side, 'refund'),
  })
  return { table: sideOf('table'), rows: sideOf('rows') }
}

/**
 * First day of the newest ones that together have more rows than a page, so that a page never sorts the rows of a month. The
 * table may be wrong: a page that stays short is read again from the first day.
 */
async function firstDayOf(db: Transaction, wanted: Wanted, limit: number): Promise<string> {
  const { rows } = await db.query<{ day: string; n: number }>(
    `SELECT day::text AS day, sum(n)::float8 AS n FROM centre.taking WHERE ${wantedRows}
     GROUP BY day ORDER BY day DESC`,
    [...valuesOf(wanted)],
  )
  let n = 0
  for (const row of rows) {
    // A part of the newest day may be on pages before.
    if (row.day !== wanted.to) n += row.n
    if (n > limit) return row.day
  }
  return wanted.from
}

interface MoneyData {
  readonly lot_id: string
  readonly node_id: string
  readonly seq: string
  readonly day: string
  readonly what: MoneyWhat
  readonly means: string
  readonly fen: string
  readonly stay_id: string | null
  readonly order_id: string | null
  readonly at: Date
  readonly plate: string | null
  readonly colour: string | null
}

const rowOf = ({ lot_id, node_id, stay_id, order_id, at, seq, fen, ...row }: MoneyData) => ({
  lotId: lot_id,
  nodeId: node_id,
  seq: Number(seq),
  atMs: at.getTime(),
  fen: Number(fen),
  stayId: stay_id,
  orderId: order_id,
  ...row,
})

/** `$6` to `$10`: the row before. */
export const moneyRowsQuery = `SELECT m.*, s.plate, s.colour FROM (
    SELECT lot_id, node_id, seq, day::text AS day, what, means, fen, stay_id, order_id, at
    FROM centre.money WHERE ${wantedRows}
    AND ($6::date IS NULL OR (day, at, lot_id, node_id, seq) < ($6::date, $7::timestamptz, $8, $9, $10::bigint))
    ORDER BY centre.money.day DESC, at DESC, lot_id DESC, node_id DESC, centre.money.seq DESC LIMIT $11
  ) m LEFT JOIN LATERAL (
    SELECT plate, colour FROM centre.stay s WHERE s.lot_id = m.lot_id AND s.node_id = m.node_id
    AND s.stay_id = m.stay_id LIMIT 1
  ) s ON true ORDER BY m.day DESC, m.at DESC, m.lot_id DESC, m.node_id DESC, m.seq DESC`

async function rowsOf(
  db: Transaction,
  asked: Wanted,
  after: MoneyPlace | null,
  limit: number,
): Promise<readonly MoneyRow[]> {
  const wanted = after === null ? asked : { ...asked, to: after.day }
  const read = async (from: string): Promise<readonly MoneyRow[]> => {
    const before =
      after === null
        ? [null, null, null, null, null]
        : [after.day, new Date(after.atMs), after.lotId, after.nodeId, after.seq]
    const values = [...valuesOf({ ...wanted, from }), ...before, limit + 1]
    return (await db.query<MoneyData>(moneyRowsQuery, values)).rows.map(rowOf)
  }
  const from = await firstDayOf(db, wanted, limit)
  const rows = await read(from)
  return rows.length > limit || from === wanted.from ? rows : read(wanted.from)
}

const keyOf = { day: 'day::text', lot: 'lot_id' } as const

export const moneyCalls: CallRows<MoneyCalls> = {
  'money.table': {
    right: 'person',
    args: z.strictObject({ ...ask, by: z.enum(['day', 'lot']) }),
    answer: ({ by, ...asked }, { run, nowMs }) =>
      run(async (db) => {
        const lots = await lotsAsked(db, asked.lotId)
        const wanted = await wantedOf(db, { ...asked, what: null, means: null })
        const { rows } = await db.query<MoneyCell>(
          `SELECT ${keyOf[by]} AS key, what, means, ${sums} FROM centre.taking
  WHERE ${wantedRows}
           GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
          [...valuesOf(wanted)],
        )
        const notes = await sumNotesOf(db, wanted.lotIds, wanted)
        return { lots, cells: rows, notes, ...(await freshnessOf(db, wanted.lotIds, nowMs)) }
      }),
  },
  'money.proof': {
    right: 'person',
    args: z.strictObject(rowsAsk),
    answer: (asked, { run }) => run(async (db) => proofOf(db, await wantedOf(db, asked))),
  },
  'money.rows': {
    right: 'person',
    args: z.strictObject({ ...rowsAsk, after: place.nullable() }),
    answer: ({ after, ...asked }, { run }) =>
      run(async (db) => {
        const found = await rowsOf(db, await wantedOf(db, asked), after, pageRows)
        const rows = found.slice(0, pageRows)
        const last = rows.at(-1)
        if (found.length <= pageRows || last === undefined) return { rows, next: null }
        const { day, atMs, lotId, nodeId, seq } = last
        return { rows, next: { day, atMs, lotId, nodeId, seq } }
      }),
  },
  'money.export': {
    right: 'person',
    args: z.strictObject(rowsAsk),
    answer: (asked, { run }) =>
      run(async (db) => {
        const wanted = await wantedOf(db, asked)
        const found = await rowsOf(db, wanted, null, exportRows)
        const rows = found
          .slice(0, exportRows)
          .map((row) => ({ ...row, plate: row.plate === null ? null : plateMask(row.plate) }))
        const notes = await sumNotesOf(db, wanted.lotIds, wanted)
        return { rows, isCut: found.length > exportRows, notes }
      }),
  },
}
