// The batches of a lot as they came: found by a row that they hold, unpacked, and their digests and signatures checked again
// (docs/centre.md, "Rows").
import { gunzip } from 'node:zlib'
import { promisify } from 'node:util'
import { readCertificate } from '#base/crypto/certs.ts'
import { openGmCrypto, type GmCrypto } from '#base/crypto/gm-crypto.ts'
import {
  batchText,
  digestAfter,
  digestOfHex,
  feedLimits,
  lowerHex,
  noRowsDigest,
  rowDigest,
  withheldMark,
} from '#ledger/pure/centre/row-feed.ts'
import type { BatchView, LineView, SignatureView } from './calls/lots/views.ts'
import type { Transaction } from './in-lots.ts'

export interface BatchData {
  readonly lot_id: string
  readonly node_id: string
  readonly from_seq: string
  readonly to_seq: string
  readonly head: Buffer
  readonly serial: string
  readonly bytes: number
}
interface WholeBatch extends BatchData {
  readonly signature: Buffer
  readonly rows: Buffer
}

export const batchColumns = 'lot_id, node_id, from_seq, to_seq, head, serial, length(rows) AS bytes'
const wholeColumns = `${batchColumns}, signature, rows`

export const batchOf = ({
  node_id,
  from_seq,
  to_seq,
  head,
  serial,
  bytes,
}: BatchData): BatchView => ({
  nodeId: node_id,
  fromSeq: Number(from_seq),
  toSeq: Number(to_seq),
  head: head.toString('hex'),
  serial,
  bytes,
})

/** A row of a node of a lot. */
interface RowPlace {
  readonly lotId: string
  readonly nodeId: string
  readonly seq: number
}

/** Undefined: no batch holds the row. */
export async function batchHolding(
  db: Transaction,
  { lotId, nodeId, seq }: RowPlace,
): Promise<WholeBatch | undefined> {
  const { rows } = await db.query<WholeBatch>(
    `SELECT ${wholeColumns} FROM centre.lot_batch
     WHERE lot_id = $1 AND node_id = $2 AND to_seq >= $3 ORDER BY to_seq LIMIT 1`,
    [lotId, nodeId, seq],
  )
  return rows.find(({ from_seq }) => Number(from_seq) <= seq)
}

/** In their order; `toSeqs`: last rows of batches that are there. */
export async function wholeBatches(
  db: Transaction,
  { lotId, nodeId }: Omit<RowPlace, 'seq'>,
  toSeqs: readonly number[],
): Promise<readonly WholeBatch[]> {
  const { rows } = await db.query<WholeBatch>(
    `SELECT ${wholeColumns} FROM centre.lot_batch
     WHERE lot_id = $1 AND node_id = $2 AND to_seq = ANY ($3::bigint[]) ORDER BY to_seq`,
    [lotId, nodeId, toSeqs],
  )
  return rows
}

const unpack = promisify(gunzip)

export async function linesOf({
  rows,
  from_seq,
}: Pick<WholeBatch, 'rows' | 'from_seq'>): Promise<readonly LineView[]> {
  const plain = await unpack(rows, { maxOutputLength: feedLimits.plainBytesMax })
  const texts = plain.toString('utf8').split('\n').slice(0, -1)
  return texts.map((text, at) => ({ seq: Number(from_seq) + at, text }))
}

export const isWithheld = (text: string): boolean => text.startsWith(withheldMark)

let made: GmCrypto | null = null
const cryptoOf = (): GmCrypto => (made ??= openGmCrypto())

interface SignerData {
  readonly serial: string
  readonly certificate: Buffer
  readonly from_at: Date
  readonly to_at: Date
  readonly revoked_at: Date | null
}

function digestOver(
  before: Uint8Array,
  lines: readonly LineView[],
  { sm3 }: GmCrypto,
): Uint8Array | null {
  let d = before
  for (const { text } of lines) {
    const r = isWithheld(text) ? digestOfHex(text.slice(1)) : rowDigest(Buffer.from(text), sm3)
    if (r === null) return null
    d = digestAfter(d, r, sm3)
  }
  return d
}

function checkOf(
  batch: WholeBatch,
  lines: readonly LineView[],
  before: Buffer | undefined,
  signer: SignerData | undefined,
): SignatureView['check'] {
  const { fromSeq, toSeq, head } = batchOf(batch)
  const prev = fromSeq === 1 ? noRowsDigest : before
  if (signer === undefined) return 'noKey'
  if (prev === undefined) return 'noBefore'
  const crypto = cryptoOf()
  const d = digestOver(prev, lines, crypto)
  if (d === null || lowerHex(d) !== head || lines.length !== toSeq - fromSeq + 1) return 'differs'
  const { lot_id: lotId, node_id: nodeId } = batch
  const text = batchText({ lotId, nodeId, fromSeq, toSeq, prev: lowerHex(prev), head })
  try {
    const { publicKey } = readCertificate(new Uint8Array(signer.certificate), batch.serial)
    const key = crypto.verifyingKey(publicKey, batch.serial)
    return key.verify(Buffer.from(text), batch.signature) ? 'fits' : 'differs'
  } catch {
    return 'noKey'
  }
}

/** Checks each batch of one node of a lot now; the answers are in the order of the batches. */
export async function signaturesOf(
  db: Transaction,
  batches: readonly { readonly batch: WholeBatch; readonly lines: readonly LineView[] }[],
): Promise<readonly SignatureView[]> {
  const [first] = batches
  if (first === undefined) return []
  const { lot_id, node_id } = first.batch
  const ends = await db.query<{ to_seq: string; head: Buffer }>(
    `SELECT to_seq, head FROM centre.lot_batch
     WHERE lot_id = $1 AND node_id = $2 AND to_seq = ANY ($3::bigint[])`,
    [lot_id, node_id, batches.map(({ batch }) => Number(batch.from_seq) - 1)],
  )
  const signers = await db.query<SignerData>(
    `SELECT serial, certificate, from_at, to_at, revoked_at FROM desk.lot_key
     WHERE lot_id = $1 AND use = 'sign' AND serial = ANY ($2)`,
    [lot_id, batches.map(({ batch }) => batch.serial)],
  )
  return batches.map(({ batch, lines }) => {
    const signer = signers.rows.find(({ serial }) => serial === batch.serial)
    const end = Number(batch.from_seq) - 1
    const before = ends.rows.find(({ to_seq }) => Number(to_seq) === end)?.head
    return {
      check: checkOf(batch, lines, before, signer),
      fromMs: signer?.from_at.getTime() ?? null,
      toMs: signer?.to_at.getTime() ?? null,
      revokedMs: signer?.revoked_at?.getTime() ?? null,
    }
  })
}
