// The acceptance record, from which its package and all its documents are made: the run, program, rule pack and inputs,
// each item as judged now by the ledger, both transcripts, the papers and the rules. It contains no secret, plate or
// card number.
import type { Declaration } from '../../pure/declaration.ts'
import type { AccessFact, PlatformWord } from '#ledger/pure/facts.ts'
import type { HeadStamp, Past, UnrecordedCertificate } from '#ledger/pure/past-facts.ts'
import type { DrillState } from '../../pure/papers/folder.ts'
import type { AcceptanceItemView, AcceptanceView, RulesView } from '../../calls/acceptance-views.ts'
import type { PaperView } from '../../calls/papers-views.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { PlatformCertificate } from '../../pure/platform-certificates.ts'
import type { LaneStart } from '../../pure/provenance.ts'
import type { KeptSession } from '../service/run-notes.ts'
import type { RuleLine } from '../service/rule-lines.ts'
import type { RunInputs, RunMade } from '../service/session.ts'

interface RecordHead
  extends
    Omit<RunMade, 'pack'>,
    Pick<AcceptanceView, 'fromIso' | 'simulated' | 'quirks' | 'lock' | 'asked' | 'waiting'> {
  readonly pack: RunMade['pack'] & Pick<RulesView, 'altered' | 'issuer'>
  readonly lotName: BilingualText
  /** Null: nothing was run. */
  readonly sessionId: string | null
  readonly createdAtIso: string
  readonly inputs: RunInputs | null
  /** Why the platform was not queried; null: it was. */
  readonly unasked: BilingualText | null
  readonly drill: DrillState
  /** The starts of the lanes in force in the judged period, from the ledger; absent in earlier versions. */
  readonly starts?: readonly LaneStart[]
  /** TLS certificates of the platforms since the first of these starts; absent in earlier versions. */
  readonly certificates?: readonly PlatformCertificate[]
  /** Platforms that accepted records of the judged period under a certificate that the ledger does not name. */
  readonly unrecorded?: readonly UnrecordedCertificate[]
  /** What binds the judged rows from outside; absent in earlier versions. */
  readonly past?: Pick<Past, 'isStarted' | 'days'> & { readonly nodeId: string }
}

export interface AcceptRecord {
  readonly head: RecordHead
  /** The features that the lot declares, by which its items apply. */
  readonly declaration: Declaration
  readonly items: readonly AcceptanceItemView[]
  /** Our side: every access to a platform, oldest first. */
  readonly accesses: readonly AccessFact[]
  /** The platform's side: its answer for each number. */
  readonly words: readonly PlatformWord[]
  /** Time stamps over heads of the ledger; empty in earlier versions. */
  readonly stamps: readonly HeadStamp[]
  readonly papers: readonly PaperView[]
  /** Every session of the lot with each of its runs and verdicts, from the ledger. */
  readonly sessions: readonly KeptSession[]
  readonly rules: readonly RuleLine[]
}
