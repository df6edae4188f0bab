// One connection of a pool, and a transaction on it.
import type pg from 'pg'

const ignored = (): void => undefined

/** A connection that failed is not used again. */
export async function onClient<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  // A lost connection fails its query, too; without a listener its event would end the program.
  client.on('error', ignored)
  let isBroken = true
  try {
    const result = await work(client)
    isBroken = false
    return result
  } finally {
    client.off('error', ignored)
    client.release(isBroken)
  }
}

/** `limitMs`: for each statement; the server ends a longer one and its locks (57014). */
export async function inTransaction<T>(
  client: pg.ClientBase,
  work: () => Promise<T>,
  limitMs = 10_000,
): Promise<T> {
  await client.query(`BEGIN; SET LOCAL statement_timeout = ${limitMs}`)
  try {
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(ignored)
    throw error
  }
}
