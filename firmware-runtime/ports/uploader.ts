// Sends one record of the queue to its platform and says what the answer means. It never retries:
// the queue is the only owner of retries (design.md 4.8).
import type { AnswerMeta, QueueVerdict } from '../core/queue/queue.ts'
import type { OutboxRecord } from '../core/queue/records.ts'
import type { InstantMs } from '../core/values/instant.ts'

export interface SignInRequest {
  /** Our serial of this sign-in, at most 36. */
  readonly listNo: string
  /** 12 hex, from the RSU's status frame. */
  readonly psamTerminal: string
  readonly laneId: string
  /** Absent: the antenna of an exit. */
  readonly laneType?: 'bay' | 'handheld'
  readonly lotId: string
  readonly lotName: string
  readonly atMs: InstantMs
}

export type SignInResult =
  | { readonly kind: 'granted'; readonly validUntilMs: InstantMs }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silence'; readonly reason: string }

export interface Uploader {
  send(
    record: Pick<OutboxRecord, 'op' | 'businessNo' | 'amountFen' | 'lastPostMs'> & {
      readonly body: string
    },
    op: 'post' | 'query',
    timeoutMs: number,
    done: (verdict: QueueVerdict, meta: AnswerMeta) => void,
  ): void
  signIn(request: SignInRequest, timeoutMs: number, done: (result: SignInResult) => void): void
  /** Platform clock minus ours at the last verified answer, ms; null before the first. */
  readonly clockOffsetMs: number | null
}
