// One transaction for the batches of many lots: their cursors are locked and read, each batch is judged, and rows, cursors
// and what waits for a person are written together. Nothing of it is seen before the commit.
import { gzipSync } from 'node:zlib'
import type pg from 'pg'
import { noRowsDigest, lowerHex } from '#ledger/pure/centre/row-feed.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { receiptMonth } from '../schema/months.ts'
import { inTransaction } from '../schema/transaction.ts'
import { withPassed, type ReadBatch } from './batch.ts'
import { keepLots } from './known-lots.ts'
import { verdictOf, type AsideRow, type Cursor, type Verdict } from './judge.ts'

/** What waits for a person at the desk; `keyRevoked` has no node. */
type MatterKind = 'forked' | 'aside' | 'oddClock' | 'keyRevoked' | 'foldStopped'

interface Matter {
  readonly lotId: string
  readonly nodeId: string
  readonly kind: MatterKind
  readonly detail: object
}

interface Feed {
  readonly lotId: string
  readonly nodeId: string
  cursor: Cursor
  /** What the database has: null before the first row. */
  readonly before: Cursor | null
  isForked: boolean
  /** d of kept batches by their last row, of those that are asked for. */
  readonly kept: Map<number, string>
}

interface Place {
  readonly lotId: string
  readonly nodeId: string
}
const keyOf = ({ lotId, nodeId }: Place): string => `${lotId}/${nodeId}`
const firstCursor: Cursor = { last: 0, head: lowerHex(noRowsDigest) }
const timeOf = (atMs: InstantMs): Date => new Date(atMs)

/** `unnest` of two texts in each query: the places that it is about. */
const placesOf = (places: readonly Place[]): [string[], string[]] => [
  places.map(({ lotId }) => lotId),
  places.map(({ nodeId }) => nodeId),
]

async function feedsOf(
  client: pg.ClientBase,
  batches: readonly ReadBatch[],
): Promise<ReadonlyMap<string, Feed>> {
  const places = [...new Map(batches.map((one) => [keyOf(one), one])).values()]
  const { rows } = await client.query<{
    lot_id: string
    node_id: string
    last: string
    head: string
  }>(
    `SELECT lot_id, node_id, last_seq AS last, encode(head, 'hex') AS head FROM centre.lot_cursor
     WHERE (lot_id, node_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
     ORDER BY lot_id, node_id FOR UPDATE`,
    placesOf(places),
  )
  const found = new Map(
    rows.map(({ lot_id: lotId, node_id: nodeId, last, head }) => [
      keyOf({ lotId, nodeId }),
      { last: Number(last), head },
    ]),
  )
  return new Map(
    places.map(({ lotId, nodeId }) => {
      const before = found.get(keyOf({ lotId, nodeId })) ?? null
      const cursor = before ?? firstCursor
      const feed = { lotId, nodeId, cursor, before, isForked: false, kept: new Map() }
      return [keyOf(feed), feed]
    }),
  )
}

/** Reads d of kept batches for batches that are known already. */
async function readKept(
  client: pg.ClientBase,
  batches: readonly ReadBatch[],
  feeds: ReadonlyMap<string, Feed>,
): Promise<void> {
  const known = batches.filter((one) => one.toSeq <= (feeds.get(keyOf(one))?.cursor.last ?? 0))
  if (known.length === 0) return
  const { rows } = await client.query<{
    lot_id: string
    node_id: string
    to: string
    head: string
  }>(
    `SELECT lot_id, node_id, to_seq AS to, encode(head, 'hex') AS head FROM centre.lot_batch
     WHERE (lot_id, node_id, to_seq) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]))`,
    [...placesOf(known), known.map(({ toSeq }) => toSeq)],
  )
  for (const { lot_id: lotId, node_id: nodeId, to, head } of rows)
    feeds.get(keyOf({ lotId, nodeId }))?.kept.set(Number(to), head)
}

interface OpenMatter extends Place {
  readonly kind: string
  /** Row that it is about; null: of no one row. */
  readonly seq: string | null
}

async function openMatters(
  client: pg.ClientBase,
  feeds: ReadonlyMap<string, Feed>,
): Promise<readonly OpenMatter[]> {
  const lots = [...new Set([...feeds.values()].map(({ lotId }) => lotId))]
  const { rows } = await client.query<OpenMatter>(
    `SELECT lot_id AS "lotId", node_id AS "nodeId", kind, detail->>'seq' AS seq FROM desk.matter
     WHERE ended_at IS NULL AND lot_id = ANY($1)`,
    [lots],
  )
  for (const matter of rows) {
    const feed = feeds.get(keyOf(matter))
    if (feed !== undefined && matter.kind === 'forked') feed.isForked = true
  }
  return rows
}

/** Rows that a person let pass, by feed and number. */
async function passedRows(
  client: pg.ClientBase,
  batches: readonly ReadBatch[],
): Promise<ReadonlySet<string>> {
  const asked = batches.flatMap((one) => one.asides.map(({ seq }) => ({ place: one, seq })))
  if (asked.length === 0) return new Set()
  const { rows } = await client.query<Place & { readonly seq: string; readonly digest: string }>(
    `SELECT lot_id AS "lotId", node_id AS "nodeId", seq, encode(digest, 'hex') AS digest
     FROM desk.aside_row WHERE passed_at IS NOT NULL
     AND (lot_id, node_id, seq) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]))`,
    [...placesOf(asked.map(({ place }) => place)), asked.map(({ seq }) => seq)],
  )
  return new Set(rows.map((row) => `${keyOf(row)}/${row.seq}/${row.digest}`))
}

interface Judged {
  readonly batch: ReadBatch
  readonly verdict: Verdict
}

/** Judges in order: a batch of a group may follow another of the same feed. */
function judged(
  batches: readonly ReadBatch[],
  feeds: ReadonlyMap<string, Feed>,
  passed: ReadonlySet<string>,
): readonly Judged[] {
  return batches.flatMap((batch) => {
    const feed = feeds.get(keyOf(batch))
    if (feed === undefined) return []
    const isPassed = ({ seq, digest }: AsideRow): boolean =>
      passed.has(`${keyOf(batch)}/${seq}/${digest}`)
    const { cursor, isForked, kept } = feed
    const state = { cursor, isForked, kept: kept.get(batch.toSeq) ?? null }
    const verdict = verdictOf(
      state,
      batch,
      batch.asides.filter((row) => !isPassed(row)),
    )
    if (verdict.is === 'take') {
      feed.cursor = { last: batch.toSeq, head: batch.head }
      feed.kept.set(batch.toSeq, batch.head)
    }
    if (verdict.is === 'forked') feed.isForked = true
    return [{ batch, verdict }]
  })
}

async function insertBatches(
  client: pg.ClientBase,
  taken: readonly ReadBatch[],
  nowMs: InstantMs,
): Promise<void> {
  if (taken.length === 0) return
  await client.query(
    `INSERT INTO centre.lot_batch
       (lot_id, node_id, from_seq, to_seq, head, serial, signature, rows, month, received)
     SELECT lot_id, node_id, from_seq, to_seq, decode(head, 'hex'), serial, signature, rows, $9::date, $10
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[],
       $7::bytea[], $8::bytea[])
       AS b (lot_id, node_id, from_seq, to_seq, head, serial, signature, rows)`,
    [
      ...placesOf(taken),
      taken.map(({ fromSeq }) => fromSeq),
      taken.map(({ toSeq }) => toSeq),
      taken.map(({ head }) => head),
      taken.map(({ serial }) => serial),
      taken.map(({ signature }) => Buffer.from(signature)),
      // Rows that cannot be read were let pass as their r alone.
      taken.map((one) =>
        one.asides.length === 0 ? one.body : gzipSync(withPassed(one, one.asides)),
      ),
      receiptMonth(nowMs),
      timeOf(nowMs),
    ],
  )
}

/** A feed without a cursor is inserted: of two doors at once, one gets a unique violation and tries again. */
async function writeCursors(
  client: pg.ClientBase,
  feeds: readonly Feed[],
  nowMs: InstantMs,
): Promise<void> {
  const moved = feeds.filter(({ cursor, before }) => cursor.last > (before?.last ?? 0))
  const write = async (some: readonly Feed[], text: string): Promise<void> => {
    if (some.length === 0) return
    const lasts = some.map(({ cursor }) => cursor.last)
    const heads = some.map(({ cursor }) => cursor.head)
    await client.query(text, [...placesOf(some), lasts, heads, timeOf(nowMs)])
  }
  const given = `FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[])
    AS g (lot_id, node_id, last_seq, head)`
  const first = moved.filter(({ before }) => before === null)
  await keepLots(
    client,
    first.map(({ lotId }) => lotId),
  )
  await write(
    first,
    `INSERT INTO centre.lot_cursor (lot_id, node_id, last_seq, head, heard)
     SELECT lot_id, node_id, last_seq, decode(head, 'hex'), $5 ${given}`,
  )
  await write(
    moved.filter(({ before }) => before !== null),
    `UPDATE centre.lot_cursor c SET last_seq = g.last_seq, head = decode(g.head, 'hex'), heard = $5
     ${given} WHERE c.lot_id = g.lot_id AND c.node_id = g.node_id`,
  )
}

/** Written once while it is open. */
export async function tell(
  client: pg.ClientBase | pg.Pool,
  matters: readonly Matter[],
  nowMs: InstantMs,
): Promise<void> {
  if (matters.length === 0) return
  await client.query(
    `INSERT INTO desk.matter (lot_id, node_id, kind, detail, since)
     SELECT lot_id, node_id, kind, detail::jsonb, $5
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS m (lot_id, node_id, kind, detail)
     ON CONFLICT (lot_id, node_id, kind, thing) WHERE ended_at IS NULL DO NOTHING`,
    [
      ...placesOf(matters),
      matters.map(({ kind }) => kind),
      matters.map(({ detail }) => JSON.stringify(detail)),
      timeOf(nowMs),
    ],
  )
}

/** Keeps a row that cannot be read, by its r. */
async function setAside(
  client: pg.ClientBase,
  { lotId, nodeId }: Place,
  { seq, digest, why }: AsideRow & { readonly why: string },
  nowMs: InstantMs,
): Promise<void> {
  await client.query(
    `INSERT INTO desk.aside_row (lot_id, node_id, seq, digest, why, found_at)
     VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6) ON CONFLICT DO NOTHING`,
    [lotId, nodeId, seq, digest, why, timeOf(nowMs)],
  )
  const matter = { lotId, nodeId, kind: 'aside', detail: { seq, digest, why } } as const
  await tell(client, [matter], nowMs)
}

function mattersOf({ batch, verdict }: Judged, receiptMs: InstantMs): readonly Matter[] {
  const { lotId, nodeId, fromSeq, toSeq, prev, head, serial, odd } = batch
  if (verdict.is === 'forked') {
    const detail = { last: verdict.forked, fromSeq, toSeq, prev, head, serial }
    return [{ lotId, nodeId, kind: 'forked', detail }]
  }
  if (verdict.is !== 'take' || odd === null) return []
  return [{ lotId, nodeId, kind: 'oddClock', detail: { ...odd, receiptMs } }]
}

/** What a batch that was taken ends by itself. */
function endsBy(
  { batch, verdict }: Judged,
  { lotId, nodeId, kind, seq }: OpenMatter,
  isRevokedLately: (lotId: string) => boolean,
): boolean {
  if (verdict.is !== 'take' || batch.lotId !== lotId) return false
  if (kind === 'keyRevoked') return !isRevokedLately(lotId)
  if (batch.nodeId !== nodeId) return false
  // The rows before one that was set aside may come alone.
  if (kind === 'aside') return batch.toSeq >= Number(seq)
  return kind === 'oddClock' && batch.odd === null
}

async function endMatters(
  client: pg.ClientBase,
  ended: readonly OpenMatter[],
  nowMs: InstantMs,
): Promise<void> {
  if (ended.length === 0) return
  await client.query(
    `UPDATE desk.matter m SET ended_at = $4
     FROM unnest($1::text[], $2::text[], $3::text[]) AS e (lot_id, node_id, kind)
     WHERE m.ended_at IS NULL AND m.lot_id = e.lot_id AND m.node_id = e.node_id AND m.kind = e.kind`,
    [...placesOf(ended), ended.map(({ kind }) => kind), timeOf(nowMs)],
  )
}

interface GroupClock {
  readonly nowMs: InstantMs
  /** For each statement. */
  readonly limitMs: number
  /** A key of that lot that is revoked was used in the last minutes. */
  isRevokedLately(lotId: string): boolean
}

/** The verdicts of the batches, in their order, once they are committed. Throws what the database throws. */
export const writeGroup = (
  client: pg.ClientBase,
  batches: readonly ReadBatch[],
  { nowMs, limitMs, isRevokedLately }: GroupClock,
): Promise<readonly Verdict[]> =>
  inTransaction(
    client,
    async () => {
      const feeds = await feedsOf(client, batches)
      const open = await openMatters(client, feeds)
      await readKept(client, batches, feeds)
      const all = judged(batches, feeds, await passedRows(client, batches))
      const taken = all.filter(({ verdict }) => verdict.is === 'take').map(({ batch }) => batch)
      await insertBatches(client, taken, nowMs)
      await writeCursors(client, [...feeds.values()], nowMs)
      for (const { batch, verdict } of all) {
        const row = verdict.is === 'aside' && batch.asides.find(({ seq }) => seq === verdict.aside)
        if (typeof row === 'object') await setAside(client, batch, row, nowMs)
      }
      await endMatters(
        client,
        open.filter((matter) => all.some((one) => endsBy(one, matter, isRevokedLately))),
        nowMs,
      )
      const matters = all.flatMap((one) => mattersOf(one, nowMs))
      await tell(client, matters, nowMs)
      return all.map(({ verdict }) => verdict)
    },
    limitMs,
  )

/** Sets a batch aside that the database refuses alone, by its first row. */
export const setBatchAside = (
  client: pg.ClientBase,
  batch: ReadBatch,
  why: string,
  nowMs: InstantMs,
): Promise<Verdict> =>
  inTransaction(client, async () => {
    const { fromSeq: seq, firstDigest: digest } = batch
    await setAside(client, batch, { seq, digest, why }, nowMs)
    return { is: 'aside', aside: seq }
  })
