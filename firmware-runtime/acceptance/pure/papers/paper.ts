// A paper of the acceptance (appendices J and K, clauses 9.2 and 10.3.2.1 a): its questions, the answers that the lot
// knows by itself, and what a person has to write. A question without an answer never counts as filled in.
import type { BilingualText } from '#base/pure/words/fault-text.ts'

/** Facts that a lot knows about itself. */
export const knownKeys = [
  'lot',
  'lanes',
  'devices',
  'destinations',
  'certificates',
  'secrets',
  'people',
  'offline',
  'copies',
  'listeners',
  'clock',
  'calls',
  'runs',
  'link',
  'capacity',
  'boundary',
  'rehearsals',
  'drills',
  'cryptography',
  'audit',
] as const
export type KnownKey = (typeof knownKeys)[number]
/** Null: the lot does not know it. */
export type PaperFacts = Readonly<Record<KnownKey, BilingualText | null>>

/** A line of a paper, answered by the lot or by a person. */
export type PaperField =
  | { readonly id: string; readonly ask: BilingualText; readonly known: KnownKey }
  | { readonly id: string; readonly ask: BilingualText; readonly known?: undefined }

export type PaperGroup = 'J' | 'K' | 'M' | 'N' | 'S'

export interface Paper {
  readonly id: string
  readonly group: PaperGroup
  /** `J.1-2`, `9.2 a`. */
  readonly clause: string
  readonly title: BilingualText
  /** The requirement as printed; null: a sheet without a numbered table. */
  readonly printed: string | null
  /** Assumptions without a source in a standard. */
  readonly assumed: BilingualText | null
  readonly fields: readonly PaperField[]
}

export const personFields = ({ fields }: Paper): readonly PaperField[] =>
  fields.filter(({ known }) => known === undefined)
