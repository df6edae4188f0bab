// Which lot a data folder belongs to, by its ledger: a demo never continues the ledger of a real lot, a real lot never
// that of a demo, and a lost lot.json is never replaced by that of a demo.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { readLedgerKind, type LedgerKind } from '#ledger/sqlite/ledger-kind.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

const kindOf = (dir: string): LedgerKind | null => {
  const { db } = ledgerFiles(dir)
  return existsSync(db) ? readLedgerKind(db) : null
}

/** A file that only a lot that ran leaves, also when its ledger is gone; null without one. */
function tracesOf(dir: string): string | null {
  const { wal, head } = ledgerFiles(dir)
  const backup = join(dir, 'backup')
  const found = [head, join(dir, 'keys', 'chain.key')].find((file) => existsSync(file))
  if (found !== undefined) return found
  // A reader may leave an empty log; a log with rows belongs to a ledger.
  if (existsSync(wal) && statSync(wal).size > 0) return wal
  return existsSync(backup) && readdirSync(backup).length > 0 ? backup : null
}

/** The file that proves a real ledger in a folder without lot.json; null without one. */
function realLedgerIn(dir: string): string | null {
  const { db } = ledgerFiles(dir)
  const kind = kindOf(dir)
  if (kind?.mode === 'demo') return null
  return kind !== null && kind.mode !== 'none' ? db : tracesOf(dir)
}

/** Why a folder has no lot: LOT-08 beside a real ledger, else LOT-01. Call it only when lot.json is missing. */
export function noLotFault(dir: string): LaneFault {
  const file = join(dir, 'lot.json')
  const real = realLedgerIn(dir)
  if (real === null) return new LaneFault('LOT-01', { file, value: dir })
  return new LaneFault('LOT-08', { file, value: dir, note: real })
}

/**
 * Throws LOT-09 when lot.json and the ledger belong to different lots. Another node id needs no check here: a ledger
 * without a row of the node is not opened (LEDGER-04, repair letter P), and a restored copy keeps its node id (ADR 232).
 */
export function mustBeOfThisLot(dir: string, config: Pick<LotConfig, 'mode' | 'lotId'>): void {
  const kind = kindOf(dir)
  if (kind === null || kind.mode === 'none' || kind.mode === 'unreadable') return
  const refuse = (field: string, value: string, ledger: string): never => {
    const note = `ledger.db: ${ledger}`
    throw new LaneFault('LOT-09', { file: join(dir, 'lot.json'), field, value, note })
  }
  if (kind.mode !== config.mode) refuse('/mode', config.mode, kind.mode)
  if (kind.lotId !== null && kind.lotId !== config.lotId) refuse('/lotId', config.lotId, kind.lotId)
}

/** Throws LOT-08 when a demo would begin in the folder of a real lot that lost its lot.json. */
export function mustBeFreeForDemo(dir: string): void {
  const fault = noLotFault(dir)
  if (fault.code !== 'LOT-01') throw fault
}
