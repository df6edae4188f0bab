// What a lot downloads for its people and its running (P21; table G.1, rows 2 and 3): the shifts of a day, and settings.
// Neither is kept here: who asks writes down what it takes over.
import type { PlatformFeedback } from './platform-feedback.ts'
import type { LaneFault } from '../core/faults/faults.ts'
import type { PlannedShift, RuledSettings } from '../core/values/rows/tally-row.ts'

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

/** `none`: the platform has no such interface. `silent`: nothing that can be trusted. */
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

/** It breaks its rule: the fault names the field. */
export type Refused = { readonly kind: 'wrong'; readonly fault: LaneFault }

/** Each calls back once. `version`: the one that is here; null: none. */
export interface PlatformDuty {
  shifts(day: string, version: string | null, done: (answer: PlanAnswer | Refused) => void): void
  configuration(version: string | null, done: (answer: ConfigurationAnswer | Refused) => void): void
}

/** Who has what a lot downloads for its people and its running (table G.1, rows 2 and 3); null where it names nobody. */
export interface DutyLinks {
  readonly shifts: PlatformDuty | null
  readonly configuration: PlatformDuty | null
  /** Messages of the platform of the charges. */
  readonly feedback: PlatformFeedback | null
}
