// Certificates of the centre's authority (RFC 5280), made with PKI.js: signed by its P-256 key. The key of the subject is
// copied as it came, so that a lot's SM2 key is certified, too.
import { createHash, randomBytes } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { BitString, Integer, OctetString, type BaseBlock } from 'asn1js'
import {
  AltName,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtKeyUsage,
  Extension,
  GeneralName,
  PublicKeyInfo,
  Time,
  RelativeDistinguishedNames,
} from 'pkijs'
import { hexOf } from '#base/pure/data/bytes.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import {
  nameOf as nameDer,
  pemText,
  type RequestSubject as Subject,
} from '#base/crypto/certificate-request.ts'
import type { IssuedCertificate, KeyUse } from './authority.ts'

type CertificateUse = KeyUse | 'authority' | 'server'

/** Bits of keyUsage, first octet (RFC 5280 4.2.1.3): signatures; signatures that bind; certificates and lists. */
const keyUsages: Readonly<Record<CertificateUse, number>> = {
  authority: 0x06,
  server: 0x80,
  tls: 0x80,
  sign: 0xc0,
}
/** Extended uses: serverAuth and clientAuth. */
const extendedUses: Partial<Record<CertificateUse, string>> = {
  server: '1.3.6.1.5.5.7.3.1',
  tls: '1.3.6.1.5.5.7.3.2',
}
const years: Readonly<Record<CertificateUse, number>> = {
  authority: 40,
  server: 10,
  tls: 10,
  sign: 10,
}

interface CertificateOrder {
  readonly use: CertificateUse
  readonly subject: Subject
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  readonly issuer: Subject
  readonly issuerKey: { readonly privateKey: CryptoKey; readonly publicKey: Uint8Array }
  /** Host names and addresses of a server. */
  readonly names?: readonly string[]
  readonly atMs: InstantMs
}

const exactly = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes)

/** PKI.js itself would put all parts into one set. */
const nameOf = (subject: Subject): RelativeDistinguishedNames =>
  RelativeDistinguishedNames.fromBER(exactly(nameDer(subject)))

/** UTCTime (0) before the year 2050, GeneralizedTime (1) from then on. */
function timeOf(atMs: InstantMs): Time {
  const value = new Date(atMs)
  return new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value })
}

function addressBytes(address: string): Uint8Array<ArrayBuffer> {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number)
  const [head = '', tail = ''] = address.split('::')
  const words = (text: string): readonly number[] =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16))
  const [before, after] = [words(head), words(tail)]
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0)
  const all = [...before, ...zeros, ...after]
  return Uint8Array.from(all.flatMap((word) => [word >> 8, word & 0xff]))
}

/** Names of a server: iPAddress (7) and dNSName (2). */
const altNames = (names: readonly string[]): AltName =>
  new AltName({
    altNames: names.map((name) =>
      isIPv4(name) || name.includes(':')
        ? new GeneralName({
            type: 7,
            value: new OctetString({ valueHex: addressBytes(name).buffer }),
          })
        : new GeneralName({ type: 2, value: name }),
    ),
  })

const extension = (extnID: string, value: BaseBlock, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: value.toBER() })

/** Names a public key in subjectKeyIdentifier and authorityKeyIdentifier. */
const keyId = (publicKey: Uint8Array): OctetString =>
  new OctetString({
    valueHex: exactly(createHash('sha256').update(publicKey).digest().subarray(0, 20)).buffer,
  })

function extensionsOf({ use, publicKey, issuerKey, names }: CertificateOrder): Extension[] {
  const constraints =
    use === 'authority'
      ? new BasicConstraints({ cA: true, pathLenConstraint: 0 })
      : new BasicConstraints()
  const usage = new BitString({ valueHex: Uint8Array.of(keyUsages[use]).buffer })
  const issuerId = new AuthorityKeyIdentifier({ keyIdentifier: keyId(issuerKey.publicKey) })
  const found = [
    extension('2.5.29.19', constraints.toSchema(), true),
    extension('2.5.29.15', usage, true),
    extension('2.5.29.14', keyId(publicKey)),
    extension('2.5.29.35', issuerId.toSchema()),
  ]
  const extended = extendedUses[use]
  if (extended !== undefined)
    found.push(extension('2.5.29.37', new ExtKeyUsage({ keyPurposes: [extended] }).toSchema()))
  if (names !== undefined) found.push(extension('2.5.29.17', altNames(names).toSchema()))
  return found
}

/** 16 random bytes, positive and without a leading zero byte: hex text and DER agree. */
function newSerial(): Uint8Array<ArrayBuffer> {
  const serial = exactly(randomBytes(16))
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

/** Valid from a day before `atMs`, for lots whose clock is behind. */
export async function makeCertificate(order: CertificateOrder): Promise<IssuedCertificate> {
  const { use, subject, publicKey, issuer, issuerKey, atMs } = order
  const serial = newSerial()
  // Certificates have whole seconds.
  const fromMs = Math.floor((atMs - dayMs) / 1000) * 1000
  const toMs = fromMs + years[use] * 365 * dayMs
  const certificate = new Certificate({ version: 2 })
  certificate.serialNumber = new Integer({ valueHex: serial.buffer })
  certificate.issuer = nameOf(issuer)
  certificate.subject = nameOf(subject)
  certificate.notBefore = timeOf(fromMs)
  certificate.notAfter = timeOf(toMs)
  certificate.subjectPublicKeyInfo = PublicKeyInfo.fromBER(exactly(publicKey))
  certificate.extensions = extensionsOf(order)
  await certificate.sign(issuerKey.privateKey, 'SHA-256')
  const der = new Uint8Array(certificate.toSchema(true).toBER())
  return { pem: pemText('CERTIFICATE', der), der, serial: hexOf(serial), fromMs, toMs }
}
