// Signed checkpoints of the ledger: one a shift and one every thousand rows (design.md 4.5).
// The chain alone can be recomputed by who holds its key; a signature by the client's key can not.
import type { LedgerHead } from '../ports/ledger.ts'
import type { SigningKey, VerifyingKey } from '../ports/crypto.ts'
import { dayStartMs, type InstantMs } from '../core/values/instant.ts'
import type { LedgerRow, RowDraft } from '../core/values/ledger-row.ts'
import { bytesOfHex, hexOf } from '../core/values/bytes.ts'

export const checkpointRows = 1000
/** Shifts of eight hours from midnight until a lot names its own. */
export const shiftMs = 8 * 3_600_000

const utf8 = new TextEncoder()

/** What is signed: node, place and hash of the row the checkpoint speaks for. */
export const checkpointMessage = (nodeId: string, head: LedgerHead): Uint8Array =>
  utf8.encode(`etc-lane checkpoint\n${nodeId}\n${head.seq}\n${head.hash}\n`)

const shiftOf = (atMs: InstantMs): number =>
  dayStartMs(atMs) + Math.floor((atMs - dayStartMs(atMs)) / shiftMs) * shiftMs

export interface CheckpointState {
  readonly lastSeq: number
  /** Business time of the last checkpoint, or null before the first. */
  readonly lastAtMs: InstantMs | null
}

/** The checkpoint that is due now, or null. Not while a car is about: its commit waits for nobody. */
export function dueCheckpoint(
  state: CheckpointState,
  now: { head: LedgerHead; atMs: InstantMs; quiet: boolean; nodeId: string },
  key: SigningKey,
): RowDraft | null {
  const { head, atMs, quiet, nodeId } = now
  const rows = head.seq - state.lastSeq
  if (!quiet || rows <= 0) return null
  const newShift = state.lastAtMs !== null && shiftOf(atMs) > shiftOf(state.lastAtMs)
  if (rows < checkpointRows && !newShift) return null
  return {
    kind: 'checkpoint',
    atMs,
    body: {
      headSeq: head.seq,
      headHash: head.hash,
      signature: hexOf(key.sign(checkpointMessage(nodeId, head))),
      certSerial: key.certSerial,
    },
  }
}

/** True when the checkpoint names the row it stands on and its signature verifies. */
export function checkpointHolds(
  row: Extract<LedgerRow, { kind: 'checkpoint' }>,
  hashAt: (seq: number) => string | null,
  key: VerifyingKey,
): boolean {
  const { headSeq, headHash, signature } = row.body
  const bytes = bytesOfHex(signature)
  if (bytes === null || hashAt(headSeq) !== headHash) return false
  return key.verify(checkpointMessage(row.nodeId, { seq: headSeq, hash: headHash }), bytes)
}
