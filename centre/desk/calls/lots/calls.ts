// Lots with their feeds, and one lot with its keys, its newest batches and the rows of one.
import { z } from 'zod'
import type { BilingualText } from '../../../../firmware-runtime/core/values/fault-text.ts'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { idText, known, noArguments, seqNumber, type CallRows } from '../../call.ts'
import type { Transaction } from '../../in-lots.ts'
import {
  batchColumns,
  batchHolding,
  batchOf,
  linesOf,
  signaturesOf,
  type BatchData,
} from '../../signed-batch.ts'
import type { FeedView, KeyView, LotRow, LotsCalls } from './views.ts'

const batchesMax = 50

/** `$1`: one lot, or null for all. */
const lotsQuery = `SELECT lot_id, name, state,
  (SELECT coalesce(json_agg(json_build_object('nodeId', node_id, 'lastSeq', c.last_seq,
      'heardMs', round(extract(epoch FROM c.heard) * 1000),
      'beatMs', round(extract(epoch FROM b.heard) * 1000),
      'toCome', greatest(0, coalesce((b.beat->>'lastSeq')::bigint, 0) - c.last_seq),
      'unfolded', c.last_seq - coalesce(f.seq, 0)) ORDER BY node_id), '[]')
    FROM centre.lot_cursor c LEFT JOIN centre.lot_beat b USING (lot_id, node_id)
    LEFT JOIN centre.fold_cursor f USING (lot_id, node_id) WHERE c.lot_id = l.lot_id) AS feeds,
  (SELECT coalesce(json_agg(DISTINCT kind ORDER BY kind), '[]') FROM desk.matter m
    WHERE m.lot_id = l.lot_id AND ended_at IS NULL) AS matters,
  (SELECT min(to_at) FROM desk.lot_key k WHERE k.lot_id = l.lot_id AND revoked_at IS NULL) AS keys_to
  FROM centre.lot l WHERE $1::text IS NULL OR lot_id = $1 ORDER BY lot_id`

const keysQuery = `SELECT serial, use, from_at, to_at, revoked_at, revoked_by FROM desk.lot_key
  WHERE lot_id = $1 ORDER BY revoked_at IS NOT NULL, from_at DESC, use`

const batchesQuery = `SELECT ${batchColumns} FROM centre.lot_batch WHERE lot_id = $1
  ORDER BY month DESC, to_seq DESC LIMIT ${batchesMax}`
interface LotData {
  readonly lot_id: string
  readonly name: BilingualText
  readonly state: string
  readonly feeds: readonly FeedView[]
  readonly matters: readonly string[]
  readonly keys_to: Date | null
}
interface KeyData {
  readonly serial: string
  readonly use: string
  readonly from_at: Date
  readonly to_at: Date
  readonly revoked_at: Date | null
  readonly revoked_by: string | null
}
async function lotsOf(db: Transaction, lotId: string | null): Promise<readonly LotRow[]> {
  const { rows } = await db.query<LotData>(lotsQuery, [lotId])
  return rows.map(({ lot_id, keys_to, ...row }) => ({
    lotId: lot_id,
    ...row,
    keysToMs: keys_to?.getTime() ?? null,
  }))
}

const keyOf = (row: KeyData): KeyView => ({
  serial: row.serial,
  use: row.use,
  fromMs: row.from_at.getTime(),
  toMs: row.to_at.getTime(),
  revokedMs: row.revoked_at?.getTime() ?? null,
  revokedBy: row.revoked_by,
})

export const lotsCalls: CallRows<LotsCalls> = {
  'lots.list': {
    right: 'person',
    args: noArguments,
    answer: (_, { run }) => run((db) => lotsOf(db, null)),
  },
  'lots.get': {
    right: 'person',
    args: z.strictObject({ lotId: idText }),
    answer: ({ lotId }, { run }) =>
      run(async (db) => {
        const lot = known((await lotsOf(db, lotId))[0], 'lotId', lotId)
        const keys = await db.query<KeyData>(keysQuery, [lotId])
        const batches = await db.query<BatchData>(batchesQuery, [lotId])
        return { ...lot, keys: keys.rows.map(keyOf), batches: batches.rows.map(batchOf) }
      }),
  },
  'lots.batch': {
    right: 'person',
    args: z.strictObject({ lotId: idText, nodeId: idText, seq: seqNumber }),
    answer: (place, { run }) =>
      run(async (db) => {
        const batch = known(await batchHolding(db, place), 'seq', String(place.seq))
        const lines = await linesOf(batch)
        const [signature] = await signaturesOf(db, [{ batch, lines }])
        return { ...batchOf(batch), lines, signature: present(signature, 'one batch, one answer') }
      }),
  },
}
