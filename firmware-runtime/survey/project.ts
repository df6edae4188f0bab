// A survey as its records amount to: the last word of everything, without what was taken back.
// A pure fold: the same records are always the same survey.
import type { InstantMs } from '../core/values/instant.ts'
import { canonicalJson } from '../core/values/json.ts'
import type {
  CheckBody,
  ClockBody,
  CoverBody,
  CriterionBody,
  CrossReadBody,
  DeviationBody,
  DrawingBody,
  FieldBody,
  InstrumentBody,
  ItemId,
  LinkBody,
  LotDrawBody,
  LotPoolBody,
  NameplateBody,
  ObuTriesBody,
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
  /** The first: what a survey is judged by stands before its first reading. */
  readonly opened: OpenedBody | null
  /** Further ones, of a file that was joined or not made by this program. */
  readonly openedAgain: readonly OpenedBody[]
  readonly setup: SetupBody | null
  readonly instruments: ReadonlyMap<string, InstrumentBody>
  readonly fields: readonly Timed<FieldBody>[]
  /** Those of the antenna as it is set and hangs now; the background, which is none of it, throughout. */
  readonly fieldsNow: readonly Timed<FieldBody>[]
  /** Readings of the field that were taken back, with the reason. */
  readonly fieldsGone: readonly (Timed<FieldBody> & { readonly goneFor: string })[]
  readonly obuTries: readonly Timed<ObuTriesBody>[]
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
  /** The first of each: a draw is one. */
  readonly lotPool: LotPoolBody | null
  readonly lotDraw: LotDrawBody | null
  readonly links: readonly Timed<LinkBody>[]
  readonly rates: readonly Timed<RateBody>[]
  readonly signals: readonly Timed<SignalBody>[]
  readonly clocks: readonly Timed<ClockBody>[]
  readonly deviations: readonly DeviationBody[]
  /** Of the report; null: nobody said. */
  readonly cover: Timed<CoverBody> | null
  /** The last record that can be taken back. */
  readonly lastId: string | null
  /** The last point of the field. */
  readonly lastFieldId: string | null
}

export const checkKey = (item: ItemId, part: string): string => `${item} ${part}`

/** What a survey is judged by, and what joins two files, cannot be taken back. */
export const standsForGood = ({ body }: SurveyRecord): boolean =>
  body.kind === 'opened' || body.kind === 'merged'

/** Reasons by the record that was taken back. */
const goneOf = (records: readonly SurveyRecord[]): ReadonlyMap<string, string> =>
  new Map(
    records.flatMap(({ body }) =>
      body.kind === 'withdrawn' ? [[body.recordId, body.reason] as const] : [],
    ),
  )

/** Without what was taken back, in the order in which it was made. */
export function standingRecords(records: readonly SurveyRecord[]): readonly SurveyRecord[] {
  const gone = goneOf(records)
  return records.filter(
    (record) => record.body.kind !== 'withdrawn' && (standsForGood(record) || !gone.has(record.id)),
  )
}

const settingOf = ({ profile, settings, heightMm, downDeg, yawDeg, at }: SetupBody): string =>
  canonicalJson({ profile, settings, heightMm, downDeg, yawDeg, at: at ?? null })

/** Behind which record the antenna stayed as it is; 0: it never was another. A first word changes nothing. */
export function lastChange(standing: readonly SurveyRecord[]): number {
  let before: string | null = null
  let changed = 0
  standing.forEach(({ body }, i) => {
    if (body.kind !== 'setup') return
    const now = settingOf(body)
    if (before !== null && now !== before) changed = i
    before = now
  })
  return changed
}

const fieldsSince = (
  standing: readonly SurveyRecord[],
  from: number,
): readonly Timed<FieldBody>[] =>
  standing.flatMap(({ atMs, body }, i) =>
    body.kind === 'field' && (i >= from || body.place === 'background') ? [{ ...body, atMs }] : [],
  )

function goneFields(records: readonly SurveyRecord[]): SurveyProject['fieldsGone'] {
  const gone = goneOf(records)
  return records.flatMap(({ id, atMs, body }) => {
    const goneFor = gone.get(id)
    return body.kind !== 'field' || goneFor === undefined ? [] : [{ ...body, atMs, goneFor }]
  })
}

export function projectOf(records: readonly SurveyRecord[]): SurveyProject {
  const standing = standingRecords(records)
  const of = <K extends SurveyBody['kind']>(kind: K): readonly Of<K>[] =>
    standing
      .map(({ atMs, body }) => ({ ...body, atMs }))
      .filter((body): body is Of<K> => body.kind === kind)
  const drawing = of('drawing').at(-1) ?? null
  const opened = of('opened')
  return {
    opened: opened[0] ?? null,
    openedAgain: opened.slice(1),
    setup: of('setup').at(-1) ?? null,
    instruments: new Map(of('instrument').map((body) => [body.instrumentId, body])),
    fields: of('field'),
    fieldsNow: fieldsSince(standing, lastChange(standing)),
    fieldsGone: goneFields(records),
    obuTries: of('obuTries'),
    crossReads: of('crossRead'),
    criteria: of('criterion'),
    checks: new Map(of('check').map((body) => [checkKey(body.item, body.part), body])),
    photos: of('photo'),
    nameplate: of('nameplate').at(-1) ?? null,
    drawing,
    scale: of('scale').findLast(({ digest }) => digest === drawing?.digest) ?? null,
    repairs: of('repaired'),
    lotPool: of('lotPool')[0] ?? null,
    lotDraw: of('lotDraw')[0] ?? null,
    links: of('link'),
    rates: of('rate'),
    signals: of('signal'),
    clocks: of('clock'),
    deviations: of('deviation'),
    cover: of('cover').at(-1) ?? null,
    lastId: standing.findLast((record) => !standsForGood(record))?.id ?? null,
    lastFieldId: standing.findLast(({ body }) => body.kind === 'field')?.id ?? null,
  }
}
