// A survey as its records amount to: the last word of everything, without what was taken back.
// A pure fold: the same records are always the same survey.
import type { InstantMs } from '../values/instant.ts'
import type {
  CheckBody,
  ClockBody,
  CrossReadBody,
  DeviationBody,
  FieldBody,
  InstrumentBody,
  ItemId,
  LinkBody,
  OpenedBody,
  RateBody,
  SetupBody,
  SignalBody,
  SurveyBody,
  SurveyRecord,
} from './record.ts'

/** A body with the time of its record. */
type Timed<B> = B & { readonly atMs: InstantMs }
type Of<K extends SurveyBody['kind']> = Timed<Extract<SurveyBody, { kind: K }>>

export interface SurveyProject {
  readonly opened: OpenedBody | null
  readonly setup: SetupBody | null
  readonly instruments: ReadonlyMap<string, InstrumentBody>
  readonly fields: readonly FieldBody[]
  readonly crossReads: readonly CrossReadBody[]
  /** The last answer to each question, by item and part. */
  readonly checks: ReadonlyMap<string, CheckBody>
  readonly links: readonly Timed<LinkBody>[]
  readonly rates: readonly RateBody[]
  readonly signals: readonly Timed<SignalBody>[]
  readonly clocks: readonly Timed<ClockBody>[]
  readonly deviations: readonly DeviationBody[]
  /** The last record that can be taken back. */
  readonly lastId: string | null
}

export const checkKey = (item: ItemId, part: string): string => `${item} ${part}`

/** Without what was taken back, in the order in which it was made. */
export function standingRecords(records: readonly SurveyRecord[]): readonly SurveyRecord[] {
  const gone = new Set(
    records.flatMap(({ body }) => (body.kind === 'withdrawn' ? [body.recordId] : [])),
  )
  return records.filter(({ id, body }) => !gone.has(id) && body.kind !== 'withdrawn')
}

export function projectOf(records: readonly SurveyRecord[]): SurveyProject {
  const standing = standingRecords(records)
  const of = <K extends SurveyBody['kind']>(kind: K): readonly Of<K>[] =>
    standing
      .map(({ atMs, body }) => ({ ...body, atMs }))
      .filter((body): body is Of<K> => body.kind === kind)
  return {
    opened: of('opened').at(-1) ?? null,
    setup: of('setup').at(-1) ?? null,
    instruments: new Map(of('instrument').map((body) => [body.instrumentId, body])),
    fields: of('field'),
    crossReads: of('crossRead'),
    checks: new Map(of('check').map((body) => [checkKey(body.item, body.part), body])),
    links: of('link'),
    rates: of('rate'),
    signals: of('signal'),
    clocks: of('clock'),
    deviations: of('deviation'),
    lastId: standing.findLast(({ body }) => body.kind !== 'opened')?.id ?? null,
  }
}
