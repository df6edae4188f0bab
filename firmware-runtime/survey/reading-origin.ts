// The origin of readings in records: which kinds carry one, and how many say which.
// A reading of an older file says none.
import type { SurveyBody } from './record.ts'
import type { Origin } from './origin.ts'

const readingKinds = ['field', 'crossRead', 'link', 'rate', 'signal', 'clock'] as const

type ReadingKind = (typeof readingKinds)[number]

type ReadingBody = Extract<SurveyBody, { kind: ReadingKind }>

export const isReading = (body: SurveyBody): body is ReadingBody =>
  readingKinds.some((kind) => kind === body.kind)

/** With its origin, where it is a reading. */
export const withOrigin = (body: SurveyBody, origin: Origin): SurveyBody =>
  isReading(body) ? { ...body, origin } : body

type OriginCounts = Readonly<Record<Origin['how'] | 'notSaid', number>>

/** How many readings say which origin; those of older files say none. */
export function originCounts(bodies: readonly SurveyBody[]): OriginCounts {
  const readings = bodies.filter(isReading)
  const of = (how: Origin['how'] | undefined): number =>
    readings.filter(({ origin }) => origin?.how === how).length
  return { live: of('live'), typed: of('typed'), imported: of('imported'), notSaid: of(undefined) }
}
