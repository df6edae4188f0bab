// The stored state of a folder's ledger, for who reads it while its lanes do not run, or beside them.
import { readFoldFile } from '../../adapters/files/fold-file.ts'
import { openLedgerReader, type ReaderOptions } from '../../adapters/sqlite/ledger-reader.ts'
import { foldLedger, noFold } from '../../app/lot/fold-start.ts'
import { orIfFault } from '../../core/faults/on-fault.ts'
import { trendOf, type RoomTrend } from '../../core/lot/disk-forecast.ts'
import type { FoundFold } from '../../ports/fold-cache.ts'
import { version } from '../process/version.ts'
import { readerOptions } from './reader-options.ts'

/** The stored state avoids reading all rows; a copy on another machine has no key to verify it and reads all rows. */
export function keptFold(options: ReaderOptions): FoundFold {
  const { dir, nodeId, crypto } = options
  return orIfFault(
    () => readFoldFile({ dir, nodeId, program: version, crypto, chainKey: options.chainKey }),
    noFold,
  )
}

/** How the free space of a lot's disk went in the last weeks. A ledger that cannot be read foresees nothing. */
export function roomTrend(dir: string): RoomTrend {
  const read = (): RoomTrend => {
    const options = readerOptions(dir)
    using reader = openLedgerReader(options)
    return trendOf(foldLedger(reader, keptFold(options), 0).folded.lot.upkeep.room)
  }
  return orIfFault(read, trendOf([]))
}
