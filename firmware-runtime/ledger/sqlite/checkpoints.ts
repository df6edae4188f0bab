// Checks the signed checkpoints of a ledger against the client certificates of its lot.
// Needs no private key, so that every reader of the folder can do it.
import { parsed } from '#base/pure/data/json.ts'
import type { DatabaseSync } from 'node:sqlite'
import { checkpointHolds, type CheckpointRow } from '../pure/lot/checkpoint.ts'
import type { VerifyingKey } from '#base/ports/crypto.ts'
import type { LedgerVerdict } from '../ports/ledger-reader.ts'
import { rowsSm3 } from './chain.ts'
import { rowColumns, storedOfSql, type ChainKey } from './row-text.ts'

export interface ClientKeys {
  readonly state: LedgerVerdict['checkpoints']['key']
  /** Keys by certificate serial: the one in use, and former ones as far as they are kept. */
  readonly keys: ReadonlyMap<string, VerifyingKey>
}

/** Count of rows whose text is signed by a valid checkpoint, and the last of them. */
interface Vouched {
  readonly rows: number
  readonly lastSeq: number
}

export const noClientKeys: ClientKeys = { state: 'absent', keys: new Map() }

const utf8 = new TextEncoder()

function bodyOf(text: string): CheckpointRow['body'] | null {
  const body = parsed(text)
  return typeof body === 'object' && body !== null ? (body as CheckpointRow['body']) : null
}

/** Older checkpoints name no rows: they sign a hash alone, which needs the chain key to check. */
function alsoBy(before: Vouched, { fromSeq, headSeq }: CheckpointRow['body']): Vouched {
  if (fromSeq === undefined || headSeq <= before.lastSeq) return before
  return { rows: before.rows + headSeq - Math.max(fromSeq, before.lastSeq), lastSeq: headSeq }
}

/**
 * A checkpoint under an unknown certificate may be of a former one and counts as unchecked. After a checkpoint of a
 * known certificate it is invalid, because certificates follow one another.
 */
export function checkCheckpoints(
  db: DatabaseSync,
  { crypto, nodeId }: Pick<ChainKey, 'crypto'> & { readonly nodeId: string },
  { state, keys }: ClientKeys,
): {
  readonly checkpoints: LedgerVerdict['checkpoints']
  readonly badSeqs: readonly number[]
  readonly vouched: Vouched
} {
  const hashSql = db.prepare('SELECT hash FROM ledger_row WHERE nodeId = ? AND seq = ?')
  const hashAt = (seq: number): string | null => {
    const row = hashSql.get(nodeId, seq)
    return row === undefined ? null : storedOfSql(row).hash
  }
  const badSeqs: number[] = []
  let rows = 0
  let checked = 0
  let vouched: Vouched = { rows: 0, lastSeq: 0 }
  const all = db.prepare(
    `SELECT ${rowColumns} FROM ledger_row WHERE nodeId = ? AND kind = 'checkpoint' ORDER BY seq`,
  )
  for (const found of all.iterate(nodeId)) {
    const { seq, bodyText } = storedOfSql(found)
    const body = bodyOf(bodyText)
    const key = body === null ? undefined : keys.get(body.certSerial)
    rows++
    if (key !== undefined) checked++
    if (body !== null && key === undefined && checked === 0) continue
    const holds =
      body !== null &&
      key !== undefined &&
      checkpointHolds(
        { nodeId, seq, body },
        {
          hashAt,
          rowsSm3: (fromSeq, toSeq) => rowsSm3(db, { crypto, nodeId }, fromSeq, toSeq),
          verify: (text, signature) => key.verify(utf8.encode(text), signature),
        },
      )
    if (!holds) badSeqs.push(seq)
    else vouched = alsoBy(vouched, body)
  }
  return { checkpoints: { key: state, rows, checked }, badSeqs, vouched }
}
