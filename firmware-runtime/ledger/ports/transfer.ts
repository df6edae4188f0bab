// Records and answers carried on a stick: written in one piece, read and verified completely before any is judged.
// The carrier is not trusted.
import type { AnswerMeta, QueueVerdict } from '../pure/queue/queue.ts'
import type { OutboxRecord } from '../pure/queue/records.ts'
import type { PlatformAnswer } from './dialect.ts'

export interface BroughtAnswer {
  readonly outboxId: string
  readonly businessNo: string
  readonly send: 'post' | 'query'
  readonly answer: Omit<PlatformAnswer, 'sinceLastAttemptMs'>
}

export interface BroughtBack {
  readonly files: readonly string[]
  /** Number of files of other lots, left untouched. */
  readonly others: number
  readonly answers: readonly BroughtAnswer[]
}

/** Result of writing a package. */
export interface Packed {
  /** Number of the ledger row at which it was made. */
  readonly number: number
  readonly files: readonly string[]
  readonly records: number
  readonly amountFen: number
  readonly refundFen: number
  readonly exceptions: number
}

export interface TransferService {
  /** `recipient`: a certificate file, or `recovery`. Throws TRANSFER-04, RECOVERY-05, CERT-01. */
  pack(to: string, recipient: string): Promise<Packed>
  /** Throws TRANSFER-01 or TRANSFER-03 and then accepts nothing. */
  read(from: string): Promise<BroughtBack>
  judge(
    record: Pick<OutboxRecord, 'op' | 'businessNo' | 'amountFen'>,
    brought: BroughtAnswer,
  ): { readonly verdict: QueueVerdict; readonly meta: AnswerMeta }
}
