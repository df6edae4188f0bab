// The platform's store in PostgreSQL: the same rows as in a file, with the columns that its views read.
// One process writes; a row counts once its insert is committed. After a lost answer the commit is looked up.
import pg from 'pg'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { OpenedStore } from '../shell/store.ts'
import { postgresSchema } from './postgres-schema.ts'
import { membersIn } from '../shell/members.ts'

interface PostgresPlan {
  readonly address: string
  /** The address without its password. */
  readonly shown: string
  /** Called with an error that ends the store while the platform runs. */
  failed(error: unknown): void
}

/** Advisory lock of the writer; PostgreSQL releases it when the session ends. */
const writerLock = 4_501_001

/** Errors after which a retry is right: connection lost, server shutting down or starting. */
const passing = /^(?:08...|57P0[1-3]|ECONN\w+|EPIPE|ETIMEDOUT|ENOENT)$/
const retryMs = 200

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const isPassing = (error: unknown): boolean =>
  passing.test(codeOf(error)) ||
  (error instanceof Error && /^Connection terminated/.test(error.message))

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** One row as its columns, in the order of `insertText`. */
function columnsOf(row: unknown): readonly unknown[] {
  const of = membersIn(row)
  const [charge, refund] = [membersIn(of['charge']), membersIn(of['refund'])]
  return [
    textOrNull(of['t']) ?? '',
    textOrNull(of['kind']),
    textOrNull(of['appId']),
    textOrNull(of['no']),
    textOrNull(of['status']),
    numberOrNull(charge['realFee']) ?? numberOrNull(refund['refundFee']),
    textOrNull(refund['outTradeNo']),
    numberOrNull(of['atMs']),
    JSON.stringify(row),
  ]
}

const types = ['text', 'text', 'text', 'text', 'text', 'bigint', 'text', 'bigint', 'json']
const insertText = `
  INSERT INTO platform_row (seq, t, kind, app_id, no, status, fen, of_no, at_ms, body)
  SELECT * FROM unnest($1::bigint[], ${types.map((type, i) => `$${i + 2}::${type}[]`).join(', ')})`

class StoreTaken extends Error {}

async function connect(address: string, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address, application_name: 'platform-sim' })
  // Errors also come while no query runs: the next batch connects again.
  client.on('error', lost)
  await client.connect()
  const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS mine', [writerLock])
  if (membersIn(rows[0])['mine'] === true) return client
  await client.end()
  throw new StoreTaken('another simulator writes these books')
}

async function bodiesAfter(client: pg.Client, seq: number): Promise<readonly string[]> {
  const text = 'SELECT body::text FROM platform_row WHERE seq > $1 ORDER BY seq'
  const { rows } = await client.query(text, [seq])
  return rows.map((row: unknown) => String(membersIn(row)['body']))
}

interface Batch {
  readonly rows: unknown[]
  readonly done: PromiseWithResolvers<void>
}

/** Writes batch after batch; after a temporary error a batch is tried again until it is committed. */
class PostgresWriter {
  private client: pg.Client | null
  private readonly plan: PostgresPlan
  /** Number of the last committed row. */
  private seq: number
  private waiting: Batch | null = null
  private running: Promise<void> | null = null

  constructor(plan: PostgresPlan, client: pg.Client, seq: number) {
    this.plan = plan
    this.client = client
    this.seq = seq
    client.on('error', () => this.lose(client))
  }

  append(row: unknown): Promise<void> {
    this.waiting ??= { rows: [], done: Promise.withResolvers<void>() }
    this.waiting.rows.push(row)
    const { promise } = this.waiting.done
    queueMicrotask(() => this.flush())
    return promise
  }

  settled(): Promise<void> | null {
    return this.waiting?.done.promise ?? this.running
  }

  async close(): Promise<void> {
    while (this.running ?? this.waiting) await (this.waiting?.done.promise ?? this.running)
    await this.client?.end()
  }

  private flush(): void {
    if (this.running || !this.waiting) return
    const batch = this.waiting
    this.waiting = null
    this.running = batch.done.promise
    this.commit(batch).then(
      () => {
        this.running = null
        batch.done.resolve()
        this.flush()
      },
      (error: unknown) => {
        this.running = null
        batch.done.reject(error)
        this.plan.failed(error)
      },
    )
  }

  private async commit({ rows }: Batch): Promise<void> {
    const all = rows.map(columnsOf)
    for (let isAgain = false; ; isAgain = true) {
      try {
        const isNew = this.client === null
        this.client ??= await connect(this.plan.address, () => undefined)
        const { client } = this
        if (isNew) client.on('error', () => this.lose(client))
        if (isNew || isAgain) {
          const bodies = all.map((columns) => columns.at(-1))
          const found = await bodiesAfter(client, this.seq)
          if (found.length > 0 && JSON.stringify(found) !== JSON.stringify(bodies))
            throw new StoreTaken('another simulator has written these books')
          if (found.length > 0) break
        }
        const columns = types.map((_, i) => all.map((row) => row[i]))
        await client.query(insertText, [all.map((_, i) => this.seq + 1 + i), ...columns])
        break
      } catch (error) {
        this.client = null
        if (!isPassing(error)) throw error
        const { promise, resolve } = Promise.withResolvers<void>()
        setTimeout(resolve, retryMs)
        await promise
      }
    }
    this.seq += all.length
  }

  private lose(client: pg.Client): void {
    if (this.client === client) this.client = null
  }
}

/** Opens the store, makes its table and views when missing, and reads its rows. Throws FILE-01. */
export async function openPostgresStore(plan: PostgresPlan): Promise<OpenedStore> {
  const refuse = (error: unknown): LaneFault =>
    new LaneFault('FILE-01', {
      file: plan.shown,
      note: error instanceof Error ? error.message : String(error),
    })
  let client: pg.Client
  try {
    client = await connect(plan.address, () => undefined)
  } catch (error) {
    throw refuse(error)
  }
  try {
    for (const statement of postgresSchema) await client.query(statement)
    const bodies = await bodiesAfter(client, 0)
    const rows = bodies.map((body): unknown => JSON.parse(body))
    return { writer: new PostgresWriter(plan, client, rows.length), rows, tornBytes: 0 }
  } catch (error) {
    await client.end()
    throw refuse(error)
  }
}
