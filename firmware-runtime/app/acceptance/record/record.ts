// The one record of an acceptance, from which its package and all its documents are made: of which run, by what and from what, each
// item as the ledger says it now, both transcripts, the papers and the rules. Nothing in it is a secret, a plate or a card.
import type { Declaration } from '../../../acceptance/declaration.ts'
import type { AccessFact, PlatformWord } from '../../../acceptance/facts.ts'
import type { DrillState } from '../../../acceptance/papers/folder.ts'
import type {
  AcceptanceItemView,
  AcceptanceView,
  QuirkView,
} from '../../../api/acceptance-views.ts'
import type { PaperView } from '../../../api/papers-views.ts'
import type { BilingualText } from '../../../core/faults/faults.ts'
import type { RuleLine } from '../rule-lines.ts'
import type { RunInputs, RunMade } from '../session.ts'

interface RecordHead extends RunMade {
  readonly lotName: BilingualText
  /** Null: nothing was run. */
  readonly sessionId: string | null
  /** Rows from here on were judged. */
  readonly fromIso: string | null
  readonly createdAtIso: string
  readonly inputs: RunInputs | null
  /** Devices or platform are simulators, or were when an item was judged. */
  readonly simulated: boolean
  /** What of known peers was taken into account. */
  readonly quirks: readonly QuirkView[]
  readonly lock: AcceptanceView['lock']
  readonly asked: AcceptanceView['asked']
  /** Items that a run which was cut off has still to judge. */
  readonly waiting: readonly string[]
  /** Why the platform was not asked; null: it was. */
  readonly unasked: BilingualText | null
  readonly drill: DrillState
}

export interface AcceptRecord {
  readonly head: RecordHead
  /** What the lot declares, by which its items were chosen. */
  readonly declaration: Declaration
  readonly items: readonly AcceptanceItemView[]
  /** Our side: every access to a platform, the first one first. */
  readonly accesses: readonly AccessFact[]
  /** Their side: what the platform says of each number. */
  readonly words: readonly PlatformWord[]
  readonly papers: readonly PaperView[]
  readonly rules: readonly RuleLine[]
}
