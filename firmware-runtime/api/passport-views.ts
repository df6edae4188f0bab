// What the passport calls of the control API answer: plain JSON, shared with the window and scripts.
// Times are ISO 8601 with offset; photos are base64.
import type { DriftRow } from '../core/values/passport/drift.ts'
import type { TableName } from '../core/values/passport/tables.ts'
import type { ActAnswer } from './rows.ts'

/** A passport's tables as JSON: bytes are base64. */
export type PassportTablesView = Readonly<
  Record<TableName, readonly Readonly<Record<string, string | number | null>>[]>
>

export interface PassportMadeView extends ActAnswer {
  /** Null: this act was carried out before. */
  readonly file: string | null
}

/** The newest passport of a lane in the data folder. */
export interface LastPassportView {
  readonly file: string
  readonly madeAtIso: string
  readonly by: string
  readonly signedBy: string
}

export interface PassportDriftView {
  readonly laneId: string
  readonly checkedAtIso: string
  readonly passport: LastPassportView | null
  readonly drifted: boolean
  readonly rows: readonly DriftRow[]
}

export interface PassportFileView {
  readonly file: string
  readonly base64: string
}
