// A survey as its records amount to: the last word of everything, without what was taken back.
// A pure fold: the same records are always the same survey.
import type { InstantMs } from '../values/instant.ts'
import type {
  CheckBody,
  ClockBody,
  CriterionBody,
  CrossReadBody,
  DeviationBody,
  DrawingBody,
  FieldBody,
  InstrumentBody,
  ItemId,
  LinkBody,
  NameplateBody,
  OpenedBody,
  PhotoBody,
  RateBody,
  RepairedBody,
  ScaleBody,
  SetupBody,
  SignalBody,
  SurveyBody,
  SurveyRecord,
} from './record.ts'

/** A body with the time of its record. */
export type Timed<B> = B & { readonly atMs: InstantMs }
type Of<K extends SurveyBody['kind']> = Timed<Extract<SurveyBody, { kind: K }>>

export interface SurveyProject {
  readonly opened: OpenedBody | null
  readonly setup: SetupBody | null
  readonly instruments: ReadonlyMap<string, InstrumentBody>
  readonly fields: readonly FieldBody[]
  readonly crossReads: readonly CrossReadBody[]
  readonly criteria: readonly CriterionBody[]
  /** The last answer to each question, by item and part. */
  readonly checks: ReadonlyMap<string, Timed<CheckBody>>
  readonly photos: readonly Timed<PhotoBody>[]
  readonly nameplate: Timed<NameplateBody> | null
  readonly drawing: DrawingBody | null
  /** Of the drawing that stands. */
  readonly scale: ScaleBody | null
  readonly repairs: readonly RepairedBody[]
  readonly links: readonly Timed<LinkBody>[]
  readonly rates: readonly Timed<RateBody>[]
  readonly signals: readonly Timed<SignalBody>[]
  readonly clocks: readonly Timed<ClockBody>[]
  readonly deviations: readonly DeviationBody[]
  /** The last record that can be taken back. */
  readonly lastId: string | null
  /** The last point of the field. */
  readonly lastFieldId: string | null
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
  const drawing = of('drawing').at(-1) ?? null
  return {
    opened: of('opened').at(-1) ?? null,
    setup: of('setup').at(-1) ?? null,
    instruments: new Map(of('instrument').map((body) => [body.instrumentId, body])),
    fields: of('field'),
    crossReads: of('crossRead'),
    criteria: of('criterion'),
    checks: new Map(of('check').map((body) => [checkKey(body.item, body.part), body])),
    photos: of('photo'),
    nameplate: of('nameplate').at(-1) ?? null,
    drawing,
    scale: of('scale').findLast(({ digest }) => digest === drawing?.digest) ?? null,
    repairs: of('repaired'),
    links: of('link'),
    rates: of('rate'),
    signals: of('signal'),
    clocks: of('clock'),
    deviations: of('deviation'),
    lastId: standing.findLast(({ body }) => !['opened', 'merged'].includes(body.kind))?.id ?? null,
    lastFieldId: standing.findLast(({ body }) => body.kind === 'field')?.id ?? null,
  }
}
