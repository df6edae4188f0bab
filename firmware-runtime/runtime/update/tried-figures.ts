// The figures of a folder, read as a start reads it: the ledger is opened (an older schema is migrated), its whole chain is
// checked, every row is folded, and lot file, tariff and profiles are read. No port, no device, no network.
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { emptyFolded, foldStored, type RowsAfter } from '#ledger/pure/fold/folded.ts'
import { snapshotMonoMs } from '#ledger/pure/fold/snapshot.ts'
import { carsInside } from '#lane/pure/lot/entry-room.ts'
import { outboxRowIn } from '#ledger/pure/queue/records.ts'
import type { TriedFigures } from '../pure/update/plan.ts'
import { refuseUnspoken } from '#lane/folder/live-lot.ts'
import { lotFile } from '#lane/desk/folder/kept-lot.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { namedProfiles } from '#devices/desk/profile/named-profiles.ts'
import { openSiteLedger } from '../site/site-ledger.ts'

/** Writes to the ledger of `dir`, so that is a copy. Throws the fault that a start would end with. */
export async function triedFigures(dir: string): Promise<TriedFigures> {
  const crypto = openGmCrypto()
  crypto.prove()
  const { config } = loadLot(dir)
  refuseUnspoken(config, lotFile(dir))
  await namedProfiles(config, dir)
  openSiteLedger(dir, config.nodeId, crypto).opened.ledger.close()
  using reader = openLedgerReader(readerOptions(dir))
  const verdict = reader.verify()
  // A checkpoint that a lost certificate signed is a matter of the lot, in both programs.
  const fault = verdict.faults.find(({ code }) => code !== 'LEDGER-07')
  if (fault !== undefined)
    throw new LaneFault(fault.code, { file: dir, field: `seq ${fault.seq ?? ''}` })
  const rowsAfter: RowsAfter = (seq) => reader.rows(seq)
  const folded = emptyFolded(outboxRowIn(rowsAfter))
  for (const row of rowsAfter(0)) foldStored(folded, row, snapshotMonoMs)
  const { lot, queue } = folded
  return {
    rows: verdict.rows,
    headHash: verdict.headHash,
    carsInside: carsInside(lot),
    ordersOpen: [...lot.orders.values()].filter(({ paidFen, amountFen }) => paidFen < amountFen)
      .length,
    paidFen: verdict.sums.paidFen + verdict.sums.takenFen,
    unsent: queue.records.size,
  }
}
