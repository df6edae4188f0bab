// What the lot's province asks of its lanes, as far as it is written down here as data.
// Texts come with their clause; nothing is added to them.
import type { LaneDeviceKind } from '../core/lane/layouts/layout.ts'
import type { BilingualText } from '../core/values/faults.ts'

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
