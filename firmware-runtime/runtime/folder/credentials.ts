// What proves a lot to a platform and that platform to the lot, as its folder has it: certificates, an authorisation code, or
// both, by the envelope that the platform speaks in (ports/envelope.ts).
import { loadCertFolder } from '../../adapters/crypto/certs.ts'
import type { GmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import type { SignedPlatformOptions } from '../../adapters/http/signed-platform.ts'
import type { Dialect } from '../../ports/dialect.ts'
import { accessCodeOf } from './access-code.ts'

interface Place {
  readonly certDir: string
  /** The authorisation code is sealed. */
  readonly isSealed: boolean
  /** PEM of the client's key; undefined: as it lies there. */
  clientKey(): string | undefined
}

export interface Credentials extends Pick<
  SignedPlatformOptions,
  'signingKey' | 'platformKeys' | 'accessCode'
> {
  /** Null where the envelope needs none. */
  readonly certs: ReturnType<typeof loadCertFolder> | null
}

/** Throws CERT-01 where what the envelope needs does not lie there. */
export function credentialsIn(
  dialect: Pick<Dialect, 'envelope'>,
  { certDir, isSealed, clientKey }: Place,
  crypto: GmCrypto,
): Credentials {
  const isCertified = dialect.envelope.needs.includes('certificates')
  const certs = isCertified ? loadCertFolder(certDir, crypto, clientKey()) : null
  return {
    certs,
    signingKey: certs?.signingKey ?? null,
    platformKeys: certs?.platformKeys ?? new Map(),
    accessCode: accessCodeOf(dialect, certDir, isSealed),
  }
}
