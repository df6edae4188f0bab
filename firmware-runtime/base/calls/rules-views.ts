// The requirements of the lot's province for its lanes, as far as they are recorded as data. Texts come with their
// clause, unchanged.
import type { LaneKind } from '../pure/device-kinds/lane-kinds.ts'
import type { BilingualText } from '../pure/faults/faults.ts'

interface LaneNeedView {
  readonly device: LaneKind
  readonly title: BilingualText
  readonly clause: string
}

export interface RulesView {
  /** Four digits of GB/T 2260, from the lot's file. */
  readonly provinceCode: string
  /** The published text that contains the rules. */
  readonly source: string
  /** Clauses of the layouts of its lanes, each once. */
  readonly layout: string
  readonly lanes: readonly {
    readonly laneId: string
    /** Clause of its layout. */
    readonly layout: string
    readonly needs: readonly LaneNeedView[]
  }[]
  /** How the lot gets access to the platform. */
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
  /** Null: the province has no such rule. */
  readonly from: string | null
  readonly to: string | null
  readonly change: 'same' | 'changed' | 'added' | 'dropped'
}

/** Something that a lot has to change or obtain before it moves to the other province. */
export interface LotChange {
  /** Member of lot.json, file, or task. */
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
  /** Null: no lot was compared. */
  readonly lot: { readonly lotId: string; readonly changes: readonly LotChange[] } | null
}
