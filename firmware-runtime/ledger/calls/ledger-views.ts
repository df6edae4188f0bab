// Answers of calls about the ledger and the queue of uploads.

export type { LedgerSums as LedgerSumsView } from '../ports/ledger-reader.ts'

/** `queue status` of contract.md section 5. */
export interface QueueStatusView {
  readonly unsent: number
  readonly byKind: Readonly<Record<string, number>>
  readonly byState: Readonly<Record<string, number>>
  readonly byDestination: Readonly<Record<string, number>>
  readonly oldestAgeSec: number | null
  readonly poison: number
  readonly exposureFen: number
}

export interface QueueRecordView {
  readonly outboxId: string
  readonly op: string
  readonly businessNo: string
  readonly state: string
  readonly attempts: number
  readonly atIso: string
  readonly amountFen: number
  readonly destination: string
  readonly stayId: string | null
  readonly note: string
}

export interface LedgerSheetView {
  readonly base64: string
  readonly mime: string
  readonly rows: number
  /** More rows matched than a sheet holds. */
  readonly cut: boolean
}
