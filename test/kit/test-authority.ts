// An authority of tests, with a P-256 key: certificates of any name, key and use for a door, and for the requests of a lot.
import {
  createPublicKey,
  createSign,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { nameOf, pemText } from '#base/crypto/certificate-request.ts'
import { der, derInside, derInteger, derTag } from '#base/crypto/der.ts'
import { pemBlocks } from '#base/crypto/pem.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'

const hex = (text: string): Uint8Array => present(bytesOfHex(text), 'hex')
const ecdsaWithSha256 = der(derTag.sequence, der(derTag.objectId, hex('2A8648CE3D040302')))
const uses = { server: hex('2B06010505070301'), client: hex('2B06010505070302') }
const dayMs = 86_400_000

/** Null: the certificate names no use. */
type CertificateUse = keyof typeof uses | null

const time = (atMs: number): Uint8Array => {
  const digits = new Date(atMs).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return der(derTag.utcTime, new TextEncoder().encode(digits.slice(2)))
}
const extension = (oid: string, value: Uint8Array): Uint8Array =>
  der(derTag.sequence, der(derTag.objectId, hex(oid)), der(derTag.octetString, value))
const yes = der(derTag.boolean, Uint8Array.of(0xff))
const asAuthority = extension('551D13', der(derTag.sequence, yes))
const forUse = (use: CertificateUse): Uint8Array =>
  use === null
    ? new Uint8Array()
    : extension('551D25', der(derTag.sequence, der(derTag.objectId, uses[use])))

/** SubjectPublicKeyInfo of a PKCS#10 request, PEM. */
export function keyOfRequest(pem: string): Uint8Array {
  const [bytes] = pemBlocks(pem, 'CERTIFICATE REQUEST')
  const [info] = derInside(present(bytes, 'a request'), derTag.sequence) ?? []
  return present(derInside(present(info, 'info').whole, derTag.sequence)?.[2], 'a key').whole
}

export function testAuthority(name = 'test centre') {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = nameOf({ organisation: 'test', commonName: name })
  const signed = (
    subject: Uint8Array,
    spki: Uint8Array,
    more: Uint8Array,
    toMs: number,
  ): string => {
    const now = Date.now()
    const tbs = der(
      derTag.sequence,
      der(derTag.context0, derInteger(Uint8Array.of(2))),
      derInteger(Uint8Array.of(1, ...randomBytes(8))),
      ecdsaWithSha256,
      issuer,
      der(derTag.sequence, time(now - dayMs), time(toMs)),
      subject,
      spki,
      ...(more.length === 0 ? [] : [der(0xa3, der(derTag.sequence, more))]),
    )
    const signature = createSign('sha256').update(tbs).sign(own.privateKey)
    const bits = der(derTag.bitString, Uint8Array.of(0), signature)
    return pemText('CERTIFICATE', der(derTag.sequence, tbs, ecdsaWithSha256, bits))
  }
  const until = (): number => Date.now() + 400 * dayMs
  const spkiOf = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' })
  return {
    pem: signed(issuer, spkiOf(createPublicKey(own.privateKey)), asAuthority, until()),
    issue: (commonName: string, spki: Uint8Array, use: CertificateUse, toMs = until()): string =>
      signed(nameOf({ organisation: 'test', commonName }), spki, forUse(use), toMs),
    /** Key and certificate of a door. */
    door(commonName = 'etc-lane centre', use: CertificateUse = 'server') {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
      return { key, cert: this.issue(commonName, spkiOf(publicKey), use) }
    },
  }
}

export type TestAuthority = ReturnType<typeof testAuthority>
