// Where a reading came from, inside the chain: read live from an instrument, typed by a person, or imported from a
// file. The program says it; whoever brings a record from outside cannot.
import { base64Of } from '../values/base64.ts'
import type { SurveyBody } from './record.ts'

export interface Origin {
  readonly how: 'live' | 'typed' | 'imported'
  /** Of an import: the file, SM3 of its bytes, and which column was taken for what. */
  readonly file?: string
  readonly fileSm3?: string
  readonly columns?: string
  /** Of a level read live: the instrument's link, all bytes that it answered with, and SM3 of them. */
  readonly link?: string
  readonly rawBase64?: string
  readonly rawSm3?: string
}

/** What an instrument said on its link for one reading; `raw` null: more than is kept. */
export interface Heard {
  readonly link: string
  readonly raw: Uint8Array | null
}

export function liveOrigin(
  heard: Heard | undefined,
  digestOf: (bytes: Uint8Array) => string,
): Origin {
  if (heard === undefined) return { how: 'live' }
  const { link, raw } = heard
  if (raw === null) return { how: 'live', link }
  return { how: 'live', link, rawBase64: base64Of(raw), rawSm3: digestOf(raw) }
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
