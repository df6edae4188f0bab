// A signature over a file: the signer, whether it is trusted here, whether its certificate was revoked.
// Each kind of file defines its signed content; the caller supplies the SM2 functions that open certificates.
import { t, type BilingualText, type Why } from '../words/fault-text.ts'
import { isoOf, type InstantMs } from '../values/instant.ts'

/** Why a certificate no longer counts, by its fingerprint. */
export type Revocations = ReadonlyMap<string, string>

export interface FileSignature {
  readonly signedAtMs: InstantMs
  readonly certificate: Uint8Array
  readonly signature: Uint8Array
}

export type SignatureState =
  | { readonly state: 'unsigned' }
  | {
      readonly state: 'signed' | 'revoked'
      readonly by: string
      readonly certSerial: string
      readonly fingerprint: string
      readonly signedAtIso: string
      /** True when the certificate is in the folder's list of signers. */
      readonly trusted: boolean
      readonly why: string
    }
  | { readonly state: 'bad'; readonly why: Why }

export const signatureWords = {
  signed: t('已签名', 'signed'),
  unsigned: t('未签名', 'unsigned'),
  revoked: t('已吊销', 'revoked'),
  bad: t('签名无效', 'bad signature'),
} as const satisfies Readonly<Record<SignatureState['state'], BilingualText>>

/** Content of the certificate inside a signature. */
export interface SignerCertificate {
  readonly by: string
  readonly certSerial: string
  /** SM3 of the DER. */
  readonly fingerprint: string
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
  verify(message: Uint8Array, signatureDer: Uint8Array): boolean
}

export interface SignatureJudge {
  /** Parses a certificate; null for bytes that are not an SM2 certificate. */
  certificate(der: Uint8Array): SignerCertificate | null
  readonly revoked: Revocations
  /** Fingerprints of signers that this folder trusts. */
  readonly trusted: ReadonlySet<string>
}

/** `messageOf`: the signed bytes for a signing time, as this kind of file defines them. */
export function judgeSigned(
  messageOf: (signedAtMs: InstantMs) => Uint8Array,
  signature: FileSignature,
  judge: SignatureJudge,
): SignatureState {
  const { signedAtMs } = signature
  const cert = judge.certificate(signature.certificate)
  if (cert === null)
    return { state: 'bad', why: t('内附证书无法读取', 'the certificate inside cannot be read') }
  const { by, certSerial, fingerprint, notBeforeMs, notAfterMs } = cert
  if (signedAtMs < notBeforeMs || signedAtMs > notAfterMs)
    return {
      state: 'bad',
      why: t('签名时间不在证书有效期内', 'signed outside the validity of the certificate'),
    }
  if (!cert.verify(messageOf(signedAtMs), signature.signature))
    return { state: 'bad', why: t('签名不属于此文件', 'the signature is not of this file') }
  const why = judge.revoked.get(fingerprint)
  return {
    state: why === undefined ? 'signed' : 'revoked',
    by,
    certSerial,
    fingerprint,
    signedAtIso: isoOf(signedAtMs),
    trusted: judge.trusted.has(fingerprint),
    why: why ?? '',
  }
}
