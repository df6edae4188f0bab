// Idle unsent records in columns of about 33 bytes each: the ledger position of each, and the members that the sums of the
// queue need. All else is read from the ledger when its turn comes (ADR 305).
import type { OutboxKind, OutboxState } from '#base/pure/rows/ledger-row.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { OldestOfBlocks } from './oldest-of-blocks.ts'

/** The part of a record that is known without reading its row. */
export interface RecordHead {
  readonly outboxId: string
  readonly seq: number
  readonly op: OutboxKind
  readonly destination: string
  readonly amountFen: number
  /** Card of a card-side debit that waits for its upload; null for every other record. */
  readonly cardNo: string | null
  readonly atMs: InstantMs
  /** The platform has not confirmed its money. */
  readonly isAtRisk: boolean
  readonly state: OutboxState
  readonly attempts: number
  /** Kind in table G.1 of a record beside charges. */
  readonly told?: string
}

/** Members that many records share. */
type Kind = Pick<RecordHead, 'op' | 'destination' | 'isAtRisk' | 'state' | 'attempts' | 'told'>

interface Columns {
  /** Numeric part of the ids, ascending. */
  ids: Float64Array
  /** Ledger row numbers, ascending. */
  seqs: Uint32Array
  times: Float64Array
  fens: Uint32Array
  /** Index into `cards` plus 1; 0: no card. */
  cards: Uint32Array
  /** Index into `kinds` plus 1; 0: removed, its slot is freed when the columns are rebuilt. */
  kinds: Uint8Array
  /** Hash of the deduction id; 0: no deduction. */
  tags: Uint32Array
}

/** The form stored in the folded state: without removed entries, arrays cut to length. */
export interface RestingState {
  readonly prefix: string
  readonly lastId: number
  readonly lastSeq: number
  readonly kinds: readonly Kind[]
  readonly cards: readonly string[]
  readonly columns: Columns
}

const u32Max = 0xffff_ffff
const kindsMax = 255
/** Smallest number of entries for which the columns are rebuilt. */
const tidyFrom = 1_024

function columnsOf(length: number, from?: Columns): Columns {
  const made: Columns = {
    ids: new Float64Array(length),
    seqs: new Uint32Array(length),
    times: new Float64Array(length),
    fens: new Uint32Array(length),
    cards: new Uint32Array(length),
    kinds: new Uint8Array(length),
    tags: new Uint32Array(length),
  }
  if (from !== undefined)
    for (const name of Object.keys(made) as (keyof Columns)[])
      made[name].set(from[name].subarray(0, length))
  return made
}

/** FNV-1a hash. Different deductions may collide, so a lookup must also read the row. */
function tagOf(deductionId: string | null): number {
  if (deductionId === null) return 0
  let h = 2166136261
  for (let i = 0; i < deductionId.length; i++)
    h = Math.imul(h ^ deductionId.charCodeAt(i), 16777619) >>> 0
  return h
}

/** Splits an id into prefix and number; null for an id that does not end in a plain number. */
function numbered(outboxId: string): { readonly prefix: string; readonly no: number } | null {
  const digits = /(?:0|[1-9]\d{0,14})$/.exec(outboxId)?.[0]
  if (digits === undefined) return null
  return { prefix: outboxId.slice(0, -digits.length), no: Number(digits) }
}

const fitsU32 = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= u32Max

const sameKind = (a: Kind, b: Kind): boolean =>
  a.op === b.op &&
  a.destination === b.destination &&
  a.isAtRisk === b.isAtRisk &&
  a.state === b.state &&
  a.attempts === b.attempts &&
  a.told === b.told

export class Resting {
  /** With the next four members the whole stored state. */
  private prefix = ''
  private lastId = -1
  private lastSeq = 0
  private kinds: Kind[] = []
  private cards: string[] = []
  private columns = columnsOf(0)
  /** Number of slots in use, including removed ones. */
  private length = 0
  private live = 0
  readonly #cardAt = new Map<string, number>()
  /** Per destination, the slot before which it has no resting record. */
  readonly #firstAt = new Map<string, number>()
  #oldest = new OldestOfBlocks()

  get size(): number {
    return this.live
  }

  /** Adds a record. False if it does not fit: out of order, tried before, or with a note of its own. */
  put(head: RecordHead, deductionId: string | null, note: string): boolean {
    const id = numbered(head.outboxId)
    const { seq, amountFen, state, attempts } = head
    if (id === null || (this.lastId >= 0 && id.prefix !== this.prefix)) return false
    if (id.no <= this.lastId || seq <= this.lastSeq || !fitsU32(seq)) return false
    if (!fitsU32(amountFen) || attempts > 1 || note !== '') return false
    if (state !== 'new' && state !== 'unknown') return false
    const kind = this.kindOf(head)
    if (kind === null) return false
    Object.assign(this, { prefix: id.prefix, lastId: id.no, lastSeq: seq })
    if (this.length === this.columns.ids.length) this.columns = grown(this.columns)
    const i = this.length++
    this.live++
    const c = this.columns
    c.ids[i] = id.no
    c.seqs[i] = seq
    c.times[i] = head.atMs
    c.fens[i] = amountFen
    c.cards[i] = this.cardOf(head.cardNo)
    c.kinds[i] = kind
    c.tags[i] = tagOf(deductionId)
    this.#oldest.add(i, head.atMs, head.op)
    return true
  }

  private kindOf({ op, destination, isAtRisk, state, attempts, told }: Kind): number | null {
    const of = { op, destination, isAtRisk, state, attempts }
    const kind = told === undefined ? of : { ...of, told }
    const at = this.kinds.findIndex((one) => sameKind(one, kind))
    if (at >= 0) return at + 1
    return this.kinds.length === kindsMax ? null : this.kinds.push(kind)
  }

  private cardOf(cardNo: string | null): number {
    if (cardNo === null) return 0
    const known = this.#cardAt.get(cardNo) ?? this.cards.push(cardNo)
    this.#cardAt.set(cardNo, known)
    return known
  }

  /** Slot of a record; -1 where it does not rest here. */
  private placeOf(outboxId: string): number {
    const id = numbered(outboxId)
    if (id === null || id.prefix !== this.prefix) return -1
    const i = this.firstNotBelow(this.columns.ids, id.no)
    return i < this.length && this.columns.ids[i] === id.no && this.isLive(i) ? i : -1
  }

  private firstNotBelow(column: Float64Array | Uint32Array, value: number): number {
    let [low, high] = [0, this.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((column[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    return low
  }

  private isLive(i: number): boolean {
    return this.columns.kinds[i] !== 0
  }

  private kindAt(i: number): Kind {
    return present(this.kinds[(this.columns.kinds[i] ?? 0) - 1], 'what rests has a kind')
  }

  private headAt(i: number): RecordHead {
    const { ids, seqs, times, fens, cards } = this.columns
    return {
      ...this.kindAt(i),
      outboxId: `${this.prefix}${ids[i]}`,
      seq: seqs[i] ?? 0,
      amountFen: fens[i] ?? 0,
      cardNo: this.cards[(cards[i] ?? 0) - 1] ?? null,
      atMs: times[i] ?? 0,
    }
  }

  has(outboxId: string): boolean {
    return this.placeOf(outboxId) >= 0
  }

  head(outboxId: string): RecordHead | null {
    const i = this.placeOf(outboxId)
    return i < 0 ? null : this.headAt(i)
  }

  /** Removes a record and returns its head; null where it did not rest here. */
  take(outboxId: string): RecordHead | null {
    const i = this.placeOf(outboxId)
    if (i < 0) return null
    const head = this.headAt(i)
    this.columns.kinds[i] = 0
    this.live--
    this.#oldest.gone(i)
    if (this.length > tidyFrom && this.live * 2 < this.length) this.tidy()
    return head
  }

  /** All records in order. Do not remove any while iterating. */
  *heads(): Generator<RecordHead> {
    for (let i = 0; i < this.length; i++) if (this.isLive(i)) yield this.headAt(i)
  }

  /** The first record of a destination, which is sent next. A kind that is skipped once must be skipped always. */
  first(destination: string, skips: (kind: Kind) => boolean = () => false): RecordHead | null {
    const goes = this.kinds.map((kind) => kind.destination === destination && !skips(kind))
    const { kinds } = this.columns
    let i = this.#firstAt.get(destination) ?? 0
    while (i < this.length && goes[(kinds[i] ?? 0) - 1] !== true) i++
    this.#firstAt.set(destination, i)
    return i < this.length ? this.headAt(i) : null
  }

  /** The first record after a row that satisfies `holds`. */
  firstBehind(seq: number, holds: (kind: Kind) => boolean): RecordHead | null {
    const wanted = this.kinds.map(holds)
    const { kinds } = this.columns
    for (let i = this.firstNotBelow(this.columns.seqs, seq + 1); i < this.length; i++)
      if (wanted[(kinds[i] ?? 0) - 1] === true) return this.headAt(i)
    return null
  }

  /** Candidates for this deduction by hash: the caller must read the row of each to confirm. */
  *ofDeduction(deductionId: string): Generator<RecordHead> {
    const tag = tagOf(deductionId)
    const { tags } = this.columns
    for (let i = 0; i < this.length; i++)
      if (tags[i] === tag && this.isLive(i)) yield this.headAt(i)
  }

  countStates(count: (state: OutboxState, records: number) => void): void {
    const counts = this.kinds.map(() => 0)
    for (let i = 0; i < this.length; i++) {
      const kind = (this.columns.kinds[i] ?? 0) - 1
      if (kind >= 0) counts[kind] = (counts[kind] ?? 0) + 1
    }
    this.kinds.forEach(({ state }, i) => count(state, counts[i] ?? 0))
  }

  /** Business time of the oldest resting record, or of the oldest upload; null when there is no such record. */
  oldestMs(what: 'any' | 'upload'): InstantMs | null {
    return this.#oldest.first(what, this.length, (i) =>
      this.isLive(i) ? { atMs: this.columns.times[i] ?? 0, op: this.kindAt(i).op } : null,
    )
  }

  /** Rebuilds the columns without removed entries. */
  private tidy(): void {
    const { columns, cards, kinds, length } = this
    const old = { columns, cards, kinds }
    Object.assign(this, { columns: columnsOf(this.live), cards: [], kinds: [], length: 0 })
    this.#cardAt.clear()
    this.#firstAt.clear()
    this.#oldest = new OldestOfBlocks()
    for (let i = 0; i < length; i++) {
      const kind = old.kinds[(old.columns.kinds[i] ?? 0) - 1]
      if (kind === undefined) continue
      const to = this.length++
      for (const name of ['ids', 'seqs', 'times', 'fens', 'tags'] as const)
        this.columns[name][to] = old.columns[name][i] ?? 0
      const cardNo = old.cards[(old.columns.cards[i] ?? 0) - 1] ?? null
      this.columns.cards[to] = this.cardOf(cardNo)
      this.columns.kinds[to] = this.kindOf(kind) ?? 0
      this.#oldest.add(to, old.columns.times[i] ?? 0, kind.op)
    }
  }

  /** Returns the state with shared columns: copy it before the next change. */
  state(): RestingState {
    this.tidy()
    const { prefix, lastId, lastSeq, kinds, cards, columns } = this
    return { prefix, lastId, lastSeq, kinds, cards, columns }
  }

  /** Takes ownership of the given state. */
  static of(state: RestingState): Resting {
    const resting = new Resting()
    const length = state.columns.ids.length
    Object.assign(resting, { ...state, length, live: length })
    state.cards.forEach((cardNo, i) => resting.#cardAt.set(cardNo, i + 1))
    for (let i = 0; i < length; i++)
      resting.#oldest.add(i, state.columns.times[i] ?? 0, resting.kindAt(i).op)
    return resting
  }
}

const grown = (columns: Columns): Columns =>
  columnsOf(Math.max(64, Math.ceil(columns.ids.length * 1.25)), columns)
