// Records and answers that go by a stick: written in one piece, read and proven before anybody judges one of them.
// What carried them had the right to carry, and is believed in nothing.
import type { AnswerMeta, QueueVerdict } from '../core/queue/queue.ts'
import type { OutboxRecord } from '../core/queue/records.ts'
import type { PlatformAnswer } from './dialect.ts'

export interface BroughtAnswer {
  readonly outboxId: string
  readonly businessNo: string
  readonly send: 'post' | 'query'
  readonly answer: Omit<PlatformAnswer, 'sinceLastAttemptMs'>
}

export interface BroughtBack {
  readonly files: readonly string[]
  /** Files of other lots, left alone. */
  readonly others: number
  readonly answers: readonly BroughtAnswer[]
}

/** What was written for a stick. */
export interface Packed {
  /** Row of the ledger at which it was made. */
  readonly number: number
  readonly files: readonly string[]
  readonly records: number
  readonly amountFen: number
  readonly refundFen: number
  readonly exceptions: number
}

export interface TransferService {
  /** `recipient`: the file of a certificate, or `recovery`. TRANSFER-04, RECOVERY-05, CERT-01. */
  pack(to: string, recipient: string): Promise<Packed>
  /** TRANSFER-01, TRANSFER-03: nothing of it is taken. */
  read(from: string): Promise<BroughtBack>
  judge(
    record: Pick<OutboxRecord, 'op' | 'businessNo' | 'amountFen'>,
    brought: BroughtAnswer,
  ): { readonly verdict: QueueVerdict; readonly meta: AnswerMeta }
}
