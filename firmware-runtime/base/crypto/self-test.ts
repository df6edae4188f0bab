// Self-tests with the published vectors, before anything is hashed, signed or verified.
// The accelerator is enabled only when it gives equal results (rule 10 of C.3).
import { type BilingualText, joinedWhy, t, type Why } from '../pure/words/fault-text.ts'
import { hexOf } from '../pure/data/bytes.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { type Accelerator, type Digests, identityDigest } from './accelerator.ts'
import { der, derInteger, derTag, joinBytes } from './der.ts'
import {
  checkRandomSource,
  precompute,
  signatureDer,
  sm2Decrypt,
  sm2Encrypt,
  sm2KeyPair,
  sm2Sign,
  sm2Verify,
  type Sm2PublicKey,
} from './sm2.ts'
import { equalBytes, gcmKey, gcmSealWith } from './sm4.ts'
import { gcmVector, hmacVector, sm2Cipher, sm2Example, sm3Vectors } from './vectors.ts'

const utf8 = new TextEncoder()
const exampleSignature = signatureDer(sm2Example.r, sm2Example.s)
/** The example signature with s + 1: in range, well formed, wrong. */
const wrongSignature = signatureDer(
  sm2Example.r,
  joinBytes(sm2Example.s.subarray(0, 31), Uint8Array.of((sm2Example.s[31] ?? 0) + 1)),
)

/** Used for a few checks only, so its table stays small and the start quick. */
const exampleKey = (): Sm2PublicKey => precompute(sm2Example.publicKey, 4)

type Check = readonly [name: BilingualText, passes: () => boolean]

const digestChecks = (digests: Digests): readonly Check[] => [
  ...sm3Vectors.map(([text, digest]): Check => [
    t(`${text.length} 字节的 SM3`, `SM3 of ${text.length} bytes`),
    () => hexOf(digests.sm3(utf8.encode(text))) === digest,
  ]),
  [
    t('身份摘要 Z', 'identity digest Z'),
    () => equalBytes(identityDigest(sm2Example.publicKey, digests.sm3), sm2Example.z),
  ],
  [
    t('签名摘要 e', 'signed digest e'),
    () => equalBytes(digests.sm3(joinBytes(sm2Example.z, sm2Example.message)), sm2Example.e),
  ],
]

const hmacCheck = (digests: Digests): Check => [
  t('HMAC-SM3', 'HMAC-SM3'),
  () => equalBytes(digests.hmacSm3(hmacVector.key, hmacVector.data), hmacVector.digest),
]

function sm2Checks(): readonly Check[] {
  const { privateKey, publicKey, message } = sm2Example
  const pair = { privateKey, publicKey }
  const key = exampleKey()
  return [
    [
      t('以公布的随机数做 SM2 签名', 'SM2 signature with the published nonce'),
      () => equalBytes(sm2Sign(message, pair, { k: sm2Example.nonce }), exampleSignature),
    ],
    [t('SM2 验证', 'SM2 verification'), () => sm2Verify(message, exampleSignature, key)],
    [
      t('SM2 拒绝错误的签名', 'SM2 refuses a wrong signature'),
      () => !sm2Verify(message, wrongSignature, key),
    ],
    [
      t('SM2 签名再验证', 'SM2 sign and verify'),
      () => sm2Verify(message, sm2Sign(message, pair), key),
    ],
    [
      t('SM2 解密', 'SM2 decryption'),
      () =>
        equalBytes(
          sm2Decrypt(
            der(
              derTag.sequence,
              derInteger(sm2Cipher.x),
              derInteger(sm2Cipher.y),
              der(derTag.octetString, sm2Cipher.c3),
              der(derTag.octetString, sm2Cipher.c2),
            ),
            privateKey,
          ),
          sm2Cipher.plain,
        ),
    ],
    [
      t('SM2 加密再解密', 'SM2 encrypt and decrypt'),
      () => equalBytes(sm2Decrypt(sm2Encrypt(sm2Cipher.plain, key), privateKey), sm2Cipher.plain),
    ],
    [
      t('每次生成的密钥不同', 'key generator gives different keys'),
      () => !equalBytes(sm2KeyPair().privateKey, sm2KeyPair().privateKey),
    ],
  ]
}

function sm4Checks(): readonly Check[] {
  const { key, nonce, aad, plain } = gcmVector
  const box = { nonce, ciphertext: gcmVector.ciphertext, tag: gcmVector.tag }
  return [
    [
      t('SM4-GCM 加密', 'SM4-GCM seal'),
      () => {
        const made = gcmSealWith(key, nonce, plain, aad)
        return equalBytes(made.ciphertext, box.ciphertext) && equalBytes(made.tag, box.tag)
      },
    ],
    [
      t('SM4-GCM 打开', 'SM4-GCM open'),
      () => equalBytes(gcmKey(key, () => nonce).open(box, aad), plain),
    ],
  ]
}

/** Name of the first check that does not pass, or null. */
function firstFailure(checks: readonly Check[]): Why | null {
  for (const [name, passes] of checks) {
    try {
      if (!passes()) return name
    } catch (reason) {
      return joinedWhy([
        name,
        reason instanceof LaneFault ? (reason.detail.note ?? '') : String(reason),
      ])
    }
  }
  return null
}

function mustPass(checks: readonly Check[]): void {
  const failed = firstFailure(checks)
  if (failed !== null) throw new LaneFault('CRYPTO-01', { note: failed })
}

/** Throws CRYPTO-01 with the failed check. Takes a millisecond and runs at every start. */
export function digestTest(digests: Digests): void {
  mustPass([...digestChecks(digests), hmacCheck(digests)])
}

/** Throws CRYPTO-01. Takes a tenth of a second and runs before the first signature (ADR 12). */
export function keyTest(): void {
  checkRandomSource()
  mustPass([...sm2Checks(), ...sm4Checks()])
}

/** Null when the accelerator's digests and public keys agree with the vectors. */
export function digestFailure(accelerator: Accelerator): Why | null {
  const { privateKey, publicKey } = sm2Example
  return firstFailure([
    ...digestChecks(accelerator),
    hmacCheck(accelerator),
    [
      t('示例的公钥', 'public key of the example'),
      () => equalBytes(accelerator.publicKeyOf(privateKey), publicKey),
    ],
  ])
}

/** Null when its signatures agree with the vectors and with the library in both directions. */
export function signatureFailure(accelerator: Accelerator): Why | null {
  const { privateKey, publicKey, message } = sm2Example
  const pair = { privateKey, publicKey }
  const key = exampleKey()
  const sign = (text: Uint8Array): Uint8Array => accelerator.signer(pair)(text)
  return firstFailure([
    [
      t('验证示例', 'verifies the example'),
      () => accelerator.verifier(publicKey)(message, exampleSignature),
    ],
    [
      t('拒绝错误的签名', 'refuses a wrong one'),
      () => !accelerator.verifier(publicKey)(message, wrongSignature),
    ],
    [
      t('签名能由程序库验证', 'signs for the library'),
      () => sm2Verify(message, sign(message), key),
    ],
    [
      t('签另一段内容', 'signs another message'),
      () => sm2Verify(sm2Cipher.plain, sign(sm2Cipher.plain), key),
    ],
    // A nonce used twice reveals the private key.
    [t('随机数从不重复', 'never repeats a nonce'), () => !equalBytes(sign(message), sign(message))],
    [
      t('验证程序库的签名', 'verifies the library'),
      () => accelerator.verifier(publicKey)(message, sm2Sign(message, pair)),
    ],
  ])
}
