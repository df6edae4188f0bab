// The one way of the desk to its database: a transaction that names the lots whose rows it may see and change. The
// policies of the tables hold it to them (centre/schema/rows.ts); no query is made beside it.
import type pg from 'pg'

/** Lot ids joined by commas; `*`: all, empty: none. */
export type LotScope = string

export type Transaction = Pick<pg.ClientBase, 'query'>

export async function inLots<T>(
  pool: pg.Pool,
  lots: LotScope,
  work: (db: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    await client.query("SELECT set_config('etc.lots', $1, true)", [lots])
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: unknown) => {
      broken = lost instanceof Error ? lost : new Error(String(lost))
    })
    throw error
  } finally {
    client.release(broken)
  }
}
