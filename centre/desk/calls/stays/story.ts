// The rows of one stay, picked out of the batches that hold them.
import { isObject, parsed } from '#base/pure/data/json.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Transaction } from '../../in-lots.ts'
import {
  batchColumns,
  batchOf,
  isWithheld,
  linesOf,
  signaturesOf,
  wholeBatches,
  type BatchData,
} from '../../signed-batch.ts'
import type { BatchView, LineView } from '../lots/views.ts'
import { chosenBatches, rangesAround, readBytesMax, unreadOf } from './reading.ts'
import type { StayView, StoryRow, StoryView } from './views.ts'

const withheldMax = 100
/** Rows of a batch at most (docs/centre.md): no batch that begins in a range ends further behind it. */
const rowsMax = 500

async function batchesIn(
  db: Transaction,
  { lotId, nodeId, firstSeq, lastSeq }: StayView,
  known: readonly number[],
): Promise<readonly BatchView[]> {
  const ranges = rangesAround({ fromSeq: firstSeq, toSeq: lastSeq }, known)
  const { rows } = await db.query<BatchData>(
    `SELECT DISTINCT ${batchColumns} FROM unnest($3::bigint[], $4::bigint[]) r(low, high)
     CROSS JOIN LATERAL (SELECT * FROM centre.lot_batch WHERE lot_id = $1 AND node_id = $2
       AND to_seq >= r.low AND to_seq < r.high + ${rowsMax} AND from_seq <= r.high) b`,
    [lotId, nodeId, ranges.map(({ fromSeq }) => fromSeq), ranges.map(({ toSeq }) => toSeq)],
  )
  return rows.map(batchOf)
}

function parsedRow(text: string): StoryRow['row'] {
  const row = parsed(text)
  if (!isObject(row)) return null
  const { body } = row
  return { ...row, body: typeof body === 'string' ? parsed(body) : body }
}

interface NumberedLine extends LineView {
  readonly batch: number
}

const isOwnRow = (text: string, member: string, ids: ReadonlySet<string>): boolean => {
  const found = new RegExp(`"${member}":"([^"\\\\]*)"`).exec(text)?.[1]
  return found !== undefined && ids.has(found)
}

/**
 * The rows of the stay, and those of its orders and charges that name no stay. In a canonical text a quote of the body is
 * escaped, so members are found without parsing all rows.
 */
export function rowsOfStay(lines: readonly NumberedLine[], stayId: string): readonly StoryRow[] {
  const mark = `"stayId":${JSON.stringify(stayId)}`
  const own = lines.filter(({ text }) => text.includes(mark))
  const [orders, charges] = [new Set<string>(), new Set<string>()]
  for (const { text } of own) {
    const row = parsed(text)
    if (!isObject(row)) continue
    if (typeof row['orderId'] === 'string') orders.add(row['orderId'])
    if (typeof row['deductionId'] === 'string') charges.add(row['deductionId'])
  }
  const isBeside = ({ text }: LineView): boolean =>
    !text.includes('"stayId":') &&
    (isOwnRow(text, 'orderId', orders) || isOwnRow(text, 'deductionId', charges))
  return [...own, ...lines.filter(isBeside)]
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ seq, text, batch }) => ({ seq, row: parsedRow(text), batch }))
}

async function moneySeqs(
  db: Transaction,
  { lotId, nodeId, stayId }: StayView,
): Promise<readonly number[]> {
  const { rows } = await db.query<{ seq: string }>(
    `SELECT seq FROM centre.money WHERE lot_id = $1 AND node_id = $2 AND stay_id = $3
     ORDER BY seq LIMIT 20`,
    [lotId, nodeId, stayId],
  )
  return rows.map(({ seq }) => Number(seq))
}

async function asideSeqs(
  db: Transaction,
  { lotId, nodeId, stayId }: StayView,
): Promise<readonly number[]> {
  const { rows } = await db.query<{ seq: string }>(
    `SELECT seq FROM centre.set_aside WHERE lot_id = $1 AND node_id = $2 AND stay_id = $3
     ORDER BY seq LIMIT ${withheldMax}`,
    [lotId, nodeId, stayId],
  )
  return rows.map(({ seq }) => Number(seq))
}

async function lanesOf(db: Transaction, { lotId, nodeId }: StayView): Promise<StoryView['lanes']> {
  const { rows } = await db.query<{ lane_id: string; name: BilingualText }>(
    `SELECT lane->>'laneId' AS lane_id, lane->'name' AS name
     FROM centre.lot_beat, jsonb_array_elements(beat->'lanes') lane WHERE lot_id = $1 AND node_id = $2`,
    [lotId, nodeId],
  )
  return rows.map(({ lane_id, name }) => ({ laneId: lane_id, name }))
}

export async function storyOf(
  db: Transaction,
  stay: StayView,
  bytesMax = readBytesMax,
): Promise<StoryView> {
  const range = { fromSeq: stay.firstSeq, toSeq: stay.lastSeq }
  const known = [range.fromSeq, ...(await moneySeqs(db, stay)), range.toSeq]
  const chosen = chosenBatches(await batchesIn(db, stay, known), known, bytesMax)
  const found = await wholeBatches(
    db,
    stay,
    chosen.map(({ toSeq }) => toSeq),
  )
  const read = await Promise.all(
    found.map(async (batch) => ({ batch, lines: await linesOf(batch) })),
  )
  const lines = read
    .flatMap(({ lines: own }, at) => own.map((line) => ({ ...line, batch: at })))
    .filter(({ seq }) => seq >= range.fromSeq && seq <= range.toSeq)
  const rows = rowsOfStay(lines, stay.stayId)
  const used = [...new Set(rows.map(({ batch }) => batch))]
  const holding = read.filter((_, at) => used.includes(at))
  const signatures = await signaturesOf(db, holding)
  return {
    stay,
    lanes: await lanesOf(db, stay),
    rows: rows.map((row) => ({ ...row, batch: used.indexOf(row.batch) })),
    batches: holding.flatMap(({ batch }, at) => {
      const [signature, { fromSeq, toSeq, serial }] = [signatures[at], batchOf(batch)]
      return signature === undefined ? [] : [{ fromSeq, toSeq, serial, ...signature }]
    }),
    withheld: lines
      .filter(({ text }) => isWithheld(text))
      .slice(0, withheldMax)
      .map(({ seq }) => seq),
    aside: await asideSeqs(db, stay),
    unread: unreadOf(range, chosen),
  }
}
