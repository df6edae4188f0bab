// Rows of an export, a chunk at a time: a month of many lots is more than a program holds. One transaction sees all of it
// as it was at the begin; a cursor gives the rows of a query, and the answer is a line of JSON for each chunk.
import { Readable } from 'node:stream'
import type pg from 'pg'
import type { Transaction } from './in-lots.ts'

const chunkRows = 5_000
const statementMs = 60_000
/** A browser that reads nothing for so long is given up, and its transaction ended. */
const unreadMs = 120_000

const ignored = (): void => undefined

/** `token`: of the session, as in `inLots`. */
export async function* streamInLots<T>(
  pool: pg.Pool,
  token: string | null,
  work: (db: Transaction) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const client = await pool.connect()
  client.on('error', ignored)
  let isDone = false
  try {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
      SET LOCAL statement_timeout = ${statementMs}; SET LOCAL cursor_tuple_fraction = 1;
      SET LOCAL idle_in_transaction_session_timeout = ${unreadMs}`)
    await client.query("SELECT set_config('etc.token', $1, true)", [token ?? ''])
    yield* work(client)
    await client.query('COMMIT')
    isDone = true
  } finally {
    client.off('error', ignored)
    // Also where the reader has gone: the connection ends with its transaction.
    client.release(!isDone)
  }
}

/** The rows of a query in chunks. */
export async function* chunksOf<R extends pg.QueryResultRow>(
  db: Transaction,
  query: string,
  values: readonly unknown[],
): AsyncGenerator<readonly R[]> {
  await db.query(`DECLARE chunks NO SCROLL CURSOR FOR ${query}`, [...values])
  for (;;) {
    const { rows } = await db.query<R>(`FETCH ${chunkRows} FROM chunks`)
    if (rows.length > 0) yield rows
    if (rows.length < chunkRows) break
  }
  await db.query('CLOSE chunks')
}

/**
 * Lines of JSON: an array for each chunk, and at the end an object with the number of rows, without which the file is not
 * whole. The first chunk is read before the answer begins, so that a refusal is one.
 */
export async function linesOf(
  chunks: AsyncIterable<readonly unknown[]>,
  failed: (error: unknown) => void,
): Promise<Readable> {
  const reading = chunks[Symbol.asyncIterator]()
  const first = await reading.next()
  async function* lines(): AsyncGenerator<string> {
    let rows = 0
    try {
      for (let next = first; next.done !== true; next = await reading.next()) {
        rows += next.value.length
        yield `${JSON.stringify(next.value)}\n`
      }
    } catch (error) {
      failed(error)
      throw error
    }
    yield `${JSON.stringify({ rows })}\n`
  }
  const readable = Readable.from(lines())
  // Of a reader who went before the first line, too.
  readable.once('close', () => {
    reading.return?.().then(ignored, ignored)
  })
  return readable
}
