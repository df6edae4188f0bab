// What a support file says of the folder of a stopped lot, and of a folder whose lot or ledger cannot be opened at all, where
// the faults are what it is asked for.
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { SupportFileView } from '../calls/support.ts'
import type { ArgsOf } from '../api/table.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { supportPartsOf } from '#lane/sqlite/support-parts.ts'
import { supportFile } from '../support/support-file.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { SupportPorts, SupportService } from '#lane/ports/support.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { folderReport } from './folder-report.ts'
import { supportHere } from './support-here.ts'
import { thisProgram } from '#base/desk/process/program-facts.ts'

export const supportOfFolder = (
  dir: string,
  supportParts: SupportService['supportParts'],
): SupportPorts => ({
  ...supportHere,
  isRunning: false,
  supportParts,
  folderReport: () => folderReport(dir, systemWallClock().nowMs()),
})

/** Of a folder that `fault` keeps from being opened as a lot: its files as far as each of them can be read. */
export function supportOfBroken(
  dir: string,
  fault: LaneFault,
  asked: ArgsOf<'support.file'>,
): Promise<SupportFileView> {
  const lot = orIfFault(() => loadLot(dir), null)
  const ports = supportOfFolder(dir, async (ask) => {
    if (lot === null) throw fault
    using reader = openLedgerReader(readerOptions(dir))
    return await supportPartsOf(reader, dir, ask)
  })
  const nowMs = systemWallClock().nowMs()
  const facts = { ...thisProgram, lotId: lot?.config.lotId ?? 'unknown' }
  return supportFile({ ports, nowMs, ...facts, lot, people: [], call: null, fault }, asked)
}
