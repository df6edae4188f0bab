// The stored state of a folder's ledger, for who reads it while its lanes do not run, or beside them.
import { readFoldFile } from '#ledger/files/fold-file.ts'
import type { ReaderOptions } from '#ledger/sqlite/ledger-reader.ts'
import { noFold } from '../lot/upkeep/fold-start.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { FoundFold } from '#ledger/ports/fold-cache.ts'
import { version } from '#base/process/version.ts'

/** The stored state avoids reading all rows; a copy on another machine has no key to verify it and reads all rows. */
export function keptFold(options: ReaderOptions): FoundFold {
  const { dir, nodeId, crypto } = options
  return orIfFault(
    () => readFoldFile({ dir, nodeId, program: version, crypto, chainKey: options.chainKey }),
    noFold,
  )
}
