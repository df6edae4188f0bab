// How the free space of a lot's disk went, from its ledger: loaded only when a folder is judged.
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { foldLedger } from '../lot/upkeep/fold-start.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { trendOf, type RoomTrend } from '#ledger/pure/lot/disk-forecast.ts'
import { keptFold } from './kept-fold.ts'
import { readerOptions } from './reader-options.ts'

/** How the free space of a lot's disk went in the last weeks. A ledger that cannot be read foresees nothing. */
export function roomTrend(dir: string): RoomTrend {
  const read = (): RoomTrend => {
    const options = readerOptions(dir)
    using reader = openLedgerReader(options)
    return trendOf(foldLedger(reader, keptFold(options), 0).folded.lot.upkeep.room)
  }
  return orIfFault(read, trendOf([]))
}
