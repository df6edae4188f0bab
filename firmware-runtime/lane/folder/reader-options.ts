// Options for reading the ledger of a folder: its node, its keys, and the certificates that signed it.
// For a folder made by a replay: the keys of simulated lots.
import { clientCertificates } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import type { ReaderOptions } from '#ledger/sqlite/ledger-reader.ts'
import { joinedPlatform } from '#base/pure/lot/config.ts'
import { readChainKey } from './data-folder.ts'
import { loadLot } from './lot-file.ts'
import { isSimulated } from './replay-folder.ts'
import { simulatedKeys } from './simulated-keys.ts'

export function readerOptions(dir: string): ReaderOptions {
  if (isSimulated(dir)) return { dir, ...simulatedKeys }
  const { config } = loadLot(dir)
  const crypto = openGmCrypto()
  const clientKeys = () => clientCertificates(joinedPlatform(config)?.certDir ?? null, crypto)
  return {
    dir,
    nodeId: config.nodeId,
    // Sealed to its machine: rows of a copy are read without it, and only a check of the chain asks for it.
    get chainKey() {
      return readChainKey(dir)
    },
    crypto,
    clientKeys,
  }
}
