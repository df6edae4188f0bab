// RSA and SHA-256 of the international suite (P7, B.1), over node:crypto, which has them in Node and Electron alike:
// SHA256-RSA2048 signatures (PKCS#1 v1.5) and RSA-OAEP with SHA-1 and MGF1. Keys are DER: PKCS#8 and SubjectPublicKeyInfo.
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { t } from '../pure/words/fault-text.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import type { SigningKey, VerifyingKey } from '../ports/crypto.ts'
import { equalBytes } from './sm4.ts'

/** Overhead of OAEP with SHA-1: leaves 214 of the 256 bytes of RSA-2048 (B.1). */
const oaepBytes = 42
const bits = { made: 2048, max: 4096 } as const

interface RsaKeyPair {
  /** PKCS#8. */
  readonly privateKey: Uint8Array
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
}

export const sha256 = (data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(data).digest())

const notRsa = () =>
  new LaneFault('CRYPTO-02', {
    note: t('不是 2048 到 4096 位的 RSA 密钥', 'not an RSA key of 2048 to 4096 bits'),
  })

function checked(open: () => KeyObject): KeyObject {
  let key: KeyObject
  try {
    key = open()
  } catch {
    // Each library has its own errors for bytes that are not a key.
    throw notRsa()
  }
  const length = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || length < bits.made || length > bits.max) throw notRsa()
  return key
}

const publicOf = (spki: Uint8Array): KeyObject =>
  checked(() => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }))
const privateOf = (pkcs8: Uint8Array): KeyObject =>
  checked(() => createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }))

/** Returns the same bytes; throws CRYPTO-02 unless they are an RSA key of 2048 to 4096 bits. */
export const checkRsaPublic = (spki: Uint8Array): Uint8Array => (publicOf(spki), spki)

export function rsaPublicOf(pkcs8: Uint8Array): Uint8Array {
  const spki = createPublicKey(privateOf(pkcs8)).export({ format: 'der', type: 'spki' })
  return new Uint8Array(spki)
}

export function rsaKeyPair(): RsaKeyPair {
  const pair = generateKeyPairSync('rsa', { modulusLength: bits.made, publicExponent: 0x10001 })
  return {
    privateKey: new Uint8Array(pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
    publicKey: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
  }
}

/** `pair` must belong together. */
export function rsaSigningKey(pair: RsaKeyPair, certSerial: string): SigningKey {
  if (!equalBytes(rsaPublicOf(pair.privateKey), pair.publicKey))
    throw new LaneFault('CRYPTO-02', {
      note: t('私钥与公钥不成对', 'private and public key do not belong together'),
    })
  const key = { key: privateOf(pair.privateKey), padding: constants.RSA_PKCS1_PADDING }
  return {
    certSerial,
    suite: 'RSA_AES',
    sign: (message) => new Uint8Array(sign('sha256', message, key)),
  }
}

export function rsaVerifyingKey(publicKey: Uint8Array, certSerial: string): VerifyingKey {
  const opened = publicOf(publicKey)
  const bytes = (opened.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const key = { key: opened, padding: constants.RSA_PKCS1_PADDING }
  return {
    certSerial,
    verify: (message, signature) =>
      signature.length === bytes && verify('sha256', message, key, signature),
  }
}

const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' } as const

/** One block, so 1 to 214 bytes under RSA-2048. */
export function rsaEncrypt(publicKey: Uint8Array, plain: Uint8Array): Uint8Array {
  const key = publicOf(publicKey)
  const most = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8 - oaepBytes
  if (plain.length === 0 || plain.length > most)
    throw new LaneFault('CRYPTO-02', {
      note: t(
        `RSA-OAEP 只收 1 到 ${most} 字节,不是 ${plain.length}`,
        `RSA-OAEP takes 1 to ${most} bytes, not ${plain.length}`,
      ),
    })
  return new Uint8Array(publicEncrypt({ key, ...oaep }, plain))
}

/** Throws CRYPTO-03 when it does not open. */
export function rsaDecrypt(privateKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const key = privateOf(privateKey)
  try {
    return new Uint8Array(privateDecrypt({ key, ...oaep }, ciphertext))
  } catch {
    throw new LaneFault('CRYPTO-03', { note: t('RSA-OAEP 打不开', 'RSA-OAEP does not open') })
  }
}
