// The product's one entry to SM2, SM3 and SM4: self-tested when opened, accelerated when proven.
// Implements ports/crypto.ts; what lies behind it is decided here and nowhere else (ADR 0012).
import { sm3 as librarySm3 } from 'sm-crypto-v2'
import type { Crypto, SigningKey, VerifyingKey } from '../../ports/crypto.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { nodeAccelerator, type Accelerator, type Digests } from './accelerator.ts'
import { acceleratorFailure, selfTest } from './self-test.ts'
import {
  precompute,
  publicKeyOf,
  rawSignature,
  sm2Decrypt,
  sm2Encrypt,
  sm2KeyPair,
  sm2Sign,
  sm2Verify,
  type Sm2KeyPair,
} from './sm2.ts'
import { bytesOfLowHex, checkPublicKey } from './sm2-curve.ts'
import { cbcOpen, cbcSeal, equalBytes, gcmKey, type CbcBox, type GcmKey } from './sm4.ts'

export interface GmCrypto extends Crypto {
  readonly kind: 'real'
  /** Null when signatures and digests run through node:crypto; else why they do not. */
  readonly notAccelerated: string | null
  /** `pair` must belong together; refuses keys outside the range of rule 3. */
  signingKey(pair: Sm2KeyPair, certSerial: string): SigningKey
  /** Precomputes once: keep it for the life of the certificate. */
  verifyingKey(publicKey: Uint8Array, certSerial: string): VerifyingKey
  keyPair(): Sm2KeyPair
  /** 16 to 1024 bytes to a GM/T 0009 ciphertext for the holder of `publicKey` (P8). */
  encryptFor(publicKey: Uint8Array, plain: Uint8Array): Uint8Array
  decryptWith(privateKey: Uint8Array, ciphertext: Uint8Array): Uint8Array
  gcmKey(key: Uint8Array): GcmKey
  cbcSeal(key: Uint8Array, macKey: Uint8Array, plain: Uint8Array): CbcBox
  cbcOpen(key: Uint8Array, macKey: Uint8Array, box: CbcBox): Uint8Array
}

export const libraryDigests: Digests = {
  sm3: (data) => bytesOfLowHex(librarySm3(data)),
  hmacSm3: (key, data) => bytesOfLowHex(librarySm3(data, { key, mode: 'hmac' })),
}

const randomBytes = (count: number): Uint8Array =>
  globalThis.crypto.getRandomValues(new Uint8Array(count))

function checkPair(pair: Sm2KeyPair): void {
  if (!equalBytes(publicKeyOf(pair.privateKey), pair.publicKey)) {
    throw new LaneFault('CRYPTO-02', { note: 'private and public key do not belong together' })
  }
}

function signingKeyOf(
  pair: Sm2KeyPair,
  certSerial: string,
  accelerator: Accelerator | null,
): SigningKey {
  checkPair(pair)
  if (accelerator === null) {
    return { certSerial, sign: (message) => sm2Sign(message, pair) }
  }
  const sign = accelerator.signer(pair)
  return {
    certSerial,
    sign(message) {
      const signature = sign(message)
      if (rawSignature(signature) === null) {
        throw new LaneFault('CRYPTO-01', { note: 'signature is not strict DER' })
      }
      return signature
    },
  }
}

function verifyingKeyOf(
  publicKey: Uint8Array,
  certSerial: string,
  accelerator: Accelerator | null,
): VerifyingKey {
  if (accelerator === null) {
    const key = precompute(publicKey)
    return { certSerial, verify: (message, signature) => sm2Verify(message, signature, key) }
  }
  const verify = accelerator.verifier(checkPublicKey(publicKey))
  return {
    certSerial,
    verify: (message, signature) => rawSignature(signature) !== null && verify(message, signature),
  }
}

/** Runs the self-test (throws CRYPTO-01), then offers the accelerator its chance. */
export function openGmCrypto(offer: () => Accelerator | null = nodeAccelerator): GmCrypto {
  selfTest(libraryDigests)
  const offered = offer()
  const notAccelerated = offered === null ? 'runtime has no SM3' : acceleratorFailure(offered)
  const accelerator = notAccelerated === null ? offered : null
  const digests: Digests = accelerator ?? libraryDigests
  const { hmacSm3: hmac } = digests
  return {
    kind: 'real',
    notAccelerated,
    sm3: digests.sm3,
    hmacSm3: hmac,
    signingKey: (pair, certSerial) => signingKeyOf(pair, certSerial, accelerator),
    verifyingKey: (publicKey, certSerial) => verifyingKeyOf(publicKey, certSerial, accelerator),
    keyPair: sm2KeyPair,
    encryptFor: (publicKey, plain) => sm2Encrypt(plain, precompute(publicKey, 4)),
    decryptWith: (privateKey, ciphertext) => sm2Decrypt(ciphertext, privateKey),
    gcmKey: (key) => gcmKey(key, randomBytes),
    cbcSeal: (key, macKey, plain) => cbcSeal(plain, randomBytes(16), { key, macKey, hmac }),
    cbcOpen: (key, macKey, box) => cbcOpen(box, { key, macKey, hmac }),
  }
}
