// Rows given back to the lot that wrote them (docs/centre.md, "Rows given back"): the whole batch that has a row, exactly as
// it was kept, so that its signature still fits.
import type pg from 'pg'
import { nodeShape, seqShape } from '#ledger/pure/centre/row-feed.ts'
import type { GivenJson } from '#ledger/pure/centre/given-rows.ts'
import { Malformed } from './batch.ts'

interface Asked {
  readonly node: string
  readonly from: number
}

/** Throws Malformed for a query that breaks a rule. */
export function askedOf(query: unknown): Asked {
  const given = new Map(Object.entries(typeof query === 'object' && query !== null ? query : {}))
  const text = (field: string, shape: RegExp): string => {
    const value: unknown = given.get(field)
    if (typeof value === 'string' && shape.test(value)) return value
    throw new Malformed({ field, value: typeof value === 'string' ? value.slice(0, 80) : '' })
  }
  const [node, from] = [text('node', nodeShape), Number(text('from', seqShape))]
  if (Number.isSafeInteger(from)) return { node, from }
  throw new Malformed({ field: 'from', value: String(from) })
}

interface Given {
  readonly status: 200 | 404
  readonly body: GivenJson | { readonly last: number; readonly head: string }
}

const digest = (bytes: Buffer): string => bytes.toString('hex')
const none = '0'.repeat(64)

/** 404 when the centre has no row of that number; it names the last one that it has, with d after it. */
export async function givenBack(pool: pg.Pool, lotId: string, asked: Asked): Promise<Given> {
  const { node, from } = asked
  const { rows } = await pool.query<{
    from: string
    to: string
    prev: Buffer | null
    head: Buffer
    serial: string
    signature: Buffer
    certificate: Buffer | null
    rows: Buffer
  }>(
    `SELECT b.from_seq AS from, b.to_seq AS to, b.head, b.serial, b.signature, b.rows,
       (SELECT p.head FROM centre.lot_batch p
        WHERE p.lot_id = b.lot_id AND p.node_id = b.node_id AND p.to_seq = b.from_seq - 1) AS prev,
       (SELECT k.certificate FROM desk.lot_key k
        WHERE k.serial = b.serial AND k.lot_id = b.lot_id AND k.use = 'sign') AS certificate
     FROM centre.lot_batch b WHERE b.lot_id = $1 AND b.node_id = $2 AND b.to_seq >= $3
     ORDER BY b.to_seq LIMIT 1`,
    [lotId, node, from],
  )
  const [batch] = rows
  if (batch !== undefined) {
    const { serial, signature, certificate, prev } = batch
    const body = {
      fromSeq: Number(batch.from),
      toSeq: Number(batch.to),
      prev: prev === null ? none : digest(prev),
      head: digest(batch.head),
      serial,
      signature: signature.toString('hex'),
      certificate: certificate === null ? null : certificate.toString('base64'),
      rows: batch.rows.toString('base64'),
    }
    return { status: 200, body }
  }
  const cursor = await pool.query<{ last: string; head: Buffer }>(
    'SELECT last_seq AS last, head FROM centre.lot_cursor WHERE lot_id = $1 AND node_id = $2',
    [lotId, node],
  )
  const [found] = cursor.rows
  const last = found === undefined ? 0 : Number(found.last)
  return { status: 404, body: { last, head: found === undefined ? none : digest(found.head) } }
}
