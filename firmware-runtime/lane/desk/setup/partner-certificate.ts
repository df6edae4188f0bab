// The signing key and certificate of the published interface of a lot: made once, the key sealed to this machine.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pkcs8Of } from '#base/crypto/accelerator.ts'
import { pemText } from '#base/crypto/certificate-request.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { ownSignedCertificate } from '#base/crypto/own-signed.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import type { LotConfig, PublishedConfig } from '#base/pure/lot/config.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import { clientKeyFiles, sealedClientKey } from '../../folder/client-key.ts'

/** As long as partners hold a copy: five years. */
const validMs = 5 * 366 * dayMs

interface MadeKeys {
  /** To hand over. */
  readonly certFile: string
  /** False: they were there before. */
  readonly isNew: boolean
}

/** Throws FILE-04 or FILE-05 where the folder cannot be written. */
export function makePartnerKeys(
  { certDir }: PublishedConfig,
  { name, lotId }: Pick<LotConfig, 'name' | 'lotId'>,
  nowMs: InstantMs,
): MadeKeys {
  const certFile = join(certDir, 'client.pem')
  if (existsSync(certFile)) return { certFile, isNew: false }
  const crypto = openGmCrypto()
  const pair = crypto.keyPair()
  const serial = randomBytes(16)
  // Positive, and without a leading zero octet.
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f)
  const certificate = ownSignedCertificate({
    subject: { organisation: name.zh, commonName: lotId },
    publicKey: pair.publicKey,
    key: crypto.signingKey(pair, hexOf(serial)),
    fromMs: nowMs - dayMs,
    toMs: nowMs + validMs,
  })
  orDiskFault({ file: certFile }, () => {
    mkdirSync(certDir, { recursive: true })
    writeWhole(join(certDir, clientKeyFiles.plain), pemText('PRIVATE KEY', pkcs8Of(pair)))
    sealedClientKey(certDir)
    writeWhole(certFile, pemText('CERTIFICATE', certificate))
  })
  return { certFile, isNew: true }
}
