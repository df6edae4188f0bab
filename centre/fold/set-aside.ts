// Rows that cannot be folded: each is kept by its r for a person, who may set it aside. A row that was set aside is in no
// figure; what it says of itself is kept for whoever reads the sums. Nothing is set aside without a person.
import { gunzipSync } from 'node:zlib'
import type pg from 'pg'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { feedLimits, lowerHex, rowDigest } from '#ledger/pure/centre/row-feed.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { keyOf, type FeedPlace, type SetAsideRow } from './tables.ts'

const { sm3 } = openGmCrypto()
const digestOf = (line: string): string => lowerHex(rowDigest(new TextEncoder().encode(line), sm3))

/** Rows of feeds behind `from`, up to `until`. */
interface Span extends FeedPlace {
  readonly from: number
  readonly until: number
}

/** Which rows a person set aside. */
export class SetAside {
  private readonly digests = new Map<string, string>()

  static async read(client: pg.ClientBase, spans: readonly Span[]): Promise<SetAside> {
    const { rows } = await client.query<FeedPlace & { readonly seq: string; digest: string }>(
      `SELECT a.lot_id AS "lotId", a.node_id AS "nodeId", a.seq, encode(a.digest, 'hex') AS digest
       FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) t (lot_id, node_id, low, high)
       JOIN desk.aside_row a ON a.lot_id = t.lot_id AND a.node_id = t.node_id
         AND a.seq > t.low AND a.seq <= t.high
       WHERE a.of_fold AND a.passed_at IS NOT NULL`,
      [
        spans.map(({ lotId }) => lotId),
        spans.map(({ nodeId }) => nodeId),
        spans.map(({ from }) => from),
        spans.map(({ until }) => until),
      ],
    )
    const made = new SetAside()
    for (const { digest, ...row } of rows) made.digests.set(keyOf(row, row.seq), digest)
    return made
  }

  /** The decision is about this text: another row of that number is judged anew. */
  has(feed: FeedPlace, seq: number, line: string): boolean {
    const wanted = this.digests.get(keyOf(feed, String(seq)))
    return wanted !== undefined && digestOf(line) === wanted
  }
}

const shownMax = 40
const shown = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).replaceAll('\0', '').slice(0, shownMax)
    : null

/** What a row that is not counted says of itself, as far as it can be read. */
export function wordsOf(
  line: string,
): Pick<SetAsideRow, 'kind' | 'amount' | 'means' | 'stayId'> & { readonly atMs: InstantMs | null } {
  const found = parsed(line)
  const row = isObject(found) ? found : {}
  const { atMs, body } = row
  return {
    atMs: typeof atMs === 'number' && Number.isSafeInteger(atMs) ? atMs : null,
    kind: shown(row['kind']),
    amount: shown(row['amountFen']),
    means: shown(isObject(body) ? body['means'] : null),
    stayId: shown(row['stayId']),
  }
}

/** r of a row that is kept; null: its batch is missing or damaged, so there is no row to set aside. */
async function digestAt(pool: pg.Pool, feed: FeedPlace, seq: number): Promise<string | null> {
  const { rows } = await pool.query<{ readonly from: number; readonly rows: Buffer }>(
    `SELECT from_seq::float8 AS "from", rows FROM centre.lot_batch
     WHERE lot_id = $1 AND node_id = $2 AND to_seq >= $3 AND from_seq <= $3 ORDER BY to_seq LIMIT 1`,
    [feed.lotId, feed.nodeId, seq],
  )
  const [batch] = rows
  if (batch === undefined) return null
  try {
    const plain = gunzipSync(batch.rows, { maxOutputLength: feedLimits.plainBytesMax })
    const line = plain.toString('utf8').split('\n')[seq - batch.from]
    return line === undefined ? null : digestOf(line)
  } catch {
    return null
  }
}

/** Keeps a row at which the fold has stopped, so that a person can let it pass. Returns its r; null: there is none. */
export async function keepStopped(
  pool: pg.Pool,
  { seq, why, ...feed }: FeedPlace & { readonly seq: number; readonly why: string },
  nowMs: InstantMs,
): Promise<string | null> {
  const digest = await digestAt(pool, feed, seq)
  if (digest === null) return null
  await pool.query(
    `INSERT INTO desk.aside_row (lot_id, node_id, seq, digest, why, found_at, of_fold)
     VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6, true) ON CONFLICT DO NOTHING`,
    [feed.lotId, feed.nodeId, seq, digest, why, new Date(nowMs)],
  )
  return digest
}

/** A row at which a feed has stopped, by its r. */
export interface StoppedRow extends FeedPlace {
  readonly seq: number
  readonly digest: string | null
}

/** Those of the feeds whose row, at which they have stopped, a person has set aside since. */
export async function passedOf(
  client: pg.ClientBase,
  stopped: readonly StoppedRow[],
): Promise<readonly string[]> {
  if (stopped.length === 0) return []
  const { rows } = await client.query<FeedPlace>(
    `SELECT lot_id AS "lotId", node_id AS "nodeId" FROM desk.aside_row
     WHERE of_fold AND passed_at IS NOT NULL
       AND (lot_id, node_id, seq, encode(digest, 'hex')) IN
         (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]))`,
    [
      stopped.map(({ lotId }) => lotId),
      stopped.map(({ nodeId }) => nodeId),
      stopped.map(({ seq }) => seq),
      stopped.map(({ digest }) => digest),
    ],
  )
  return rows.map((feed) => keyOf(feed))
}
