// Checks the signed checkpoints of a ledger against the client certificates of its lot.
// What needs no private key, so that anybody who may read the folder can do it.
import { parsed } from '../../core/values/json.ts'
import type { DatabaseSync } from 'node:sqlite'
import { checkpointHolds, type CheckpointRow } from '../../core/lot/checkpoint.ts'
import type { VerifyingKey } from '../../ports/crypto.ts'
import type { LedgerVerdict } from '../../ports/ledger-reader.ts'
import { rowsSm3 } from './chain.ts'
import { rowColumns, storedOfSql, type ChainKey } from './row-text.ts'

export interface ClientKeys {
  readonly state: LedgerVerdict['checkpoints']['key']
  /** By serial: the certificate in use, and former ones where they were kept. */
  readonly keys: ReadonlyMap<string, VerifyingKey>
}

/** Rows whose text a checkpoint that holds has signed, and the last of them. */
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

/** One of before named no rows: it vouches for a hash alone, which nobody checks without the chain key. */
function alsoBy(before: Vouched, { fromSeq, headSeq }: CheckpointRow['body']): Vouched {
  if (fromSeq === undefined || headSeq <= before.lastSeq) return before
  return { rows: before.rows + headSeq - Math.max(fromSeq, before.lastSeq), lastSeq: headSeq }
}

/**
 * A certificate that is not known may be a former one: its checkpoints are counted as unchecked. But
 * behind a checkpoint of a known one it is none, for certificates follow one another.
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
