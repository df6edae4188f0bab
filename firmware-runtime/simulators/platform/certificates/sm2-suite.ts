// SM2 with SM3 of the platform side, with other libraries than the product: OpenSSL through node:crypto where it has
// SM3, otherwise sm-crypto (Electron's BoringSSL has neither, C.1).
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
} from 'node:crypto'
import { getHashes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import smCrypto from 'sm-crypto'
import { must } from '#base/pure/values/must.ts'
import { pkcs8OfSm2, spkiOfSm2 } from './sm2-der.ts'

/** Keys are hex: 64 digits private, 130 digits public (04, x, y). Signatures are DER. */
export interface SmSuite {
  readonly library: 'openssl' | 'sm-crypto'
  sm3(data: Uint8Array): Uint8Array
  signer(privateHex: string, publicHex: string): (message: Uint8Array) => Uint8Array
  verifier(publicHex: string): (message: Uint8Array, signature: Uint8Array) => boolean
}

/** Default identifier of GM/T 0009 (B.3). OpenSSL's own default is the empty one. */
const userId = '1234567812345678'

/** a, b, Gx, Gy of the SM2 curve, the constant part of Z (GB/T 32918.5). */
const curveHex =
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
  '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
  '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
  'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

const openSslSm3 = (data: Uint8Array): Uint8Array =>
  Uint8Array.from(createHash('sm3').update(data).digest())

/** Z of B.3: what binds a signature to the identifier, the curve and the public key. */
const zOf = (publicHex: string): Uint8Array =>
  openSslSm3(bytes('0080' + Buffer.from(userId).toString('hex') + curveHex + publicHex.slice(2)))

const openSslSuite: SmSuite = {
  library: 'openssl',
  sm3: openSslSm3,
  signer(privateHex, publicHex) {
    const key: KeyObject = createPrivateKey({
      key: Buffer.from(pkcs8OfSm2(privateHex, publicHex)),
      format: 'der',
      type: 'pkcs8',
    })
    const z = zOf(publicHex)
    // The streaming interface hashes without Z, so Z goes in first (measured, C.1).
    return (message) => Uint8Array.from(createSign('sm3').update(z).update(message).sign(key))
  },
  verifier(publicHex) {
    const key = createPublicKey({
      key: Buffer.from(spkiOfSm2(publicHex)),
      format: 'der',
      type: 'spki',
    })
    const z = zOf(publicHex)
    return (message, signature) =>
      createVerify('sm3').update(z).update(message).verify(key, signature)
  },
}

const scriptSuite: SmSuite = {
  library: 'sm-crypto',
  sm3: (data) => bytes(smCrypto.sm3([...data])),
  signer: (privateHex, publicHex) => (message) =>
    bytes(
      smCrypto.sm2.doSignature(message, privateHex.toLowerCase(), {
        der: true,
        hash: true,
        userId,
        publicKey: publicHex.toLowerCase(),
      }),
    ),
  verifier: (publicHex) => (message, signature) => {
    const hex = Buffer.from(signature).toString('hex')
    try {
      const options = { der: true, hash: true, userId }
      return smCrypto.sm2.doVerifySignature(message, hex, publicHex.toLowerCase(), options)
    } catch (error) {
      // Its DER reader throws on bytes that are not a signature: verification is then false.
      must(error instanceof Error, 'sm-crypto throws errors only')
      return false
    }
  },
}

/** Published vectors of B.5; a suite that fails one must not judge money. */
const vector = {
  publicHex:
    '0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020' +
    'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
  privateHex: '3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8',
  text: 'message digest',
  signature:
    '3046022100F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3' +
    '022100B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
  sm3OfAbc: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
}

/** Throws unless the suite agrees with the published SM2 and SM3 examples. */
export function checkSuite(suite: SmSuite): void {
  const sm3 = Buffer.from(suite.sm3(Buffer.from('abc'))).toString('hex')
  must(sm3 === vector.sm3OfAbc, `${suite.library} misses the published SM3 example`)
  const text = Buffer.from(vector.text)
  const verify = suite.verifier(vector.publicHex)
  must(verify(text, bytes(vector.signature)), `${suite.library} misses the SM2 example`)
  const own = suite.signer(vector.privateHex, vector.publicHex)(text)
  must(verify(text, own), `${suite.library} does not accept its own signature`)
  const other = Buffer.from('message digesT')
  must(!verify(other, bytes(vector.signature)), `${suite.library} accepts another message`)
}

export const suites = { openssl: openSslSuite, 'sm-crypto': scriptSuite } as const

/** The fastest verified suite of this runtime. */
export function chooseSuite(): SmSuite {
  const suite = getHashes().includes('sm3') ? openSslSuite : scriptSuite
  checkSuite(suite)
  return suite
}

/** Public key of a private one. */
export const publicOf = (privateHex: string): string =>
  smCrypto.sm2.getPublicKeyFromPrivateKey(privateHex.toLowerCase())
