// Downloads for people and operation (P21; table G.1, rows 2 and 3): the shifts of a day, and settings.
// Nothing is stored here: the caller stores what it accepts.
import type { PlatformFeedback } from './platform-feedback.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import type { PlannedShift, RuledSettings } from '#base/pure/rows/tally-row.ts'

export interface ShiftPlan {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly version: string
  readonly shifts: readonly PlannedShift[]
}

export interface RunningConfiguration {
  readonly version: string
  readonly settings: RuledSettings
}

/** `none`: no such interface at the platform. `silent`: no trustworthy answer. */
type NoAnswer =
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'silent'; readonly reason: string }

export type PlanAnswer =
  | { readonly kind: 'plan'; readonly plan: ShiftPlan }
  /** What is here is the newest. */
  | { readonly kind: 'same' }
  | NoAnswer

export type ConfigurationAnswer =
  | { readonly kind: 'configuration'; readonly configuration: RunningConfiguration }
  /** What is here is the newest. */
  | { readonly kind: 'same' }
  | NoAnswer

/** Invalid answer: the fault names the field. */
export type Refused = { readonly kind: 'wrong'; readonly fault: LaneFault }

/** Each calls back once. `version`: the stored one; null: nothing stored. */
export interface PlatformDuty {
  shifts(day: string, version: string | null, done: (answer: PlanAnswer | Refused) => void): void
  configuration(version: string | null, done: (answer: ConfigurationAnswer | Refused) => void): void
}

/** Sources of the downloads (table G.1, rows 2 and 3); null where the lot names no such platform. */
export interface DutyLinks {
  readonly shifts: PlatformDuty | null
  readonly configuration: PlatformDuty | null
  /** Messages of the platform of the charges. */
  readonly feedback: PlatformFeedback | null
}
