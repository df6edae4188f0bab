// The state of a survey folded from its records: the latest values, without withdrawn records.
// A pure fold: the same records always give the same state.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { ChainStates } from './chain-states.ts'
import { startsOf, type Begun } from '../run-starts.ts'
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
  RerunBody,
  ScaleBody,
  SetupBody,
  SignalBody,
  SurveyBody,
  SurveyRecord,
} from './record.ts'

/** A body with the time and the author of its record. */
export type Timed<B> = B & { readonly atMs: InstantMs; readonly by: string }
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

/** A withdrawn reading, with the reason and the person who withdrew it. */
export type Gone<B> = Timed<B> & { readonly goneFor: string; readonly goneBy: string }

/** `isNow`: read with the present setup of the antenna. */
export type GoneField = Gone<FieldBody> &
  Pick<FieldReading, 'instrument'> & { readonly isNow: boolean }

export interface SurveyProject {
  /** All of them, in the order in which they were made. */
  readonly records: readonly SurveyRecord[]
  /** Time of the first record. */
  readonly beganAtMs: InstantMs
  /** The first opening record: the criteria of a survey are fixed before its first reading. */
  readonly opened: Timed<OpenedBody> | null
  /** Further opening records, from a joined file or one not made by this program. */
  readonly openedAgain: readonly OpenedBody[]
  /** The last setup record; if it was withdrawn the setup is unknown, and no earlier one applies. */
  readonly setup: SetupBody | null
  /** `contested`: joined files end with different setups, and none was recorded since. */
  readonly setupState: 'none' | 'known' | 'contested'
  /** Present instrument rows by id. */
  readonly instruments: ReadonlyMap<string, InstrumentBody>
  /** Every instrument row that was recorded. */
  readonly instrumentRows: readonly InstrumentBody[]
  readonly fields: readonly FieldReading[]
  /** Readings with the present setup of the antenna; background readings do not depend on it and are always included. */
  readonly fieldsNow: readonly FieldReading[]
  /** Withdrawn field readings with the reason. */
  readonly fieldsGone: readonly GoneField[]
  /** Withdrawn tries with the present setup of the antenna. */
  readonly triesGone: readonly Gone<ObuTriesBody>[]
  /** Readings of row 5 and runs of row 6 before the first setup record. */
  readonly beforeSetup: number
  /** Tries with the present setup of the antenna. */
  readonly obuTries: readonly Timed<ObuTriesBody>[]
  readonly crossReads: readonly Ran<CrossReadBody>[]
  /** Cross reads with the present setup of the antenna. */
  readonly crossReadsNow: readonly Ran<CrossReadBody>[]
  readonly criteria: readonly Timed<CriterionBody>[]
  /** The last answer to each question, by item and part; a withdrawn one leaves the question open. */
  readonly checks: ReadonlyMap<string, Timed<CheckBody>>
  readonly photos: readonly Timed<PhotoBody>[]
  /** The last one; a withdrawn one brings no earlier one back. */
  readonly nameplate: Timed<NameplateBody> | null
  readonly drawing: DrawingBody | null
  /** Scale of the present drawing. */
  readonly scale: ScaleBody | null
  readonly repairs: readonly RepairedBody[]
  /** The first record of each kind: a draw is made once. */
  readonly lotPool: LotPoolBody | null
  readonly lotDraw: LotDrawBody | null
  readonly links: readonly (Ran<LinkBody> & Begun)[]
  readonly rates: readonly (Ran<RateBody> & Begun)[]
  /** `run`: number shared by the readings of one run. */
  readonly signals: readonly (Ran<SignalBody> & { readonly run: number })[]
  readonly clocks: readonly Ran<ClockBody>[]
  readonly deviations: readonly Timed<DeviationBody>[]
  readonly reruns: readonly Timed<RerunBody>[]
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

/** Records in force with the present setup of the antenna. */
export const recordsNow = (records: readonly SurveyRecord[]): readonly SurveyRecord[] => {
  const states = new ChainStates(records)
  return standingRecords(records).filter((record) => states.isNow(record))
}

/** All of one kind with the reason where they were withdrawn. */
const ranOf = <K extends SurveyBody['kind']>(
  records: readonly SurveyRecord[],
  kind: K,
  gone = goneOf(records),
): readonly Ran<Extract<SurveyBody, { kind: K }>>[] =>
  records.flatMap(({ id, atMs, by, body }) => {
    if (!isOf(body, kind)) return []
    const goneFor = gone.get(id)
    return [{ ...body, atMs, by, ...(goneFor === undefined ? {} : { goneFor }) }]
  })

/** As `ranOf`, each with the start of its run where one was recorded. */
function begunOf<K extends 'link' | 'rate'>(records: readonly SurveyRecord[], kind: K) {
  const starts = startsOf(records)
  const own = records.filter(({ body }) => body.kind === kind)
  return ranOf(own, kind, goneOf(records)).map((one, i) => {
    const startedAtMs = starts.get(own[i]?.id ?? '')
    return startedAtMs === undefined ? one : { ...one, startedAtMs }
  })
}

/** The last record of each key, where it was not withdrawn: a withdrawal brings nothing back. */
function lastOf<K extends SurveyBody['kind']>(
  records: readonly SurveyRecord[],
  kind: K,
  keyOf: (body: Extract<SurveyBody, { kind: K }>) => string,
): ReadonlyMap<string, Of<K>> {
  const last = new Map(ranOf(records, kind).map((one) => [keyOf(one), one] as const))
  return new Map([...last].filter(([, { goneFor }]) => goneFor === undefined))
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
export function fieldsOf(
  records: readonly SurveyRecord[],
  states = new ChainStates(records),
): {
  readonly fields: ReadonlyMap<SurveyRecord, FieldReading>
  readonly words: ReadonlyMap<string, InstrumentWord>
} {
  const gone = goneOf(records)
  const wordOf = (row: SurveyRecord | undefined): InstrumentWord | null =>
    row?.body.kind === 'instrument' ? { body: row.body, isGone: gone.has(row.id) } : null
  const fields = new Map<SurveyRecord, FieldReading>()
  for (const record of records) {
    const { id, atMs, by, body } = record
    if (body.kind !== 'field' || gone.has(id)) continue
    const word = wordOf(states.of(record).rows.get(body.instrumentId))
    const [instrument, isInstrumentGone] = [word?.body ?? null, word?.isGone ?? false]
    fields.set(record, { ...body, atMs, by, instrument, isInstrumentGone })
  }
  const words = [...states.last.rows].flatMap(([name, row]) => {
    const word = wordOf(row)
    return word === null ? [] : [[name, word] as const]
  })
  return { fields, words: new Map(words) }
}

/** True when any record in force was read by a simulator, whatever its row says now. */
export const isSimulated = ({
  instrumentRows,
  fields,
}: Pick<SurveyProject, 'instrumentRows' | 'fields'>): boolean =>
  [...instrumentRows, ...fields.map(({ instrument }) => instrument)].some(
    (one) => one?.simulated === true,
  )

/** Withdrawn records of one kind, each with the reason and the person of the withdrawal. */
function goneRecords<K extends SurveyBody['kind']>(
  records: readonly SurveyRecord[],
  kind: K,
): readonly (readonly [SurveyRecord, Gone<Extract<SurveyBody, { kind: K }>>])[] {
  const by = new Map(
    records.flatMap((record) =>
      record.body.kind === 'withdrawn' ? [[record.body.recordId, record.by] as const] : [],
    ),
  )
  const gone = goneOf(records)
  return records.flatMap((record) => {
    const { id, atMs, body } = record
    const [goneFor, goneBy] = [gone.get(id), by.get(id)]
    if (!isOf(body, kind) || goneFor === undefined || goneBy === undefined) return []
    return [[record, { ...body, atMs, by: record.by, goneFor, goneBy }] as const]
  })
}

const goneFields = (
  records: readonly SurveyRecord[],
  states: ChainStates,
): SurveyProject['fieldsGone'] =>
  goneRecords(records, 'field').map(([record, field]) => {
    const row = states.of(record).rows.get(field.instrumentId)?.body
    const instrument = row?.kind === 'instrument' ? row : null
    return { ...field, instrument, isNow: states.isNow(record) }
  })

const needsSetup = ({ body }: SurveyRecord): boolean =>
  body.kind === 'crossRead' ||
  body.kind === 'obuTries' ||
  (body.kind === 'field' && body.place !== 'background')

/** Readings whose chain states no setup yet, where a later record states one. */
function beforeSetup(records: readonly SurveyRecord[], states: ChainStates): number {
  if (states.last.period.state === 'none') return 0
  return records.filter((record) => needsSetup(record) && states.of(record).period.state === 'none')
    .length
}

/** Pictures whose bytes a repair did not find, apart from those that were added again since. */
function lostPictures(records: readonly SurveyRecord[]): ReadonlySet<string> {
  const lost = new Set<string>()
  for (const { body } of records) {
    if (body.kind === 'repaired') for (const digest of body.picturesLost) lost.add(digest)
    if (body.kind === 'photo') lost.delete(body.digest)
  }
  return lost
}

function setupOf(records: readonly SurveyRecord[]): SetupBody | null {
  const last = records.findLast(({ body }) => body.kind === 'setup')
  return last?.body.kind === 'setup' && !goneOf(records).has(last.id) ? last.body : null
}

/** The present setup was withdrawn, and not recorded again. */
export const isSetupGone = ({ setup, setupState }: SurveyProject): boolean =>
  setup === null && setupState === 'known'

const distinct = <T>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [canonicalJson(one), one])).values(),
]

export function projectOf(records: readonly SurveyRecord[]): SurveyProject {
  const standing = standingRecords(records)
  const states = new ChainStates(records)
  const gone = goneOf(records)
  const ofSetup = records.filter((record) => states.isNow(record))
  const isNow = new Set(ofSetup)
  const { fields, words } = fieldsOf(records, states)
  const of = <K extends SurveyBody['kind']>(kind: K, from = standing): readonly Of<K>[] =>
    from
      .map(({ atMs, by, body }) => ({ ...body, atMs, by }))
      .filter((body): body is Of<K> => body.kind === kind)
  const drawing = of('drawing').at(-1) ?? null
  const opened = of('opened')
  const lost = lostPictures(records)
  const isKept = (digest: string): boolean => !lost.has(digest)
  const checks = lastOf(records, 'check', ({ item, part }) => checkKey(item, part))
  return {
    records,
    beganAtMs: records[0]?.atMs ?? 0,
    opened: opened[0] ?? null,
    openedAgain: opened.slice(1),
    setup: setupOf(records),
    setupState: states.last.period.state,
    instruments: new Map(
      [...words].flatMap(([id, { body, isGone }]) => (isGone ? [] : [[id, body] as const])),
    ),
    instrumentRows: distinct(of('instrument').map(({ atMs: _atMs, by: _by, ...body }) => body)),
    fields: [...fields.values()],
    fieldsNow: [...fields].flatMap(([record, field]) =>
      field.place === 'background' || isNow.has(record) ? [field] : [],
    ),
    fieldsGone: goneFields(records, states),
    triesGone: goneRecords(records, 'obuTries').flatMap(([record, one]) =>
      isNow.has(record) ? [one] : [],
    ),
    beforeSetup: beforeSetup(records, states),
    obuTries: of(
      'obuTries',
      standing.filter((record) => isNow.has(record)),
    ),
    crossReads: ranOf(records, 'crossRead'),
    crossReadsNow: ranOf(ofSetup, 'crossRead', gone),
    criteria: of('criterion'),
    checks: new Map(
      [...checks].map(([key, body]) => [key, { ...body, photos: body.photos.filter(isKept) }]),
    ),
    photos: of('photo').filter(({ digest }) => isKept(digest)),
    nameplate: lastOf(records, 'nameplate', () => '').get('') ?? null,
    drawing,
    scale: of('scale').findLast(({ digest }) => digest === drawing?.digest) ?? null,
    repairs: of('repaired'),
    lotPool: of('lotPool')[0] ?? null,
    lotDraw: of('lotDraw')[0] ?? null,
    links: begunOf(records, 'link'),
    rates: begunOf(records, 'rate'),
    signals: signalsOf(records),
    clocks: ranOf(records, 'clock'),
    deviations: of('deviation'),
    reruns: of('rerun'),
    cover: of('cover').at(-1) ?? null,
    lastId: standing.findLast((record) => !standsForGood(record))?.id ?? null,
    lastFieldId: standing.findLast(({ body }) => body.kind === 'field')?.id ?? null,
  }
}
