// A paper of the acceptance (appendices J and K, clauses 9.2 and 10.3.2.1 a): what it asks, which of it the lot knows by itself, and what a
// person has to write. Nothing that nobody wrote is called filled.
import type { BilingualText } from '../../core/values/fault-text.ts'

/** What a lot can say of itself. */
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

/** A line of a paper: of the lot, or of a person. */
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
  /** The requirement as printed; null: a sheet that no table numbers. */
  readonly printed: string | null
  /** What is taken from no standard. */
  readonly assumed: BilingualText | null
  readonly fields: readonly PaperField[]
}

export const personFields = ({ fields }: Paper): readonly PaperField[] =>
  fields.filter(({ known }) => known === undefined)
