// One row as canonical text, its place in the hash chain, and the way from and to table columns.
// hash = HMAC-SM3(chainKey, previous hash, 32 bytes || canonical text, UTF-8).
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { isFen } from '#base/pure/values/fen.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { must, present } from '#base/pure/values/must.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { SqlRow } from '#base/sqlite/connection.ts'

export const zeroHash = '0'.repeat(64)

/** A row as stored, with the body as the exact text that was hashed. */
export interface StoredRow {
  readonly nodeId: string
  readonly seq: number
  readonly kind: string
  readonly atMs: number
  readonly laneId: string | null
  readonly stayId: string | null
  readonly orderId: string | null
  readonly deductionId: string | null
  readonly amountFen: number | null
  readonly bodyText: string
}

export interface ChainKey {
  readonly crypto: Crypto
  readonly chainKey: Uint8Array
}

export const rowColumns =
  'nodeId, seq, kind, atMs, laneId, stayId, orderId, deductionId, amountFen, body, hash'

const encoder = new TextEncoder()

// A row is hashed when it is written and at each check: its bytes are joined in a reused buffer, and the hash becomes
// text without a step per byte.
let scratch = new Uint8Array(4_096)

export const lowerHexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')

const member = (name: string, value: string | null): string =>
  value === null ? '' : `,"${name}":${JSON.stringify(value)}`

/** Members in name order as in canonicalJson; the body is inserted as stored, so every flip shows. */
export const canonicalRowText = (row: StoredRow): string =>
  (row.amountFen === null ? '{' : `{"amountFen":${row.amountFen},`) +
  `"atMs":${row.atMs},"body":${row.bodyText}` +
  member('deductionId', row.deductionId) +
  member('kind', row.kind) +
  member('laneId', row.laneId) +
  member('nodeId', row.nodeId) +
  member('orderId', row.orderId) +
  `,"seq":${row.seq}` +
  `${member('stayId', row.stayId)}}`

/** The hash of a row, by the bytes of the hash before it. */
export function chainBytes(key: ChainKey, prevHash: Uint8Array, row: StoredRow): Uint8Array {
  const text = canonicalRowText(row)
  const room = 32 + text.length * 3
  if (scratch.length < room) scratch = new Uint8Array(room * 2)
  scratch.set(prevHash)
  const { written } = encoder.encodeInto(text, scratch.subarray(32))
  return key.crypto.hmacSm3(key.chainKey, scratch.subarray(0, 32 + written))
}

export const bytesOfHash = (hash: string): Uint8Array => present(bytesOfHex(hash), 'a hash is hex')

export const chainHash = (key: ChainKey, prevHash: string, row: StoredRow): string =>
  lowerHexOf(chainBytes(key, bytesOfHash(prevHash), row))

/** Stored as UTF-8: text that would change must not enter the chain. */
function cleanText(text: string | undefined, name: string): string | null {
  if (text === undefined) return null
  must(text.isWellFormed() && !text.includes('\0'), `${name} is storable text`)
  return text
}

export function storedOf(draft: RowDraft, nodeId: string, seq: number): StoredRow {
  const { amountFen = null } = draft
  // SQLite would store NaN as NULL, and the row would differ from the hashed one.
  must(amountFen === null || isFen(amountFen), `${amountFen} is an amount in fen`)
  must(Number.isSafeInteger(draft.atMs), `${draft.atMs} is a time in whole milliseconds`)
  // A value that no column accepts would be refused within the transaction, with the error of a failing disk.
  const body: unknown = draft.body
  must(typeof draft.kind === 'string', 'the kind of a row is a text')
  must(typeof body === 'object' && body !== null, `a row of kind ${draft.kind} has a body`)
  return {
    nodeId,
    seq,
    kind: draft.kind,
    atMs: draft.atMs,
    laneId: cleanText(draft.laneId, 'laneId'),
    stayId: cleanText(draft.stayId, 'stayId'),
    orderId: cleanText(draft.orderId, 'orderId'),
    deductionId: cleanText(draft.deductionId, 'deductionId'),
    amountFen,
    bodyText: canonicalJson(draft.body),
  }
}

/** For sums over rows: without the hash, which is half of a short row sent to another thread. */
export const factColumns = rowColumns.replace(', hash', '')

/** A row of `factColumns`, without hashes. */
export function factsOf({ body, laneId, stayId, orderId, deductionId, ...row }: SqlRow): LedgerRow {
  const facts: Record<string, unknown> = row
  facts['body'] = JSON.parse(String(body))
  facts['hash'] = facts['prevHash'] = ''
  if (laneId !== null) facts['laneId'] = laneId
  if (stayId !== null) facts['stayId'] = stayId
  if (orderId !== null) facts['orderId'] = orderId
  if (deductionId !== null) facts['deductionId'] = deductionId
  if (facts['amountFen'] === null) delete facts['amountFen']
  return facts as unknown as LedgerRow
}

/** For readers of many rows: values in order, and the hash as text, which costs half as much. */
export const readColumns = rowColumns.replace(
  ', hash',
  ", CASE typeof(hash) WHEN 'blob' THEN lower(hex(hash)) ELSE '' END",
)

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** Columns of `rowColumns` from the table. Wrong types occur only after damage. */
export function storedOfSql(row: SqlRow): StoredRow & { readonly hash: string } {
  const { nodeId, seq, kind, atMs, laneId, stayId, orderId, deductionId, amountFen, body } = row
  const hash = row['hash'] instanceof Uint8Array ? lowerHexOf(row['hash']) : ''
  const ids = [laneId, stayId, orderId, deductionId]
  return storedOfValues([nodeId, seq, kind, atMs, ...ids, amountFen, body, hash])
}

/** Values of `readColumns`. */
export function storedOfValues(values: unknown): StoredRow & { readonly hash: string } {
  const [nodeId, seq, kind, atMs, laneId, stayId, orderId, deductionId, amountFen, body, hash] =
    values as readonly unknown[]
  return {
    nodeId: textOrNull(nodeId) ?? '',
    seq: numberOrNull(seq) ?? 0,
    kind: textOrNull(kind) ?? '',
    atMs: numberOrNull(atMs) ?? 0,
    laneId: textOrNull(laneId),
    stayId: textOrNull(stayId),
    orderId: textOrNull(orderId),
    deductionId: textOrNull(deductionId),
    amountFen: numberOrNull(amountFen),
    bodyText: textOrNull(body) ?? '',
    hash: textOrNull(hash) ?? '',
  }
}

/** The row as the program sees it. Its shape is proven by the chain and not checked again. */
export function ledgerRowOf(
  row: StoredRow & { readonly hash: string },
  prevHash: string,
): LedgerRow {
  const body: unknown = JSON.parse(row.bodyText)
  return {
    nodeId: row.nodeId,
    seq: row.seq,
    kind: row.kind,
    atMs: row.atMs,
    ...(row.laneId === null ? {} : { laneId: row.laneId }),
    ...(row.stayId === null ? {} : { stayId: row.stayId }),
    ...(row.orderId === null ? {} : { orderId: row.orderId }),
    ...(row.deductionId === null ? {} : { deductionId: row.deductionId }),
    ...(row.amountFen === null ? {} : { amountFen: row.amountFen }),
    body,
    prevHash,
    hash: row.hash,
  } as LedgerRow
}
