// Which platform a destination of a data folder is: its address, the lot's account, and the certificates that lie there.
import { createHash } from 'node:crypto'
import { heldCertificates } from '../../adapters/crypto/certs.ts'
import type { PlatformAccount } from '../../core/lot/platform-account.ts'
import type { LinkHere } from './link-here.ts'

const fingerprintOf = (publicKey: Uint8Array): string =>
  createHash('sha256').update(publicKey).digest('hex').slice(0, 16)

export const accountHere = ({ appId, url, certDir }: LinkHere): PlatformAccount => ({
  appId,
  url,
  keys: heldCertificates(certDir)
    .filter(({ whose }) => whose === 'platform')
    .map(({ publicKey }) => fingerprintOf(publicKey))
    .toSorted(),
})
