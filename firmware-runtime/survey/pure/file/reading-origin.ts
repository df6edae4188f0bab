// The origin of readings in records: the kinds that have one, and the number of readings by origin.
// Readings of older files have no origin.
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

/** Number of readings by origin; readings of older files have none. */
export function originCounts(bodies: readonly SurveyBody[]): OriginCounts {
  const readings = bodies.filter(isReading)
  const of = (how: Origin['how'] | undefined): number =>
    readings.filter(({ origin }) => origin?.how === how).length
  return { live: of('live'), typed: of('typed'), imported: of('imported'), notSaid: of(undefined) }
}
