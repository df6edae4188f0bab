// The ledger of a data folder at a start: its chain key, its rows, and its stored fold.
// Opened together, because the files beside the ledger show whether one existed before.
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import { readFoldFile, type FoldFileOptions } from '#ledger/files/fold-file.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { mustHaveRows, openChain } from '#lane/folder/data-folder.ts'
import type { SiteOptions } from './site-parts.ts'
import { version } from '#base/process/version.ts'

export function openSiteLedger(dir: string, nodeId: string, crypto: GmCrypto) {
  mustHaveRows(dir)
  const { key: chainKey, isNew: keyIsNew } = openChain(dir, systemRandom())
  const foldFileOptions: FoldFileOptions = { dir, nodeId, program: version, crypto, chainKey }
  const kept = readFoldFile(foldFileOptions)
  const checkAfterSeq = kept.kind === 'found' ? kept.at.seq : undefined
  const place = { dir, nodeId, chainKey, crypto, checkAfterSeq, keyIsNew }
  return { opened: openLedger({ ...place, durability: 'full', version }), kept, foldFileOptions }
}

/** The signatures of this machine are tested: with wrong ones the lot must stop. */
export function proveOr(crypto: GmCrypto, fatal: SiteOptions['fatal']): void {
  onFault(
    () => crypto.prove(),
    (error) => fatal(error),
  )
}
