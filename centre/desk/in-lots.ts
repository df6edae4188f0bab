// The one way of the desk to its database: a transaction that names the session of the person. The policies of the
// tables hold it to the lots of that person (centre/schema/desk-rights.ts); no query is made beside it.
import type pg from 'pg'
import { inTransaction, onClient } from '../schema/transaction.ts'

/** Lot ids joined by commas; `*`: all, empty: none. */
export type LotScope = string

export type Transaction = Pick<pg.ClientBase, 'query'>

/** `token`: of the session; null: no lots. `isSteady`: all statements see the same rows, so that their sums agree. */
export const inLots = <T>(
  pool: pg.Pool,
  token: string | null,
  work: (db: Transaction) => Promise<T>,
  isSteady = false,
): Promise<T> =>
  onClient(pool, (client) =>
    inTransaction(client, async () => {
      if (isSteady) await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
      await client.query("SELECT set_config('etc.token', $1, true)", [token ?? ''])
      return work(client)
    }),
  )
