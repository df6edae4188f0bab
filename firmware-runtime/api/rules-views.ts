// What the lot's province asks of its lanes, as far as it is written down here as data.
// Texts come with their clause; nothing is added to them.
import type { LaneDeviceKind } from '../core/lane/layouts/layout.ts'
import type { BilingualText } from '../core/faults/faults.ts'

interface LaneNeedView {
  readonly device: LaneDeviceKind
  readonly title: BilingualText
  readonly clause: string
}

export interface RulesView {
  /** Four digits of GB/T 2260, from the lot's file. */
  readonly provinceCode: string
  /** The published text whose rules these are. */
  readonly source: string
  /** Clauses of the layouts of its lanes, each once. */
  readonly layout: string
  readonly lanes: readonly {
    readonly laneId: string
    /** Clause of its layout. */
    readonly layout: string
    readonly needs: readonly LaneNeedView[]
  }[]
  /** How the lot is let in to the platform. */
  readonly access: readonly { readonly clause: string; readonly title: BilingualText }[]
}

export interface ComparedRule {
  readonly group:
    | 'standard'
    | 'interface'
    | 'code'
    | 'filter'
    | 'network'
    | 'timing'
    | 'chargeMode'
    | 'credential'
    | 'step'
  readonly id: string
  readonly title: BilingualText
  /** Null: the province does not have it. */
  readonly from: string | null
  readonly to: string | null
  readonly change: 'same' | 'changed' | 'added' | 'dropped'
}

/** One thing that a lot changes, or obtains, before it is in the other province. */
export interface LotChange {
  /** Member of lot.json, file, or what is to be done. */
  readonly field: string
  readonly from: string | null
  readonly to: string
  readonly todo: BilingualText
}

interface ComparedName {
  readonly province: string
  readonly name: BilingualText
}

export interface ProvinceComparison {
  readonly from: ComparedName
  readonly to: ComparedName
  readonly counts: Readonly<Record<ComparedRule['change'], number>>
  readonly rows: readonly ComparedRule[]
  /** Null where no lot was looked at. */
  readonly lot: { readonly lotId: string; readonly changes: readonly LotChange[] } | null
}
