// SM3 and SM2 in the sandboxed window, by sm-crypto-v2, and reading certificates from files.
// Gives the same results as the runtime's adapter (base/crypto/profile-signer.ts), by independent code.
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, type Name } from '@peculiar/asn1-x509'
import { sm2, sm3 } from 'sm-crypto-v2'
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { Digests } from '#base/pure/passport/container.ts'
import type { Revocations, SignatureJudge, SignerCertificate } from '#base/pure/data/signed.ts'

const utf8 = new TextEncoder()
/** Default user id of GM/T 0009, used for every signature of this product. */
const userId = '1234567812345678'
const oids = { ecKey: '1.2.840.10045.2.1', commonName: '2.5.4.3', organisation: '2.5.4.10' }
/** The curve of SM2, as an OBJECT IDENTIFIER in DER. */
const curveDer = '06082A811CCF5501822D'

export const digests: Digests = {
  ofBytes: (bytes) => sm3(bytes).toUpperCase(),
  ofText: (text) => sm3(utf8.encode(text)).toUpperCase(),
}

/** The text, or null for bytes that are not UTF-8. */
export function strictText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // The only possible cause is invalid UTF-8.
    return null
  }
}

/** One number of a strict DER signature as 32 bytes, and the remaining bytes; null for anything else. */
function scalar(bytes: Uint8Array): { value: string; rest: Uint8Array } | null {
  const [tag, length = 0, first = 0, second = 0] = bytes
  const padded = first === 0 && length > 1
  const plain = tag === 2 && length > 0 && length <= 33 && first < 0x80
  if (!plain || (padded && second < 0x80) || bytes.length < 2 + length) return null
  const number = bytes.subarray(padded ? 3 : 2, 2 + length)
  if (number.length > 32) return null
  return { value: hexOf(number).padStart(64, '0').toLowerCase(), rest: bytes.subarray(2 + length) }
}

/** r and s as the library takes them. Only strict DER is accepted, so that a signature has one encoding. */
function rawSignature(der: Uint8Array): string | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null
  const r = scalar(der.subarray(2))
  const s = r === null ? null : scalar(r.rest)
  return r === null || s?.rest.length !== 0 ? null : r.value + s.value
}

function holds(message: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  const raw = rawSignature(signature)
  if (raw === null) return false
  try {
    return sm2.doVerifySignature(message, raw, publicKey, { hash: true, der: false, userId })
  } catch {
    // A public key that is not on the curve, or a number out of range: no valid signature.
    return false
  }
}

function nameOf(subject: Name): string {
  const all = subject.flatMap((set) => [...set])
  const texts = [oids.commonName, oids.organisation].flatMap((oid) =>
    all.filter(({ type }) => type === oid).map(({ value }) => value.toString()),
  )
  return (texts[0] ?? '').replaceAll(/\p{C}/gu, '').slice(0, 80)
}

/** Null for bytes that are not a certificate with an SM2 key; the bytes are untrusted. */
export function openCertificate(der: Uint8Array): SignerCertificate | null {
  try {
    const { tbsCertificate: tbs } = AsnConvert.parse(der, Certificate)
    const { algorithm, subjectPublicKey } = tbs.subjectPublicKeyInfo
    const publicKey = hexOf(new Uint8Array(subjectPublicKey)).toLowerCase()
    const curve = hexOf(new Uint8Array(algorithm.parameters ?? new ArrayBuffer(0)))
    const ofSm2 = algorithm.algorithm === oids.ecKey && curve === curveDer
    if (!ofSm2 || !/^04[0-9a-f]{128}$/.test(publicKey) || !sm2.verifyPublicKey(publicKey))
      return null
    const certSerial = hexOf(new Uint8Array(tbs.serialNumber)).replace(/^00(?=.)/, '')
    return {
      by: nameOf(tbs.subject) || certSerial,
      certSerial,
      fingerprint: digests.ofBytes(der),
      notBeforeMs: tbs.validity.notBefore.getTime().getTime(),
      notAfterMs: tbs.validity.notAfter.getTime().getTime(),
      verify: (message, signature) => holds(message, signature, publicKey),
    }
  } catch {
    // Untrusted bytes: no certificate, so no signer.
    return null
  }
}

const pemShape = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g

/** Fingerprints of the certificates in a list of known signers (PEM). */
export const fingerprintsInPem = (pem: string): readonly string[] =>
  [...pem.matchAll(pemShape)].flatMap(([, body = '']) => {
    const der = bytesOfBase64(body.replaceAll(/[ \t]/g, ''))
    return der === null ? [] : [digests.ofBytes(der)]
  })

/** Trusts and revokes only the certificates that the person at the window has named. */
export const windowJudge = (
  known: Iterable<string>,
  revoked: Revocations = new Map(),
): SignatureJudge => ({ certificate: openCertificate, revoked, trusted: new Set(known) })
