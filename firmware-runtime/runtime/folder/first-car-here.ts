// The first car that the ledger of a folder knows, read beside the lanes that run or without any.
// Null where no car came, or where there is no ledger yet.
import { existsSync } from 'node:fs'
import { ledgerFiles } from '../../adapters/sqlite/inspect.ts'
import { openLedgerReader } from '../../adapters/sqlite/ledger-reader.ts'
import { firstCarSaid, type FirstCarSaid } from '../../app/setup/first-car-said.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { readerOptions } from './reader-options.ts'

export function firstCarHere(dir: string, config: LotConfig): FirstCarSaid | null {
  if (!existsSync(ledgerFiles(dir).db)) return null
  const reader = openLedgerReader(readerOptions(dir))
  try {
    return firstCarSaid(reader, config)
  } finally {
    reader.close()
  }
}
