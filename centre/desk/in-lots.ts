// The one way of the desk to its database: a transaction that names the lots whose rows it may see and change. The
// policies of the tables hold it to them (centre/schema/rows.ts); no query is made beside it.
import type pg from 'pg'
import { inTransaction, onClient } from '../schema/transaction.ts'

/** Lot ids joined by commas; `*`: all, empty: none. */
export type LotScope = string

export type Transaction = Pick<pg.ClientBase, 'query'>

/** `isSteady`: all statements see the same rows, so that their sums agree. */
export const inLots = <T>(
  pool: pg.Pool,
  lots: LotScope,
  work: (db: Transaction) => Promise<T>,
  isSteady = false,
): Promise<T> =>
  onClient(pool, (client) =>
    inTransaction(client, async () => {
      if (isSteady) await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
      await client.query("SELECT set_config('etc.lots', $1, true)", [lots])
      return work(client)
    }),
  )
