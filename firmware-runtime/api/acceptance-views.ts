// What the calls about the acceptance answer: each item of appendices E to I with its verdict and what it stands on, whether
// the acceptance may begin, and how far a run is.
import type { CombinationLine, Evidence, Verdict } from '../acceptance/item.ts'
import type { QuirkId, TwoVerdicts } from '../acceptance/quirks.ts'
import type { JointReportView } from './onboarding-views.ts'
import type { CodedFault } from './rows.ts'
import type { BilingualText } from '../core/values/fault-text.ts'

export interface AcceptanceItemView extends TwoVerdicts {
  readonly id: string
  /** `E.1-3`. */
  readonly clause: string
  readonly title: BilingualText
  readonly printed: string
  /** Features that a lot has to declare for it. */
  readonly needs: readonly string[]
  /** What of them the lot does not declare, so that it does not apply; null: it applies. */
  readonly away: BilingualText | null
  readonly steps: readonly BilingualText[]
  readonly expected: BilingualText
  readonly assumed: BilingualText | null
  /** Figures of the rule pack that it is judged by. */
  readonly limits: readonly RuleLimitView[]
  readonly verdict: Verdict
  readonly words: BilingualText
  /** Judged on simulated devices or a simulated platform. */
  readonly simulated: boolean
  readonly evidence: readonly Evidence[]
  /** Names of the assertions that failed. */
  readonly failed: readonly string[]
  /** Those of them that the text only recommends. */
  readonly warned: readonly string[]
  /** Of an item that is tried with each combination of OBU and card. */
  readonly matrix?: readonly CombinationLine[]
  /** Which of them failed under its planted fault, before it was judged without; null: no fault was planted. */
  readonly red: RedView | null
  /** Null: not run yet. */
  readonly judgedAtIso: string | null
}

export interface RedView {
  readonly assertion: string
  readonly words: BilingualText
  readonly atIso: string
}

/** A run that is to see an item fail, or pass, waits for somebody. */
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
  /** The requirement that a peer departs from. */
  readonly clause: string
  readonly words: BilingualText
}

interface AcceptanceLock {
  /** Why the acceptance may not begin; null: it may. */
  readonly why: BilingualText | null
  readonly override: { readonly by: string; readonly reason: string; readonly atIso: string } | null
}

/** The record of it in one form. */
export interface AcceptanceReportView {
  readonly fileName: string
  readonly base64: string
  readonly simulated: boolean
}

export interface AcceptanceView {
  readonly sessionId: string | null
  /** Rows from here on are judged. */
  readonly fromIso: string | null
  readonly simulated: boolean
  /** The rule pack by which it is judged. */
  readonly rules: { readonly packId: string; readonly standard: string }
  /** What the lot declares: by it items are chosen. */
  readonly declaration: readonly { readonly id: string; readonly words: BilingualText }[]
  /** What of known peers is taken into account. */
  readonly quirks: readonly QuirkView[]
  /** What of known peers a run may take into account. */
  readonly quirksKnown: readonly QuirkView[]
  readonly lock: AcceptanceLock
  /** The platform that the run is aimed at, with the joint test there; null: it asks the one that the lot has joined. */
  readonly asked: JointReportView | null
  /** Items that are still to be judged; a run that was cut off goes on with them. */
  readonly waiting: readonly string[]
  /** The run is of another program, lot or rule pack and does not go on; null: it may. */
  readonly other: {
    readonly field: 'program' | 'lotId' | 'pack'
    readonly was: string
    readonly is: string
  } | null
  readonly isRunning: boolean
  /** What a run red first waits for; null: for nothing. */
  readonly planting: (PlantingView & { readonly item: string }) | null
  /** What a run asks a platform that is long about it; null: nothing. */
  readonly asking: AskingView | null
  /** What ended the run that was begun last; null: it came to its end, or runs. */
  readonly failed: CodedFault | null
  readonly items: readonly AcceptanceItemView[]
}
