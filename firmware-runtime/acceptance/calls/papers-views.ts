// Answers of the calls about acceptance papers (appendices J and K, clause 9.2): each paper with the facts of the lot,
// people's answers, attachments and review, and the due date of the next drill.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { PaperState } from '#base/pure/values/paper-states.ts'
import type { Attachment, DrillState, PaperReview } from '../pure/papers/folder.ts'
import type { Paper } from '../pure/papers/paper.ts'

export interface PaperLine {
  readonly id: string
  readonly ask: BilingualText
  /** The fact of the lot; null: not known, or answered by a person. */
  readonly known: BilingualText | null
  readonly isKnown: boolean
  /** A person's answer; null: none yet. */
  readonly text: string | null
  readonly by: string | null
  readonly atIso: string | null
}

export interface PaperView extends Omit<Paper, 'fields'> {
  readonly lines: readonly PaperLine[]
  readonly state: PaperState
  /** Number of questions without an answer. */
  readonly open: number
  readonly attachments: readonly Attachment[]
  /** The last review; null: not reviewed. */
  readonly review: PaperReview | null
}

/** All papers as one document. */
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
