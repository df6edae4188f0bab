// The full check of a ledger: hashes, head file, signed checkpoints, schema, SQLite's own check, sums.
// Returns the JSON of contract.md section 5; also for a folder that cannot be opened.
import type { DatabaseSync } from 'node:sqlite'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'
import type { LedgerVerdict } from '../ports/ledger-reader.ts'
import { checkChain } from './chain.ts'
import { checkCheckpoints, noClientKeys, type ClientKeys } from './checkpoints.ts'
import { pragma } from '#base/sqlite/connection.ts'
import { type HeadReading, readHeadFile } from './head-file.ts'
import { isSchemaWhole } from './schema-check.ts'
import { type ChainKey, storedOfSql, zeroHash } from './row-text.ts'
import { paidFenOf, takenFenOf } from './totals.ts'

type Fault = { readonly code: FaultCode; readonly seq: number | null }

interface VerifyOptions extends ChainKey {
  readonly nodeId: string
  /** Read before the database: a running writer can then only make it look older. */
  readonly headFile: HeadReading
  /** The lot's client certificates; absent: signed checkpoints are counted and not checked. */
  clientKeys?(): ClientKeys
}

export function verifyDb(db: DatabaseSync, options: VerifyOptions): LedgerVerdict {
  db.exec('BEGIN')
  try {
    return verdictOf(db, options)
  } finally {
    db.exec('COMMIT')
  }
}

function headFault(
  db: DatabaseSync,
  nodeId: string,
  dbSeq: number,
  found: HeadReading,
): readonly Fault[] {
  const head = found.head
  if (head === null) return dbSeq === 0 ? [] : [{ code: 'LEDGER-08', seq: null }]
  if (head.seq > dbSeq) return [{ code: 'LEDGER-03', seq: head.seq }]
  const row = db
    .prepare('SELECT hash FROM ledger_row WHERE nodeId = ? AND seq = ?')
    .get(nodeId, head.seq)
  const hash = head.seq === 0 ? zeroHash : row === undefined ? '' : storedOfSql(row).hash
  return hash === head.hash ? [] : [{ code: 'LEDGER-04', seq: head.seq }]
}

function verdictOf(db: DatabaseSync, options: VerifyOptions): LedgerVerdict {
  const { headFile } = options
  const check = checkChain(db, options, 0)
  const count = db.prepare('SELECT count(*) AS n FROM ledger_row').get()?.['n']
  const rows = typeof count === 'number' ? count : 0
  const faults: Fault[] = []
  if (check.firstBadSeq !== null) faults.push({ code: 'LEDGER-04', seq: check.firstBadSeq })
  if (check.firstBadSeq === null && rows !== check.rows)
    faults.push({ code: 'LEDGER-04', seq: null })
  faults.push(...headFault(db, options.nodeId, check.last.seq, headFile))
  const schemaVersion = Number(pragma(db, 'user_version'))
  const whole = isSchemaWhole(db, schemaVersion) && pragma(db, 'integrity_check') === 'ok'
  if (!whole) faults.push({ code: 'LEDGER-05', seq: null })
  const signed = checkCheckpoints(db, options, options.clientKeys?.() ?? noClientKeys)
  faults.push(...signed.badSeqs.map((seq): Fault => ({ code: 'LEDGER-07', seq })))
  return {
    ok: faults.length === 0,
    rows,
    headSeq: check.last.seq,
    headHash: check.last.hash,
    headFile: headFile.head,
    chain: check.firstBadSeq === null && rows === check.rows ? 'ok' : 'broken',
    firstBadSeq: check.firstBadSeq,
    sums: { paidFen: paidFenOf(db), takenFen: takenFenOf(db) },
    schemaVersion,
    checkpoints: signed.checkpoints,
    faults,
  }
}

/** The verdict on a folder whose ledger cannot be read: missing, damaged or from a newer version. */
export const unreadableVerdict = (
  fault: LaneFault,
  headPath: string,
  key: ClientKeys['state'],
): LedgerVerdict => ({
  ok: false,
  rows: 0,
  headSeq: 0,
  headHash: zeroHash,
  headFile: readHeadFile(headPath).head,
  chain: 'broken',
  firstBadSeq: null,
  sums: { paidFen: 0, takenFen: 0 },
  schemaVersion: 0,
  checkpoints: { key, rows: 0, checked: 0 },
  faults: [{ code: fault.code, seq: null }],
})
