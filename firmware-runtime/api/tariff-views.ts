// What the calls of the tariff answer: the lot's own with who made it, what is wrong with a draft, and trial prices.
// The shape of a tariff itself is that of core/billing, which the window takes from here.
import type { Tariff } from '../core/billing/tariff.ts'
import type { BilingualText } from '../core/faults/faults.ts'
import type { OrderLine } from '../core/values/rows/ledger-row.ts'
import type { InIso } from '../core/values/instant.ts'
import type { ReplaySums } from '../ports/tariff-service.ts'
import type { ApiError } from './rows.ts'

export type {
  DayKind,
  Tariff,
  TariffBand,
  TariffPackage,
  TariffPlan,
} from '../core/billing/tariff.ts'
export type { TariffCurve } from '../core/billing/tariff-curve.ts'

export interface TariffVersionView {
  readonly atIso: string
  readonly by: string
  readonly reason: string
}

export interface TariffView {
  readonly tariff: Tariff
  /** Of the tariff that is in force: what is saved must have begun with it. */
  readonly digest: string
  readonly nowIso: string
  /** Parts of the lot that its entry lanes lead into. */
  readonly areas: readonly string[]
  /** Newest first. */
  readonly versions: readonly TariffVersionView[]
}

export interface TariffNote {
  /** JSON pointer in the draft. */
  readonly field: string
  readonly text: BilingualText
}

export interface TariffCheckView {
  /** None: it can be used. */
  readonly refusals: readonly TariffNote[]
  /** Allowed, but probably not meant. */
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

/** Who would pay more: the last replay of this runtime. */
export interface TariffReplayView {
  readonly state: 'none' | 'running' | 'done' | 'stopped' | 'failed'
  readonly rows: number
  /** Rows of the ledger when it began. */
  readonly ofRows: number
  readonly sums: ReplaySumsView | null
  readonly error: ApiError | null
}
