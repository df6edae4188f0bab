// What the calls about the papers of the acceptance answer (appendices J and K, clause 9.2): each paper with what the lot knows,
// what people wrote, its attachments and its review, and when the next drill is due.
import type { BilingualText } from '../core/values/fault-text.ts'
import type { PaperState } from '../core/values/paper-states.ts'
import type { Attachment, DrillState, PaperReview } from '../acceptance/papers/folder.ts'
import type { Paper } from '../acceptance/papers/paper.ts'

export interface PaperLine {
  readonly id: string
  readonly ask: BilingualText
  /** Of the lot: null where it does not know. Of a person: null. */
  readonly known: BilingualText | null
  readonly isKnown: boolean
  /** What a person wrote; null: nobody did. */
  readonly text: string | null
  readonly by: string | null
  readonly atIso: string | null
}

export interface PaperView extends Omit<Paper, 'fields'> {
  readonly lines: readonly PaperLine[]
  readonly state: PaperState
  /** Questions that nobody has answered. */
  readonly open: number
  readonly attachments: readonly Attachment[]
  /** The last one; null: nobody has read it. */
  readonly review: PaperReview | null
}

/** All of them as one document. */
export interface PapersReportView {
  readonly fileName: string
  readonly base64: string
  readonly simulated: boolean
}

export interface PapersView {
  readonly papers: readonly PaperView[]
  /** Devices or platform of the lot are simulators. */
  readonly simulated: boolean
  readonly drill: DrillState
}
