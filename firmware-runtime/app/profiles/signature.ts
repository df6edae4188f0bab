// Detached signatures of profiles: what is signed, the file beside the profile, and the list of
// revoked certificates. Who signed is told; whether that person is trusted is a list of the folder.
import { z } from 'zod'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf, parseIso, type InstantMs } from '../../core/values/instant.ts'
import { canonicalJson, type Json } from '../../core/values/json.ts'
import { jsonPointer, readStrictJson } from '../strict-json.ts'

/** Bytes in base64, whole groups only, so that one signature has one text. */
const base64 = z
  .string()
  .max(16_384)
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)

const signatureSchema = z.strictObject({
  version: z.literal(1),
  algorithm: z.literal('SM2-SM3'),
  signedAtIso: z.string().max(40),
  certificate: base64.min(4),
  signature: base64.min(4),
})

const revocationSchema = z.strictObject({
  version: z.literal(1),
  revoked: z
    .array(
      z.strictObject({
        /** SM3 of the certificate's DER. */
        fingerprint: z.string().regex(/^[0-9A-F]{64}$/),
        why: z.string().min(1).max(200),
      }),
    )
    .max(10_000),
})

/** Why a certificate no longer counts, by its fingerprint. */
export type Revocations = ReadonlyMap<string, string>

export interface ProfileSignature {
  readonly signedAtMs: InstantMs
  readonly certificate: Uint8Array
  readonly signature: Uint8Array
}

function parsed<T>(schema: z.ZodType<T>, bytes: Uint8Array, file: string): T {
  const result = schema.safeParse(readStrictJson(bytes, file))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = jsonPointer(issue?.path ?? [])
  throw new LaneFault('PROFILE-17', { file, field, note: issue?.message ?? '' })
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Throws FILE-02 or PROFILE-17. */
export function readSignature(bytes: Uint8Array, file: string): ProfileSignature {
  const { signedAtIso, certificate, signature } = parsed(signatureSchema, bytes, file)
  const signedAtMs = parseIso(signedAtIso)
  if (signedAtMs === null || isoOf(signedAtMs) !== signedAtIso)
    throw new LaneFault('PROFILE-17', { file, field: '/signedAtIso', value: signedAtIso })
  return {
    signedAtMs,
    certificate: fromBase64(certificate),
    signature: fromBase64(signature),
  }
}

export const signatureText = (s: ProfileSignature): string => {
  const value = {
    version: 1,
    algorithm: 'SM2-SM3',
    signedAtIso: isoOf(s.signedAtMs),
    certificate: toBase64(s.certificate),
    signature: toBase64(s.signature),
  }
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Throws FILE-02 or PROFILE-17: a list that cannot be read revokes nothing, so nothing passes. */
export function readRevocations(bytes: Uint8Array, file: string): Revocations {
  const { revoked } = parsed(revocationSchema, bytes, file)
  return new Map(revoked.map(({ fingerprint, why }) => [fingerprint, why]))
}

/** The first line keeps a signature of a profile from being one of anything else. */
export const signedBytes = (source: Json, signedAtMs: InstantMs): Uint8Array =>
  new TextEncoder().encode(
    `etc-lane device profile 1\n${isoOf(signedAtMs)}\n${canonicalJson(source)}`,
  )

export type SignatureState =
  | { readonly state: 'unsigned' }
  | {
      readonly state: 'signed' | 'revoked'
      readonly by: string
      readonly certSerial: string
      readonly fingerprint: string
      readonly signedAtIso: string
      /** The certificate lies in the folder's list of signers. */
      readonly trusted: boolean
      readonly why: string
    }
  | { readonly state: 'bad'; readonly why: string }

/** What is known of the certificate inside a signature. */
export interface SignerCertificate {
  readonly by: string
  readonly certSerial: string
  readonly fingerprint: string
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
  verify(message: Uint8Array, signatureDer: Uint8Array): boolean
}

export interface SignatureJudge {
  /** Null for bytes that are no SM2 certificate. */
  certificate(der: Uint8Array): SignerCertificate | null
  readonly revoked: Revocations
  /** Fingerprints of signers that this folder trusts. */
  readonly trusted: ReadonlySet<string>
}

/** `messageOf`: what was signed at that time, by whichever kind of file this is. */
export function judgeSigned(
  messageOf: (signedAtMs: InstantMs) => Uint8Array,
  signature: ProfileSignature,
  judge: SignatureJudge,
): SignatureState {
  const { signedAtMs } = signature
  const cert = judge.certificate(signature.certificate)
  if (cert === null) return { state: 'bad', why: 'the certificate inside cannot be read' }
  const { by, certSerial, fingerprint, notBeforeMs, notAfterMs } = cert
  if (signedAtMs < notBeforeMs || signedAtMs > notAfterMs)
    return { state: 'bad', why: 'signed outside the validity of the certificate' }
  if (!cert.verify(messageOf(signedAtMs), signature.signature))
    return { state: 'bad', why: 'the signature is not of this file' }
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

export const judgeSignature = (
  source: Json,
  signature: ProfileSignature,
  judge: SignatureJudge,
): SignatureState => judgeSigned((atMs) => signedBytes(source, atMs), signature, judge)
