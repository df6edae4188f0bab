// Sends one record of the queue to its platform and says what the answer means. It never retries:
// the queue is the only owner of retries (design.md 4.8).
import type { AnswerMeta, QueueVerdict } from '../pure/queue/queue.ts'
import type { OutboxRecord, SendOp } from '../pure/queue/records.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Order } from '../pure/lot/lot-state.ts'

export interface SignInRequest {
  /** Our serial of this sign-in, at most 36. */
  readonly listNo: string
  /** 12 hex, from the RSU's status frame; null: a lane without PSAM signs in as the lane that it is. */
  readonly psamTerminal: string | null
  /** 20 digits from the card; absent: not read, and the terminal number is used instead. */
  readonly psamNo?: string
  readonly laneId: string
  /** Absent: the antenna of an exit. */
  readonly laneType?: 'entry' | 'bay' | 'handheld'
  readonly lotId: string
  readonly lotName: string
  readonly atMs: InstantMs
}

/** Request for a PSAM that returned its random number (P11, second call). */
export interface AuthorizeRequest extends SignInRequest {
  readonly psamTerminal: string
  readonly psamNo: string
  /** 16 hex. */
  readonly random: string
}

/** Response of the card (P11, third call). */
export interface ConfirmRequest {
  /** Number of the authorisation. */
  readonly listNo: string
  readonly psamNo: string
  /** 4 hex. */
  readonly statusWord: string
}

export type AuthorizeResult =
  | { readonly kind: 'authorised'; readonly apdu: string; readonly validUntilMs: InstantMs }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silence'; readonly reason: string }

export type ConfirmResult =
  | { readonly kind: 'granted'; readonly validUntilMs: InstantMs }
  /** The platform took note that the card had refused. */
  | { readonly kind: 'noted' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silence'; readonly reason: string }

export type SignInResult =
  | { readonly kind: 'granted'; readonly validUntilMs: InstantMs }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silence'; readonly reason: string }

export interface PsamUploader {
  authorize(
    request: AuthorizeRequest,
    timeoutMs: number,
    done: (result: AuthorizeResult) => void,
  ): void
  confirm(request: ConfirmRequest, timeoutMs: number, done: (result: ConfirmResult) => void): void
}

/** A record that goes in a file with others. */
export type FiledRecord = Pick<OutboxRecord, 'outboxId' | 'op' | 'businessNo' | 'amountFen'> & {
  readonly body: string
}

export interface FiledAnswer {
  readonly outboxId: string
  readonly verdict: QueueVerdict
  readonly meta: AnswerMeta
}

export interface FileUploader {
  /** A text: why nothing is known of any of them. */
  send(
    records: readonly FiledRecord[],
    timeoutMs: number,
    done: (answers: readonly FiledAnswer[] | string) => void,
  ): void
}

export interface Uploader {
  send(
    record: Pick<OutboxRecord, 'op' | 'businessNo' | 'amountFen' | 'lastPostMs' | 'consumption'> & {
      readonly body: string
      /** What paid for an order that is taken back; absent or null: nothing did. */
      readonly settled?: NonNullable<Order['settledBy']> | null
    },
    op: SendOp,
    timeoutMs: number,
    done: (verdict: QueueVerdict, meta: AnswerMeta) => void,
  ): void
  signIn(request: SignInRequest, timeoutMs: number, done: (result: SignInResult) => void): void
  /** Checks whether its link is up, without a request; absent: only a request can show it. */
  reach?(timeoutMs: number, done: (isThere: boolean) => void): void
  /** Charges are applied for before they are made (P34). */
  readonly twoStep?: boolean
  /** Null or absent where the platform takes no file of records. */
  readonly files?: FileUploader | null
  /** Null or absent where the platform authorises no PSAM. */
  readonly psam?: PsamUploader | null
  /** Platform clock minus ours at the last verified answer, ms; null before the first. */
  readonly clockOffsetMs: number | null
}
