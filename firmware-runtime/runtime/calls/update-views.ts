// What a window shows of updates of the program.
import type { UpdateEnd } from '../pure/update/slots.ts'
import type { TriedFigures, Wanted } from '../pure/update/plan.ts'
import type { CodedFault } from '#base/calls/rows.ts'

/**
 * `lanes`: these lanes can begin with another version. `studio`: they run in Studio. `noService`: nothing begins them
 * again. `demo`: simulated.
 */
export type UpdatesHere = 'lanes' | 'studio' | 'noService' | 'demo'

/** Steps of preparing, in their order. */
export const prepareSteps = ['look', 'fetch', 'unpack', 'copy', 'read', 'try'] as const
export type PrepareStep = (typeof prepareSteps)[number]

interface Version {
  readonly version: string
  readonly build: string
}

export interface PlanView extends Version {
  readonly bytes: number
  readonly from: string
  readonly step: 'offered' | 'fetched' | 'tried' | 'refused'
  readonly triedIso: string | null
  /** What both programs found in the copy; null: not tried yet. */
  readonly figures: TriedFigures | null
  readonly refused: (CodedFault & { readonly atIso: string }) | null
  readonly wanted: Wanted | null
}

export interface UpdatesView {
  readonly running: Version
  readonly here: UpdatesHere
  /** Fingerprint of those whose updates this lot takes; null: nobody. */
  readonly trusted: string | null
  /** Where the lot file says that updates come from; null: nowhere. */
  readonly from: string | null
  readonly isDaily: boolean
  /** The last look; null: none yet. */
  readonly looked: {
    readonly atIso: string
    readonly from: string
    readonly is: 'newer' | 'same' | 'older' | null
    readonly offered: (Version & { readonly bytes: number }) | null
    readonly fault: CodedFault | null
    /** First of the looks in a row that failed. */
    readonly failsSinceIso: string | null
    /** A person has to see why it fails. */
    readonly isTold: boolean
  } | null
  /** A child process prepares the update. */
  readonly working: {
    readonly from: string
    readonly step: PrepareStep
    /** Of this step: bytes, rows or files; 0 of 0: not known. */
    readonly done: number
    readonly of: number
  } | null
  /** Why the last preparing ended; null: it did not fail since the start. */
  readonly failed: CodedFault | null
  readonly plan: PlanView | null
  readonly trial: {
    readonly version: string
    /** Null: the installed program. */
    readonly before: string | null
    readonly sinceIso: string
    readonly passages: number
    readonly passagesOf: number
    readonly ranMs: number
    readonly ranMsOf: number
  } | null
  readonly last: UpdateEnd | null
}

export interface TrustFileView {
  readonly fingerprint: string
}
