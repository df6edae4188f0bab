// Checks a lot's request for a certificate (PKCS#10, RFC 2986): its names, the type of its key, and that whoever asks has
// the key, which PKI.js checks for P-256 and the product's own SM2 for the key of signatures.
import { ObjectIdentifier, Utf8String } from 'asn1js'
import { CertificationRequest } from 'pkijs'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { once } from '#base/pure/values/once.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { derInside, derTag } from '#base/crypto/der.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import type { KeyUse } from './authority.ts'

/** Organisation in the subject of each request of a lot. */
export const lotOrganisation = 'etc-lane lot'
const requestBytesMax = 4_096

const nameOids = { organisation: '2.5.4.10', commonName: '2.5.4.3' } as const
const ecPublicKey = '1.2.840.10045.2.1'
/** Curve and signature algorithm: P-256 with ECDSA over SHA-256; SM2 with SM2 over SM3. */
const algorithms: Readonly<Record<KeyUse, { readonly curve: string; readonly signature: string }>> =
  {
    tls: { curve: '1.2.840.10045.3.1.7', signature: '1.2.840.10045.4.3.2' },
    sign: { curve: '1.2.156.10197.1.301', signature: '1.2.156.10197.1.501' },
  }
/** The member that carries the request (docs/centre.md). */
const fields: Readonly<Record<KeyUse, string>> = { tls: 'tlsRequest', sign: 'signRequest' }
const gm = once(openGmCrypto)

function parsed(request: Uint8Array): CertificationRequest | null {
  // PKI.js reads lenient forms, and ignores bytes behind the end.
  if (request.length > requestBytesMax || derInside(request, derTag.sequence) === null) return null
  try {
    return CertificationRequest.fromBER(Uint8Array.from(request))
  } catch {
    return null
  }
}

function namesFit({ subject }: CertificationRequest, lotId: string): boolean {
  const wanted = [`${nameOids.organisation}=${lotOrganisation}`, `${nameOids.commonName}=${lotId}`]
  const found = subject.typesAndValues.map(({ type, value }) => {
    const text: unknown = value instanceof Utf8String ? value.valueBlock.value : ''
    return `${type}=${String(text)}`
  })
  return found.toSorted().join('\n') === wanted.toSorted().join('\n')
}

function keyFits({ subjectPublicKeyInfo, signatureAlgorithm }: CertificationRequest, use: KeyUse) {
  const { algorithm } = subjectPublicKeyInfo
  const curve: unknown = algorithm.algorithmParams
  return (
    algorithm.algorithmId === ecPublicKey &&
    curve instanceof ObjectIdentifier &&
    curve.valueBlock.toString() === algorithms[use].curve &&
    signatureAlgorithm.algorithmId === algorithms[use].signature
  )
}

async function signatureFits(request: CertificationRequest, use: KeyUse): Promise<boolean> {
  try {
    if (use === 'tls') return await request.verify()
    const bits = request.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView
    const signature = request.signatureValue.valueBlock.valueHexView
    const key = gm().verifyingKey(Uint8Array.from(bits), '')
    return key.verify(Uint8Array.from(request.tbsView), Uint8Array.from(signature))
  } catch {
    // A point that is not on its curve.
    return false
  }
}

/** SubjectPublicKeyInfo of a request that fits, DER. Throws CENTRE-21. */
export async function requestedKey(
  use: KeyUse,
  request: Uint8Array,
  lotId: string,
): Promise<Uint8Array> {
  const refused = (note: BilingualText): LaneFault =>
    new LaneFault('CENTRE-21', { field: fields[use], value: lotId, note })
  const found = parsed(request)
  if (found === null) throw refused(t('不是证书请求', 'it is no request for a certificate'))
  if (!namesFit(found, lotId))
    throw refused(t('名称不是这个停车场的', 'its names are not those of the car park'))
  if (!keyFits(found, use)) throw refused(t('密钥类型不对', 'its key is of another type'))
  if (!(await signatureFits(found, use)))
    throw refused(t('它的签名不对', 'its signature does not fit'))
  return new Uint8Array(found.subjectPublicKeyInfo.toSchema().toBER())
}
