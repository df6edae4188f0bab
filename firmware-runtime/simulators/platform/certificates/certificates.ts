// X.509 certificates of the simulated platform (OIDs of B.3), built on @peculiar/asn1-*: the SM2 chain, and the ECDSA
// chain for TLS. Every name begins with TEST, so that it is not mistaken for a real certificate.
import { isIP } from 'node:net'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { BitString, Sequence, fromBER } from 'asn1js'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_kp_serverAuth,
} from '@peculiar/asn1-x509'
import { must } from '#base/pure/values/must.ts'
import { simulatedName } from '#base/pure/lot/simulated.ts'

const oid = { commonName: '2.5.4.3', organisation: '2.5.4.10' } as const

/** SM2-with-SM3 (B.3), ECDSA with SHA-256 (RFC 5758), RSA with SHA-256 (RFC 4055). */
export const signatureOid = {
  sm2: '1.2.156.10197.1.501',
  ecdsa: '1.2.840.10045.4.3.2',
  rsa: '1.2.840.113549.1.1.11',
} as const

/** RFC 4055 section 5: RSA has NULL parameters; the other two have no parameters. */
const algorithmOf = (algorithm: string): AlgorithmIdentifier =>
  new AlgorithmIdentifier(
    algorithm === signatureOid.rsa
      ? { algorithm, parameters: Uint8Array.of(5, 0).buffer }
      : { algorithm },
  )

const bufferOf = (data: Uint8Array): ArrayBuffer => {
  const out = new ArrayBuffer(data.length)
  new Uint8Array(out).set(data)
  return out
}

const attribute = (type: string, text: string): RelativeDistinguishedName =>
  new RelativeDistinguishedName([
    new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: text }) }),
  ])

const nameOf = (commonName: string): Name =>
  new Name([
    attribute(oid.organisation, 'TEST'),
    attribute(oid.commonName, simulatedName(commonName)),
  ])

export type CertificateUse = 'authority' | 'signing' | 'tls-server'

interface CertificateOrder {
  /** Upper-case hex, no leading zero byte, top bit clear. */
  readonly serialHex: string
  readonly subject: string
  readonly issuer: string
  /** SubjectPublicKeyInfo as DER. */
  readonly spki: Uint8Array
  readonly fromMs: number
  readonly toMs: number
  readonly use: CertificateUse
  /** Further addresses and DNS names of a TLS server, beside this machine's. */
  readonly names?: readonly string[]
  readonly signatureOid: string
  /** Signs the TBS bytes with the issuer's key, DER. */
  readonly sign: (tbs: Uint8Array) => Uint8Array
}

const usageOf: Record<CertificateUse, number> = {
  authority: KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign,
  signing: KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation,
  'tls-server': KeyUsageFlags.digitalSignature,
}

function extensionsOf({ use, names: more = [] }: CertificateOrder): Extensions {
  const of = (extnID: string, critical: boolean, value: unknown): Extension =>
    new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })
  const list = [
    of(id_ce_basicConstraints, true, new BasicConstraints({ cA: use === 'authority' })),
    of(id_ce_keyUsage, true, new KeyUsage(usageOf[use])),
  ]
  if (use === 'tls-server') {
    const names = ['localhost', '127.0.0.1', ...more].map(
      (name) => new GeneralName(isIP(name) === 0 ? { dNSName: name } : { iPAddress: name }),
    )
    list.push(
      of(id_ce_extKeyUsage, false, new ExtendedKeyUsage([id_kp_serverAuth])),
      of(id_ce_subjectAltName, false, new SubjectAlternativeName(names)),
    )
  }
  return new Extensions(list)
}

/** An X.509 v3 certificate. */
export function makeCertificate(order: CertificateOrder): Uint8Array {
  must(/^[0-7][0-9A-F]([0-9A-F]{2})*$/.test(order.serialHex), 'a serial is positive hex')
  const signature = algorithmOf(order.signatureOid)
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: bufferOf(Buffer.from(order.serialHex, 'hex')),
    signature,
    issuer: nameOf(order.issuer),
    validity: new Validity({ notBefore: new Date(order.fromMs), notAfter: new Date(order.toMs) }),
    subject: nameOf(order.subject),
    subjectPublicKeyInfo: AsnConvert.parse(bufferOf(order.spki), SubjectPublicKeyInfo),
    extensions: extensionsOf(order),
  })
  const tbsDer = new Uint8Array(AsnConvert.serialize(tbs))
  return new Uint8Array(
    AsnConvert.serialize(
      new Certificate({
        tbsCertificate: tbs,
        signatureAlgorithm: signature,
        signatureValue: bufferOf(order.sign(tbsDer)),
      }),
    ),
  )
}

export interface CertificateFacts {
  readonly serialHex: string
  readonly publicHex: string
  readonly fromMs: number
  readonly toMs: number
}

/** The members needed to verify with a certificate. */
export function readCertificate(der: Uint8Array): CertificateFacts {
  const tbs = AsnConvert.parse(bufferOf(der), Certificate).tbsCertificate
  const hex = (data: ArrayBuffer): string => Buffer.from(data).toString('hex')
  return {
    serialHex: hex(tbs.serialNumber).toUpperCase(),
    publicHex: hex(tbs.subjectPublicKeyInfo.subjectPublicKey),
    fromMs: tbs.validity.notBefore.getTime().getTime(),
    toMs: tbs.validity.notAfter.getTime().getTime(),
  }
}

/** A certificate request whose signature proves possession of its key (RFC 2986). */
export interface ClientRequest {
  readonly commonName: string
  readonly publicHex: string
}

interface RequestKind {
  readonly signatureOid: string
  readonly publicShape: RegExp
}

/** Null for another form or kind of key, or a wrong signature. */
export function readRequest(
  der: Uint8Array,
  verifier: (publicHex: string) => (message: Uint8Array, signature: Uint8Array) => boolean,
  kind: RequestKind,
): ClientRequest | null {
  const whole = fromBER(bufferOf(der))
  if (whole.offset !== der.length || !(whole.result instanceof Sequence)) return null
  const [info, algorithm, signature] = whole.result.valueBlock.value
  if (!(info instanceof Sequence) || !(signature instanceof BitString)) return null
  const [, subject, spki] = info.valueBlock.value
  if (algorithm === undefined || subject === undefined || spki === undefined) return null
  try {
    const { algorithm: id } = AsnConvert.parse(algorithm.toBER(), AlgorithmIdentifier)
    const key = AsnConvert.parse(spki.toBER(), SubjectPublicKeyInfo)
    const publicHex = Buffer.from(key.subjectPublicKey).toString('hex')
    if (id !== kind.signatureOid || !kind.publicShape.test(publicHex)) return null
    const signed = new Uint8Array(signature.valueBlock.valueHexView)
    const message = new Uint8Array(info.valueBeforeDecodeView)
    if (!verifier(publicHex)(message, signed)) return null
    const name = AsnConvert.parse(subject.toBER(), Name)
    const common = name.flatMap((set) => [...set]).find(({ type }) => type === oid.commonName)
    return { commonName: common?.value.toString() ?? '', publicHex }
  } catch {
    // Bytes of another form are not a request.
    return null
  }
}
