// The antenna setup and the instrument rows that stood in the chain of each record when it was made. In a joined file the
// records of each old file follow their own chain: the order of time across files binds nothing.
import { canonicalJson } from '../core/values/json.ts'
import type { SetupBody, SurveyRecord } from './record.ts'

/** One setup, from the record that begins it to the next different one. */
interface SetupPeriod {
  /** `none`: before the first setup record; `contested`: joined files end with different setups. */
  readonly state: 'none' | 'known' | 'contested'
  readonly setting: string
  readonly firmware: string | null
  /** Id of the record that begins it. */
  readonly from: string
}

interface ChainState {
  readonly period: SetupPeriod
  /** The last row of each instrument. */
  readonly rows: ReadonlyMap<string, SurveyRecord>
}

const none: SetupPeriod = { state: 'none', setting: '', firmware: null, from: '' }
const start: ChainState = { period: none, rows: new Map() }

const settingOf = ({ profile, settings, heightMm, downDeg, yawDeg, at }: SetupBody): string =>
  canonicalJson({ profile, settings, heightMm, downDeg, yawDeg, at: at ?? null })

/** Another setting, or another firmware where both are stated, begins another period. */
function periodAfter(before: SetupPeriod, id: string, body: SetupBody): SetupPeriod {
  const setting = settingOf(body)
  const isOther =
    before.state !== 'known' ||
    before.setting !== setting ||
    (before.firmware !== null && body.firmware !== null && before.firmware !== body.firmware)
  if (isOther) return { state: 'known', setting, firmware: body.firmware, from: id }
  return before.firmware === null ? { ...before, firmware: body.firmware } : before
}

/** The records of each file from which the whole was joined, in the order of that file; the last one is what came after. */
export function chainsOf(records: readonly SurveyRecord[]): readonly (readonly SurveyRecord[])[] {
  const at = records.findLastIndex(({ body }) => body.kind === 'merged')
  const joined = records[at]?.body
  if (joined?.kind !== 'merged') return [records]
  const byId = new Map(records.map((record) => [record.id, record]))
  const parts = joined.parts.map(({ ids }) => ids.flatMap((id) => byId.get(id) ?? []))
  return [...parts.flatMap(chainsOf), records.slice(at + 1)]
}

export class ChainStates {
  readonly #states = new Map<SurveyRecord, ChainState>()
  readonly #byId: ReadonlyMap<string, SurveyRecord>
  /** Periods of one setup that began in two files. */
  readonly #same = new Map<string, string>()
  readonly #last: ChainState

  constructor(records: readonly SurveyRecord[]) {
    this.#byId = new Map(records.map((record) => [record.id, record]))
    this.#last = this.#follow(records)
  }

  /** Of records that are made now. */
  get last(): ChainState {
    return this.#last
  }

  of(record: SurveyRecord): ChainState {
    return this.#states.get(record) ?? start
  }

  /** True for a record that was made with the present setup. */
  isNow(record: SurveyRecord): boolean {
    return this.#key(this.of(record).period) === this.#key(this.#last.period)
  }

  #key({ state, from }: SetupPeriod): string {
    return state === 'known' ? (this.#same.get(from) ?? from) : state
  }

  #follow(records: readonly SurveyRecord[]): ChainState {
    const at = records.findLastIndex(({ body }) => body.kind === 'merged')
    const joined = records[at]?.body
    let state = joined?.kind === 'merged' ? this.#joined(joined.parts) : start
    for (const record of records.slice(at + 1)) {
      const { id, body } = record
      if (body.kind === 'setup') state = { ...state, period: periodAfter(state.period, id, body) }
      if (body.kind === 'instrument')
        state = { ...state, rows: new Map([...state.rows, [body.instrumentId, record]]) }
      if (!this.#states.has(record)) this.#states.set(record, state)
    }
    return state
  }

  #joined(parts: readonly { readonly ids: readonly string[] }[]): ChainState {
    const ends = parts.map(({ ids }) => ({
      ids: new Set(ids),
      state: this.#follow(ids.flatMap((id) => this.#byId.get(id) ?? [])),
    }))
    const rows = new Map(ends.flatMap(({ state }) => [...state.rows]))
    // A setup that the other file knows and went on from is an earlier one.
    const left = ends.filter(
      ({ state: { period } }, i) =>
        period.state !== 'none' &&
        !ends.some(
          (other, j) =>
            i !== j && other.ids.has(period.from) && other.state.period.from !== period.from,
        ),
    )
    const [one, ...others] = left.map(({ state }) => state.period)
    if (one === undefined) return { period: none, rows }
    const isOne = others.every((other) => this.#isSame(one, other))
    if (!isOne) return { period: { ...none, state: 'contested' }, rows }
    for (const { from } of others) if (from !== one.from) this.#same.set(from, this.#key(one))
    return { period: one, rows }
  }

  #isSame(a: SetupPeriod, b: SetupPeriod): boolean {
    const firmware = a.firmware === null || b.firmware === null || a.firmware === b.firmware
    return a.state === 'known' && b.state === 'known' && a.setting === b.setting && firmware
  }
}
