// The international suite of the platform side (P7, B.1), written from the page over OpenSSL: SHA256-RSA2048
// signatures, keys and fields under RSA-OAEP with SHA-1, files under AES-GCM. It shares no code with the product.
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { must } from '#base/pure/values/must.ts'
import { signatureOid } from './certificates.ts'
import { textOf, type Members } from '../records/members.ts'
import { derOf } from './sm2-der.ts'
import { chooseSuite, type SmSuite } from './sm2-suite.ts'
import type { PlatformSuite } from './suite.ts'

const plainBytesMax = 64 * 1024 * 1024
const tagBytes = 16

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const sha256 = (data: Uint8Array): Uint8Array =>
  Uint8Array.from(createHash('sha256').update(data).digest())

/** `publicHex` is the RSAPublicKey of a certificate, `privateHex` a PKCS#8. */
const publicKey = (publicHex: string) =>
  createPublicKey({ key: bytes(publicHex), format: 'der', type: 'pkcs1' })
const privateKey = (privateHex: string) =>
  createPrivateKey({ key: bytes(privateHex), format: 'der', type: 'pkcs8' })
const hexOfPublic = (key: ReturnType<typeof createPublicKey>): string =>
  key.export({ format: 'der', type: 'pkcs1' }).toString('hex')

const padding = constants.RSA_PKCS1_OAEP_PADDING
const wrapped = (publicHex: string, plain: Uint8Array): string =>
  publicEncrypt({ key: publicKey(publicHex), padding, oaepHash: 'sha1' }, plain).toString('base64')

/** Null when it does not open under the key of that certificate. */
function unwrapped(
  privates: ReadonlyMap<string, string>,
  serial: string,
  base64: string,
): Buffer | null {
  const own = privates.get(serial)
  if (own === undefined || !/^[A-Za-z0-9+/]{4,}={0,2}$/.test(base64)) return null
  try {
    const key = privateKey(own)
    return privateDecrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(base64, 'base64'))
  } catch (error) {
    // OpenSSL has several errors for an invalid block.
    if (error instanceof Error) return null
    throw error
  }
}

const ciphers: Readonly<Record<string, 'aes-128-gcm' | 'aes-256-gcm'>> = {
  'AES-128-GCM': 'aes-128-gcm',
  'AES-256-GCM': 'aes-256-gcm',
}

function opened(privates: ReadonlyMap<string, string>, members: Members): string | null {
  const of = (name: string): Buffer => Buffer.from(textOf(members, name), 'base64')
  const cipher = ciphers[textOf(members, 'alg')]
  const key = unwrapped(privates, textOf(members, 'serial'), textOf(members, 'encKey'))
  const [nonce, sealed] = [of('nonce'), of('ciphertext')]
  if (cipher === undefined || key === null || nonce.length !== 12) return null
  try {
    const box = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
    box.setAAD(Buffer.from(textOf(members, 'aad'), 'utf8'))
    box.setAuthTag(sealed.subarray(-tagBytes))
    const zipped = Buffer.concat([box.update(sealed.subarray(0, -tagBytes)), box.final()])
    const plain = gunzipSync(zipped, { maxOutputLength: plainBytesMax })
    const digest = Buffer.from(sha256(plain)).toString('hex')
    return digest === textOf(members, 'sha256') ? plain.toString('utf8') : null
  } catch (error) {
    // A key of another length, a wrong tag, or bytes that are not gzip: the file is refused.
    if (error instanceof Error) return null
    throw error
  }
}

let sm: SmSuite | null = null

export const rsaSuite: PlatformSuite = {
  library: 'openssl',
  name: 'RSA_AES',
  authority: { file: 'rsa-ca', words: 'platform RSA authority' },
  signatureOid: signatureOid.rsa,
  // RSAPublicKey of 2048 bits with the exponent 65537.
  publicShape: /^3082010a0282010100[0-9a-f]{512}0203010001$/,
  digest: sha256,
  sm3: (data) => (sm ??= chooseSuite()).sm3(data),
  signer: (privateHex) => {
    const key = privateKey(privateHex)
    return (message) => Uint8Array.from(createSign('sha256').update(message).sign(key))
  },
  verifier: (publicHex) => {
    const key = publicKey(publicHex)
    return (message, signature) => createVerify('sha256').update(message).verify(key, signature)
  },
  newKey() {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const privateHex = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('hex')
    return { privateHex, publicHex: hexOfPublic(pair.publicKey) }
  },
  pkcs8: ({ privateHex }) => Uint8Array.from(bytes(privateHex)),
  keyOfPem(pem) {
    const key = createPrivateKey(pem)
    must(key.asymmetricKeyType === 'rsa', 'a key file here was written by this program')
    const privateHex = Buffer.from(derOf(pem)).toString('hex')
    return { privateHex, publicHex: hexOfPublic(createPublicKey(key)) }
  },
  spki: (publicHex) =>
    Uint8Array.from(publicKey(publicHex).export({ format: 'der', type: 'spki' })),
  fileSealer: (serial, publicHex) => (name, text) => {
    const [key, nonce] = [randomBytes(32), randomBytes(12)]
    const plain = Buffer.from(text, 'utf8')
    const box = createCipheriv('aes-256-gcm', key, nonce)
    box.setAAD(Buffer.from(name, 'utf8'))
    const sealed = Buffer.concat([box.update(gzipSync(plain)), box.final(), box.getAuthTag()])
    return {
      alg: 'AES-256-GCM',
      serial,
      encKey: wrapped(publicHex, key),
      nonce: nonce.toString('base64'),
      aad: name,
      ciphertext: sealed.toString('base64'),
      sha256: Buffer.from(sha256(plain)).toString('hex'),
    }
  },
  fieldSealer: (publicHex) => (text) => wrapped(publicHex, Buffer.from(text, 'utf8')),
  fileOpener: (privates) => (members) => opened(privates, members),
  fieldOpener: (privates) => (serial, base64) =>
    unwrapped(privates, serial, base64)?.toString('utf8') ?? null,
}
