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

/** A reading of the field, and what stood of its instrument when it was read: a later row changes nothing of it. */
export interface FieldReading extends Timed<FieldBody> {
  /** Null: nothing was said of it before. */
  readonly instrument: InstrumentBody | null
  /** What was said was taken back. */
  readonly isInstrumentGone: boolean
}

/** A run stays where it was taken back, with the reason: whatever is measured afterwards, it was made. */
export type Ran<B> = Timed<B> & { readonly goneFor?: string }

export interface SurveyProject {
  /** Of the first record. */
  readonly beganAtMs: InstantMs
  /** The first: what a survey is judged by stands before its first reading. */
  readonly opened: OpenedBody | null
  /** Further ones, of a file that was joined or not made by this program. */
  readonly openedAgain: readonly OpenedBody[]
  /** The last word on it; taken back, it leaves nothing known, and no earlier one comes back. */
  readonly setup: SetupBody | null
  /** As they stand now, by id. */
  readonly instruments: ReadonlyMap<string, InstrumentBody>
  /** Every one that was recorded, each in its words. */
  readonly instrumentRows: readonly InstrumentBody[]
  readonly fields: readonly FieldReading[]
  /** Those of the antenna as it is set and hangs now; the background, which is none of it, throughout. */
  readonly fieldsNow: readonly FieldReading[]
  /** Readings of the field that were taken back, with the reason. */
  readonly fieldsGone: readonly (Timed<FieldBody> & { readonly goneFor: string })[]
  /** Of the antenna as it is now. */
  readonly obuTries: readonly Timed<ObuTriesBody>[]
  readonly crossReads: readonly Ran<CrossReadBody>[]
  /** Those of the antenna as it is now. */
  readonly crossReadsNow: readonly Ran<CrossReadBody>[]
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
  readonly links: readonly Ran<LinkBody>[]
  readonly rates: readonly Ran<RateBody>[]
  /** `run`: those of one run have the same. */
  readonly signals: readonly (Ran<SignalBody> & { readonly run: number })[]
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

const goodKinds: readonly SurveyBody['kind'][] = ['opened', 'merged', 'started', 'rerun']

/** What a survey is judged by, what joins two files, and that a run was made, cannot be taken back. */
export const standsForGood = ({ body }: SurveyRecord): boolean => goodKinds.includes(body.kind)

/** Reasons by the record that was taken back. */
export const goneOf = (records: readonly SurveyRecord[]): ReadonlyMap<string, string> =>
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

/**
 * From which record on the antenna stayed as it is; 0: it never was another. A first word changes nothing, and one
 * that was taken back has ended what was before it all the same.
 */
function lastChange(records: readonly SurveyRecord[]): number {
  let before: string | null = null
  let changed = 0
  records.forEach(({ body }, i) => {
    if (body.kind !== 'setup') return
    const now = settingOf(body)
    if (before !== null && now !== before) changed = i
    before = now
  })
  return changed
}

/** Standing records of the antenna as it is now. */
export const recordsNow = (records: readonly SurveyRecord[]): readonly SurveyRecord[] => {
  const now = new Set(records.slice(lastChange(records)))
  return standingRecords(records).filter((record) => now.has(record))
}

function ranOf<K extends SurveyBody['kind']>(
  records: readonly SurveyRecord[],
  kind: K,
): readonly Ran<Extract<SurveyBody, { kind: K }>>[] {
  const gone = goneOf(records)
  return records.flatMap(({ id, atMs, body }) => {
    if (!isOf(body, kind)) return []
    const goneFor = gone.get(id)
    return [{ ...body, atMs, ...(goneFor === undefined ? {} : { goneFor }) }]
  })
}

const isOf = <K extends SurveyBody['kind']>(
  body: SurveyBody,
  kind: K,
): body is Extract<SurveyBody, { kind: K }> => body.kind === kind

const begins = (body: SurveyBody, item: ItemId): boolean =>
  body.kind === 'started'
    ? body.runs.some((run) => run.item === item)
    : body.kind === 'rerun' && body.items.includes(item)

/** Each with the number of the run that it is of: another one begins where that is said. */
function signalsOf(records: readonly SurveyRecord[]): SurveyProject['signals'] {
  let run = 0
  const runs = records.flatMap(({ body }) => {
    if (begins(body, 'D13')) run++
    return body.kind === 'signal' ? [run] : []
  })
  return ranOf(records, 'signal').map((signal, i) => ({ ...signal, run: runs[i] ?? 0 }))
}

interface InstrumentWord {
  readonly body: InstrumentBody
  readonly isGone: boolean
}

/** Readings that stand, each with its instrument's row at that time; and the last row of each. */
export function fieldsOf(records: readonly SurveyRecord[]): {
  readonly fields: ReadonlyMap<SurveyRecord, FieldReading>
  readonly words: ReadonlyMap<string, InstrumentWord>
} {
  const gone = goneOf(records)
  const words = new Map<string, InstrumentWord>()
  const fields = new Map<SurveyRecord, FieldReading>()
  for (const record of records) {
    const { id, atMs, body } = record
    const isGone = gone.has(id)
    if (body.kind === 'instrument') words.set(body.instrumentId, { body, isGone })
    if (body.kind !== 'field' || isGone) continue
    const word = words.get(body.instrumentId)
    const instrument = word?.body ?? null
    fields.set(record, { ...body, atMs, instrument, isInstrumentGone: word?.isGone ?? false })
  }
  return { fields, words }
}

/** Whether anything that stands was read by a simulator, whatever its row says now. */
export const isSimulated = ({
  instrumentRows,
  fields,
}: Pick<SurveyProject, 'instrumentRows' | 'fields'>): boolean =>
  [...instrumentRows, ...fields.map(({ instrument }) => instrument)].some(
    (one) => one?.simulated === true,
  )

function goneFields(records: readonly SurveyRecord[]): SurveyProject['fieldsGone'] {
  const gone = goneOf(records)
  return records.flatMap(({ id, atMs, body }) => {
    const goneFor = gone.get(id)
    return body.kind !== 'field' || goneFor === undefined ? [] : [{ ...body, atMs, goneFor }]
  })
}

function setupOf(records: readonly SurveyRecord[]): SetupBody | null {
  const last = records.findLast(({ body }) => body.kind === 'setup')
  return last?.body.kind === 'setup' && !goneOf(records).has(last.id) ? last.body : null
}

const distinct = <T>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [canonicalJson(one), one])).values(),
]

export function projectOf(records: readonly SurveyRecord[]): SurveyProject {
  const standing = standingRecords(records)
  const now = recordsNow(records)
  const isNow = new Set(now)
  const { fields, words } = fieldsOf(records)
  const of = <K extends SurveyBody['kind']>(kind: K, from = standing): readonly Of<K>[] =>
    from
      .map(({ atMs, body }) => ({ ...body, atMs }))
      .filter((body): body is Of<K> => body.kind === kind)
  const drawing = of('drawing').at(-1) ?? null
  const opened = of('opened')
  return {
    beganAtMs: records[0]?.atMs ?? 0,
    opened: opened[0] ?? null,
    openedAgain: opened.slice(1),
    setup: setupOf(records),
    instruments: new Map(
      [...words].flatMap(([id, { body, isGone }]) => (isGone ? [] : [[id, body] as const])),
    ),
    instrumentRows: distinct(of('instrument').map(({ atMs: _atMs, ...body }) => body)),
    fields: [...fields.values()],
    fieldsNow: [...fields].flatMap(([record, field]) =>
      field.place === 'background' || isNow.has(record) ? [field] : [],
    ),
    fieldsGone: goneFields(records),
    obuTries: of('obuTries', now),
    crossReads: ranOf(records, 'crossRead'),
    crossReadsNow: ranOf(records.slice(lastChange(records)), 'crossRead'),
    criteria: of('criterion'),
    checks: new Map(of('check').map((body) => [checkKey(body.item, body.part), body])),
    photos: of('photo'),
    nameplate: of('nameplate').at(-1) ?? null,
    drawing,
    scale: of('scale').findLast(({ digest }) => digest === drawing?.digest) ?? null,
    repairs: of('repaired'),
    lotPool: of('lotPool')[0] ?? null,
    lotDraw: of('lotDraw')[0] ?? null,
    links: ranOf(records, 'link'),
    rates: ranOf(records, 'rate'),
    signals: signalsOf(records),
    clocks: of('clock'),
    deviations: of('deviation'),
    cover: of('cover').at(-1) ?? null,
    lastId: standing.findLast((record) => !standsForGood(record))?.id ?? null,
    lastFieldId: standing.findLast(({ body }) => body.kind === 'field')?.id ?? null,
  }
}
