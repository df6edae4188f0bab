// The narrow cryptographic interface of the product: bytes in, bytes out, ten rules inside
// (platform-access.md C.3). Implemented by base/crypto; the simulation uses a named stand-in.

import type { SuiteName } from '../pure/data/suite.ts'

/** A private signing key that never leaves its holder. */
export interface SigningKey {
  /** Upper-case hex serial of the certificate. */
  readonly certSerial: string
  /** Says what a signature is, and which digest goes with it (P7). */
  readonly suite: SuiteName
  /** GM: SM2 with SM3, default user id, DER. RSA_AES: SHA256-RSA2048, PKCS#1 v1.5. */
  sign(message: Uint8Array): Uint8Array
}

export interface VerifyingKey {
  readonly certSerial: string
  /** False for any signature that is not of its suite's form or does not verify; never throws on bad input. */
  verify(message: Uint8Array, signature: Uint8Array): boolean
}

export interface Crypto {
  /** `real` or `stand-in`; reported in sim and replay JSON. */
  readonly kind: 'real' | 'stand-in'
  /** 32 bytes. */
  sm3(data: Uint8Array): Uint8Array
  /** 32 bytes. */
  hmacSm3(key: Uint8Array, data: Uint8Array): Uint8Array
  /** 32 bytes: what a suite without SM3 digests with. */
  sha256(data: Uint8Array): Uint8Array
}

/** Digest of data sent to a platform, by the suite of its connection (P7, P9, P20). */
export const digestOf = (
  crypto: Pick<Crypto, 'sm3' | 'sha256'>,
  suite: SuiteName,
  data: Uint8Array,
): Uint8Array => (suite === 'GM' ? crypto.sm3(data) : crypto.sha256(data))
