// Signed checkpoints of the ledger: one for each shift and every thousand rows (design.md 4.5). Written while no car is
// in a lane; `ledger verify` and each backup verify them (ledger/pure/lot/checkpoint.ts).
import type { Ledger, LedgerHead } from '#ledger/ports/ledger.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import { checkpointText } from '#ledger/pure/lot/checkpoint.ts'
import { dayStartMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { hexOf } from '#base/pure/data/bytes.ts'

export const checkpointRows = 1000
/**
 * Limit of rows for one checkpoint: some 20 ms of the lane's thread. More rows wait when a lot had no key until it
 * joined its platform; they get one checkpoint after another.
 */
export const checkpointRowsMax = 2 * checkpointRows
/** Shifts of eight hours from midnight until a lot defines its own. */
const shiftMs = 8 * 3_600_000

const utf8 = new TextEncoder()

const shiftOf = (atMs: InstantMs): number =>
  dayStartMs(atMs) + Math.floor((atMs - dayStartMs(atMs)) / shiftMs) * shiftMs

export interface CheckpointState {
  /** Row of the last checkpoint; 0: none yet. */
  readonly lastSeq: number
  /** The last row that it covers; 0: none yet. */
  readonly headSeq: number
  /** Business time of the last checkpoint, or null before the first. */
  readonly lastAtMs: InstantMs | null
}

function hashAt(ledger: Pick<Ledger, 'rows'>, seq: number): string {
  for (const row of ledger.rows(seq - 1)) return row.hash
  throw new Error(`assertion failed: the ledger has row ${seq}`)
}

/** The checkpoint that is due now, or null. None while a car is in a lane, because no car may wait for its commit. */
export function dueCheckpoint(
  state: CheckpointState,
  now: { head: LedgerHead; atMs: InstantMs; quiet: boolean; nodeId: string },
  ledger: Pick<Ledger, 'rows' | 'rowsSm3'>,
  key: SigningKey,
): RowDraft | null {
  const { head, atMs, quiet, nodeId } = now
  const rows = head.seq - state.lastSeq
  if (!quiet) return null
  const isBehind = state.headSeq < state.lastSeq - 1
  const newShift = state.lastAtMs !== null && shiftOf(atMs) > shiftOf(state.lastAtMs)
  const isDue = isBehind || rows >= checkpointRows || (newShift && rows > 0)
  if (!isDue) return null
  const fromSeq = state.headSeq
  const headSeq = Math.min(head.seq, fromSeq + checkpointRowsMax)
  const headHash = headSeq === head.seq ? head.hash : hashAt(ledger, headSeq)
  const vouched = { fromSeq, rowsSm3: ledger.rowsSm3(fromSeq, headSeq) }
  const text = checkpointText(nodeId, { seq: headSeq, hash: headHash }, vouched)
  return {
    kind: 'checkpoint',
    atMs,
    body: {
      headSeq,
      headHash,
      ...vouched,
      signature: hexOf(key.sign(utf8.encode(text))),
      certSerial: key.certSerial,
    },
  }
}
