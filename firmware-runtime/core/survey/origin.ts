// Where a reading came from, inside the chain: read live from an instrument, typed by a person, or imported from a
// file. The program says it; whoever brings a record from outside cannot.
import type { SurveyBody } from './record.ts'

export interface Origin {
  readonly how: 'live' | 'typed' | 'imported'
  /** Of an import: the file, SM3 of its bytes, and which column was taken for what. */
  readonly file?: string
  readonly fileSm3?: string
  readonly columns?: string
}

export const readingKinds = ['field', 'crossRead', 'link', 'rate', 'signal', 'clock'] as const
export type ReadingKind = (typeof readingKinds)[number]
export type ReadingBody = Extract<SurveyBody, { kind: ReadingKind }>

export const isReading = (body: SurveyBody): body is ReadingBody =>
  readingKinds.some((kind) => kind === body.kind)

/** With its origin, where it is a reading. */
export const withOrigin = (body: SurveyBody, origin: Origin): SurveyBody =>
  isReading(body) ? { ...body, origin } : body

export type OriginCounts = Readonly<Record<Origin['how'] | 'notSaid', number>>

/** How many readings say which origin; those of older files say none. */
export function originCounts(bodies: readonly SurveyBody[]): OriginCounts {
  const readings = bodies.filter(isReading)
  const of = (how: Origin['how'] | undefined): number =>
    readings.filter(({ origin }) => origin?.how === how).length
  return { live: of('live'), typed: of('typed'), imported: of('imported'), notSaid: of(undefined) }
}
