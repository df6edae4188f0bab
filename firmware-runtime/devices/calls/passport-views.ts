// What the passport calls of the control API answer: plain JSON, shared with the window and scripts.
// Times are ISO 8601 with offset; photos are base64.
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { AcceptedVersion, DeviceReading, VersionState } from '#base/pure/passport/versions.ts'
import type { DriftRow } from '#base/pure/passport/drift.ts'
import type { TableName } from '#base/pure/passport/tables.ts'
import type { ActAnswer } from '#base/calls/rows.ts'

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

/** The version of one device of a lane. */
export interface DeviceVersionView {
  readonly laneId: string
  readonly device: LaneKind
  /** `unread`: its present version is not known, and nothing says that it is unchanged. */
  readonly state: VersionState
  /** The last reading; null: none yet. */
  readonly now: DeviceReading | null
  /** Since when that reading has been the same. */
  readonly sinceIso: string | null
  readonly readAtIso: string | null
  /** Since when it has not answered the question; null: it did, or was never asked. */
  readonly silentSinceIso: string | null
  /** What it is compared with. `first`: its first reading, which nobody has confirmed. */
  readonly accepted:
    | (DeviceReading & Pick<AcceptedVersion, 'by' | 'how'> & { readonly atIso: string })
    | null
}

export interface DeviceVersionsView {
  /** Every device of every lane that has a link. */
  readonly rows: readonly DeviceVersionView[]
}
