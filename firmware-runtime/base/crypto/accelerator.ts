// node:crypto as an accelerator for SM3, HMAC-SM3 and SM2 signatures: present on stock Node,
// absent in Electron (BoringSSL). The self-test decides whether it is used (rule 10 of C.3).
import {
  createECDH,
  createHash,
  createHmac,
  createSecretKey,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  type KeyObject,
  getHashes,
} from 'node:crypto'
import { bytesOfHex } from '../pure/data/bytes.ts'
import { present } from '../pure/values/must.ts'
import { der, derTag, joinBytes } from './der.ts'
import { defaultUserId, type Sm2KeyPair } from './sm2.ts'
import { bytes32, sm2A, sm2B, sm2Gx, sm2Gy } from './sm2-curve.ts'

/** The digest functions both paths offer. */
export interface Digests {
  sm3(data: Uint8Array): Uint8Array
  hmacSm3(key: Uint8Array, data: Uint8Array): Uint8Array
}

/** Both directions use strict DER; the caller checks it before and after. */
export interface Accelerator extends Digests {
  /** 65 bytes from a private key that passed `checkPrivateKey`. */
  publicKeyOf(privateKey: Uint8Array): Uint8Array
  signer(pair: Sm2KeyPair): (message: Uint8Array) => Uint8Array
  verifier(publicKey: Uint8Array): (message: Uint8Array, signature: Uint8Array) => boolean
}

const hex = (text: string): Uint8Array => present(bytesOfHex(text), 'an object id is whole hex')
/** id-ecPublicKey 1.2.840.10045.2.1 and SM2 1.2.156.10197.1.301 (B.3). */
export const ecPublicKeyOid = hex('2A8648CE3D0201')
export const sm2CurveOid = hex('2A811CCF5501822D')

const sm2Algorithm = (): Uint8Array =>
  der(derTag.sequence, der(derTag.objectId, ecPublicKeyOid), der(derTag.objectId, sm2CurveOid))

export const spkiOf = (publicKey: Uint8Array): Uint8Array =>
  der(derTag.sequence, sm2Algorithm(), der(derTag.bitString, Uint8Array.of(0), publicKey))

const integerOne = Uint8Array.of(2, 1, 1)
const integerZero = Uint8Array.of(2, 1, 0)

export const pkcs8Of = (pair: Sm2KeyPair): Uint8Array =>
  der(
    derTag.sequence,
    integerZero,
    sm2Algorithm(),
    der(
      derTag.octetString,
      der(
        derTag.sequence,
        integerOne,
        der(derTag.octetString, pair.privateKey),
        der(derTag.context1, der(derTag.bitString, Uint8Array.of(0), pair.publicKey)),
      ),
    ),
  )

/** Z = SM3(ENTL || ID || a || b || Gx || Gy || Px || Py). */
export function identityDigest(publicKey: Uint8Array, sm3: Digests['sm3']): Uint8Array {
  const id = new TextEncoder().encode(defaultUserId)
  const bits = id.length * 8
  const curve = [sm2A, sm2B, sm2Gx, sm2Gy].map(bytes32)
  return sm3(joinBytes(Uint8Array.of(bits >> 8, bits & 0xff), id, ...curve, publicKey.subarray(1)))
}

const bytesOf = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)

/** The chain uses one key for every row; making its key object each time costs three hashes. */
const secretKeys = new WeakMap<Uint8Array, KeyObject>()

function secretKeyOf(key: Uint8Array): KeyObject {
  let made = secretKeys.get(key)
  if (made === undefined) {
    made = createSecretKey(key)
    secretKeys.set(key, made)
  }
  return made
}

const nodeDigests: Digests = {
  sm3: (data) => bytesOf(createHash('sm3').update(data).digest()),
  hmacSm3: (key, data) => bytesOf(createHmac('sm3', secretKeyOf(key)).update(data).digest()),
}

/**
 * Null when the runtime has no SM3. Signatures use the streaming path with Z fed first: the one-shot path supports only
 * the empty user id, and a key generated in place signs plain ECDSA (C.1), so keys are always loaded from their
 * encoding.
 */
export function nodeAccelerator(): Accelerator | null {
  if (!getHashes().includes('sm3')) return null
  return {
    ...nodeDigests,
    publicKeyOf(privateKey) {
      const pair = createECDH('SM2')
      pair.setPrivateKey(privateKey)
      return bytesOf(pair.getPublicKey())
    },
    signer(pair) {
      const z = identityDigest(pair.publicKey, nodeDigests.sm3)
      const key = createPrivateKey({
        key: Buffer.from(pkcs8Of(pair)),
        format: 'der',
        type: 'pkcs8',
      })
      return (message) => bytesOf(createSign('sm3').update(z).update(message).sign(key))
    },
    verifier(publicKey) {
      const z = identityDigest(publicKey, nodeDigests.sm3)
      const key = createPublicKey({
        key: Buffer.from(spkiOf(publicKey)),
        format: 'der',
        type: 'spki',
      })
      return (message, signature) =>
        createVerify('sm3').update(z).update(message).verify(key, signature)
    },
  }
}
