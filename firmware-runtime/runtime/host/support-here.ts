// What a support file says of this computer: of running lanes, of the folder of a stopped lot, and of a folder whose lot
// or ledger cannot be opened at all, where the faults are what it is asked for.
import { createHash } from 'node:crypto'
import { arch, release, totalmem } from 'node:os'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import type { SupportFileView } from '../../api/calls/support.ts'
import type { ArgsOf } from '../../api/table.ts'
import { openLedgerReader } from '../../adapters/sqlite/ledger-reader.ts'
import { supportPartsOf } from '../../adapters/sqlite/support-parts.ts'
import { supportFile } from '../../app/support/support-file.ts'
import type { LaneFault } from '../../core/faults/faults.ts'
import { orIfFault } from '../../core/faults/on-fault.ts'
import type { TextDigest } from '../../core/values/support-file.ts'
import type { SupportPorts, SupportService } from '../../ports/support.ts'
import { loadLot } from '../folder/lot-file.ts'
import { readerOptions } from '../folder/reader-options.ts'
import { folderReport } from './folder-report.ts'
import { thisProgram } from '../process/program-facts.ts'

export function supportDigest(text: string): TextDigest {
  const bytes = Buffer.from(text, 'utf8')
  const sha256Hex = createHash('sha256').update(bytes).digest('hex').toUpperCase()
  return { bytes: bytes.length, sha256Hex }
}

const here = {
  machine: () => ({
    platform: process.platform,
    release: release(),
    arch: arch(),
    node: process.versions.node,
    memoryMb: Math.round(totalmem() / 1024 ** 2),
  }),
  digestOf: supportDigest,
}
type Read = SupportService['supportParts']

export const supportOfRunning = (supportParts: Read): SupportPorts => ({
  ...here,
  isRunning: true,
  supportParts,
  folderReport: () => Promise.resolve(null),
})

export const supportOfFolder = (dir: string, supportParts: Read): SupportPorts => ({
  ...here,
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
