// The state of a survey folded from its records: the latest values, without withdrawn records.
// A pure fold: the same records always give the same state.
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

/** A field reading with the instrument row in force when it was read; later rows do not change it. */
export interface FieldReading extends Timed<FieldBody> {
  /** Null: no instrument row before the reading. */
  readonly instrument: InstrumentBody | null
  /** The instrument row was withdrawn. */
  readonly isInstrumentGone: boolean
}

/** A withdrawn run is kept with the reason, because the measurement was made. */
export type Ran<B> = Timed<B> & { readonly goneFor?: string }

export interface SurveyProject {
  /** Time of the first record. */
  readonly beganAtMs: InstantMs
  /** The first opening record: the criteria of a survey are fixed before its first reading. */
  readonly opened: OpenedBody | null
  /** Further opening records, from a joined file or one not made by this program. */
  readonly openedAgain: readonly OpenedBody[]
  /** The last setup record; if it was withdrawn the setup is unknown, and no earlier one applies. */
  readonly setup: SetupBody | null
  /** Present instrument rows by id. */
  readonly instruments: ReadonlyMap<string, InstrumentBody>
  /** Every instrument row that was recorded. */
  readonly instrumentRows: readonly InstrumentBody[]
  readonly fields: readonly FieldReading[]
  /** Readings with the present setup of the antenna; background readings do not depend on it and are always included. */
  readonly fieldsNow: readonly FieldReading[]
  /** Withdrawn field readings with the reason. */
  readonly fieldsGone: readonly (Timed<FieldBody> & { readonly goneFor: string })[]
  /** Tries with the present setup of the antenna. */
  readonly obuTries: readonly Timed<ObuTriesBody>[]
  readonly crossReads: readonly Ran<CrossReadBody>[]
  /** Cross reads with the present setup of the antenna. */
  readonly crossReadsNow: readonly Ran<CrossReadBody>[]
  readonly criteria: readonly CriterionBody[]
  /** The last answer to each question, by item and part. */
  readonly checks: ReadonlyMap<string, Timed<CheckBody>>
  readonly photos: readonly Timed<PhotoBody>[]
  readonly nameplate: Timed<NameplateBody> | null
  readonly drawing: DrawingBody | null
  /** Scale of the present drawing. */
  readonly scale: ScaleBody | null
  readonly repairs: readonly RepairedBody[]
  /** The first record of each kind: a draw is made once. */
  readonly lotPool: LotPoolBody | null
  readonly lotDraw: LotDrawBody | null
  readonly links: readonly Ran<LinkBody>[]
  readonly rates: readonly Ran<RateBody>[]
  /** `run`: number shared by the readings of one run. */
  readonly signals: readonly (Ran<SignalBody> & { readonly run: number })[]
  readonly clocks: readonly Timed<ClockBody>[]
  readonly deviations: readonly DeviationBody[]
  /** Cover of the report; null: not recorded. */
  readonly cover: Timed<CoverBody> | null
  /** The last record that can be withdrawn. */
  readonly lastId: string | null
  /** The last field reading. */
  readonly lastFieldId: string | null
}

export const checkKey = (item: ItemId, part: string): string => `${item} ${part}`

const goodKinds: readonly SurveyBody['kind'][] = ['opened', 'merged', 'started', 'rerun']

/** Records that cannot be withdrawn: criteria, joins of files, and starts of runs. */
export const standsForGood = ({ body }: SurveyRecord): boolean => goodKinds.includes(body.kind)

/** Reasons of withdrawal by record id. */
export const goneOf = (records: readonly SurveyRecord[]): ReadonlyMap<string, string> =>
  new Map(
    records.flatMap(({ body }) =>
      body.kind === 'withdrawn' ? [[body.recordId, body.reason] as const] : [],
    ),
  )

/** Records without withdrawn ones, in the order in which they were made. */
export function standingRecords(records: readonly SurveyRecord[]): readonly SurveyRecord[] {
  const gone = goneOf(records)
  return records.filter(
    (record) => record.body.kind !== 'withdrawn' && (standsForGood(record) || !gone.has(record.id)),
  )
}

const settingOf = ({ profile, settings, heightMm, downDeg, yawDeg, at }: SetupBody): string =>
  canonicalJson({ profile, settings, heightMm, downDeg, yawDeg, at: at ?? null })

/**
 * Sequence number since which the antenna setup is unchanged; 0: never changed. The first setup record is no change; a
 * withdrawn one still ended the setup before it.
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

/** Records in force with the present setup of the antenna. */
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

/** Numbers each reading with its run; a record that says so begins another run. */
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

/** Readings in force, each with its instrument row at that time; and the last row of each instrument. */
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

/** True when any record in force was read by a simulator, whatever its row says now. */
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
