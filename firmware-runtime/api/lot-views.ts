// What a lane ran on at a time: the settings of then in words, and each that is otherwise now with who changed it.
// Versions of a lot are files beside it (ADR 149); one that nobody made in a form says so.
import type { LeaveLine } from '../core/lot/leave-lines.ts'
import type { BilingualText } from '../core/faults/faults.ts'
import type { SetupChange } from './setup-views.ts'

export interface LotVersionView {
  readonly atIso: string
  readonly by: string
  readonly reason: string
  /** Somebody edited files of the lot, which `reason` names; nobody knows who. */
  readonly isEdited: boolean
}

export interface BeliefChange extends SetupChange {
  /** The last version that changed it; null: the files were changed since, and no lane has started on them. */
  readonly since: LotVersionView | null
}

export interface BeliefView {
  /** What held then; null: no version was kept by then. */
  readonly version: LotVersionView | null
  readonly settings: readonly { readonly what: BilingualText; readonly value: BilingualText }[]
  readonly changes: readonly BeliefChange[]
  /** All that were kept, newest first. */
  readonly versions: readonly LotVersionView[]
}

/** Whether who set the lot up may drive home (core/lot/leave-lines.ts). */
export interface LeaveView {
  /** No line is open. */
  readonly ok: boolean
  readonly atIso: string
  readonly simulated: boolean
  readonly lines: readonly LeaveLine[]
}
