// Reads a recovery key given to a command: from a file or typed, and its two shares from one or two files. Also reads a
// ledger with it on any machine, without changing the folder.
import { t } from '#base/pure/words/fault-text.ts'
import type { OpenedCopy } from '../../copies/copy-open.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { clientCertificates } from '#base/crypto/certs.ts'
import { keysByRecovery } from '#base/secrets/folder-keys.ts'
import { readRecoveryKey, type RecoveryKey } from '#base/secrets/recovery-key.ts'
import type { ReaderOptions } from '../../sqlite/ledger-reader.ts'
import { joinedPlatform } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readText } from '#base/process/read-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'

const keyFileBytesMax = 64 * 1024

/** `FILE`, or `FILE,FILE` for the shares. */
export function recoveryKeyIn(files: string): RecoveryKey {
  const texts = files.split(',').map((file) => readText(file.trim(), keyFileBytesMax))
  return readRecoveryKey(texts.join('\n'))
}

/** Reads the ledger of a folder with its machine's key, or with the key in its recovery box. */
export function readerOptionsBy(dir: string, recoveryKey: string | undefined): ReaderOptions {
  if (recoveryKey === undefined) return readerOptions(dir)
  const { config } = loadLot(dir)
  const { keys, lotId, nodeId } = keysByRecovery(dir, recoveryKeyIn(recoveryKey))
  const chain = keys['chain']
  if (chain === undefined || lotId !== config.lotId || nodeId !== config.nodeId)
    throw new LaneFault('RECOVERY-02', {
      file: dir,
      value: lotId,
      note: t(`这个停车场是 ${config.lotId}`, `this lot is ${config.lotId}`),
    })
  const crypto = openGmCrypto()
  const clientKeys = () => clientCertificates(joinedPlatform(config)?.certDir ?? null, crypto)
  const chainKey = new Uint8Array(Buffer.from(chain, 'base64'))
  return { dir, nodeId: config.nodeId, chainKey, crypto, clientKeys }
}

/** Which copy was opened, what is damaged at its place, and the later copies that are lost. */
export const soundOf = ({ line, damaged, left }: OpenedCopy) => ({
  copy: line.n,
  copyAtIso: line.atIso,
  damaged,
  left: left.map(({ n, atIso, fromSeq, toSeq }) => ({ n, atIso, fromSeq, toSeq })),
})
