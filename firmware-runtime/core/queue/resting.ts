// Unsent records that nobody works on, as numbers side by side, some 33 bytes each: where each lies in the
// ledger, and what the sums of the queue need. All else is read there when its turn comes (ADR 305).
import type { OutboxKind, OutboxState } from '../values/rows/ledger-row.ts'
import type { InstantMs } from '../values/instant.ts'
import { present } from '../values/must.ts'
import { OldestOfBlocks } from './oldest-of-blocks.ts'

/** What is known of a record without its row. */
export interface RecordHead {
  readonly outboxId: string
  readonly seq: number
  readonly op: OutboxKind
  readonly destination: string
  readonly amountFen: number
  readonly cardNo: string | null
  readonly atMs: InstantMs
  /** The platform must still hear of its money. */
  readonly isAtRisk: boolean
  readonly state: OutboxState
  readonly attempts: number
  readonly told?: string
}

/** What many records have in common. */
type Kind = Pick<RecordHead, 'op' | 'destination' | 'isAtRisk' | 'state' | 'attempts' | 'told'>

interface Columns {
  /** Numbers behind the prefix of their ids, ascending. */
  ids: Float64Array
  /** Rows of the ledger, ascending. */
  seqs: Uint32Array
  times: Float64Array
  fens: Uint32Array
  /** Place in `cards` and one more; 0 without a card. */
  cards: Uint32Array
  /** Place in `kinds` and one more; 0: gone, its place is free when the columns are made anew. */
  kinds: Uint8Array
  /** Digest of the deduction; 0 without one. */
  tags: Uint32Array
}

/** As it is copied whole into the kept state: without holes, and as long as what it holds. */
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
/** Fewer are not worth being made anew. */
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

/** FNV-1a. Two deductions may have the same: whoever looks by it reads the row. */
function tagOf(deductionId: string | null): number {
  if (deductionId === null) return 0
  let h = 2166136261
  for (let i = 0; i < deductionId.length; i++)
    h = Math.imul(h ^ deductionId.charCodeAt(i), 16777619) >>> 0
  return h
}

/** An id in two parts; null for one that does not end with a plain number. */
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
  /** With the next four all that is kept of it. */
  private prefix = ''
  private lastId = -1
  private lastSeq = 0
  private kinds: Kind[] = []
  private cards: string[] = []
  private columns = columnsOf(0)
  /** Places in use, of which some are gone. */
  private length = 0
  private live = 0
  readonly #cardAt = new Map<string, number>()
  /** Before this place nothing of a destination rests. */
  readonly #firstAt = new Map<string, number>()
  #oldest = new OldestOfBlocks()

  get size(): number {
    return this.live
  }

  /** False for one that does not fit: out of order, tried before, or with a note of its own. */
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

  /** Place of a record; -1 where it does not rest here. */
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

  /** What it was; null where it did not rest here. */
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

  /** All of them, in order. None may be taken meanwhile. */
  *heads(): Generator<RecordHead> {
    for (let i = 0; i < this.length; i++) if (this.isLive(i)) yield this.headAt(i)
  }

  /** The first of a destination, which is what goes out next of all that rests. What is skipped once, is always. */
  first(destination: string, skips: (kind: Kind) => boolean = () => false): RecordHead | null {
    const goes = this.kinds.map((kind) => kind.destination === destination && !skips(kind))
    const { kinds } = this.columns
    let i = this.#firstAt.get(destination) ?? 0
    while (i < this.length && goes[(kinds[i] ?? 0) - 1] !== true) i++
    this.#firstAt.set(destination, i)
    return i < this.length ? this.headAt(i) : null
  }

  /** The first behind a row for which this holds. */
  firstBehind(seq: number, holds: (kind: Kind) => boolean): RecordHead | null {
    const wanted = this.kinds.map(holds)
    const { kinds } = this.columns
    for (let i = this.firstNotBelow(this.columns.seqs, seq + 1); i < this.length; i++)
      if (wanted[(kinds[i] ?? 0) - 1] === true) return this.headAt(i)
    return null
  }

  /** What may be of this deduction: whoever asks reads the row of each. */
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

  /** Business time of the oldest of them, or of the oldest upload; null where there is none. */
  oldestMs(what: 'any' | 'upload'): InstantMs | null {
    return this.#oldest.first(what, this.length, (i) =>
      this.isLive(i) ? { atMs: this.columns.times[i] ?? 0, op: this.kindAt(i).op } : null,
    )
  }

  /** Makes the columns anew, without what is gone. */
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

  /** Shares its columns: copy it before anything changes. */
  state(): RestingState {
    this.tidy()
    const { prefix, lastId, lastSeq, kinds, cards, columns } = this
    return { prefix, lastId, lastSeq, kinds, cards, columns }
  }

  /** Takes over what it is given. */
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
