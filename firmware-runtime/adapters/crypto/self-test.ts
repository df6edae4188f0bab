// Self-tests with the published vectors; only then is anything hashed, signed or believed.
// The accelerator is enabled only when it gives equal results here (rule 10 of C.3).
import { hexOf } from '../../core/values/bytes.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { Accelerator, Digests } from './accelerator.ts'
import { identityDigest } from './accelerator.ts'
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
/** The same signature with s + 1: in range, well formed, wrong. */
const wrongSignature = signatureDer(
  sm2Example.r,
  joinBytes(sm2Example.s.subarray(0, 31), Uint8Array.of((sm2Example.s[31] ?? 0) + 1)),
)

/** Used for a handful of checks only, so its table stays small: starting must be quick. */
const exampleKey = (): Sm2PublicKey => precompute(sm2Example.publicKey, 4)

type Check = readonly [name: string, passes: () => boolean]

function digestChecks(digests: Digests): readonly Check[] {
  return [
    ...sm3Vectors.map(([text, digest]): Check => [
      `SM3 of ${text.length} bytes`,
      () => hexOf(digests.sm3(utf8.encode(text))) === digest,
    ]),
    [
      'identity digest Z',
      () => equalBytes(identityDigest(sm2Example.publicKey, digests.sm3), sm2Example.z),
    ],
    [
      'signed digest e',
      () => equalBytes(digests.sm3(joinBytes(sm2Example.z, sm2Example.message)), sm2Example.e),
    ],
  ]
}

const hmacCheck = (digests: Digests): Check => [
  'HMAC-SM3',
  () => equalBytes(digests.hmacSm3(hmacVector.key, hmacVector.data), hmacVector.digest),
]

function sm2Checks(): readonly Check[] {
  const { privateKey, publicKey, message } = sm2Example
  const pair = { privateKey, publicKey }
  const key = exampleKey()
  return [
    [
      'SM2 signature with the published nonce',
      () => equalBytes(sm2Sign(message, pair, { k: sm2Example.nonce }), exampleSignature),
    ],
    ['SM2 verification', () => sm2Verify(message, exampleSignature, key)],
    ['SM2 refuses a wrong signature', () => !sm2Verify(message, wrongSignature, key)],
    ['SM2 sign and verify', () => sm2Verify(message, sm2Sign(message, pair), key)],
    [
      'SM2 decryption',
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
      'SM2 encrypt and decrypt',
      () => equalBytes(sm2Decrypt(sm2Encrypt(sm2Cipher.plain, key), privateKey), sm2Cipher.plain),
    ],
    [
      'key generator gives different keys',
      () => !equalBytes(sm2KeyPair().privateKey, sm2KeyPair().privateKey),
    ],
  ]
}

function sm4Checks(): readonly Check[] {
  const { key, nonce, aad, plain } = gcmVector
  const box = { nonce, ciphertext: gcmVector.ciphertext, tag: gcmVector.tag }
  return [
    [
      'SM4-GCM seal',
      () => {
        const made = gcmSealWith(key, nonce, plain, aad)
        return equalBytes(made.ciphertext, box.ciphertext) && equalBytes(made.tag, box.tag)
      },
    ],
    ['SM4-GCM open', () => equalBytes(gcmKey(key, () => nonce).open(box, aad), plain)],
  ]
}

/** Name of the first check that does not pass, or null. */
function firstFailure(checks: readonly Check[]): string | null {
  for (const [name, passes] of checks) {
    try {
      if (!passes()) return name
    } catch (reason) {
      return `${name}: ${reason instanceof Error ? reason.message : 'threw'}`
    }
  }
  return null
}

function mustPass(checks: readonly Check[]): void {
  const failed = firstFailure(checks)
  if (failed !== null) throw new LaneFault('CRYPTO-01', { note: failed })
}

/** Throws CRYPTO-01 naming the check that failed. Takes a millisecond: made at every start. */
export function digestTest(digests: Digests): void {
  mustPass([...digestChecks(digests), hmacCheck(digests)])
}

/** Throws CRYPTO-01. Takes a tenth of a second: made before the first signature (ADR 0012). */
export function keyTest(): void {
  checkRandomSource()
  mustPass([...sm2Checks(), ...sm4Checks()])
}

/** Null when the accelerator's digests and public keys agree with the vectors. */
export function digestFailure(accelerator: Accelerator): string | null {
  const { privateKey, publicKey } = sm2Example
  return firstFailure([
    ...digestChecks(accelerator),
    hmacCheck(accelerator),
    ['public key of the example', () => equalBytes(accelerator.publicKeyOf(privateKey), publicKey)],
  ])
}

/** Null when its signatures agree with the vectors and with the library in both directions. */
export function signatureFailure(accelerator: Accelerator): string | null {
  const { privateKey, publicKey, message } = sm2Example
  const pair = { privateKey, publicKey }
  const key = exampleKey()
  const sign = (text: Uint8Array): Uint8Array => accelerator.signer(pair)(text)
  return firstFailure([
    ['verifies the example', () => accelerator.verifier(publicKey)(message, exampleSignature)],
    ['refuses a wrong one', () => !accelerator.verifier(publicKey)(message, wrongSignature)],
    ['signs for the library', () => sm2Verify(message, sign(message), key)],
    ['signs another message', () => sm2Verify(sm2Cipher.plain, sign(sm2Cipher.plain), key)],
    // One nonce used twice gives the private key away.
    ['never repeats a nonce', () => !equalBytes(sign(message), sign(message))],
    [
      'verifies the library',
      () => accelerator.verifier(publicKey)(message, sm2Sign(message, pair)),
    ],
  ])
}
