// The lots that a question is about, and how fresh their figures are.
import { present } from '../../firmware-runtime/core/values/must.ts'
import type { BilingualText } from '../../firmware-runtime/core/values/fault-text.ts'
import { known } from './call.ts'
import type { Transaction } from './in-lots.ts'

/** In place of a lot: all lots of the person. */
const allLots = '*'

interface LotName {
  readonly lotId: string
  readonly name: BilingualText
}

/** Throws CENTRE-38 for a lot that is not there, or that the person does not see. */
export async function lotsAsked(db: Transaction, lotId: string): Promise<readonly LotName[]> {
  const { rows } = await db.query<{ lot_id: string; name: BilingualText }>(
    `SELECT lot_id, name FROM centre.lot WHERE $1 = '${allLots}' OR lot_id = $1 ORDER BY lot_id`,
    [lotId],
  )
  if (lotId !== allLots) known(rows[0], 'lotId', lotId)
  return rows.map(({ lot_id, name }) => ({ lotId: lot_id, name }))
}

/** How old the figures of some lots are, and what is not in them yet. */
export interface Freshness {
  /** When the lot that was silent longest was last heard; null: none was. */
  readonly heardMs: number | null
  /** Rows that the lots had at their last heartbeats and that are not here. */
  readonly toCome: number
  /** Rows that are here and in no figure yet. */
  readonly unfolded: number
}

export async function freshnessOf(db: Transaction, lotIds: readonly string[]): Promise<Freshness> {
  const { rows } = await db.query<{ heard: Date | null; to_come: number; unfolded: number }>(
    `SELECT min(greatest(c.heard, b.heard)) AS heard,
       coalesce(sum(greatest(0, (b.beat->>'lastSeq')::bigint - c.last_seq)), 0)::float8 AS to_come,
       coalesce(sum(c.last_seq - coalesce(f.seq, 0)), 0)::float8 AS unfolded
     FROM centre.lot_cursor c LEFT JOIN centre.lot_beat b USING (lot_id, node_id)
     LEFT JOIN centre.fold_cursor f USING (lot_id, node_id) WHERE c.lot_id = ANY ($1)`,
    [lotIds],
  )
  const { heard, to_come, unfolded } = present(rows[0], 'an aggregate has one row')
  return { heardMs: heard?.getTime() ?? null, toCome: to_come, unfolded }
}
