// How what a dialect says travels: what makes a request count, and what makes an answer believed. Pure, as the dialect is:
// keys are handed in, and whether a certificate is in force or an answer in time is judged where the clock is.
import type { SigningKey, VerifyingKey } from '#base/ports/crypto.ts'

export type PlatformMethod = 'GET' | 'POST' | 'PUT'

interface RequestToSign {
  readonly method: PlatformMethod
  /** Path and query exactly as sent, without scheme and host. */
  readonly path: string
  /** Unix seconds. */
  readonly timestampSec: number
  /** 32 of A-Z 0-9, fresh per attempt. */
  readonly nonce: string
  /** As sent; empty for GET. */
  readonly body: Uint8Array
}

export interface AnswerToVerify {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Nonce of the request; null where it was not kept, as for an answer from a stick. */
  readonly nonce: string | null
}

/** The authorisation code of a lot (000 A.2.2 h), which itself never travels. */
export interface CodeKey {
  mac(data: Uint8Array): Uint8Array
  isMac(data: Uint8Array, mac: Uint8Array): boolean
}

export interface OwnKeys {
  /** Channel number, or account (P1). */
  readonly appId: string
  /** Each is there where the envelope needs it. */
  readonly signingKey: SigningKey | null
  readonly code: CodeKey | null
}

interface TheirKeys {
  /** By the serial of a certificate of the platform. */
  keyOf(serial: string): VerifyingKey | undefined
  readonly code: CodeKey | null
}

export type Proof =
  | {
      readonly kind: 'proven'
      /** Serial number of the signing certificate; null where the authorisation code is the proof. */
      readonly serial: string | null
      /** Unix seconds, as the answer says. */
      readonly signedAtSec: number
    }
  | { readonly kind: 'unproven'; readonly why: 'unsigned' | 'badSignature' }
  | { readonly kind: 'unknownCertificate'; readonly serial: string }

/** Credentials of a lot: its own and the platform's certificate, an authorisation code, or both. */
type Credential = 'certificates' | 'code'

/** Part of the proof that was refused: account, signing certificate, signature, or time stamp. */
export type RefusedProof = 'notAccount' | 'notCertificate' | 'notSignature' | 'notTime'

/** How the members of a body are written (9.3.2 c). */
export type BodyForm = 'json' | 'form' | 'text'

export interface Envelope {
  readonly needs: readonly Credential[]
  readonly bodyForm: BodyForm
  /** The part of a request covered by the proof. */
  textOf(request: RequestToSign): Uint8Array
  /** Headers with the proof and its identity; all other headers are the same for every dialect. */
  headers(request: RequestToSign, keys: OwnKeys): Readonly<Record<string, string>>
  /** Strict, because the input comes from the network. */
  verify(answer: AnswerToVerify, keys: TheirKeys): Proof
  /** Refused part of the proof by response code; null: the code is about something else. */
  refuses(respCode: string): RefusedProof | null
}
