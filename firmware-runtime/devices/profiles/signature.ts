// Detached signatures of profiles: the signed bytes, the file beside the profile, and the list of revoked certificates.
// The signer is reported; the folder's own list decides whether it is trusted.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import { revocationSchema } from '../pure/revocation-list.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson, jsonPointer, type Json } from '#base/pure/data/json.ts'
import {
  judgeSigned,
  type FileSignature,
  type Revocations,
  type SignatureJudge,
  type SignatureState,
} from '#base/pure/data/signed.ts'
import { readStrictJson } from '#base/process/strict-json.ts'

/** Base64 in whole groups only, so that a signature has only one text. */
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

function parsed<T>(schema: z.ZodType<T>, bytes: Uint8Array, file: string): T {
  const result = schema.safeParse(readStrictJson(bytes, file))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = jsonPointer(issue?.path ?? [])
  throw new LaneFault('PROFILE-17', { file, field, note: issueWhy(issue) })
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Throws FILE-02 or PROFILE-17. */
export function readSignature(bytes: Uint8Array, file: string): FileSignature {
  const { signedAtIso, certificate, signature } = parsed(signatureSchema, bytes, file)
  const signedAtMs = parseIso(signedAtIso)
  if (signedAtMs === null || isoOf(signedAtMs) !== signedAtIso)
    throw new LaneFault('PROFILE-17', { file, field: '/signedAtIso', value: signedAtIso })
  return { signedAtMs, certificate: fromBase64(certificate), signature: fromBase64(signature) }
}

export const signatureText = (s: FileSignature): string => {
  const value = {
    version: 1,
    algorithm: 'SM2-SM3',
    signedAtIso: isoOf(s.signedAtMs),
    certificate: toBase64(s.certificate),
    signature: toBase64(s.signature),
  }
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Throws FILE-02 or PROFILE-17: an unreadable list cannot revoke anything, so nothing is accepted. */
export function readRevocations(bytes: Uint8Array, file: string): Revocations {
  const { revoked } = parsed(revocationSchema, bytes, file)
  return new Map(revoked.map(({ fingerprint, why }) => [fingerprint, why]))
}

/** The first line separates signatures of profiles from all other signatures. */
export const signedBytes = (source: Json, signedAtMs: InstantMs): Uint8Array =>
  new TextEncoder().encode(
    `etc-lane device profile 1\n${isoOf(signedAtMs)}\n${canonicalJson(source)}`,
  )

export const judgeSignature = (
  source: Json,
  signature: FileSignature,
  judge: SignatureJudge,
): SignatureState => judgeSigned((atMs) => signedBytes(source, atMs), signature, judge)
