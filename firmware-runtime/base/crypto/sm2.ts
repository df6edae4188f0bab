// SM2 over sm-crypto-v2: signatures, field encryption, key pairs, each behind the rules of C.3.
// Byte arrays in and out; the library only ever gets exact hex made here (rules 1 to 6, 8, 9).
import { type BilingualText, t } from '../pure/words/fault-text.ts'
import { sm2 } from 'sm-crypto-v2'
import { LaneFault } from '../pure/faults/faults.ts'
import { der, derInside, derInteger, derTag, derUnsigned, fixedSize, joinBytes } from './der.ts'
import {
  bigOf,
  bytesOfLowHex,
  checkPrivateKey,
  checkPublicKey,
  isSignatureScalar,
  lowHex,
  onCurve,
  sm2N,
} from './sm2-curve.ts'

/** Default user id of GM/T 0009; always passed, because OpenSSL 3 defaults to an empty one. */
export const defaultUserId = '1234567812345678'

/** A public key with its table of multiples, made once per certificate (rule 9). */
export interface Sm2PublicKey {
  readonly bytes: Uint8Array
  readonly point: ReturnType<typeof sm2.precomputePublicKey>
}

export interface Sm2KeyPair {
  /** 32 bytes. */
  readonly privateKey: Uint8Array
  /** 65 bytes, 04 first. */
  readonly publicKey: Uint8Array
}

/** A chosen nonce, for the generator test of B.5 only; production never passes one. */
interface FixedNonce {
  readonly k: Uint8Array
}

export const signatureDer = (r: Uint8Array, s: Uint8Array): Uint8Array =>
  der(derTag.sequence, derInteger(r), derInteger(s))

/** 64 raw bytes r || s of a strict DER signature with both scalars in range; null otherwise. */
export function rawSignature(signature: Uint8Array): Uint8Array | null {
  const parts = derInside(signature, derTag.sequence)
  if (parts?.length !== 2) return null
  const r = fixedSize(derUnsigned(parts[0]), 32)
  const s = fixedSize(derUnsigned(parts[1]), 32)
  if (r === null || s === null) return null
  const [rBig, sBig] = [bigOf(r), bigOf(s)]
  if (!isSignatureScalar(rBig) || !isSignatureScalar(sBig) || rBig + sBig === sm2N) return null
  return joinBytes(r, s)
}

export const publicKeyOf = (privateKey: Uint8Array): Uint8Array =>
  bytesOfLowHex(sm2.getPublicKeyFromPrivateKey(lowHex(checkPrivateKey(privateKey))))

/** A window of 8 costs some 20 ms once and makes every later use six times faster. */
export function precompute(publicKey: Uint8Array, windowBits = 8): Sm2PublicKey {
  const point = sm2.precomputePublicKey(lowHex(checkPublicKey(publicKey)), windowBits)
  return { bytes: publicKey, point }
}

/** DER signature. The key pair must have passed `checkPrivateKey` and belong together. */
export function sm2Sign(message: Uint8Array, pair: Sm2KeyPair, fixed?: FixedNonce): Uint8Array {
  const pointPool =
    fixed === undefined
      ? {}
      : { pointPool: [{ k: bigOf(fixed.k), x1: bigOf(publicKeyOf(fixed.k).subarray(1, 33)) }] }
  const raw = sm2.doSignature(message, lowHex(checkPrivateKey(pair.privateKey)), {
    hash: true,
    der: false,
    userId: defaultUserId,
    publicKey: lowHex(pair.publicKey),
    ...pointPool,
  })
  const bytes = bytesOfLowHex(raw)
  return signatureDer(bytes.subarray(0, 32), bytes.subarray(32))
}

/** Never throws on a bad signature: false. */
export function sm2Verify(message: Uint8Array, signature: Uint8Array, key: Sm2PublicKey): boolean {
  const raw = rawSignature(signature)
  if (raw === null) return false
  return sm2.doVerifySignature(message, lowHex(raw), key.point, {
    hash: true,
    der: false,
    userId: defaultUserId,
  })
}

/** Refuses to hand out keys where the runtime has no secure random source (rule 6). */
export function checkRandomSource(host: { readonly crypto?: unknown } = globalThis): void {
  const source = host.crypto
  const draws =
    typeof source === 'object' &&
    source !== null &&
    'getRandomValues' in source &&
    typeof source.getRandomValues === 'function'
  if (!draws)
    throw new LaneFault('CRYPTO-01', { note: t('没有安全的随机数来源', 'no secure random source') })
}

/** Always from the seedless generator: a seed would give private key 1 (C.2, 11). */
export function sm2KeyPair(): Sm2KeyPair {
  checkRandomSource()
  const pair = sm2.generateKeyPairHex()
  const privateKey = checkPrivateKey(bytesOfLowHex(pair.privateKey))
  return { privateKey, publicKey: checkPublicKey(bytesOfLowHex(pair.publicKey)) }
}

const plainBytesMin = 16
const plainBytesMax = 1024
const c3Bytes = 32

/** C1 (64 bytes, without 04) || C3 || C2, as the library's mode 1 makes it. */
type RawEncrypt = (plain: Uint8Array, key: Sm2PublicKey) => Uint8Array

const libraryEncrypt: RawEncrypt = (plain, key) =>
  bytesOfLowHex(sm2.doEncrypt(plain, key.point, 1, { asn1: false }))

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

/** A one-byte mask is zero once in 256 times: so many in a row mean a broken library. */
const attemptsMax = 8

/** DER ciphertext SEQUENCE {x, y, C3, C2} of GM/T 0009. */
function sealed(plain: Uint8Array, key: Sm2PublicKey, encrypt: RawEncrypt, attempts: number) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const raw = encrypt(plain, key)
    const c2 = raw.subarray(64 + c3Bytes)
    // A mask of zeros would send the text in clear: choose a new k (KDF rule of B.3).
    if (sameBytes(c2, plain)) continue
    return der(
      derTag.sequence,
      derInteger(raw.subarray(0, 32)),
      derInteger(raw.subarray(32, 64)),
      der(derTag.octetString, raw.subarray(64, 64 + c3Bytes)),
      der(derTag.octetString, c2),
    )
  }
  throw new LaneFault('CRYPTO-01', {
    note: t('SM2 加密后仍是明文', 'SM2 encryption left the text in clear'),
  })
}

function checkLength(plain: Uint8Array, min: number): void {
  if (plain.length >= min && plain.length <= plainBytesMax) return
  throw new LaneFault('CRYPTO-02', {
    note: t(
      `SM2 只收 ${min} 到 1024 字节,不是 ${plain.length}`,
      `SM2 takes ${min} to 1024 bytes, not ${plain.length}`,
    ),
  })
}

/** 16 to 1024 bytes (rule 5). */
export function sm2Encrypt(
  plain: Uint8Array,
  key: Sm2PublicKey,
  encrypt: RawEncrypt = libraryEncrypt,
): Uint8Array {
  checkLength(plain, plainBytesMin)
  return sealed(plain, key, encrypt, 3)
}

/**
 * 1 to 1024 bytes, because a plate has nine. Short texts, which rule 5 excludes, are checked for an unmasked result
 * (finding 18).
 */
export function sm2EncryptText(
  plain: Uint8Array,
  key: Sm2PublicKey,
  encrypt: RawEncrypt = libraryEncrypt,
): Uint8Array {
  checkLength(plain, 1)
  return sealed(plain, key, encrypt, attemptsMax)
}

const refusal = (note: BilingualText): LaneFault => new LaneFault('CRYPTO-03', { note })

/** Opens a strict DER ciphertext. Only the library's raw path is used: it checks the point. */
export function sm2Decrypt(ciphertext: Uint8Array, privateKey: Uint8Array): Uint8Array {
  checkPrivateKey(privateKey)
  const parts = derInside(ciphertext, derTag.sequence)
  const x = fixedSize(derUnsigned(parts?.[0]), 32)
  const y = fixedSize(derUnsigned(parts?.[1]), 32)
  const [c3, c2] = [parts?.[2], parts?.[3]]
  const shaped =
    parts?.length === 4 && c3?.tag === derTag.octetString && c2?.tag === derTag.octetString
  if (!shaped || x === null || y === null || c3.value.length !== c3Bytes) {
    throw refusal(t('不是 GM/T 0009 密文', 'not a GM/T 0009 ciphertext'))
  }
  if (c2.value.length < plainBytesMin || c2.value.length > plainBytesMax) {
    throw refusal(
      t('密文长度不在 16 到 1024 字节之内', 'ciphertext length is outside 16 to 1024 bytes'),
    )
  }
  if (!onCurve(bigOf(x), bigOf(y))) throw refusal(t('点不在曲线上', 'point is not on the curve'))
  const raw = lowHex(joinBytes(x, y, c3.value, c2.value))
  const plain = sm2.doDecrypt(raw, lowHex(privateKey), 1, { output: 'array', asn1: false })
  // The library answers a failed check with an empty array (C.2, 17).
  if (plain.length === 0) throw refusal(t('校验值 C3 不符', 'checksum C3 does not match'))
  return Uint8Array.from(plain)
}
