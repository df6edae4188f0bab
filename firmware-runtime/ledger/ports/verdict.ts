// Meaning of a platform answer for the money: the union that every caller branches on.
// "No answer" is a third outcome besides yes and no, and unknown stays unknown (M6).
import type { BatchAnswer } from '../pure/queue/queue.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { NoteText } from '#base/pure/words/notes.ts'

/** Precondition for sending the same number again. */
export type Cure =
  | 'none'
  /** A person must correct the record. */
  | 'repair'
  | 'clockSync'
  | 'certificate'
  /** Every attempt has a new envelope: sending again suffices. */
  | 'freshEnvelope'
  | 'signIn'
  | 'operator'

export type SignatureState =
  | 'valid'
  /** At least one of the four headers is missing. */
  | 'unsigned'
  /** Headers are there but not readable, or the signature does not verify. */
  | 'badSignature'
  /** Serial not known, also after fetching certificates once. */
  | 'unknownCertificate'
  /** Signed, but its time is more than 300 s from ours. */
  | 'outsideWindow'
  /** Signed with a certificate that has expired or is not valid yet, by our clock. */
  | 'certificateExpired'
  | 'certificateNotYetValid'

/** Written to the ledger as a security event (R06). */
export type SecurityEvent =
  | 'unsignedSuccess'
  | 'badSignature'
  | 'unknownCertificate'
  | 'answerOutsideWindow'
  | 'certificateOutsideValidity'
  | 'answerForOther'
  | 'redirect'

export type ConfirmedState =
  | 'ACCEPTED'
  | 'SUCCESS'
  | 'REFUNDED'
  | 'STORED'
  | 'PENDING_REVIEW'
  | 'APPROVED'
  | 'SIGNED_IN'

/** Answer of P11. Status 1 normal, 2 blacklisted, 3 locked, 4 not registered. */
interface SignInGrant {
  readonly psamStatus: number
  readonly validUntilMs: InstantMs
}

interface Confirmed {
  readonly kind: 'confirmed'
  readonly state: ConfirmedState
  readonly tradeNo: string | null
  /** Fen charged or refunded; null: the answer names no amount. */
  readonly chargedFen: Fen | null
  /** True when the platform already had it (100001): success, once in the ledger (R08). */
  readonly replayed: boolean
  readonly openBarrier: boolean | null
  readonly signIn: SignInGrant | null
  /** Hourly batch: the platform's own count, and the numbers that it misses. */
  readonly batch?: BatchAnswer
}

interface Refused {
  readonly kind: 'refused'
  readonly respCode: string
  /** Stable word of the code table, for example `insufficient`. */
  readonly reason: string
}

interface NotFound {
  readonly kind: 'notFound'
  /** True only 30 s or more after the last attempt: a request may still be in flight (P13, R15). */
  readonly final: boolean
}

interface Retry {
  readonly kind: 'retry'
  /** Delay stated by the platform; null: the queue's own schedule. */
  readonly afterMs: number | null
  readonly why: string
}

/** No usable answer: query first, then the same number again. */
export interface Silence {
  readonly kind: 'silence'
  readonly why: string
  /** False only when it is certain that no byte left: the platform cannot know of this attempt. */
  readonly sent: boolean
  readonly securityEvent: SecurityEvent | null
  readonly afterMs: number | null
}

/** A signed answer that contradicts the request or the rules: a person or a query decides. */
export interface Hold {
  readonly kind: 'hold'
  readonly why: NoteText
  readonly respCode: string | null
  readonly securityEvent: SecurityEvent | null
}

/** Not executed: the form or the permission was wrong. Leaves the queue until cured. */
interface Rejected {
  readonly kind: 'rejected'
  readonly respCode: string
  readonly reason: string
  readonly class: 'format' | 'permission'
  readonly cure: Cure
  /** JSON pointer of the member the platform complains about, or null. */
  readonly field: string | null
}

export type Verdict =
  | Confirmed
  | Refused
  /** `replayed`: the platform had the request already, and repeats its first answer; it may be decided since. */
  | {
      readonly kind: 'processing'
      readonly replayed?: true
      /** An order: why ETC has not paid it up to now. */
      readonly why?: string
    }
  | NotFound
  | Retry
  | Silence
  | Hold
  | Rejected
