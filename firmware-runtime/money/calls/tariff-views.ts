// Answers of the tariff calls: the lot's tariff with its authors, faults of a draft, and trial prices. The shape of a
// tariff is that of core/billing.
import type { Tariff } from '../pure/billing/tariff.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'
import type { InIso } from '#base/pure/values/instant.ts'
import type { ReplaySums } from '../ports/tariff-service.ts'
import type { ApiError } from '#base/calls/rows.ts'

export type {
  DayKind,
  Tariff,
  TariffBand,
  TariffPackage,
  TariffPlan,
} from '../pure/billing/tariff.ts'
export type { TariffCurve } from '../pure/billing/tariff-curve.ts'

export interface TariffVersionView {
  readonly atIso: string
  readonly by: string
  readonly reason: string
}

export interface TariffView {
  readonly tariff: Tariff
  /** Digest of the tariff in force: a draft to be saved must be based on it. */
  readonly digest: string
  readonly nowIso: string
  /** Parts of the lot that its entry lanes lead into. */
  readonly areas: readonly string[]
  /** Newest first. */
  readonly versions: readonly TariffVersionView[]
}

export interface TariffNote {
  /** JSON pointer into the draft. */
  readonly field: string
  readonly text: BilingualText
}

export interface TariffCheckView {
  /** Empty: the draft can be used. */
  readonly refusals: readonly TariffNote[]
  /** Allowed, but probably a mistake. */
  readonly warnings: readonly TariffNote[]
}

export interface TariffDaysView {
  readonly tariff: Tariff
  readonly added: number
  readonly removed: number
}

export interface TariffPriceView {
  readonly amountFen: number
  readonly lines: readonly {
    readonly fromIso: string
    readonly toIso: string
    readonly rule: OrderLine['rule']
    readonly amountFen: number
    readonly text: BilingualText
  }[]
}

export type ReplaySumsView = InIso<ReplaySums>

/** Cars that would pay a different amount: the last replay since the start of the runtime. */
export interface TariffReplayView {
  readonly state: 'none' | 'running' | 'done' | 'stopped' | 'failed'
  readonly rows: number
  /** Number of ledger rows when it began. */
  readonly ofRows: number
  readonly sums: ReplaySumsView | null
  readonly error: ApiError | null
}
