// The product's only entry to SM2, SM3 and SM4: self-tested before use, accelerated when proven.
// Implements base/ports/crypto.ts; the implementation is chosen here only (ADR 12).
import { t, type Why } from '../pure/words/fault-text.ts'
import { sm3 as librarySm3 } from 'sm-crypto-v2'
import type { Crypto, SigningKey, VerifyingKey } from '../ports/crypto.ts'
import { once } from '../pure/values/once.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { nodeAccelerator, type Accelerator, type Digests } from './accelerator.ts'
import { sha256 } from './rsa.ts'
import { digestFailure, digestTest, keyTest, signatureFailure } from './self-test.ts'
import {
  precompute,
  publicKeyOf,
  rawSignature,
  sm2Decrypt,
  sm2Encrypt,
  sm2EncryptText,
  sm2KeyPair,
  sm2Sign,
  sm2Verify,
  type Sm2KeyPair,
} from './sm2.ts'
import { bytesOfLowHex, checkPrivateKey, checkPublicKey } from './sm2-curve.ts'
import { cbcOpen, cbcSeal, equalBytes, gcmKey, type CbcBox, type GcmKey } from './sm4.ts'

export interface GmCrypto extends Crypto {
  readonly kind: 'real'
  /** Tests SM2 and SM4 now instead of at their first use. Throws CRYPTO-01 like the first use. */
  prove(): void
  /** Null when signatures and digests run through node:crypto; else the reason against it. Runs the self-test. */
  readonly notAccelerated: Why | null
  /** 65 bytes; refuses a private key outside the range of rule 3. */
  publicKeyOf(privateKey: Uint8Array): Uint8Array
  /** `pair` must belong together; refuses keys outside the range of rule 3. */
  signingKey(pair: Sm2KeyPair, certSerial: string): SigningKey
  /** Precomputes once, at its first use: keep it for the life of the certificate. */
  verifyingKey(publicKey: Uint8Array, certSerial: string): VerifyingKey
  keyPair(): Sm2KeyPair
  /** 16 to 1024 bytes to a GM/T 0009 ciphertext for the holder of `publicKey` (P8). */
  encryptFor(publicKey: Uint8Array, plain: Uint8Array): Uint8Array
  /** Encrypts a text of 1 to 1024 bytes, such as a sensitive field (P8). */
  encryptText(publicKey: Uint8Array, plain: Uint8Array): Uint8Array
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

/** Implementations for SM2 and SM4 after their tests. */
interface Proof {
  readonly accelerator: Accelerator | null
  readonly notAccelerated: Why | null
}

function proofOf(offered: Accelerator | null, digestFault: Why | null): Proof {
  keyTest()
  if (offered === null) return { accelerator: null, notAccelerated: digestFault }
  const notAccelerated = digestFault ?? signatureFailure(offered)
  return { accelerator: notAccelerated === null ? offered : null, notAccelerated }
}

function signerOf(pair: Sm2KeyPair, { accelerator }: Proof): SigningKey['sign'] {
  if (accelerator === null) return (message) => sm2Sign(message, pair)
  const sign = accelerator.signer(pair)
  return (message) => {
    const signature = sign(message)
    if (rawSignature(signature) === null) {
      throw new LaneFault('CRYPTO-01', {
        note: t('签名不是严格的 DER', 'signature is not strict DER'),
      })
    }
    return signature
  }
}

function verifierOf(publicKey: Uint8Array, { accelerator }: Proof): VerifyingKey['verify'] {
  if (accelerator === null) {
    const key = precompute(publicKey)
    return (message, signature) => sm2Verify(message, signature, key)
  }
  const verify = accelerator.verifier(publicKey)
  return (message, signature) => rawSignature(signature) !== null && verify(message, signature)
}

/**
 * Tests the digests (throws CRYPTO-01) and whether the accelerator can be used. SM2 and SM4 are tested before their
 * first use, so that a starting lane opens its barrier a tenth of a second sooner.
 */
export function openGmCrypto(offer: () => Accelerator | null = nodeAccelerator): GmCrypto {
  digestTest(libraryDigests)
  const offered = offer()
  const digestFault =
    offered === null ? t('运行环境没有 SM3', 'runtime has no SM3') : digestFailure(offered)
  const native = digestFault === null ? offered : null
  const { sm3, hmacSm3: hmac }: Digests = native ?? libraryDigests
  const proof = once(() => proofOf(offered, digestFault))
  const publicOf = (privateKey: Uint8Array): Uint8Array =>
    native?.publicKeyOf(checkPrivateKey(privateKey)) ?? publicKeyOf(privateKey)
  return {
    kind: 'real',
    sm3,
    hmacSm3: hmac,
    sha256,
    prove() {
      proof()
    },
    get notAccelerated() {
      return proof().notAccelerated
    },
    publicKeyOf: publicOf,
    signingKey(pair, certSerial) {
      if (!equalBytes(publicOf(pair.privateKey), pair.publicKey))
        throw new LaneFault('CRYPTO-02', {
          note: t('私钥与公钥不成对', 'private and public key do not belong together'),
        })
      const sign = once(() => signerOf(pair, proof()))
      return { certSerial, suite: 'GM', sign: (message) => sign()(message) }
    },
    verifyingKey(publicKey, certSerial) {
      const key = checkPublicKey(publicKey)
      const verify = once(() => verifierOf(key, proof()))
      return { certSerial, verify: (message, signature) => verify()(message, signature) }
    },
    keyPair: () => (proof(), sm2KeyPair()),
    encryptFor: (publicKey, plain) => (proof(), sm2Encrypt(plain, precompute(publicKey, 4))),
    encryptText: (publicKey, plain) => (proof(), sm2EncryptText(plain, precompute(publicKey, 4))),
    decryptWith: (privateKey, ciphertext) => (proof(), sm2Decrypt(ciphertext, privateKey)),
    gcmKey: (key) => (proof(), gcmKey(key, randomBytes)),
    cbcSeal: (key, macKey, plain) => (
      proof(),
      cbcSeal(plain, randomBytes(16), { key, macKey, hmac })
    ),
    cbcOpen: (key, macKey, box) => (proof(), cbcOpen(box, { key, macKey, hmac })),
  }
}
