// Lots with their feeds, and one lot with its keys, its newest batches and the rows of one.
import { z } from 'zod'
import { present } from '#base/pure/values/must.ts'
import { idText, known, noArguments, seqNumber, type CallRows } from '../../call.ts'
import {
  batchColumns,
  batchHolding,
  batchOf,
  linesOf,
  signaturesOf,
  type BatchData,
} from '../../signed-batch.ts'
import { lotsOf } from './list.ts'
import type { KeyView, LotsCalls } from './views.ts'

const batchesMax = 50

const keysQuery = `SELECT serial, use, from_at, to_at, revoked_at, revoked_by FROM desk.lot_key
  WHERE lot_id = $1 ORDER BY revoked_at IS NOT NULL, from_at DESC, use`

const batchesQuery = `SELECT ${batchColumns} FROM centre.lot_batch WHERE lot_id = $1
  ORDER BY month DESC, to_seq DESC LIMIT ${batchesMax}`

interface KeyData {
  readonly serial: string
  readonly use: string
  readonly from_at: Date
  readonly to_at: Date
  readonly revoked_at: Date | null
  readonly revoked_by: string | null
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
