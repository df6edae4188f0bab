// Throws the figures away and folds them anew from the batches: they come out the same, or something is wrong.
import type pg from 'pg'
import { digestsOf, type Digests } from './digest.ts'
import { Fold, type FoldParts } from './fold.ts'

export interface Refolded {
  /** Both are the same. */
  readonly ok: boolean
  readonly before: Digests
  readonly after: Digests
  /** Feeds whose rows cannot all be folded. */
  readonly stopped: readonly {
    readonly lotId: string
    readonly nodeId: string
    readonly rows: number
  }[]
}

/** In one statement: who is killed behind it folds on at the next start. */
const dropSql = `TRUNCATE centre.stay, centre.money, centre.taking, centre.flow, centre.refund_open,
  centre.set_aside, centre.odd_money, centre.fold_cursor`

export const dropFigures = (pool: pg.Pool): Promise<unknown> => pool.query(dropSql)

const lagSql = `SELECT c.lot_id AS "lotId", c.node_id AS "nodeId",
    (c.last_seq - coalesce(f.seq, 0))::float8 AS rows
  FROM centre.lot_cursor c LEFT JOIN centre.fold_cursor f USING (lot_id, node_id)
  WHERE c.last_seq > coalesce(f.seq, 0) ORDER BY 1, 2`

/** Rows that were not folded yet are folded first. `told`: rows folded so far, after each chunk. */
export async function refoldAll(parts: FoldParts, told: (rows: number) => void): Promise<Refolded> {
  const { pool } = parts
  await new Fold(parts).run(told)
  const before = await digestsOf(pool)
  await dropFigures(pool)
  await new Fold(parts).run(told)
  const after = await digestsOf(pool)
  const { rows } = await pool.query<Refolded['stopped'][number]>(lagSql)
  const ok = JSON.stringify(before) === JSON.stringify(after)
  return { ok, before, after, stopped: rows }
}
