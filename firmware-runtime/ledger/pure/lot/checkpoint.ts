// The text of a signed checkpoint, and its verification: written by the app, verified wherever a ledger is.
// The chain alone can be recomputed by who holds its key; a signature by the client's key can not.
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

export type CheckpointRow = Extract<LedgerRow, { kind: 'checkpoint' }>

/** The rows whose text a checkpoint covers, so that they can be checked without the chain key. */
interface CheckpointRows {
  /** The first of them is the next one. */
  readonly fromSeq: number
  /** SM3, 64 lower-case hex, of the canonical texts of the rows up to the head, each ended by LF. */
  readonly rowsSm3: string
}

/**
 * The signed text, UTF-8 (docs/ledger-format.md): node, number and hash of the covered row, and the rows since the previous
 * checkpoint. Older checkpoints cover the hash only.
 */
export const checkpointText = (
  nodeId: string,
  head: { readonly seq: number; readonly hash: string },
  rows: CheckpointRows | null,
): string =>
  rows === null
    ? `etc-lane checkpoint\n${nodeId}\n${head.seq}\n${head.hash}\n`
    : `etc-lane checkpoint 2\n${nodeId}\n${head.seq}\n${head.hash}\n${rows.fromSeq}\n${rows.rowsSm3}\n`

/** A row that was tampered with may hold anything. */
const isWhole = ({ headSeq, headHash, signature }: CheckpointRow['body']): boolean =>
  typeof headSeq === 'number' && typeof headHash === 'string' && typeof signature === 'string'

/** Null for an older checkpoint, 'bad' for one that names no range before its head. */
function rowsOf({
  headSeq,
  fromSeq,
  rowsSm3,
}: CheckpointRow['body']): CheckpointRows | null | 'bad' {
  if (fromSeq === undefined && rowsSm3 === undefined) return null
  if (typeof rowsSm3 !== 'string' || typeof fromSeq !== 'number') return 'bad'
  return Number.isSafeInteger(fromSeq) && fromSeq >= 0 && fromSeq < headSeq
    ? { fromSeq, rowsSm3 }
    : 'bad'
}

/** The data that a checkpoint is verified against. */
interface CheckpointWitness {
  hashAt(seq: number): string | null
  /** SM3 of the rows after `fromSeq` up to `toSeq`; see CheckpointRows. */
  rowsSm3(fromSeq: number, toSeq: number): string
  verify(text: string, signature: Uint8Array): boolean
}

/** True when the checkpoint names a row before it, with its hash and its rows, and its signature verifies. */
export function checkpointHolds(
  { nodeId, seq, body }: Pick<CheckpointRow, 'nodeId' | 'seq' | 'body'>,
  witness: CheckpointWitness,
): boolean {
  if (!isWhole(body) || body.headSeq >= seq) return false
  const rows = rowsOf(body)
  const signature = bytesOfHex(body.signature)
  if (rows === 'bad' || signature === null) return false
  if (witness.hashAt(body.headSeq) !== body.headHash) return false
  const head = { seq: body.headSeq, hash: body.headHash }
  if (!witness.verify(checkpointText(nodeId, head, rows), signature)) return false
  return rows === null || witness.rowsSm3(rows.fromSeq, body.headSeq) === rows.rowsSm3
}
