// The tables of the figures as the fold reads and writes them: each with one statement for all rows of a chunk.
import type pg from 'pg'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Money, OpenRefund, Stay } from './changes.ts'
import { withinYears, type Placed } from './day.ts'

export interface FeedPlace {
  readonly lotId: string
  readonly nodeId: string
}
export const keyOf = ({ lotId, nodeId }: FeedPlace, id = ''): string => `${lotId}/${nodeId}/${id}`

export type StayRow = Stay & FeedPlace
export type RefundRow = OpenRefund & FeedPlace
export type MoneyRow = Money &
  FeedPlace &
  Placed & { readonly seq: number; readonly atMs: InstantMs }
export interface TakingRow {
  readonly lotId: string
  readonly day: string
  readonly hour: number
  readonly what: string
  readonly means: string
  n: number
  fen: number
}
export interface FlowRow {
  readonly lotId: string
  readonly day: string
  readonly hour: number
  entered: number
  left: number
}
export interface CursorRow extends FeedPlace {
  readonly seq: number
  readonly day: string
  /** Of the last row whose clock can be right; null: none of these rows has one. */
  readonly atMs: InstantMs | null
}
export interface SetAsideRow extends FeedPlace {
  readonly seq: number
  readonly day: string
  /** As the row says them; null: it does not. */
  readonly kind: string | null
  readonly amount: string | null
  readonly means: string | null
  readonly stayId: string | null
}
export type OddMoneyRow = MoneyRow & { readonly isPast: boolean }

type Columns<T> = Readonly<Record<string, readonly [type: string, of: (row: T) => unknown]>>

const timeOf = (atMs: InstantMs | null): string | null =>
  atMs === null ? null : isoOf(withinYears(atMs))

/** `behind`: what follows the values. */
function writer<T>(table: string, columns: Columns<T>, behind = '') {
  const names = Object.keys(columns).join(', ')
  const values = Object.values(columns)
  const given = values.map(([type], at) => `$${at + 1}::${type}[]`).join(', ')
  const text = `INSERT INTO centre.${table} (${names}) SELECT * FROM unnest(${given}) ${behind}`
  return async (client: pg.ClientBase, rows: readonly T[]): Promise<void> => {
    if (rows.length === 0) return
    await client.query(
      text,
      values.map(([, of]) => rows.map(of)),
    )
  }
}

const lot: Columns<Pick<FeedPlace, 'lotId'>> = { lot_id: ['text', ({ lotId }) => lotId] }
const place: Columns<FeedPlace> = { ...lot, node_id: ['text', ({ nodeId }) => nodeId] }

const lasting: Columns<StayRow> = {
  plate: ['text', (one) => one.plate],
  colour: ['text', (one) => one.colour],
  left_at: ['timestamptz', (one) => timeOf(one.leftAtMs)],
  ended: ['text', (one) => one.ended],
  exit_lane: ['text', (one) => one.exitLane],
  order_fen: ['bigint', (one) => one.orderFen],
  paid_fen: ['bigint', (one) => one.paidFen],
  back_fen: ['bigint', (one) => one.backFen],
  last_seq: ['bigint', (one) => one.lastSeq],
}

const replaced = Object.keys(lasting)
  .map((name) => `${name} = EXCLUDED.${name}`)
  .join(', ')

export const writeStays = writer<StayRow>(
  'stay',
  {
    ...place,
    stay_id: ['text', (one) => one.stayId],
    day: ['date', (one) => one.day],
    entered_at: ['timestamptz', (one) => timeOf(one.enteredAtMs)],
    no_entry: ['boolean', (one) => one.noEntry],
    entry_lane: ['text', (one) => one.entryLane],
    first_seq: ['bigint', (one) => one.firstSeq],
    odd_clock: ['boolean', (one) => one.oddClock],
    ...lasting,
  },
  `ON CONFLICT (lot_id, node_id, stay_id, day) DO UPDATE SET ${replaced}`,
)

export const writeMoney = writer<MoneyRow>('money', {
  ...place,
  seq: ['bigint', (one) => one.seq],
  day: ['date', (one) => one.day],
  hour: ['smallint', (one) => one.hour],
  what: ['text', (one) => one.what],
  means: ['text', (one) => one.means],
  fen: ['bigint', (one) => one.fen],
  stay_id: ['text', (one) => one.stayId],
  order_id: ['text', (one) => one.orderId],
  at: ['timestamptz', (one) => timeOf(one.atMs)],
})

export const writeTakings = writer<TakingRow>(
  'taking',
  {
    ...lot,
    day: ['date', (one) => one.day],
    hour: ['smallint', (one) => one.hour],
    what: ['text', (one) => one.what],
    means: ['text', (one) => one.means],
    n: ['bigint', (one) => one.n],
    fen: ['bigint', (one) => one.fen],
  },
  `ON CONFLICT (lot_id, day, hour, what, means)
   DO UPDATE SET n = taking.n + EXCLUDED.n, fen = taking.fen + EXCLUDED.fen`,
)

export const writeFlows = writer<FlowRow>(
  'flow',
  {
    ...lot,
    day: ['date', (one) => one.day],
    hour: ['smallint', (one) => one.hour],
    entered: ['bigint', (one) => one.entered],
    left_n: ['bigint', (one) => one.left],
  },
  `ON CONFLICT (lot_id, day, hour)
   DO UPDATE SET entered = flow.entered + EXCLUDED.entered, left_n = flow.left_n + EXCLUDED.left_n`,
)

export const writeCursors = writer<CursorRow>(
  'fold_cursor',
  {
    ...place,
    seq: ['bigint', (one) => one.seq],
    day: ['date', (one) => one.day],
    at: ['timestamptz', (one) => timeOf(one.atMs)],
  },
  `ON CONFLICT (lot_id, node_id) DO UPDATE SET seq = EXCLUDED.seq, day = EXCLUDED.day,
   at = coalesce(EXCLUDED.at, fold_cursor.at)`,
)

export const writeSetAside = writer<SetAsideRow>('set_aside', {
  ...place,
  seq: ['bigint', (one) => one.seq],
  day: ['date', (one) => one.day],
  kind: ['text', (one) => one.kind],
  amount: ['text', (one) => one.amount],
  means: ['text', (one) => one.means],
  stay_id: ['text', (one) => one.stayId],
})

export const writeOddMoney = writer<OddMoneyRow>('odd_money', {
  ...place,
  seq: ['bigint', (one) => one.seq],
  day: ['date', (one) => one.day],
  what: ['text', (one) => one.what],
  fen: ['bigint', (one) => one.fen],
  past: ['boolean', (one) => one.isPast],
})

export const writeRefunds = writer<RefundRow>(
  'refund_open',
  {
    ...place,
    refund_id: ['text', (one) => one.refundId],
    fen: ['bigint', (one) => one.fen],
    stay_id: ['text', (one) => one.stayId],
    order_id: ['text', (one) => one.orderId],
  },
  'ON CONFLICT (lot_id, node_id, refund_id) DO NOTHING',
)

/** A stay or a refund of a feed. */
interface Named extends FeedPlace {
  readonly id: string
}

const namesOf = (names: readonly Named[]): string[][] => [
  names.map(({ lotId }) => lotId),
  names.map(({ nodeId }) => nodeId),
  names.map(({ id }) => id),
]
const named = 'unnest($1::text[], $2::text[], $3::text[])'

export async function dropRefunds(
  client: pg.ClientBase,
  rows: readonly RefundRow[],
): Promise<void> {
  if (rows.length === 0) return
  const names = rows.map(({ lotId, nodeId, refundId: id }) => ({ lotId, nodeId, id }))
  await client.query(
    `DELETE FROM centre.refund_open WHERE (lot_id, node_id, refund_id) IN (SELECT * FROM ${named})`,
    namesOf(names),
  )
}

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`

export async function readStays(
  client: pg.ClientBase,
  names: readonly Named[],
): Promise<readonly StayRow[]> {
  if (names.length === 0) return []
  const { rows } = await client.query<StayRow>(
    `SELECT lot_id AS "lotId", node_id AS "nodeId", stay_id AS "stayId",
       to_char(day, 'YYYY-MM-DD') AS day, plate, colour, ${ms('entered_at')} AS "enteredAtMs",
       ${ms('left_at')} AS "leftAtMs", ended, no_entry AS "noEntry", entry_lane AS "entryLane",
       exit_lane AS "exitLane", order_fen::float8 AS "orderFen", paid_fen::float8 AS "paidFen",
       back_fen::float8 AS "backFen", first_seq::float8 AS "firstSeq", last_seq::float8 AS "lastSeq",
       odd_clock AS "oddClock"
     FROM centre.stay WHERE (lot_id, node_id, stay_id) IN (SELECT * FROM ${named})`,
    namesOf(names),
  )
  return rows
}

export async function readRefunds(
  client: pg.ClientBase,
  names: readonly Named[],
): Promise<readonly RefundRow[]> {
  if (names.length === 0) return []
  const { rows } = await client.query<RefundRow>(
    `SELECT lot_id AS "lotId", node_id AS "nodeId", refund_id AS "refundId", fen::float8 AS fen,
       stay_id AS "stayId", order_id AS "orderId"
     FROM centre.refund_open WHERE (lot_id, node_id, refund_id) IN (SELECT * FROM ${named})`,
    namesOf(names),
  )
  return rows
}
