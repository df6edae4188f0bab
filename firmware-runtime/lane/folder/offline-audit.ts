// The audit row of an act on a folder without a runtime: written into its ledger before the act is done.
// When it cannot be written, the act is not done.
import { randomUUID } from 'node:crypto'
import { systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { claimFolder, mustHaveRows, openChain } from './data-folder.ts'
import { mustBeOfThisLot } from './lot-kind.ts'
import { version } from '#base/process/version.ts'

interface AuditWho {
  readonly by: string
  readonly reason: string
  readonly role?: string
  readonly result?: string
}

/** `more`: rows of the act itself, written together with its audit row. */
export function writeAudit(
  dir: string,
  lot: LotConfig,
  who: AuditWho,
  act: string,
  more: readonly RowDraft[] = [],
): void {
  const body = { act, role: 'installer', result: 'done', ...who, commandId: randomUUID() }
  writeRows(dir, lot, [{ kind: 'audit', atMs: systemWallClock().nowMs(), body }, ...more])
}

/** Writes into the ledger of a folder without a runtime. */
export function writeRows(dir: string, lot: LotConfig, rows: readonly RowDraft[]): void {
  const folder = claimFolder(dir)
  try {
    mustBeOfThisLot(dir, lot)
    mustHaveRows(dir)
    const crypto = openGmCrypto()
    const { key: chainKey, isNew: keyIsNew } = openChain(dir, systemRandom())
    const place = { dir, nodeId: lot.nodeId, chainKey, keyIsNew, crypto }
    const { ledger } = openLedger({ ...place, durability: 'full', version })
    try {
      ledger.append(rows)
    } finally {
      ledger.close()
    }
  } finally {
    folder.release()
  }
}
