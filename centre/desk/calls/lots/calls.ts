// Lots with their feeds, and one lot with its keys, its newest batches and the rows of one.
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { feedLimits } from '../../../../firmware-runtime/core/centre/row-feed.ts'
import { idText, known, noArguments, seqNumber, type CallRows } from '../../call.ts'
import { lotsOf } from './list.ts'
import type { BatchView, KeyView, LotsCalls } from './views.ts'

const batchesMax = 50

const keysQuery = `SELECT serial, use, from_at, to_at, revoked_at, revoked_by FROM desk.lot_key
  WHERE lot_id = $1 ORDER BY revoked_at IS NOT NULL, from_at DESC, use`

const batchColumns = 'node_id, from_seq, to_seq, head, serial, length(rows) AS bytes'
const batchesQuery = `SELECT ${batchColumns} FROM centre.lot_batch WHERE lot_id = $1
  ORDER BY month DESC, to_seq DESC LIMIT ${batchesMax}`
const batchQuery = `SELECT ${batchColumns}, rows FROM centre.lot_batch
  WHERE lot_id = $1 AND node_id = $2 AND to_seq = $3`

interface KeyData {
  readonly serial: string
  readonly use: string
  readonly from_at: Date
  readonly to_at: Date
  readonly revoked_at: Date | null
  readonly revoked_by: string | null
}
interface BatchData {
  readonly node_id: string
  readonly from_seq: string
  readonly to_seq: string
  readonly head: Buffer
  readonly serial: string
  readonly bytes: number
}

const keyOf = (row: KeyData): KeyView => ({
  serial: row.serial,
  use: row.use,
  fromMs: row.from_at.getTime(),
  toMs: row.to_at.getTime(),
  revokedMs: row.revoked_at?.getTime() ?? null,
  revokedBy: row.revoked_by,
})

const batchOf = ({ node_id, from_seq, to_seq, head, serial, bytes }: BatchData): BatchView => ({
  nodeId: node_id,
  fromSeq: Number(from_seq),
  toSeq: Number(to_seq),
  head: head.toString('hex'),
  serial,
  bytes,
})

const linesOf = (rows: Buffer, fromSeq: number) =>
  gunzipSync(rows, { maxOutputLength: feedLimits.plainBytesMax })
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((text, at) => ({ seq: fromSeq + at, text }))

export const lotsCalls: CallRows<LotsCalls> = {
  'lots.list': {
    right: 'person',
    args: noArguments,
    answer: (_, { run, nowMs }) => run((db) => lotsOf(db, nowMs)),
  },
  'lots.get': {
    right: 'person',
    args: z.strictObject({ lotId: idText }),
    answer: ({ lotId }, { run, nowMs }) =>
      run(async (db) => {
        const lot = known((await lotsOf(db, nowMs, lotId))[0], 'lotId', lotId)
        const keys = await db.query<KeyData>(keysQuery, [lotId])
        const batches = await db.query<BatchData>(batchesQuery, [lotId])
        return { ...lot, keys: keys.rows.map(keyOf), batches: batches.rows.map(batchOf) }
      }),
  },
  'lots.batch': {
    right: 'person',
    args: z.strictObject({ lotId: idText, nodeId: idText, toSeq: seqNumber }),
    answer: ({ lotId, nodeId, toSeq }, { run }) =>
      run(async (db) => {
        const { rows } = await db.query<BatchData & { readonly rows: Buffer }>(batchQuery, [
          lotId,
          nodeId,
          toSeq,
        ])
        const row = known(rows[0], 'toSeq', String(toSeq))
        return { ...batchOf(row), lines: linesOf(row.rows, Number(row.from_seq)) }
      }),
  },
}
