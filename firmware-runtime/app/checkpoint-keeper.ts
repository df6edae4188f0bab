// Signed checkpoints of the ledger: one a shift and one every thousand rows (design.md 4.5).
// Written while no car is about; `ledger verify` and each backup check them (core/lot/checkpoint.ts).
import type { LedgerHead } from '../ports/ledger.ts'
import type { SigningKey } from '../ports/crypto.ts'
import { checkpointText } from '../core/lot/checkpoint.ts'
import { dayStartMs, type InstantMs } from '../core/values/instant.ts'
import type { RowDraft } from '../core/values/ledger-row.ts'
import { hexOf } from '../core/values/bytes.ts'

export const checkpointRows = 1000
/** Shifts of eight hours from midnight until a lot names its own. */
export const shiftMs = 8 * 3_600_000

const utf8 = new TextEncoder()

const shiftOf = (atMs: InstantMs): number =>
  dayStartMs(atMs) + Math.floor((atMs - dayStartMs(atMs)) / shiftMs) * shiftMs

export interface CheckpointState {
  /** The row of the last checkpoint, which speaks for the row before it; 0 before the first. */
  readonly lastSeq: number
  /** Business time of the last checkpoint, or null before the first. */
  readonly lastAtMs: InstantMs | null
}

/** The checkpoint that is due now, or null. Not while a car is about: its commit waits for nobody. */
export function dueCheckpoint(
  state: CheckpointState,
  now: { head: LedgerHead; atMs: InstantMs; quiet: boolean; nodeId: string },
  rowsSm3: (fromSeq: number, toSeq: number) => string,
  key: SigningKey,
): RowDraft | null {
  const { head, atMs, quiet, nodeId } = now
  const rows = head.seq - state.lastSeq
  if (!quiet || rows <= 0) return null
  const newShift = state.lastAtMs !== null && shiftOf(atMs) > shiftOf(state.lastAtMs)
  if (rows < checkpointRows && !newShift) return null
  const fromSeq = Math.max(0, state.lastSeq - 1)
  const vouched = { fromSeq, rowsSm3: rowsSm3(fromSeq, head.seq) }
  return {
    kind: 'checkpoint',
    atMs,
    body: {
      headSeq: head.seq,
      headHash: head.hash,
      ...vouched,
      signature: hexOf(key.sign(utf8.encode(checkpointText(nodeId, head, vouched)))),
      certSerial: key.certSerial,
    },
  }
}
