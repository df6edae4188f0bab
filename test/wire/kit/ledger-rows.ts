// The rows of a ledger on disk, read beside its writer, and the check of its chain.
// Reads the file itself, never the memory of the process that wrote it.
import { join } from 'node:path'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openReader } from '#base/sqlite/connection.ts'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import { ledgerRowOf, rowColumns, storedOfSql, zeroHash } from '#ledger/sqlite/row-text.ts'
import { readChainKey } from '#lane/folder/data-folder.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { LedgerVerdict } from '#ledger/ports/ledger-reader.ts'

const crypto = openGmCrypto()

export function ledgerRows(dir: string): LedgerRow[] {
  const db = openReader(join(dir, 'ledger.db'))
  try {
    let prevHash: string = zeroHash
    return db
      .prepare(`SELECT ${rowColumns} FROM ledger_row ORDER BY seq`)
      .all()
      .map((row) => {
        const stored = storedOfSql(row)
        const made = ledgerRowOf(stored, prevHash)
        prevHash = stored.hash
        return made
      })
  } finally {
    db.close()
  }
}

export function verdictOn(dir: string, nodeId: string): LedgerVerdict {
  const chainKey = readChainKey(dir)
  return verifyLedger({ dir, nodeId, chainKey, crypto })
}
