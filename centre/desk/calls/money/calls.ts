// The money of days, lots and means: the sums that the fold keeps, the rows that they are made of, and both beside each
// other. Payments and refunds are never added up.
import { z } from 'zod'
import { plateMask } from '#base/pure/words/mask.ts'
import { dayMs, isoOf, parseIso } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { idText, seqNumber, type CallRows } from '../../call.ts'
import { exactOf } from '../../exact.ts'
import type { Transaction } from '../../in-lots.ts'
import { freshnessOf, lotsAsked } from '../../lots-asked.ts'
import { sumNotesOf, type AsideRow } from '../../sum-notes.ts'
import { chunksOf } from '../../streamed.ts'
import { spanOf, type DaySpan } from './span.ts'
import type {
  ExportedMoney,
  MoneyCalls,
  MoneyCell,
  MoneyPlace,
  MoneyProof,
  MoneyRow,
  MoneyWhat,
} from './views.ts'

const pageRows = 100

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

const sums = 'sum(n) AS n, sum(fen) AS fen'
/** In one statement, so that the fold cannot write between table and rows. */
const proofQuery = `SELECT 'table' AS "of", what, ${sums} FROM centre.taking
  WHERE ${wantedRows} GROUP BY what
  UNION ALL SELECT 'rows', what, count(*)::numeric, sum(fen) FROM centre.money
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
    `SELECT day::text AS day, sum(n) AS n FROM centre.taking WHERE ${wantedRows}
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
}

const rowOf = (
  { lot_id, node_id, stay_id, order_id, at, seq, fen, ...row }: MoneyData,
  car: Car | undefined,
): MoneyRow => ({
  lotId: lot_id,
  nodeId: node_id,
  seq: Number(seq),
  atMs: at.getTime(),
  fen: exactOf(fen),
  stayId: stay_id,
  orderId: order_id,
  ...row,
  plate: car?.plate ?? null,
  colour: car?.colour ?? null,
})

const moneyColumns =
  'lot_id, node_id, seq, day::text AS day, what, means, fen, stay_id, order_id, at'

/** `$6` to `$10`: the row before. */
export const moneyRowsQuery = `SELECT ${moneyColumns} FROM centre.money WHERE ${wantedRows}
  AND ($6::date IS NULL OR (day, at, lot_id, node_id, seq) < ($6::date, $7::timestamptz, $8, $9, $10::bigint))
  ORDER BY centre.money.day DESC, at DESC, lot_id DESC, node_id DESC, centre.money.seq DESC LIMIT $11`

/** Rows of one day, which is `$2` and `$3`: of one month alone, and sorted without the rest of it. */
export const moneyDayQuery = `SELECT ${moneyColumns} FROM centre.money WHERE ${wantedRows}
  ORDER BY at DESC, lot_id DESC, node_id DESC, centre.money.seq DESC`

interface Car {
  readonly plate: string | null
  readonly colour: string
}

/** Cars of stays `$1` to `$3` that began in days from `$4` to `$5`: the months of those days alone are read. */
export const carsQuery = `SELECT lot_id, node_id, stay_id, plate, colour
  FROM unnest($1::text[], $2::text[], $3::text[]) w (lot_id, node_id, stay_id)
  JOIN centre.stay s USING (lot_id, node_id, stay_id) WHERE s.day BETWEEN $4::date AND $5::date`

const startOfDay = (day: string): number => present(parseIso(`${day}T00:00:00+08:00`), 'a day')
const dayAtMs = (ms: number): string => isoOf(ms).slice(0, 10)

const stayKey = (row: Pick<MoneyData, 'lot_id' | 'node_id' | 'stay_id'>): string =>
  JSON.stringify([row.lot_id, row.node_id, row.stay_id])

/** Most stays began on the day of their payment or the day before; only the others are looked for in all months. */
async function withCars(db: Transaction, rows: readonly MoneyData[]): Promise<readonly MoneyRow[]> {
  const cars = new Map<string, Car>()
  if (rows.length === 0) return []
  const days = rows.map(({ day }) => day).toSorted()
  const before = dayAtMs(startOfDay(present(days[0], 'a first row')) - dayMs)
  for (const within of [
    [before, days.at(-1)],
    ['-infinity', 'infinity'],
  ]) {
    const missing = new Map(
      rows
        .filter((row) => row.stay_id !== null && !cars.has(stayKey(row)))
        .map((row) => [stayKey(row), row]),
    )
    if (missing.size === 0) break
    const wanted = [...missing.values()]
    const found = await db.query<Car & Pick<MoneyData, 'lot_id' | 'node_id' | 'stay_id'>>(
      carsQuery,
      [
        wanted.map((row) => row.lot_id),
        wanted.map((row) => row.node_id),
        wanted.map((row) => row.stay_id),
        ...within,
      ],
    )
    for (const row of found.rows) cars.set(stayKey(row), row)
  }
  return rows.map((row) => rowOf(row, cars.get(stayKey(row))))
}

/** Newest day first. */
function daysOf({ from, to }: DaySpan): readonly string[] {
  const days: string[] = []
  for (let at = startOfDay(to); at >= startOfDay(from); at -= dayMs) days.push(dayAtMs(at))
  return days
}

/** A row that a person set aside, as a line without an amount. */
const asideLine = ({ means, ...row }: AsideRow): ExportedMoney => ({
  ...row,
  what: 'aside',
  means: means ?? '',
  fen: 0,
  plate: null,
  colour: null,
  orderId: null,
})

async function* exported(
  db: Transaction,
  ask: MoneyCalls['money.export']['args'],
): AsyncGenerator<readonly ExportedMoney[]> {
  const wanted = await wantedOf(db, ask)
  for (const day of daysOf(wanted))
    for await (const rows of chunksOf<MoneyData>(
      db,
      moneyDayQuery,
      valuesOf({ ...wanted, from: day, to: day }),
    ))
      yield (await withCars(db, rows)).map((row) => ({
        ...row,
        plate: row.plate === null ? null : plateMask(row.plate),
      }))
  const { aside } = await sumNotesOf(db, wanted.lotIds, wanted)
  if (aside.length > 0) yield aside.map(asideLine)
}

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
    return withCars(db, (await db.query<MoneyData>(moneyRowsQuery, values)).rows)
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
    chunks: (asked, { stream }) => stream((db) => exported(db, asked)),
  },
}
