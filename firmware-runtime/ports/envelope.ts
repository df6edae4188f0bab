// How what a dialect says travels: what makes a request count, and what makes an answer believed. Pure, as the dialect is:
// keys are handed in, and whether a certificate is in force or an answer in time is judged where the clock is.
import type { SigningKey, VerifyingKey } from './crypto.ts'

export type PlatformMethod = 'GET' | 'POST' | 'PUT'

export interface RequestToSign {
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
  /** Of the request that it answers; null where nobody kept it, as of what a stick brought. */
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
      /** Of the certificate that signed it; null where the code proves it. */
      readonly serial: string | null
      /** Unix seconds, as the answer says. */
      readonly signedAtSec: number
    }
  | { readonly kind: 'unproven'; readonly why: 'unsigned' | 'badSignature' }
  | { readonly kind: 'unknownCertificate'; readonly serial: string }

/** What a lot has to hold: a certificate of its own and one of the platform, an authorisation code, or both. */
type Credential = 'certificates' | 'code'

/** The account, the certificate that signed, its signature, or the time that was said. */
export type RefusedProof = 'notAccount' | 'notCertificate' | 'notSignature' | 'notTime'

/** How the members of a body are written (9.3.2 c). */
export type BodyForm = 'json' | 'form' | 'text'

export interface Envelope {
  readonly needs: readonly Credential[]
  readonly bodyForm: BodyForm
  /** What of a request is proven. */
  textOf(request: RequestToSign): Uint8Array
  /** Proof and whose it is; everything else about a request is said for all alike. */
  headers(request: RequestToSign, keys: OwnKeys): Readonly<Record<string, string>>
  /** Strict: what is read here comes from the network. */
  verify(answer: AnswerToVerify, keys: TheirKeys): Proof
  /** What of a proof the platform does not take; null: a code of something else. */
  refuses(respCode: string): RefusedProof | null
}
