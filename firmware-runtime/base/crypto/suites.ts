// A suite as one value (P7): keys, signatures, digest and sealing to a certificate.
// A holder of a certificate uses its suite for all of them, so that suites are never mixed.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { t } from '../pure/words/fault-text.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import type { SuiteName } from '../pure/data/suite.ts'
import { digestOf, type SigningKey, type VerifyingKey } from '../ports/crypto.ts'
import type { FileCipher } from '../ports/platform-file.ts'
import type { GmCrypto } from './gm-crypto.ts'
import {
  rsaDecrypt,
  rsaEncrypt,
  rsaKeyPair,
  rsaPublicOf,
  rsaSigningKey,
  rsaVerifyingKey,
} from './rsa.ts'
import type { GcmBox, GcmKey } from './sm4.ts'

/** GM: 32 and 65 bytes. RSA_AES: PKCS#8 and SubjectPublicKeyInfo. */
export interface SuiteKeyPair {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

export interface Suite {
  readonly name: SuiteName
  /** 32 bytes. */
  digest(data: Uint8Array): Uint8Array
  keyPair(): SuiteKeyPair
  publicKeyOf(privateKey: Uint8Array): Uint8Array
  signingKey(pair: SuiteKeyPair, certSerial: string): SigningKey
  verifyingKey(publicKey: Uint8Array, certSerial: string): VerifyingKey
  /** Encrypts a file key or a short text; randomised, so the result always differs. */
  encryptText(publicKey: Uint8Array, plain: Uint8Array): Uint8Array
  decryptWith(privateKey: Uint8Array, ciphertext: Uint8Array): Uint8Array
}

type GmParts = Pick<
  GmCrypto,
  | 'sm3'
  | 'sha256'
  | 'keyPair'
  | 'publicKeyOf'
  | 'signingKey'
  | 'verifyingKey'
  | 'encryptText'
  | 'decryptWith'
>

export function suiteBy(name: SuiteName, crypto: GmParts): Suite {
  const digest = (data: Uint8Array): Uint8Array => digestOf(crypto, name, data)
  if (name === 'RSA_AES')
    return {
      name,
      digest,
      keyPair: rsaKeyPair,
      publicKeyOf: rsaPublicOf,
      signingKey: rsaSigningKey,
      verifyingKey: rsaVerifyingKey,
      encryptText: rsaEncrypt,
      decryptWith: rsaDecrypt,
    }
  return {
    name,
    digest,
    keyPair: () => crypto.keyPair(),
    publicKeyOf: (privateKey) => crypto.publicKeyOf(privateKey),
    signingKey: (pair, certSerial) => crypto.signingKey(pair, certSerial),
    verifyingKey: (publicKey, certSerial) => crypto.verifyingKey(publicKey, certSerial),
    encryptText: (publicKey, plain) => crypto.encryptText(publicKey, plain),
    decryptWith: (privateKey, ciphertext) => crypto.decryptWith(privateKey, ciphertext),
  }
}

/** File ciphers: the suite of each, and the length of its key in bytes. */
export const ciphers: Readonly<
  Record<FileCipher, { readonly suite: SuiteName; readonly keyBytes: number }>
> = {
  'SM4-GCM': { suite: 'GM', keyBytes: 16 },
  'SM4-CBC': { suite: 'GM', keyBytes: 16 },
  'AES-256-GCM': { suite: 'RSA_AES', keyBytes: 32 },
  'AES-128-GCM': { suite: 'RSA_AES', keyBytes: 16 },
}

const [nonceBytes, tagBytes] = [12, 16]
const aesNames = { 16: 'aes-128-gcm', 32: 'aes-256-gcm' } as const

/** AES in place of SM4 of `GmCrypto.gcmKey`; the key length selects AES-128 or AES-256. */
export function aesGcmKey(key: Uint8Array): GcmKey {
  const name = key.length === 16 || key.length === 32 ? aesNames[key.length] : null
  if (name === null)
    throw new LaneFault('CRYPTO-02', {
      note: t('AES 密钥不是 16 或 32 字节', 'AES key is neither 16 nor 32 bytes'),
    })
  return {
    seal(plain, aad) {
      const nonce = new Uint8Array(randomBytes(nonceBytes))
      const cipher = createCipheriv(name, key, nonce).setAAD(aad)
      const ciphertext = new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]))
      return { nonce, ciphertext, tag: new Uint8Array(cipher.getAuthTag()) }
    },
    open({ nonce, ciphertext, tag }: GcmBox, aad) {
      const refusal = new LaneFault('CRYPTO-03', {
        note: t('AES-GCM 打不开', 'AES-GCM does not open'),
      })
      if (nonce.length !== nonceBytes || tag.length !== tagBytes) throw refusal
      const cipher = createDecipheriv(name, key, nonce, { authTagLength: tagBytes })
      cipher.setAAD(aad).setAuthTag(tag)
      try {
        return new Uint8Array(Buffer.concat([cipher.update(ciphertext), cipher.final()]))
      } catch {
        throw refusal
      }
    },
  }
}
