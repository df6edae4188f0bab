// Stand-in cryptography for simulation, named as such in every report: fast and deterministic.
// SHA-256 from node:crypto exists on stock Node and Electron alike, so hashes agree on both.
import { createHmac, hash } from 'node:crypto'
import type { Crypto, SigningKey, VerifyingKey } from '../../ports/crypto.ts'
import { equalBytes } from './sm4.ts'

const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', data, 'buffer'))

const hmacSha256 = (key: Uint8Array, data: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(data).digest())

export const standInCrypto: Crypto = { kind: 'stand-in', sm3: sha256, hmacSm3: hmacSha256 }

const keyOf = (certSerial: string): Uint8Array =>
  sha256(new TextEncoder().encode(`stand-in key ${certSerial}`))

/** Anyone can compute it from the serial: proves order and completeness, never identity. */
export const standInSigningKey = (certSerial: string): SigningKey => ({
  certSerial,
  sign: (message) => hmacSha256(keyOf(certSerial), message),
})

export const standInVerifyingKey = (certSerial: string): VerifyingKey => ({
  certSerial,
  verify: (message, signature) => equalBytes(hmacSha256(keyOf(certSerial), message), signature),
})
