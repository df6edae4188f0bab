// Answers of the acceptance calls: each item of appendices E to I with its verdict and evidence, whether the acceptance
// may begin, and the progress of a run.
import type { TestObu } from '#ledger/pure/facts.ts'
import type { Finding } from '../pure/item.ts'
import type { PackIssuer, RuleAlteration } from '#base/pure/rules/rule-kind.ts'
import type { QuirkId, TwoVerdicts } from '../pure/quirks.ts'
import type { JointReportView } from '#ledger/calls/onboarding-views.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export interface AcceptanceItemView extends TwoVerdicts, Omit<Finding, 'otherwise'> {
  readonly id: string
  /** `E.1-3`. */
  readonly clause: string
  readonly title: BilingualText
  readonly printed: string
  /** Features that a lot has to declare for it. */
  readonly needs: readonly string[]
  /** The features that the lot does not declare, so that the item does not apply; null: it applies. */
  readonly away: BilingualText | null
  readonly steps: readonly BilingualText[]
  readonly expected: BilingualText
  readonly assumed: BilingualText | null
  /** Figures of the rule pack by which it is judged. */
  readonly limits: readonly RuleLimitView[]
  /** How the rule pack alters its rule; null: it does not. */
  readonly altered: BilingualText | null
  /** Judged on simulated devices or a simulated platform. */
  readonly simulated: boolean
  /** The assertion that failed under the planted fault, before the judgement without it; null: no fault was planted. */
  readonly red: RedView | null
  /** How long it takes with its fault planted first, if it began now; absent: it is judged at once. */
  readonly takes?: {
    readonly of: PlantingView['of']
    readonly minutes: number
    /** Its fault stays planted until then; null: it waits for no time of day. */
    readonly untilIso: string | null
  }
  /** Who left it out, null where nobody was named; absent: nobody did. */
  readonly skipped?: { readonly by: string | null; readonly atIso: string }
  /** What to do next; null: it has passed or does not apply. Absent: in a sealed record. */
  readonly next?: BilingualText | null
  /** Null: not run, or left out. */
  readonly judgedAtIso: string | null
}

/** A run that could begin now, with each fault planted first. */
interface RunPlan {
  /** Null: what waits, or everything. */
  readonly appendix: 'E' | 'F' | 'G' | 'H' | 'I' | 'R' | null
  readonly items: number
  /** Items that do not end at once. */
  readonly waits: number
  readonly minutes: number
  readonly endIso: string
}

/** The part that runs. */
export interface ProgressView {
  /** The item in its place; null: all are judged together. */
  readonly item: string | null
  readonly n: number
  readonly of: number
  /** Expected; 0: longer than expected. */
  readonly leftSec: number
}

export interface RedView {
  readonly assertion: string
  readonly words: BilingualText
  readonly atIso: string
}

/** What a red-first run waits for. */
export interface PlantingView {
  readonly stage: 'red' | 'green'
  readonly of: 'person' | 'platform' | 'time'
  readonly drive: string
  readonly words: BilingualText
}

/** A question to a platform that has had no answer for a second. */
export interface AskingView {
  readonly interfaceId: string
  /** Host of the platform. */
  readonly of: string
  /** The interface, with the number that is asked for. */
  readonly words: BilingualText
  /** Then it is silence. */
  readonly untilIso: string
}

interface RuleLimitView {
  readonly name: string
  readonly words: BilingualText
  readonly value: number
  readonly unit: string
  readonly basis: 'printed' | 'assumed'
}

export interface QuirkView {
  readonly id: QuirkId
  /** The requirement from which a peer deviates. */
  readonly clause: string
  readonly words: BilingualText
}

export interface RulesView {
  readonly packId: string
  readonly standard: string
  /** How it differs from the pack of the program under it; a pack of the program has none. */
  readonly altered: readonly (RuleAlteration & { readonly words: BilingualText })[]
  /** Signer of the pack; null: nobody signed it. */
  readonly issuer: PackIssuer | null
}

interface AcceptanceLock {
  /** Why the acceptance may not begin; null: it may. */
  readonly why: BilingualText | null
  readonly override: { readonly by: string; readonly reason: string; readonly atIso: string } | null
}

/** The acceptance record in one format. */
export interface AcceptanceReportView {
  readonly fileName: string
  readonly base64: string
  readonly simulated: boolean
}

export interface AcceptanceView {
  readonly sessionId: string | null
  /** Start of the judged rows. */
  readonly fromIso: string | null
  /** Devices or platform are simulators, or were when an item was judged. */
  readonly simulated: boolean
  /** The rule pack in use. */
  readonly rules: RulesView
  /** The declared features, which decide the items that apply. */
  readonly declaration: readonly { readonly id: string; readonly words: BilingualText }[]
  /** OBUs declared for the tests. */
  readonly testObus: readonly TestObu[]
  /** Deviations of known peers that are tolerated. */
  readonly quirks: readonly QuirkView[]
  /** Deviations of known peers that a run may tolerate. */
  readonly quirksKnown: readonly QuirkView[]
  readonly lock: AcceptanceLock
  /** The platform at which the run is aimed, with its joint test; null: the platform that the lot has joined. */
  readonly asked: JointReportView | null
  /** Items still to be judged; an interrupted run continues with them. */
  readonly waiting: readonly string[]
  /** Why the run cannot continue: it belongs to another program, lot, rule pack or version of an antenna; null: it can. */
  readonly other: {
    readonly field: 'program' | 'lotId' | 'pack' | 'antenna'
    readonly was: string
    readonly is: string
  } | null
  readonly isRunning: boolean
  /** What a red-first run waits for; null: nothing. */
  readonly planting: (PlantingView & { readonly item: string }) | null
  /** What a run asks a platform that is long about it; null: nothing. */
  readonly asking: AskingView | null
  /** How long each part would take with its faults planted first; empty: no fault can be planted. */
  readonly plans: readonly RunPlan[]
  /** How far the run is; null: none runs. */
  readonly progress: ProgressView | null
  /** What ended the run that was begun last; null: it came to its end, or runs. */
  readonly failed: CodedFault | null
  readonly items: readonly AcceptanceItemView[]
}
