// The credentials between a lot and a platform in its folder: certificates, an authorisation code, or both, as the
// platform's envelope requires (ledger/ports/envelope.ts).
import { loadCertFolder } from '#base/crypto/certs.ts'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import type { SignedPlatformOptions } from '#ledger/http/signed-platform.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import { accessCodeOf } from './access-code.ts'

interface Place {
  readonly certDir: string
  /** True when the authorisation code is sealed. */
  readonly isSealed: boolean
  /** PEM of the client's key; undefined: read from the folder. */
  clientKey(): string | undefined
}

export interface Credentials extends Pick<
  SignedPlatformOptions,
  'signingKey' | 'platformKeys' | 'accessCode'
> {
  /** Null when the envelope needs no certificates. */
  readonly certs: ReturnType<typeof loadCertFolder> | null
}

/** Throws CERT-01 when the folder lacks a certificate or code that the envelope needs. */
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
