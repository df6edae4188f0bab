// Stays of all lots of a person, found by plate or number, and the story of one.
import { z } from 'zod'
import { plateMask } from '#base/pure/words/mask.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { idText, known, type CallRows } from '../../call.ts'
import { exactOf } from '../../exact.ts'
import type { Transaction } from '../../in-lots.ts'
import { lotsAsked } from '../../lots-asked.ts'
import { chunksOf } from '../../streamed.ts'
import { storyOf } from './story.ts'
import type { FoundBy, StayPlace, StaysCalls, StayView } from './views.ts'
import { backwards, behind, wordOf } from './word.ts'

const pageStays = 100

interface StayData {
  readonly lot_id: string
  readonly node_id: string
  readonly stay_id: string
  readonly lot_name: BilingualText
  readonly plate: string | null
  readonly colour: string
  readonly entered_at: Date
  readonly left_at: Date | null
  readonly ended: string | null
  readonly no_entry: boolean
  readonly entry_lane: string | null
  readonly exit_lane: string | null
  readonly order_fen: string
  readonly paid_fen: string
  readonly back_fen: string
  readonly first_seq: string
  readonly last_seq: string
  readonly odd_clock: boolean
}

const viewOf = (row: StayData): StayView => ({
  lotId: row.lot_id,
  nodeId: row.node_id,
  stayId: row.stay_id,
  lotName: row.lot_name,
  plate: row.plate,
  colour: row.colour,
  enteredMs: row.entered_at.getTime(),
  leftMs: row.left_at?.getTime() ?? null,
  ended: row.ended,
  noEntry: row.no_entry,
  entryLane: row.entry_lane,
  exitLane: row.exit_lane,
  orderFen: exactOf(row.order_fen),
  paidFen: exactOf(row.paid_fen),
  backFen: exactOf(row.back_fen),
  firstSeq: Number(row.first_seq),
  lastSeq: Number(row.last_seq),
  oddClock: row.odd_clock,
})

const columns = `lot_id, node_id, stay_id, plate, colour, entered_at, left_at, ended, no_entry,
  entry_lane, exit_lane, order_fen, paid_fen, back_fen, first_seq, last_seq, odd_clock,
  (SELECT name FROM centre.lot l WHERE l.lot_id = s.lot_id) AS lot_name`

/** Conditions with `$2` and `$3`; the number of a stay or an order begins with its node. */
const conditions: Readonly<Record<Exclude<FoundBy, 'short'>, string>> = {
  plate: 'plate = $2 AND $3::text IS NOT NULL',
  start: 'plate >= $2 AND plate < $3',
  tail: 'tail >= $2 AND tail < $3',
  stay: 'node_id = $3 AND stay_id = $2',
  order: `node_id = $3 AND (lot_id, stay_id) IN (SELECT m.lot_id, m.stay_id FROM centre.money m
    WHERE m.lot_id = ANY ($1::text[]) AND m.order_id = $2)`,
}

export const staysQuery = (by: Exclude<FoundBy, 'short'>): string =>
  `SELECT ${columns} FROM centre.stay s WHERE lot_id = ANY ($1::text[]) AND ${conditions[by]}
   AND ($4::timestamptz IS NULL OR (entered_at, lot_id, node_id, stay_id) < ($4, $5, $6, $7))
   ORDER BY entered_at DESC, lot_id DESC, node_id DESC, stay_id DESC LIMIT $8`

/** Of the month from `$4` to before `$5`. */
export const staysOfMonthQuery = (by: Exclude<FoundBy, 'short'>): string =>
  `SELECT ${columns} FROM centre.stay s WHERE lot_id = ANY ($1::text[]) AND ${conditions[by]}
   AND day >= $4::date AND day < $5::date
   ORDER BY entered_at DESC, lot_id DESC, node_id DESC, stay_id DESC`

/** First days of the months of stays, newest first, each with that of the next one. */
const monthsQuery = `SELECT m::text AS first, (m + interval '1 month')::date::text AS next
  FROM (SELECT to_date(right(c.relname, 6), 'YYYYMM') AS m FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'centre.stay'::regclass) s ORDER BY m DESC`

function limitsOf(by: FoundBy, text: string): readonly [string, string] {
  if (by === 'stay' || by === 'order') return [text, text.split('-')[0] ?? '']
  const start = by === 'tail' ? backwards(text) : text
  return [start, behind(start)]
}

interface Found {
  readonly by: FoundBy
  readonly stays: readonly StayView[]
}

async function find(
  db: Transaction,
  { lotId, word }: Omit<StaysCalls['stays.find']['args'], 'after'>,
  after: StayPlace | null,
  limit: number,
): Promise<Found> {
  const lots = await lotsAsked(db, lotId)
  const { by, text } = wordOf(word)
  if (by === 'short') return { by, stays: [] }
  const before =
    after === null
      ? [null, null, null, null]
      : [new Date(after.enteredMs), after.lotId, after.nodeId, after.stayId]
  const { rows } = await db.query<StayData>(staysQuery(by), [
    lots.map((one) => one.lotId),
    ...limitsOf(by, text),
    ...before,
    limit + 1,
  ])
  return { by, stays: rows.map(viewOf) }
}

async function* exported(
  db: Transaction,
  { lotId, word }: StaysCalls['stays.export']['args'],
): AsyncGenerator<readonly StayView[]> {
  const lots = await lotsAsked(db, lotId)
  const { by, text } = wordOf(word)
  if (by === 'short') return
  const months = await db.query<{ first: string; next: string }>(monthsQuery)
  const values = [lots.map((one) => one.lotId), ...limitsOf(by, text)]
  for (const { first, next } of months.rows)
    for await (const rows of chunksOf<StayData>(db, staysOfMonthQuery(by), [
      ...values,
      first,
      next,
    ]))
      yield rows
        .map(viewOf)
        .map((one) => ({ ...one, plate: one.plate === null ? null : plateMask(one.plate) }))
}

const ask = { lotId: idText, word: z.string().max(40) }
const place = z.strictObject({
  enteredMs: z.number().int(),
  lotId: idText,
  nodeId: idText,
  stayId: idText,
})

export const stayCalls: CallRows<StaysCalls> = {
  'stays.find': {
    right: 'person',
    args: z.strictObject({ ...ask, after: place.nullable() }),
    answer: ({ after, ...asked }, { run }) =>
      run(async (db) => {
        const { by, stays: found } = await find(db, asked, after, pageStays)
        const stays = found.slice(0, pageStays)
        const last = stays.at(-1)
        if (found.length <= pageStays || last === undefined) return { by, stays, next: null }
        const { enteredMs, lotId, nodeId, stayId } = last
        return { by, stays, next: { enteredMs, lotId, nodeId, stayId } }
      }),
  },
  'stays.export': {
    right: 'person',
    args: z.strictObject(ask),
    chunks: (asked, { stream }) => stream((db) => exported(db, asked)),
  },
  'stays.story': {
    right: 'person',
    args: z.strictObject({ lotId: idText, nodeId: idText, stayId: idText }),
    answer: ({ lotId, nodeId, stayId }, { run }) =>
      run(async (db) => {
        const { rows } = await db.query<StayData>(
          `SELECT ${columns} FROM centre.stay s WHERE lot_id = $1 AND node_id = $2 AND stay_id = $3
           ORDER BY day LIMIT 1`,
          [lotId, nodeId, stayId],
        )
        return storyOf(db, viewOf(known(rows[0], 'stayId', stayId)))
      }),
  },
}
