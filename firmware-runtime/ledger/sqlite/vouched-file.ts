// Rows of a ledger file that signed checkpoints prove, judged by the lot's certificate only: on any machine, without
// folder, keys or running lot. The chain key allows rewriting the chain, but not these signatures.
import { existsSync } from 'node:fs'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Crypto, VerifyingKey } from '#base/ports/crypto.ts'
import type { VouchedVerdict } from '../ports/ledger-reader.ts'
import { checkCheckpoints } from './checkpoints.ts'
import { pragma } from '#base/sqlite/connection.ts'
import { openLedgerFile } from './ledger-reader.ts'
import { storedOfSql } from './row-text.ts'
import { isSchemaWhole } from './schema-check.ts'
import { paidFenOf, takenFenOf } from './totals.ts'

const headSql = 'SELECT nodeId, seq, hash FROM ledger_row ORDER BY seq DESC LIMIT 1'

/** `keys`: the lot's certificates by serial. Throws FILE-01, LEDGER-01 or LEDGER-05 when the file cannot be read. */
export function verifyVouched(
  file: string,
  crypto: Crypto,
  keys: ReadonlyMap<string, VerifyingKey>,
): VouchedVerdict {
  if (!existsSync(file)) throw new LaneFault('FILE-01', { file })
  using db = openLedgerFile(file)
  const schemaVersion = Number(pragma(db, 'user_version'))
  const isWhole = isSchemaWhole(db, schemaVersion) && pragma(db, 'integrity_check') === 'ok'
  if (!isWhole) throw new LaneFault('LEDGER-05', { file })
  const head = db.prepare(headSql).get()
  const nodeId = head?.['nodeId']
  if (head === undefined || typeof nodeId !== 'string')
    throw new LaneFault('LEDGER-05', { file, note: t('里面没有记录', 'no row is in it') })
  const rows = Number(db.prepare('SELECT count(*) AS n FROM ledger_row').get()?.['n'])
  const signed = checkCheckpoints(db, { crypto, nodeId }, { state: 'present', keys })
  const { checkpoints, vouched } = signed
  // Without any check it does not pass.
  const bad = checkpoints.checked === 0 ? [null] : signed.badSeqs
  return {
    ok: bad.length === 0,
    nodeId,
    rows,
    headSeq: Number(head['seq']),
    headHash: storedOfSql({ hash: head['hash'] ?? null }).hash,
    schemaVersion,
    sums: { paidFen: paidFenOf(db), takenFen: takenFenOf(db) },
    checkpoints: { rows: checkpoints.rows, checked: checkpoints.checked },
    vouched: { ...vouched, notVouched: rows - vouched.rows },
    faults: bad.map((seq) => ({ code: 'LEDGER-07', seq })),
  }
}
