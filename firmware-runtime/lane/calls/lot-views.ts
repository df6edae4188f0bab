// The settings that a lane used at a given time, in words, and each one that has changed since, with its author.
// Versions of a lot are files beside it (ADR 149); one that was not made in a form says so.
import type { LeaveLine } from '../pure/lot/leave-lines.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { SetupChange } from './setup-views.ts'

export interface LotVersionView {
  readonly atIso: string
  readonly by: string
  readonly reason: string
  /** Files of the lot, named in `reason`, were edited; the author is unknown. */
  readonly isEdited: boolean
}

export interface BeliefChange extends SetupChange {
  /** The last version that changed it; null: the files were changed since, and no lane has started with them. */
  readonly since: LotVersionView | null
}

/** A value of the version in force then. */
interface BeliefSetting {
  /** Pointer into lot.json, or `tariff` and a pointer into its file. */
  readonly key: string
  readonly what: BilingualText
  readonly value: BilingualText
  /** The version that gave it this value, or the first stored one. */
  readonly since: LotVersionView
}

export interface BeliefView {
  /** The version in force then; null: no version was stored yet. */
  readonly version: LotVersionView | null
  readonly settings: readonly BeliefSetting[]
  readonly changes: readonly BeliefChange[]
  /** All stored versions, newest first. */
  readonly versions: readonly LotVersionView[]
}

/** Whether the person who set up the lot may leave (lane/pure/lot/leave-lines.ts). */
export interface LeaveView {
  /** No line is open. */
  readonly ok: boolean
  readonly atIso: string
  readonly simulated: boolean
  readonly lines: readonly LeaveLine[]
}
