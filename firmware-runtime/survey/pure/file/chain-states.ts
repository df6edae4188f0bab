// The antenna setup and the instrument rows that stood in the chain of each record when it was made. In a joined file the
// records of each old file follow their own chain: the order of time across files binds nothing. A setup is known by its
// values (survey-verdicts 7.20): one that comes back is the same one, whatever lay between.
import { canonicalJson } from '#base/pure/data/json.ts'
import type { SetupBody, SurveyRecord } from './record.ts'

/** One setup, from the record that begins it to the next different one. */
interface SetupPeriod {
  /** `none`: before the first setup record; `contested`: joined files end with different setups. */
  readonly state: 'none' | 'known' | 'contested'
  /** What its records state, by member, in canonical JSON; what none of them states is absent. */
  readonly stated: ReadonlyMap<string, string>
  /** Id of the record that begins it. */
  readonly from: string
}

interface ChainState {
  readonly period: SetupPeriod
  /** The last row of each instrument. */
  readonly rows: ReadonlyMap<string, SurveyRecord>
}

const none: SetupPeriod = { state: 'none', stated: new Map(), from: '' }
const start: ChainState = { period: none, rows: new Map() }

/** `16` and `"16"` are one value. */
const numberIn = (value: number | string): number | string =>
  value === '' || Number.isNaN(Number(value)) ? value : Number(value)

function statedBy({ kind: _kind, settings, ...body }: SetupBody): ReadonlyMap<string, string> {
  const members: readonly (readonly [string, unknown])[] = [
    ...Object.entries(body),
    ...Object.entries(settings).map(
      ([name, value]) => [`settings ${name}`, numberIn(value)] as const,
    ),
  ]
  return new Map(
    members.flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, canonicalJson(value)] as const],
    ),
  )
}

/** Two setups are one where every member that both state is equal: what only one states shows no change. */
const agree = (a: SetupPeriod['stated'], b: SetupPeriod['stated']): boolean =>
  [...a].every(([name, value]) => (b.get(name) ?? value) === value)

function periodAfter(before: SetupPeriod, id: string, body: SetupBody): SetupPeriod {
  const stated = statedBy(body)
  return before.state === 'known' && agree(before.stated, stated)
    ? { ...before, stated: new Map([...before.stated, ...stated]) }
    : { state: 'known', stated, from: id }
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
  /** What each setup states at its end, by the record that begins it: a version that is written down later was there. */
  readonly #stated = new Map<string, SetupPeriod['stated']>()
  readonly #byId: ReadonlyMap<string, SurveyRecord>
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
    return this.#isSame(this.of(record).period, this.#last.period)
  }

  #follow(records: readonly SurveyRecord[]): ChainState {
    const at = records.findLastIndex(({ body }) => body.kind === 'merged')
    const joined = records[at]?.body
    let state = joined?.kind === 'merged' ? this.#joined(joined.parts) : start
    for (const record of records.slice(at + 1)) {
      const { id, body } = record
      if (body.kind === 'setup') {
        const period = periodAfter(state.period, id, body)
        this.#stated.set(period.from, period.stated)
        state = { ...state, period }
      }
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
    const isOne = others.every((other) => one.state === 'known' && this.#isSame(one, other))
    return { period: isOne ? one : { ...none, state: 'contested' }, rows }
  }

  #isSame(a: SetupPeriod, b: SetupPeriod): boolean {
    const stated = ({ from, stated: first }: SetupPeriod) => this.#stated.get(from) ?? first
    return a.state === b.state && (a.state !== 'known' || agree(stated(a), stated(b)))
  }
}
