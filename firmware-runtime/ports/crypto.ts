// The narrow cryptographic interface of the product: bytes in, bytes out, ten rules inside
// (platform-access.md C.3). Implemented by adapters/crypto; the simulation uses a named stand-in.

/** A private signing key that never leaves its holder. */
export interface SigningKey {
  /** Upper-case hex serial of the certificate. */
  readonly certSerial: string
  /** SM2 with SM3, default user id, DER. */
  sign(message: Uint8Array): Uint8Array
}

export interface VerifyingKey {
  readonly certSerial: string
  /** False for any signature that is not strictly DER or does not verify; never throws on bad input. */
  verify(message: Uint8Array, signatureDer: Uint8Array): boolean
}

export interface Crypto {
  /** `real` or `stand-in`; reported in sim and replay JSON. */
  readonly kind: 'real' | 'stand-in'
  /** 32 bytes. */
  sm3(data: Uint8Array): Uint8Array
  /** 32 bytes. */
  hmacSm3(key: Uint8Array, data: Uint8Array): Uint8Array
}
