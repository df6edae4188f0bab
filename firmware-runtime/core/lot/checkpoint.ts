// What a signed checkpoint says, and whether one holds: written by the app, judged wherever a ledger is.
// The chain alone can be recomputed by who holds its key; a signature by the client's key can not.
import { bytesOfHex } from '../values/bytes.ts'
import type { LedgerRow } from '../values/ledger-row.ts'

export type CheckpointRow = Extract<LedgerRow, { kind: 'checkpoint' }>

/** What is signed, as UTF-8: node, place and hash of the row the checkpoint speaks for. */
export const checkpointText = (
  nodeId: string,
  head: { readonly seq: number; readonly hash: string },
): string => `etc-lane checkpoint\n${nodeId}\n${head.seq}\n${head.hash}\n`

/** A row that was tampered with may hold anything. */
const isWhole = ({ headSeq, headHash, signature }: CheckpointRow['body']): boolean =>
  typeof headSeq === 'number' && typeof headHash === 'string' && typeof signature === 'string'

/** True when the checkpoint names a row before it, with its hash, and its signature verifies. */
export function checkpointHolds(
  { nodeId, seq, body }: Pick<CheckpointRow, 'nodeId' | 'seq' | 'body'>,
  hashAt: (seq: number) => string | null,
  verify: (text: string, signature: Uint8Array) => boolean,
): boolean {
  if (!isWhole(body) || body.headSeq >= seq) return false
  const signature = bytesOfHex(body.signature)
  if (signature === null || hashAt(body.headSeq) !== body.headHash) return false
  return verify(checkpointText(nodeId, { seq: body.headSeq, hash: body.headHash }), signature)
}
